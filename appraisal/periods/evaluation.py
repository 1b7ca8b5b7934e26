"""One employee's evaluation of one period (evaluasi periodik): action plan, report, rating. It stands beside the annual case.

No machine computes the annual rating from it: whoever reviews the year sees the periods as its basis. Rule: periods_are_a_basis.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Literal

from appraisal.access import Actor
from appraisal.assessment import Realisation, Review
from appraisal.case import Case
from appraisal.commands import FollowLine
from appraisal.parties import Parties
from appraisal.periods.periods import Evidence, PeriodDates
from appraisal.predicates import predicate
from appraisal.record import Event
from appraisal.targets import Plan
from appraisal.timetable import Planned
from appraisal.vocabulary import Alarm, Predicate, Rating, Step, up_to


class Stage(StrEnum):
    """How far an evaluation is: the employee's, the supervisor's, or over."""

    REPORT = "report"
    RATING = "rating"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class PlanActions:
    """What the employee will do for each target in this period (rencana aksi). `plan` holds the targets as agreed today."""

    plan: Plan | None
    actions: tuple[str, ...]
    kind: Literal["plan_actions"] = "plan_actions"


@dataclass(frozen=True, slots=True)
class ReportPeriod:
    """What was done and reached for each target until the end of the period, with evidence."""

    plan: Plan | None
    actions: tuple[str, ...]
    realisations: tuple[Realisation, ...]
    kind: Literal["report_period"] = "report_period"


@dataclass(frozen=True, slots=True)
class RatePeriod:
    """The supervisor's two ratings of the period, each with its reason, and a word on each target."""

    plan: Plan | None
    review: Review
    kind: Literal["rate_period"] = "rate_period"


PeriodCommand = PlanActions | ReportPeriod | RatePeriod | FollowLine


@dataclass(frozen=True, slots=True)
class PeriodOrder:
    """A command to an evaluation, and who gives it."""

    command: PeriodCommand
    actor: Actor


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The state of the process. `plan` holds the targets by which it was filled in, whatever becomes of the case's own.

    `events` holds what is not yet stored; the process empties it.
    """

    id: str
    cycle: str
    parties: Parties
    dates: PeriodDates
    evidence: Evidence
    stage: Stage = Stage.REPORT
    reminded: bool = False
    plan: Plan | None = None
    actions: tuple[str, ...] = ()
    realisations: tuple[Realisation, ...] = ()
    review: Review | None = None
    rated_by: str | None = None
    revision: int = 0
    events: tuple[Event, ...] = ()

    @property
    def open(self) -> bool:
        return self.stage is not Stage.CLOSED

    @property
    def due(self) -> datetime | None:
        """By when the present stage must be done; nothing waits for it longer."""
        dates = {Stage.REPORT: self.dates.report_by, Stage.RATING: self.dates.rate_by}
        return dates.get(self.stage)

    @property
    def next_alarm(self) -> Planned | None:
        """What the clock does next: one reminder, then the end of the stage. None once it is closed."""
        if self.due is None:
            return None
        remind = self.dates.remind_report if self.stage is Stage.REPORT else self.dates.remind_rating
        return (self.due, Alarm.END) if self.reminded else (remind, Alarm.REMIND)

    @property
    def holder(self) -> str | None:
        """Who must act now; None when nobody is there to rate, or nothing is left to do."""
        if self.stage is Stage.REPORT:
            return self.parties.employee
        return self.parties.reviewer if self.open else None

    @property
    def results(self) -> Rating | None:
        return self.review.results if self.review else None

    @property
    def behaviour(self) -> Rating | None:
        return self.review.behaviour if self.review else None

    @property
    def predicate(self) -> Predicate | None:
        """The predicate of the period, by the same matrix as that of the year. Rule: predicate_matrix."""
        return predicate(self.review.results, self.review.behaviour) if self.review else None

    def entering(self, stage: Stage) -> "Evaluation":
        """This evaluation at the beginning of another stage."""
        return replace(self, stage=stage, reminded=False)

    def stored(self, revision: int) -> "Evaluation":
        """This evaluation once its events up to this revision are on record."""
        return replace(self, events=tuple(event for event in self.events if event.revision > revision))


def begun(
    evaluation_id: str, cycle: str, parties: Parties, dates: PeriodDates, evidence: Evidence, at: datetime
) -> Evaluation:
    """An evaluation as its period begins, with its first event."""
    event = Event(0, "period_opened", "cycle", at, "opened", changes=(("stage", "", Stage.REPORT),))
    return Evaluation(evaluation_id, cycle, parties, dates, evidence, events=(event,))


def agreed(case: Case) -> Plan | None:
    """The targets by which a period of this year is measured; None while nobody has agreed to any."""
    return None if case.step in up_to(Step.APPROVAL) else case.plan
