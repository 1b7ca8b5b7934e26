"""The archive of a finished cycle: one file with everything about it, and the one line of the record that proves the file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from appraisal.access import Actor
from appraisal.chain import Head, Root
from appraisal.cycle import Phase
from appraisal.errors import InvalidExtent
from appraisal.record import Change, Event

ARCHIVED = "cycle_archived"
WHERE = "cycle"


@dataclass(frozen=True, slots=True)
class Sealed:
    """What was written and read back: the file's name and hash, how much it holds, and one hash over the ends of its chains."""

    file: str
    sha256: str
    cases: int
    events: int
    root: str


@dataclass(frozen=True, slots=True)
class Archived:
    """One archive of a cycle as it stands on record."""

    sealed: Sealed
    at: datetime
    by: str


def archive_subject(cycle: str) -> str:
    """Under which name the record keeps the archives of a cycle."""
    return f"archive/{cycle}"


def demand_finished(phase: str | None, open_cases: int) -> None:
    """InvalidExtent unless the cycle is there, has closed, and none of its cases is open (again)."""
    if phase is None:
        raise InvalidExtent("There is no such cycle.", WHERE, "The page of a cycle has its id in the address.")
    if phase != Phase.CLOSED or open_cases:
        raise InvalidExtent(
            f"The cycle is not finished: {open_cases} of its cases are open.", WHERE, "Archive it once it has closed."
        )


def root_over(heads: Sequence[Head]) -> str:
    """One hash over the ends of these chains, made as a day's anchor is."""
    root = Root()
    for head in sorted(heads, key=lambda head: head.hash):
        root.add(head)
    return root.hash()


def archived(sealed: Sealed, revision: int, actor: Actor, at: datetime) -> Event:
    """The line of the record: anchored with the others of its day, it proves the file, and the file its cases."""
    changes: tuple[Change, ...] = (
        *(("file", "", sealed.file), ("sha256", "", sealed.sha256), ("cases", "", str(sealed.cases))),
        *(("events", "", str(sealed.events)), ("root", "", sealed.root)),
    )
    return Event(revision, ARCHIVED, actor.id, at, f"{revision}/{sealed.sha256}", changes=changes)


def read_archived(event: Event) -> Archived:
    """What such a line says."""
    said = {name: now for name, _, now in event.changes}
    sealed = Sealed(said["file"], said["sha256"], int(said["cases"]), int(said["events"]), said["root"])
    return Archived(sealed, event.at, event.actor)
