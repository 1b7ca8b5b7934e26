"""What the activities need from the outside world. Adapters implement these by shape; nothing here imports one."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from appraisal.access import Actor
from appraisal.bulk import Bulk
from appraisal.calibration.calibration import Calibration, Decision, Member
from appraisal.calibration.session_rules import SessionRules
from appraisal.case import Case
from appraisal.commands import Order
from appraisal.cycle import Cycle, Launch, Leadership
from appraisal.group import Presence
from appraisal.parties import Parties
from appraisal.periods.evaluation import Evaluation
from appraisal.policy.almanac import Almanac
from appraisal.policy.dates import Schedule
from appraisal.recovery import Shared
from appraisal.roster.importing import Findings, Import, Outcome
from appraisal.timetable import Timetable
from appraisal.training.nomination import Basis, Nomination, NominationOrder, Settled
from appraisal.watch import Mended, Row, Seen, Trouble


class Records(Protocol):
    """The record of the processes. Storing is idempotent: the same state twice leaves one trace."""

    async def store_case(self, case: Case) -> None:
        """Write the projection, the new events and their notices in one transaction."""

    async def store_new_cases(self, cases: Sequence[Case]) -> tuple[str, ...]:
        """The same for new cases, all in one transaction; the ids of those that are on record further on than this."""

    async def store_cycle(self, cycle: Cycle) -> None:
        """The same for a cycle."""

    async def store_calibration(self, calibration: Calibration) -> None:
        """The same for a unit's calibration."""

    async def store_nomination(self, nomination: Nomination) -> None:
        """The same for a nomination; its decisions are stored by Nominations."""

    async def store_bulk(self, bulk: Bulk) -> None:
        """The same for a remedy that was given to many cases."""

    async def store_evaluation(self, evaluation: Evaluation) -> None:
        """The same for the evaluation of a period."""


class Cases(Protocol):
    """The cases' own processes, as other processes reach them."""

    async def start(self, case: Case) -> None:
        """Start the case's process; harmless when it runs already or has ended."""

    async def perform(self, case_id: str, order: Order, command_id: str) -> str:
        """Give a case an order, once per command id. Returns '' or, where the rules refused, the code of the refusal.

        By its own id, the evaluation of a period is told in the same way who is above its employee.
        """


class Calendars(Protocol):
    """Days off, and how units work."""

    async def almanac(self, years: tuple[int, ...]) -> Almanac:
        """The days off of these years as of now."""

    async def schedules(self) -> Mapping[str, Schedule]:
        """Working week and zone by unit, today, where a unit or one above it has its own."""


class Participants(Protocol):
    """Who takes part in a cycle."""

    async def enrol(self, launch: Launch) -> int:
        """Fix the list and return its length; a repeated call keeps the first list. InvalidLaunch if nobody would take part."""

    async def groups(self, cycle: str) -> tuple[str, ...]:
        """The unit of each calibration, and '' for the nomination, that is on record further on than its beginning."""

    async def pools(self, cycle: str) -> tuple[Leadership, ...]:
        """The calibration pools of the cycle by unit, with who leads them today."""

    async def everybody(self, cycle: str) -> tuple[Parties, ...]:
        """All participants by id, with their superiors as of today."""

    async def workplaces(self, cycle: str) -> Mapping[str, str]:
        """The unit in which each participant works today; who has left is not there."""

    async def progress(self, cycle: str, started: int) -> None:
        """Show on the cycle's row how many cases have been started."""

    async def open_cases(self, cycle: str) -> int:
        """Participants whose case is not closed."""


class Groups(Protocol):
    """The processes that stand above single cases."""

    async def start_calibration(
        self, cycle: str, pool: Leadership, timetable: Timetable, at: datetime, rules: SessionRules
    ) -> None:
        """Start the unit's calibration; harmless when it runs already."""

    async def start_nomination(self, cycle: str, timetable: Timetable, at: datetime) -> None:
        """Start the cycle's nomination; harmless when it runs already."""

    async def follow_head(self, calibration: str, pool: Leadership, command_id: str) -> None:
        """Tell a calibration who leads its unit now; harmless when it has ended."""


class Rosters(Protocol):
    """Imports of people, units and catalogues. Each call is one transaction; repeated, it changes nothing."""

    async def preview(self, state: Import) -> Findings:
        """Read the upload, compare it with the record, and keep problems and differences for people to see."""

    async def apply(self, state: Import) -> Outcome:
        """Write what was previewed, all or nothing; keep a new preview instead if the record has changed since."""

    async def close(self, state: Import) -> None:
        """Record that the import was discarded or lapsed, and delete the upload."""


class Calibrations(Protocol):
    """The members of a unit's calibration, and its stored decisions."""

    async def presence(self, cycle: str, unit: str) -> Presence:
        """How many cases of the unit wait to be calibrated, and how many can still arrive."""

    async def members(self, cycle: str, unit: str) -> tuple[Member, ...]:
        """Those who wait, by id."""

    async def decision(self, calibration: str) -> Decision:
        """The last decision as stored."""


class Nominations(Protocol):
    """The proposals of a cycle. Each call is one transaction and harmless to repeat."""

    async def presence(self, cycle: str) -> Presence:
        """How many cases wait for their nomination and can still arrive, seats that are free, and whom no head spoke of yet."""

    async def propose(self, cycle: str, at: datetime, basis: Basis) -> int:
        """Propose anew, by this plan, for everybody who waits and is undecided; their number."""

    async def decide(self, after: Nomination, order: NominationOrder) -> None:
        """Store these decisions as the round of `after`; a refusal, seats among them, changes nothing."""

    async def hear(self, after: Nomination, order: NominationOrder) -> None:
        """Store what a head says of people of the own unit; a refusal changes nothing."""

    async def lapse(self, after: Nomination) -> None:
        """Store as the round of `after` that whoever is undecided gets no training."""

    async def settled(self, cycle: str, number: int, after: str, size: int) -> tuple[Settled, ...]:
        """The next decisions of this round, by employee."""


class Processes(Protocol):
    """All processes of this installation, as their server knows them."""

    def running(self) -> AsyncIterator[tuple[str, ...]]:
        """The ids of whatever runs, by pages."""

    async def reported(self) -> tuple[str, ...] | None:
        """Those whose tasks the server itself reports as failing; None where this server does not tell."""

    async def examine(self, processes: tuple[str, ...], states: bool) -> tuple[Seen, ...]:
        """Each of these from close by, in this order; with `states`, cases are also asked for their revision."""

    async def case(self, case_id: str) -> Case | None:
        """The state of a case's process, also of an ended one; None where there is none, or it does not answer."""

    async def restart(self, case: Case, over: bool) -> bool:
        """Start the case's process from this state; `over` ends one that runs. False where one runs already."""

    async def restart_shared(self, shared: Shared) -> bool:
        """The same for what many share, if it does not run."""

    async def end(self, case_id: str, reason: str) -> None:
        """Stop a process that should have ended; harmless when it has."""


class Watched(Protocol):
    """The record as the watch compares it, and what the watch has found."""

    async def open_rows(self, after: str, size: int) -> tuple[Row, ...]:
        """The open cases by id."""

    async def rows(self, ids: tuple[str, ...]) -> tuple[Row, ...]:
        """Those of these cases, calibrations, nominations, cycles and orders to SIASN that are on record, open or closed."""

    async def open_shared(self) -> tuple[Row, ...]:
        """The calibrations, nominations, cycles and orders to SIASN that are not over."""

    async def shared(self, process: str) -> Shared | None:
        """The whole of it as stored; None for an order by which nothing waits, and a cycle from before its state was kept."""

    async def overdue(self, before: datetime, size: int) -> tuple[str, ...]:
        """Cases whose clock should have rung before this instant."""

    async def troubled(self) -> tuple[str, ...]:
        """Whatever is in trouble as far as is known."""

    async def keep(self, found: tuple[Trouble, ...], at: datetime) -> None:
        """Put on record what is wrong now; trouble that is not among it any more is over."""

    async def case(self, case_id: str) -> Case | None:
        """The whole case as stored."""

    async def recover(self, case: Case) -> None:
        """Store a state whose events the record has lost; where they are there already, nothing happens."""

    async def mended(self, case_id: str, what: Mended, by: Actor, at: datetime) -> None:
        """Note on the case's troubles who had what done about them, and when; they are over."""
