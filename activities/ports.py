"""What the activities need from the outside world. Adapters implement these by shape; nothing here imports one."""

from datetime import datetime, time
from typing import Protocol

from appraisal.access import Parties
from appraisal.case import Case
from appraisal.commands import Order
from appraisal.cycle import Cycle, Launch
from appraisal.roster_import import Findings, Import, Outcome
from appraisal.spans import Calendar
from appraisal.timetable import Timetable


class Records(Protocol):
    """The record of the processes. Storing is idempotent: the same state twice leaves one trace."""

    async def store_case(self, case: Case) -> None:
        """Write the projection, the new events and their notices in one transaction."""

    async def store_cycle(self, cycle: Cycle) -> None:
        """The same for a cycle."""


class Cases(Protocol):
    """The cases' own processes, as other processes reach them."""

    async def start(self, case: Case) -> None:
        """Start the case's process; harmless when it runs already or has ended."""

    async def perform(self, case_id: str, order: Order, command_id: str) -> str:
        """Give a case an order, once per command id. Returns '' or, where the rules refused, the code of the refusal."""


class Calendars(Protocol):
    """Days off and office hours."""

    def calendar(self, years: tuple[int, ...], zone: str, hours: tuple[time, time]) -> Calendar:
        """The calendar of these years in this zone."""


class Participants(Protocol):
    """Who takes part in a cycle."""

    async def enrol(self, launch: Launch) -> int:
        """Fix the list and return its length; a repeated call keeps the first list. InvalidLaunch if nobody would take part."""

    async def units(self, cycle: str) -> tuple[str, ...]:
        """The calibration pools of the cycle, sorted."""

    async def everybody(self, cycle: str) -> tuple[Parties, ...]:
        """All participants by id, with their superiors as of today."""

    async def progress(self, cycle: str, started: int) -> None:
        """Show on the cycle's row how many cases have been started."""

    async def open_cases(self, cycle: str) -> int:
        """Participants whose case is not closed."""


class Groups(Protocol):
    """The processes that stand above single cases."""

    async def start_calibration(self, cycle: str, unit: str, timetable: Timetable, at: datetime) -> None:
        """Start the unit's calibration; harmless when it runs already."""

    async def start_nomination(self, cycle: str, timetable: Timetable, at: datetime) -> None:
        """Start the cycle's nomination; harmless when it runs already."""


class Organisation(Protocol):
    """The organisation as of today."""

    async def moved(self) -> tuple[tuple[str, int, Parties], ...]:
        """(case id, revision, parties of today) of each open case whose superiors, head or unit have changed."""


class Rosters(Protocol):
    """Imports of people, units and catalogues. Each call is one transaction; repeated, it changes nothing."""

    async def preview(self, state: Import) -> Findings:
        """Read the upload, compare it with the record, and keep problems and differences for people to see."""

    async def apply(self, state: Import) -> Outcome:
        """Write what was previewed, all or nothing; keep a new preview instead if the record has changed since."""

    async def close(self, state: Import) -> None:
        """Record that the import was discarded or lapsed, and delete the upload."""


class Processes(Protocol):
    """The running processes, as an import reaches them."""

    async def follow_organisation(self) -> None:
        """Tell every open process whose reporting line or head is no longer what the organisation says."""
