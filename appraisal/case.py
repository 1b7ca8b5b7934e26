"""What an appraisal case is. How it changes stands in transitions.py; what the clock does in clock.py."""

from dataclasses import dataclass, replace
from datetime import datetime

from appraisal.access import HR, Parties
from appraisal.assessment import Review, SelfAssessment
from appraisal.predicates import predicate
from appraisal.record import Change, Event
from appraisal.targets import Plan
from appraisal.timetable import Timetable, Window, alarms
from appraisal.vocabulary import GROUP_STEPS, Alarm, Outcome, Predicate, Rating, Step


@dataclass(frozen=True, slots=True)
class Calibrated:
    """The ratings after calibration, and why they differ from the review where they do."""

    results: Rating
    behaviour: Rating
    reason: str
    decided_by: str


@dataclass(frozen=True, slots=True)
class Nominated:
    """The training that follows from the work, or none, with the reason either way."""

    training: str | None
    reason: str
    decided_by: str


@dataclass(frozen=True, slots=True)
class Case:
    """One employee's case in one cycle. `events` holds what is not yet stored; the process empties it."""

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
    events: tuple[Event, ...] = ()

    @property
    def open(self) -> bool:
        return self.step is not Step.CLOSED

    @property
    def window(self) -> Window:
        """The dates of the present step; only an open case has one."""
        return self.timetable.for_arrival(self.step, self.since)

    @property
    def holder(self) -> str | None:
        """Who must act now; None when nobody is there to do it, which HR sees."""
        if self.step in (Step.TARGETS, Step.SELF_ASSESSMENT, Step.ACKNOWLEDGEMENT):
            return self.parties.employee
        if self.step in (Step.APPROVAL, Step.REVIEW):
            return self.parties.reviewer
        if self.step is Step.CALIBRATION:
            return self.parties.head
        return HR if self.step is Step.NOMINATION else None

    @property
    def official(self) -> str | None:
        """Whose step it is by office: the holder, or the official for whom the holder acts."""
        return self.parties.supervisor if self.step in (Step.APPROVAL, Step.REVIEW) else self.holder

    @property
    def preparer(self) -> str | None:
        """Who may prepare the present step for its holder, without signing."""
        return self.parties.preparer if self.step in (Step.APPROVAL, Step.REVIEW) else None

    @property
    def escalated_to(self) -> str | None:
        """Who may act beside the holder since the step was escalated; HR's officers together are `hr`."""
        return self.parties.escalated_to

    @property
    def next_alarm(self) -> tuple[datetime, Alarm] | None:
        """What the clock does next, and when. None for a closed case.

        In a step that is decided for many at once the group's process has the alarms; the case's own clock only sees to
        it that it does not outlive the cycle.
        """
        if not self.open:
            return None
        if self.step in GROUP_STEPS:
            return max(self.timetable.closes, self.since), Alarm.END
        return next(planned for planned in alarms(self.window, self.since) if planned[1] not in self.rung)

    @property
    def results(self) -> Rating | None:
        source = self.calibrated or self.review
        return source.results if source else None

    @property
    def behaviour(self) -> Rating | None:
        source = self.calibrated or self.review
        return source.behaviour if source else None

    @property
    def predicate(self) -> Predicate | None:
        """The predicate as it stands: after calibration where there was one, else as reviewed."""
        return predicate(self.results, self.behaviour) if self.results and self.behaviour else None

    def entering(self, step: Step, at: datetime) -> "Case":
        """This case at the beginning of another step: nothing has rung, nobody stands in."""
        return replace(self, step=step, since=at, rung=(), parties=replace(self.parties, escalated_to=None))

    def stored(self, revision: int) -> "Case":
        """This case once its events up to this revision are on record."""
        return replace(self, events=tuple(event for event in self.events if event.revision > revision))

    @property
    def above_holder(self) -> str:
        """The next person up from whoever holds the step, or who acts for that one; HR where the line ends."""
        people = (self.parties.employee, *self.parties.line)
        above = people[people.index(self.official) + 1 :] if self.official in people else ()
        return next((who for who in map(self.parties.deputy, above) if who != self.holder), HR)


def opened(case_id: str, cycle: str, parties: Parties, timetable: Timetable, at: datetime) -> Case:
    """A new case at its first step, with its first event."""
    event = Event(0, "opened", "cycle", at, "opened", changes=(("step", "", Step.TARGETS),))
    return Case(case_id, cycle, parties, timetable, Step.TARGETS, at, events=(event,))


def recorded(before: Case, after: Case, event: Event) -> Case:
    """`after` with the next revision and this event, whose changes are read off the two cases."""
    revision = before.revision + 1
    moved = before.step is not after.step
    changes = (*event.changes, *_differences(before, after))
    return replace(
        after,
        revision=revision,
        entered_at_revision=revision if moved else before.entered_at_revision,
        events=(*before.events, replace(event, revision=revision, changes=changes)),
    )


def _differences(before: Case, after: Case) -> tuple[Change, ...]:
    shown = ("step", "holder", "preparer", "escalated_to", "results", "behaviour", "predicate", "outcome")
    pairs = ((name, str(getattr(before, name) or ""), str(getattr(after, name) or "")) for name in shown)
    return tuple((name, was, now) for name, was, now in pairs if was != now)
