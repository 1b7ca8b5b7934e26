"""Whether the machine still works for everybody: what is compared, and what counts as trouble."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from appraisal.access import Actor

SEVERAL = 3
"""Attempts after which something that is tried again counts as failing; the first two are everyday."""
SETTLING = timedelta(minutes=1)
"""A process this young may not have stored its first state yet."""


class Kind(StrEnum):
    """What is wrong. The first two are failures of the machine, the others a disagreement of process and record."""

    TASK_FAILS = "task_fails"
    ACTIVITY_FAILS = "activity_fails"
    NO_PROCESS = "no_process"
    NO_RECORD = "no_record"
    OTHER_REVISION = "other_revision"


MACHINE = (Kind.TASK_FAILS, Kind.ACTIVITY_FAILS)
DISAGREE = (Kind.NO_PROCESS, Kind.NO_RECORD, Kind.OTHER_REVISION)


@dataclass(frozen=True, slots=True)
class Row:
    """A case on record, or a calibration, nomination, cycle or order to SIASN. `id` is that of its process."""

    id: str
    open: bool
    revision: int


@dataclass(frozen=True, slots=True)
class Failing:
    """Something that the machine tries again and again, with the last error."""

    attempts: int
    error: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A process as its server knows it. `revision` is None where it did not answer or was not asked.

    What came after `confirmed` is on its way to the record.
    """

    id: str
    exists: bool
    running: bool
    started: datetime | None = None
    task: Failing | None = None
    activity: Failing | None = None
    revision: int | None = None
    confirmed: int = 0


@dataclass(frozen=True, slots=True)
class Trouble:
    """One finding about one process or record; `detail` is the last error, or both revisions."""

    subject: str
    kind: Kind
    detail: str
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """What one look came to; `cursor` is where the next one goes on asking cases for their state."""

    running: int
    rows: int
    machine: int
    disagree: int
    cursor: str = ""


@dataclass(frozen=True, slots=True)
class Repair:
    """An officer's order to mend these cases."""

    cases: tuple[str, ...]
    actor: Actor
    command_id: str


class Mended(StrEnum):
    """What was done to a case whose process and record disagreed."""

    RESTARTED = "restarted"
    RECOVERED = "recovered"
    ENDED = "ended"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Repaired:
    """What was done to each case, in the order asked."""

    done: tuple[tuple[str, Mended], ...]


def is_case(subject: str) -> bool:
    """Whether this process is a case's: those are asked for their state, which is compared with the record."""
    return subject.startswith("appraisal/")


def is_shared(subject: str) -> bool:
    """Whether many cases depend on it, as a calibration, a nomination, their cycle or an order to SIASN: it starts again from
    the record if it is gone."""
    return subject.startswith(("calibration/", "nomination/", "cycle/", "siasn/"))


def judge(seen: Seen, row: Row | None, now: datetime) -> tuple[Trouble, ...]:
    """What is wrong with this process, given what is on record of it."""
    found = []
    if seen.running and seen.task and seen.task.attempts >= SEVERAL:
        found.append(Trouble(seen.id, Kind.TASK_FAILS, seen.task.error, seen.task.attempts))
    if seen.running and seen.activity and seen.activity.attempts >= SEVERAL:
        found.append(Trouble(seen.id, Kind.ACTIVITY_FAILS, seen.activity.error, seen.activity.attempts))
    difference = _difference(seen, row, now) if is_case(seen.id) else _gone(seen, row)
    return (*found, difference) if difference else tuple(found)


def _difference(seen: Seen, row: Row | None, now: datetime) -> Trouble | None:
    if row is None:
        settled = seen.started is not None and now - seen.started > SETTLING
        return Trouble(seen.id, Kind.NO_RECORD, "") if seen.running and settled else None
    if gone := _gone(seen, row):
        return gone
    if seen.running and seen.revision is not None and not seen.confirmed <= row.revision <= seen.revision:
        return Trouble(seen.id, Kind.OTHER_REVISION, f"process {seen.revision}, record {row.revision}")
    return None


def _gone(seen: Seen, row: Row | None) -> Trouble | None:
    if row is None or not row.open or seen.running:
        return None
    return Trouble(seen.id, Kind.NO_PROCESS, "ended" if seen.exists else "unknown to Temporal")
