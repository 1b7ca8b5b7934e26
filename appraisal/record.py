"""What is kept for ever of every accepted change."""

from dataclasses import dataclass
from datetime import datetime

Change = tuple[str, str, str]
"""(field, before, after), as people read them."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A step that is over: since when it could be done, and when it was due."""

    step: str
    since: datetime
    due: datetime


@dataclass(frozen=True, slots=True)
class Event:
    """One accepted change of a process. Revisions have no gaps; a command id occurs once.

    `ended` is the step that it ended, if it did. It follows from the events before it, so it is not part of the record.
    """

    revision: int
    kind: str
    actor: str
    at: datetime
    command_id: str
    on_behalf_of: str | None = None
    reason: str = ""
    changes: tuple[Change, ...] = ()
    ended: Passage | None = None
