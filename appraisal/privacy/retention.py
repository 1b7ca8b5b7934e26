"""What is held for a time and goes by itself after it: which kinds there are, for how long, and when it is looked.

No rule of the field says how long any of it is kept, so the agency does, and what it has not set stays. Rule: retention.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from appraisal.errors import InvalidPolicy
from appraisal.policy.spans import duration

WHERE = "retention"
SHORTEST = timedelta(days=7)
"""What people and programs still work with is younger: a mail is tried for three days, an import waits for seven."""
AT = time(1)
"""When it is looked each day, in the agency's zone: nobody works, and the day has begun by every machine's clock."""


class Kept(StrEnum):
    """What can go by itself. The record of cases is none of it: that is archived as a whole (appraisal.privacy.archive)."""

    SIGN_INS = "sign_ins"
    NOTICES = "notices"
    MESSAGES = "messages"
    DRAFTS = "drafts"
    IMPORTS = "imports"
    TROUBLES = "troubles"
    SECURITY = "security"
    READINGS = "readings"
    BACKUPS = "backups"


class By(StrEnum):
    """Who removes it: the process of retention, the owner of the tables by hand, or the command that makes backups."""

    PROCESS = "process"
    OWNER = "owner"
    BACKUP = "backup"


BY = {Kept.READINGS: By.OWNER, Kept.BACKUPS: By.BACKUP}
"""Who removes what is not removed by the process. The role that serves may only add to the record of readers (decision 41)."""


@dataclass(frozen=True, slots=True)
class Removed:
    """So many rows of one kind went on this day: what was older than `before`. Never which, and never whose."""

    day: date
    kind: Kept
    before: datetime
    rows: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Retention:
    """How long each kind is kept, as the agency has set it; what is not in it stays."""

    terms: Mapping[Kept, timedelta]

    @property
    def unset(self) -> tuple[Kept, ...]:
        """What stays because the agency has set no time for it."""
        return tuple(kind for kind in Kept if kind not in self.terms)

    def before(self, kind: Kept, at: datetime) -> datetime | None:
        """What is older than this goes at `at`; None: nothing does."""
        term = self.terms.get(kind)
        return at - term if term else None

    def going(self, by: By, at: datetime) -> tuple[tuple[Kept, datetime], ...]:
        """What goes at `at` by this hand: each kind, and what it must be older than."""
        mine = [kind for kind in Kept if BY.get(kind, By.PROCESS) is by]
        return tuple((kind, before) for kind in mine if (before := self.before(kind, at)))


def read_retention(text: str) -> Retention:
    """Terms as the environment writes them: `sign_ins=P90D, messages=P180D`; empty: everything stays.

    Raises:
        InvalidPolicy: a kind that there is not, one named twice, or no length of time, or one too short to work with.
    """
    terms: dict[Kept, timedelta] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        name, _, span = (side.strip() for side in part.partition("="))
        if name not in tuple(Kept):
            raise InvalidPolicy(f"'{name}' is nothing that goes by itself.", WHERE, f"Name one of {', '.join(Kept)}.")
        if Kept(name) in terms:
            raise InvalidPolicy(f"'{name}' is named twice.", WHERE, "Name it once.")
        terms[Kept(name)] = checked_span(span)
    return Retention(terms)


def checked_span(span: str) -> timedelta:
    """How long something is kept; InvalidPolicy unless it is a number of days, SHORTEST at least."""
    found = duration(span, WHERE)
    if found % timedelta(days=1):
        raise InvalidPolicy(f"'{span}' is no number of days.", WHERE, "Write whole days, like P90D.")
    if found < SHORTEST:
        raise InvalidPolicy(f"'{span}' is too short.", WHERE, "Keep it for P7D at least: it is still worked with.")
    return found


def next_look(at: datetime, zone: str) -> datetime:
    """The next instant after this one at which it is looked what has become too old."""
    local = at.astimezone(ZoneInfo(zone))
    day = local.date() + timedelta(days=local.time() >= AT)
    return datetime.combine(day, AT, ZoneInfo(zone))
