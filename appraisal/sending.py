"""What is sent to people and programs before it is put into words, and what becomes of it if it does not arrive."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from appraisal.delivery import Kind

PATIENCE = timedelta(days=3)
"""How long a single delivery is tried that its receiver does not take. A mail server that is away is waited for without end."""
LONGEST_PAUSE = timedelta(hours=1)
"""The pauses between tries double, from a minute to this."""


class Outcome(StrEnum):
    """What came of one try. FAILED and AWAY are tried again; AWAY says that nobody's mail would go."""

    SENT = "sent"
    REFUSED = "refused"
    FAILED = "failed"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to send a delivery; `error` names a type or a code and never what was sent or to whom."""

    delivery: str
    outcome: Outcome
    at: datetime
    error: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One notice in a letter; `name` is the employee's, empty where the reader would not see it on the page."""

    kind: str
    subject: str
    cycle: str | None = None
    employee: str | None = None
    name: str = ""
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail before it is put into words. `more` notices found no room in it."""

    id: str
    person: str
    address: str = field(repr=False)
    language: str
    kind: Kind
    created_at: datetime
    lines: tuple[Line, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """A notice as programs hear of it: ids and kinds, no names."""

    id: str
    kind: str
    subject: str
    revision: int
    recipient: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message to a program, and the secrets with which it is signed: two, while one follows the other."""

    id: str
    url: str
    secrets: tuple[str, ...] = field(repr=False)
    created_at: datetime
    notices: tuple[Told, ...]


def next_try(outcome: Outcome, attempts: int, created_at: datetime, at: datetime) -> datetime | None:
    """When to try again after this many tries; None for never: it was sent, refused, or tried for long enough."""
    if outcome is Outcome.AWAY:
        return at
    if outcome is not Outcome.FAILED or at - created_at >= PATIENCE:
        return None
    doubled: int = 2 ** min(attempts - 1, 10)
    return at + min(timedelta(minutes=doubled), LONGEST_PAUSE)
