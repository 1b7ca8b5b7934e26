"""What an appraisal case is. How it changes stands in transitions.py; what the clock does in clock.py."""

from dataclasses import dataclass, replace
from datetime import datetime

from appraisal.assessment import Review, SelfAssessment
from appraisal.errors import StaleRevision
from appraisal.holds import Held
from appraisal.parties import HR, Parties
from appraisal.parts import Part
from appraisal.predicates import predicate
from appraisal.record import Change, Event, Passage
from appraisal.targets import Plan
from appraisal.timetable import Planned, Timetable, Window, alarms, not_rung
from appraisal.vocabulary import GROUP_STEPS, Alarm, Exit, Outcome, Predicate, Rating, Step


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
    `given` are the commands from before it was opened again, which its new process would otherwise not know.
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
    former: Former | None = None

    @property
    def open(self) -> bool:
        return self.step is not Step.CLOSED

    @property
    def window(self) -> Window:
        """The dates of the present step; only an open case has one."""
        return self.timetable.for_arrival(self.step, self.since)

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
        return replace(self, step=step, since=at, rung=(), parties=self.parties.alone(), former=None)

    def leaving(self, by: Exit, at: datetime) -> "Case":
        """This case as it leaves the cycle: rated where there is a predicate, and the clock stands still no longer."""
        outcome = Outcome.RATED if self.predicate and by is not Exit.UNRATEABLE else Outcome.UNRATED
        return replace(self.entering(Step.CLOSED, at), outcome=outcome, exit=by, held=None)

    def under(self, timetable: Timetable, at: datetime) -> "Case":
        """This case with other dates: what lies ahead by them will ring, and nobody is called in before it has."""
        moved = replace(self, timetable=timetable)
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
        people = (self.parties.employee, *self.parties.line)
        above = people[people.index(self.official) + 1 :] if self.official in people else ()
        return next((who for who in map(self.parties.deputy, above) if who != self.holder), HR)


def holder_at(step: Step, parties: Parties) -> str | None:
    """Whose step it is between these people; None where nobody is there to do it."""
    if step in (Step.TARGETS, Step.SELF_ASSESSMENT, Step.ACKNOWLEDGEMENT):
        return parties.employee
    if step in (Step.APPROVAL, Step.REVIEW):
        return parties.reviewer
    if step is Step.CALIBRATION:
        return parties.head
    return HR if step is Step.NOMINATION else None


def opened(case_id: str, cycle: str, parties: Parties, timetable: Timetable, at: datetime) -> Case:
    """A new case at its first step, with its first event."""
    event = Event(0, "opened", "cycle", at, "opened", changes=(("step", "", Step.TARGETS),))
    return Case(case_id, cycle, parties, timetable, Step.TARGETS, at, events=(event,))


def recorded(before: Case, after: Case, event: Event) -> Case:
    """`after` with the next revision and this event, whose changes are read off the two cases."""
    refuse_repeated(before.given, event)
    revision = before.revision + 1
    moved = before.step is not after.step
    changes = (*event.changes, *shown_differences(before, after))
    ended = before.passage if moved and before.open else None
    return replace(
        after,
        revision=revision,
        entered_at_revision=revision if moved else before.entered_at_revision,
        events=(*before.events, replace(event, revision=revision, changes=changes, ended=ended)),
    )


def refuse_repeated(given: tuple[str, ...], event: Event) -> None:
    """StaleRevision where a command comes once more that was given before its process was started anew."""
    if event.command_id in given:
        raise StaleRevision("This order was given before it was opened again.", "", "Give it anew, with another key.")


def shown_differences(before: Case | None, after: Case) -> tuple[Change, ...]:
    """What an event shows of a change: (field, before, after); without `before`, all that there is."""
    dates = ("due",) if before and before.step is after.step else ()  # a new step has other dates anyway
    ratings = ("results", "behaviour", "predicate", "outcome", "exit")
    shown = ("step", "holder", "preparer", "escalated_to", *dates, *ratings, "moved_on")
    pairs = ((name, str(getattr(before, name, None) or ""), str(getattr(after, name) or "")) for name in shown)
    return tuple((name, was, now) for name, was, now in pairs if was != now)
