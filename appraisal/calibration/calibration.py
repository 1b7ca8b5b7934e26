"""What a unit's calibration is, and what can be asked of it. How it changes stands in rules.py."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from appraisal.access import CLOCK, Actor
from appraisal.calibration.distribution import Deviation
from appraisal.calibration.session import AskForVotes, OpenVotes, Undo, Undoing, Undone
from appraisal.calibration.session_rules import BEFORE, SessionRules
from appraisal.commands import Hold, Release, Reschedule
from appraisal.group import Group, GroupPhase, Schedule
from appraisal.parties import HR, Parties
from appraisal.policy.spans import duration
from appraisal.predicates import predicate
from appraisal.record import Event
from appraisal.timetable import Timetable
from appraisal.vocabulary import Audience, Predicate, Rating, Step, UnitResult


@dataclass(frozen=True, slots=True)
class Member:
    """A case that waits to be calibrated, with the ratings of its review. `case` is the id of its process.

    `unit_result` is that of the unit which the employee leads, if he leads one whose result is on record.
    """

    employee: str
    case: str
    results: Rating
    behaviour: Rating
    unit_result: UnitResult | None = None


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A change of one member's ratings, which needs a reason in words."""

    employee: str
    results: Rating
    behaviour: Rating
    reason: str


@dataclass(frozen=True, slots=True)
class Rated:
    """A member before and after; `reason` is empty where nothing changed."""

    member: Member
    results: Rating
    behaviour: Rating
    reason: str = ""

    @property
    def predicate(self) -> Predicate:
        return predicate(self.results, self.behaviour)

    @property
    def changed(self) -> bool:
        return (self.results, self.behaviour) != (self.member.results, self.member.behaviour)


@dataclass(frozen=True, slots=True)
class Decision:
    """One round: the final ratings of everybody present, the warnings that were drawn, and why they were accepted."""

    round: int
    by: str
    at: datetime
    ratings: tuple[Rated, ...]
    deviations: tuple[Deviation, ...] = ()
    justification: str = ""
    on_behalf_of: str | None = None


@dataclass(frozen=True, slots=True)
class SetUnitResult:
    """Capaian kinerja organisasi of the unit, with its reason. Rule: unit_result."""

    result: UnitResult
    reason: str
    kind: Literal["set_unit_result"] = "set_unit_result"


@dataclass(frozen=True, slots=True)
class Apply:
    """Give everybody present the ratings as reviewed, but for the adjustments. `members` are those on the page."""

    adjustments: tuple[Adjustment, ...]
    members: tuple[str, ...]
    justification: str = ""
    kind: Literal["apply"] = "apply"


@dataclass(frozen=True, slots=True)
class FollowHead:
    """Who leads the unit as of now, and the superiors of that head, nearest first. The organisation says so.

    `represents` and `member` as in Leadership.
    """

    head: str | None
    line: tuple[str, ...]
    represents: str | None = None
    member: bool = False
    kind: Literal["follow_head"] = "follow_head"


@dataclass(frozen=True, slots=True)
class CalibrationOrder:
    """A command with who gives it."""

    command: SetUnitResult | Apply | Undo | AskForVotes | OpenVotes | FollowHead | Reschedule | Hold | Release
    actor: Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration(Group):
    """The state of the process; `line` is the chain of superiors of the head, `decision` the last round.

    An acting head `represents` an official; a head who is a `member` is appraised in this pool himself.
    """

    unit: str
    head: str | None
    line: tuple[str, ...]
    escalated_to: str | None = None
    unit_result: UnitResult | None = None
    decision: Decision | None = None
    represents: str | None = None
    member: bool = False
    rules: SessionRules = BEFORE
    undoing: Undoing | None = None
    undone: Undone | None = None
    voters: tuple[str, ...] = ()
    votes_opened: datetime | None = None

    @property
    def undo_until(self) -> datetime | None:
        """Until when the last decision can be undone; None where it cannot. After the window nobody could decide anew."""
        span = duration(self.rules.undo, "undo")
        if self.decision is None or self.decision.by == CLOCK.id or span <= timedelta(0):
            return None
        return min(self.decision.at + span, self.schedule.window.end)

    @property
    def above_head(self) -> str:
        """Whoever stands in for a late or missing head; HR where the line ends."""
        return self.line[0] if self.line else HR

    @property
    def needs_stand_in(self) -> bool:
        """Nobody is there to lead, or whoever does would calibrate himself: the next superior may decide from the start."""
        return self.head is None or self.member

    @property
    def parties(self) -> Parties:
        """The calibration's people as the table of rights knows them; nobody is appraised in it."""
        return Parties("", self.unit, (self.head or "", *self.line), self.head, self.escalated_to)

    def represented_by(self, actor: Actor) -> str | None:
        """The official for whom the head acts, or the head in whose place somebody else decided."""
        return self.represents if actor.id == self.head else self.head

    def escalated(self, to: Audience = Audience.SUPERIOR) -> "Calibration":
        return replace(self, escalated_to=HR if to is Audience.HR else self.above_head)

    def called_off(self) -> "Calibration":
        return replace(self, escalated_to=self.above_head if self.needs_stand_in else None)


def prepared(
    calibration_id: str,
    cycle: str,
    unit: str,
    head: str | None,
    line: tuple[str, ...],
    timetable: Timetable,
    at: datetime,
    represents: str | None = None,
    member: bool = False,
    rules: SessionRules = BEFORE,
) -> Calibration:
    """A unit's calibration at the launch of its cycle; `line` is the chain of superiors of the head, nearest first."""
    event = Event(0, "calibration_prepared", "cycle", at, "prepared", changes=(("phase", "", GroupPhase.WAITING),))
    schedule = Schedule.of(timetable, Step.CALIBRATION, at)
    fresh = Calibration(
        id=calibration_id,
        cycle=cycle,
        schedule=schedule,
        unit=unit,
        head=head,
        line=line,
        represents=represents,
        member=member,
        rules=rules,
        events=(event,),
    )
    return fresh.escalated() if fresh.needs_stand_in else fresh


def counted(ratings: tuple[Rated, ...]) -> dict[Predicate, int]:
    """How many people have each predicate; predicates that nobody has are 0."""
    counts = Counter(rated.predicate for rated in ratings)
    return {predicate: counts[predicate] for predicate in Predicate}
