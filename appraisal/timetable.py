"""When each step opens, is due, escalates and ends. Absolute instants, computed once at the launch from a frozen calendar."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from appraisal.vocabulary import Alarm, EndRule, Step


@dataclass(frozen=True, slots=True)
class Window:
    """The agency's dates of one step, in order: opens <= remind <= due <= escalate <= end."""

    step: Step
    opens: datetime
    remind: datetime
    due: datetime
    escalate: datetime
    end: datetime
    end_rule: EndRule


@dataclass(frozen=True, slots=True)
class Timetable:
    """All windows of a cycle. Who gets a step late has at least `grace` before it is due; nothing outlives `closes`."""

    windows: tuple[Window, ...]
    grace: timedelta
    closes: datetime

    def window(self, step: Step) -> Window:
        return next(window for window in self.windows if window.step is step)

    def for_arrival(self, step: Step, at: datetime) -> Window:
        """The window as it holds for a case that reaches the step at this instant.

        A case on time keeps the agency's dates. One that arrives late is due `grace` later, escalates and ends no sooner
        than that, and is not reminded: the notice that the step has come is the reminder.
        """
        window = self.window(step)
        start = max(at, window.opens)
        due = max(window.due, start + self.grace)
        late_by = due - window.due
        end = min(max(window.end, due), self.closes) if late_by else window.end
        return Window(
            step=step,
            opens=window.opens,
            remind=due if late_by else window.remind,
            due=min(due, end),
            escalate=min(window.escalate + late_by, end),
            end=end,
            end_rule=window.end_rule,
        )


def alarms(window: Window, since: datetime) -> tuple[tuple[datetime, Alarm], ...]:
    """The instants at which the clock acts in a step entered at `since`, earliest first.

    An alarm that would coincide with a later one, or that lies before the step was entered, does not ring.
    """
    planned = (
        (window.opens, Alarm.OPEN, window.opens > since),
        (window.remind, Alarm.REMIND, since < window.remind < window.due),
        (window.due, Alarm.DUE, window.due < window.escalate),
        (window.escalate, Alarm.ESCALATE, window.escalate < window.end),
        (window.end, Alarm.END, True),
    )
    return tuple((instant, alarm) for instant, alarm, rings in planned if rings)
