"""What an appraisal case is. How it changes stands in transitions.py; what the clock does in clock.py."""

from dataclasses import dataclass, replace
from datetime import datetime

from appraisal.assessment import Review, SelfAssessment
from appraisal.endorsement import Look
from appraisal.holds import Held
from appraisal.objection import deciding
from appraisal.objection.objections import Objection, ObjectionEnd, Ruling
from appraisal.objection.times import last_moment, until_objected
from appraisal.parties import HR, Parties, holder_at
from appraisal.people.parts import Part
from appraisal.predicates import predicate
from appraisal.record import Event, Passage
from appraisal.targets import Plan
from appraisal.timetable import Planned, Timetable, Window, alarms, not_rung
from appraisal.vocabulary import (
    GROUP_STEPS,
    OBJECTION_STEPS,
    OF_SECOND_LEVEL,
    Alarm,
    Exit,
    Outcome,
    Predicate,
    Rating,
    Step,
)


@dataclass(frozen=True, slots=True)
class Calibrated:
    """The ratings after calibration, and why they differ from the review where they do."""

    results: Rating
    behaviour: Rating
    reason: str
    decided_by: str


@dataclass(frozen=True, slots=True)
class Former:
    """Where a case stood before its calibration was taken back: enough to put it back as it was."""

    step: Step
    since: datetime
    rung: tuple[Alarm, ...]
    calibrated: Calibrated
    comment: str | None
    parties: Parties


@dataclass(frozen=True, slots=True)
class Nominated:
    """The training that follows from the work, or none, with the reason either way."""

    training: str | None
    reason: str
    decided_by: str


@dataclass(frozen=True, slots=True)
class Case:
    """One employee's case in one cycle. `events` holds what is not yet stored; the process empties it.

    `parts` are those of the year of somebody who has moved, the present one last; else there are none.
    `given` are the commands from before it was opened again, which its new process would otherwise not know. Since the
    delivery of the result `object_by` is the last instant to object to it; `refused` are the words of who did not acknowledge.
    `looks` are those of the second level at the review; one that was sent back stays to be amended, for `return_reason`.
    """

    id: str
    cycle: str
    parties: Parties
    timetable: Timetable
    step: Step
    since: datetime
    rung: tuple[Alarm, ...] = ()
    revision: int = 0
    entered_at_revision: int = 0
    plan: Plan | None = None
    return_reason: str = ""
    returned: int = 0
    escalated: int = 0
    self_assessment: SelfAssessment | None = None
    review: Review | None = None
    reviewed_by: str | None = None
    calibrated: Calibrated | None = None
    comment: str | None = None
    nominated: Nominated | None = None
    outcome: Outcome | None = None
    held: Held | None = None
    exit: Exit | None = None
    events: tuple[Event, ...] = ()
    given: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    object_by: datetime | None = None
    refused: str | None = None
    objection: Objection | None = None
    former: Former | None = None
    looks: tuple[Look, ...] = ()

    @property
    def open(self) -> bool:
        return self.step is not Step.CLOSED

    @property
    def window(self) -> Window:
        """The dates of the present step; only an open case has one."""
        window = self.timetable.for_arrival(self.step, self.since)
        if self.step is Step.ACKNOWLEDGEMENT:
            return until_objected(window, self.object_by, self.refused is not None)
        return window

    @property
    def due(self) -> datetime | None:
        """When the present step is due; None for a closed case."""
        return self.window.due if self.open else None

    @property
    def passage(self) -> Passage:
        """The present step as it will be remembered. The clock opens it: before that nobody could have done anything."""
        return Passage(self.step, max(self.since, self.timetable.window(self.step).opens), self.window.due)

    @property
    def holder(self) -> str | None:
        """Who must act now; None when nobody is there to do it, which HR sees."""
        return self.parties.taken_by or self.regular_holder

    @property
    def regular_holder(self) -> str | None:
        """Whose step it is by the rules, whoever may have taken it over."""
        return holder_at(self.step, self.parties)

    @property
    def official(self) -> str | None:
        """Whose step it is by office: the holder, or the official for whom the holder acts."""
        if self.step in OF_SECOND_LEVEL:
            return deciding.official(self.parties)
        return self.parties.supervisor if self.step in (Step.APPROVAL, Step.REVIEW) else self.regular_holder

    @property
    def preparer(self) -> str | None:
        """Who may prepare the present step for its holder, without signing."""
        return self.parties.preparer if self.step in (Step.APPROVAL, Step.REVIEW) else None

    @property
    def escalated_to(self) -> str | None:
        """Who may act beside the holder since the step was escalated; HR's officers together are `hr`."""
        return self.parties.escalated_to

    @property
    def next_alarm(self) -> Planned | None:
        """What the clock does next, and when. None for a closed case.

        In a step that is decided for many at once the group's process has the alarms; the case's own clock only sees to
        it that it does not outlive the cycle. The same holds once a step has ended without leading on, and during a hold.
        """
        if not self.open:
            return None
        closing = max(self.timetable.closes, self.since)
        if self.held:
            return self.held.next_alarm(closing)
        if self.step in GROUP_STEPS:
            return closing, Alarm.END
        left = not_rung(alarms(self.window, self.since), self.rung)
        if self.step in OBJECTION_STEPS:  # what an objection comes to at the closing, the policy says
            left = tuple(planned for planned in left if planned[0] < closing)
        return left[0] if left else (closing, Alarm.CLOSE)

    @property
    def waits_upstream(self) -> bool:
        """Whether a target waits for those of the superior. Nothing else does."""
        return self.plan is not None and self.plan.waits

    @property
    def moved_on(self) -> str:
        """The day of the last move within the year, as the record writes it; empty where there was none."""
        return self.parts[-1].since.isoformat() if self.parts else ""

    @property
    def _rated(self) -> Ruling | Calibrated | Review | None:
        """What says how the work is rated: the decision on an objection, else the calibration, else the review."""
        ruling = self.objection.ruling if self.objection else None
        return ruling or self.calibrated or self.review

    @property
    def results(self) -> Rating | None:
        return self._rated.results if self._rated else None

    @property
    def behaviour(self) -> Rating | None:
        return self._rated.behaviour if self._rated else None

    @property
    def predicate(self) -> Predicate | None:
        """The predicate as it stands."""
        return predicate(self.results, self.behaviour) if self.results and self.behaviour else None

    def entering(self, step: Step, at: datetime) -> "Case":
        """This case at the beginning of another step: nothing has rung, nobody stands in.

        With the delivery of the result the time to object begins, unless an objection to it has been decided.
        """
        moved = replace(self, step=step, since=at, rung=(), parties=self.parties.alone(), former=None)
        if step is not Step.ACKNOWLEDGEMENT or self.objection:
            return moved
        return replace(moved, object_by=last_moment(self.timetable, at), refused=None)

    def leaving(self, by: Exit, at: datetime) -> "Case":
        """This case as it leaves the cycle: rated where there is a predicate, and the clock stands still no longer."""
        outcome = Outcome.RATED if self.predicate and by is not Exit.UNRATEABLE else Outcome.UNRATED
        objection = self.objection
        if objection and not objection.ended:
            objection = replace(objection, ended=ObjectionEnd.UNDECIDED)
        return replace(self.entering(Step.CLOSED, at), outcome=outcome, exit=by, held=None, objection=objection)

    def under(self, timetable: Timetable, at: datetime) -> "Case":
        """This case with other dates: what lies ahead by them will ring, and nobody is called in before it has."""
        moved = replace(self, timetable=timetable.keeping(self.timetable, self.step))
        if not self.open or self.step in GROUP_STEPS:
            return moved
        rung = tuple(alarm for instant, alarm in alarms(moved.window, self.since) if instant <= at)
        kept = tuple(alarm for alarm in rung if alarm in self.rung)
        parties = self.parties if Alarm.ESCALATE in kept or Alarm.END in kept else self.parties.alone()
        return replace(moved, rung=rung, parties=parties)

    def stored(self, revision: int) -> "Case":
        """This case once its events up to this revision are on record."""
        return replace(self, events=tuple(event for event in self.events if event.revision > revision))

    @property
    def above_holder(self) -> str:
        """The next person up from whoever holds the step, or who acts for that one; HR where the line ends."""
        if self.step in OF_SECOND_LEVEL:
            return deciding.above(self.parties, self.holder)
        people = (self.parties.employee, *self.parties.line)
        above = people[people.index(self.official) + 1 :] if self.official in people else ()
        return next((who for who in map(self.parties.deputy, above) if who != self.holder), HR)
