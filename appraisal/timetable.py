"""When each step opens, reminds, is due, escalates and ends. Absolute instants, computed from a frozen calendar."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from appraisal.objection.policy import ObjectionTerms
from appraisal.periods.periods import PeriodDates
from appraisal.policy.document import Rung
from appraisal.policy.spans import Calendar, Instants, after
from appraisal.training.heads_policy import HeadsTimes
from appraisal.vocabulary import OBJECTION_STEPS, Alarm, Audience, EndRule, Step

Planned = tuple[datetime, Alarm]


@dataclass(frozen=True, slots=True)
class Escalation:
    """From this instant on, others are called in beside the holder. Rule: ladder."""

    at: datetime
    to: Audience


def escalations(
    rungs: tuple[Rung, ...], due: datetime, calendar: Calendar, year: int, where: str
) -> tuple[Escalation, ...]:
    """The rungs of a ladder as instants after the due date; InvalidPolicy names, below `where`, what is no time."""
    numbered = enumerate(rungs)
    return tuple(
        Escalation(after(rung.after, due, calendar, calendar.opens, year, f"{where}.escalate.{n}"), rung.to)
        for n, rung in numbered
    )


@dataclass(frozen=True, slots=True)
class Window:
    """The dates of one step: opens < due <= every escalation <= end. Reminders lie before, on or after the due date."""

    step: Step
    opens: datetime
    remind: tuple[datetime, ...]
    due: datetime
    escalate: tuple[Escalation, ...]
    end: datetime
    end_rule: EndRule

    def due_later(self, by: timedelta, latest: datetime) -> "Window":
        """This window with everything from the due date on so much later, nothing of it after `latest`.

        The reminders go with the due date.
        """
        return replace(
            self,
            remind=tuple(min(at + by, latest) for at in self.remind),
            due=min(self.due + by, latest),
            escalate=tuple(Escalation(min(one.at + by, latest), one.to) for one in self.escalate),
            end=min(self.end + by, latest),
        )

    def shifted(self, since: datetime, by: timedelta, closes: datetime) -> "Window":
        """This window after its clock has stood still from `since` for so long: what lay ahead is that much later.

        Nothing is moved past `closes`, which belongs to the cycle.
        """

        def later(instant: datetime) -> datetime:
            return max(instant, min(instant + by, closes)) if instant > since else instant

        return replace(
            self,
            opens=later(self.opens),
            remind=tuple(later(at) for at in self.remind),
            due=later(self.due),
            escalate=tuple(Escalation(later(one.at), one.to) for one in self.escalate),
            end=later(self.end),
        )


@dataclass(frozen=True, slots=True)
class Timetable:
    """All windows of a case. Who gets a step late has at least `grace` before it is due; nothing outlives `closes`.

    Without the terms of an `objection` none is taken. Its windows are added once the employee objects.
    The `periods` of the year, where the agency has any, have processes and dates of their own beside the case. `heads` are
    the times for the heads of units to speak before trainings are decided.
    """

    windows: tuple[Window, ...]
    grace: timedelta
    closes: datetime
    objection: ObjectionTerms | None = None
    voices: Instants | None = None
    periods: tuple[PeriodDates, ...] = ()
    heads: HeadsTimes | None = None

    def window(self, step: Step) -> Window:
        return next(window for window in self.windows if window.step is step)

    def has(self, step: Step) -> bool:
        """Whether a case by these dates can come to this step."""
        return any(window.step is step for window in self.windows)

    def with_window(self, changed: Window) -> "Timetable":
        """This table with the window of one step changed."""
        return replace(self, windows=tuple(changed if w.step is changed.step else w for w in self.windows))

    def also(self, windows: tuple[Window, ...]) -> "Timetable":
        """This table with these windows, in the place of those of the same steps if there are any."""
        steps = tuple(window.step for window in windows)
        return replace(self, windows=(*(w for w in self.windows if w.step not in steps), *windows))

    def keeping(self, before: "Timetable", step: Step) -> "Timetable":
        """This table with the dates of an objection by those of `before`, but for the closing.

        It also keeps those of the `step` where the case stands, which other dates may not have any more.
        """
        lasting = (step, *OBJECTION_STEPS)
        kept = tuple(window for window in before.windows if window.step in lasting and not self.has(window.step))
        return self.also(tuple(window.due_later(timedelta(0), self.closes) for window in kept)) if kept else self

    def for_arrival(self, step: Step, at: datetime) -> Window:
        """The window as it holds for a case that reaches the step at this instant.

        A case on time keeps the agency's dates. One that arrives late is due `grace` later, escalates and ends no sooner
        than that, and is not reminded beforehand: the notice that the step has come is the reminder.
        """
        window = self.window(step)
        due = max(window.due, max(at, window.opens) + self.grace)
        late_by = due - window.due
        if not late_by:
            return window
        end = min(max(window.end, due), self.closes)
        moved = window.due_later(late_by, end)
        return replace(moved, remind=tuple(instant for instant in moved.remind if instant > moved.due), end=end)

    def shifted(self, since: datetime, by: timedelta) -> "Timetable":
        """This table with each of its windows shifted."""
        return replace(self, windows=tuple(window.shifted(since, by, self.closes) for window in self.windows))


def alarms(window: Window, since: datetime) -> tuple[Planned, ...]:
    """The instants at which the clock acts in a step entered at `since`, earliest first.

    An alarm that would coincide with a weightier one, or that lies before the step was entered, does not ring.
    """
    planned = (
        *(((window.opens, Alarm.OPEN),) if window.opens > since else ()),
        *((at, Alarm.REMIND) for at in window.remind if since < at < window.end),
        (window.due, Alarm.DUE),
        *((one.at, Alarm.ESCALATE) for one in window.escalate),
        (window.end, Alarm.END),
    )
    weightiest = dict(sorted(planned, key=_weight))
    return tuple(sorted(weightiest.items()))


def _weight(planned: Planned) -> int:
    return tuple(Alarm).index(planned[1])


def still_rung(planned: tuple[Planned, ...], rung: tuple[Alarm, ...], at: datetime) -> tuple[Alarm, ...]:
    """What of `rung` still counts as rung when the dates have become these. What lies ahead by them will ring again.

    What they put behind without having rung rings at once; but for reminders, for which it is too late.
    """
    kept, before = [], list(rung)
    for instant, alarm in planned:
        if instant <= at and alarm in before:
            before.remove(alarm)
            kept.append(alarm)
        elif instant <= at and alarm in (Alarm.REMIND, Alarm.HEADS_REMIND):
            kept.append(alarm)
    return tuple(kept)


def not_rung(planned: tuple[Planned, ...], rung: tuple[Alarm, ...]) -> tuple[Planned, ...]:
    """What is left of these alarms once those of `rung` have rung, each kind in its order."""
    left, gone = [], list(rung)
    for one in planned:
        if one[1] in gone:
            gone.remove(one[1])
        else:
            left.append(one)
    return tuple(left)
