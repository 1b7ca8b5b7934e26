"""What HR may set for a cycle: the windows of each step and what becomes of it in the end. Frozen when the cycle starts."""

from dataclasses import dataclass, fields
from datetime import datetime, time
from itertools import pairwise
from typing import Any

from appraisal.errors import InvalidPolicy
from appraisal.spans import Calendar, after, duration
from appraisal.timetable import Timetable, Window
from appraisal.vocabulary import OPEN_STEPS, EndRule, Step


@dataclass(frozen=True, slots=True)
class StepPolicy:
    """One step's window. `opens`, `due`, `end` count from the start of the cycle; `remind` before and `escalate` after `due`."""

    step: Step
    opens: str
    remind: str
    due: str
    escalate: str
    end: str
    end_rule: EndRule


@dataclass(frozen=True, slots=True)
class Policy:
    """A versioned policy. `follow_every`: how often the organisation is compared with the open cases."""

    name: str
    version: int
    zone: str
    day_opens: str
    day_closes: str
    grace: str
    closes: str
    follow_every: str
    steps: tuple[StepPolicy, ...]

    @staticmethod
    def read(document: dict[str, Any]) -> "Policy":
        """The policy in this document (a policy file as tables); InvalidPolicy names the key that is wrong."""
        steps = document.get("steps", {})
        if not isinstance(steps, dict) or set(steps) != set(OPEN_STEPS):
            raise InvalidPolicy(
                f"A policy needs exactly the steps {', '.join(OPEN_STEPS)}.", "steps", "Add or remove steps."
            )
        plain = {field.name for field in fields(Policy)} - {"steps"}
        values = {key: _given(document, key, "") for key in sorted(plain)}
        return Policy(**values, steps=tuple(_step(step, steps[step]) for step in OPEN_STEPS))

    def timetable(self, starts_at: datetime, year: int, calendar: Calendar) -> Timetable:
        """The absolute instants of all steps for a cycle of this year that starts then; InvalidPolicy if they contradict."""
        windows = tuple(self._window(step, starts_at, year, calendar) for step in self.steps)
        closes = after(self.closes, starts_at, calendar, calendar.closes, year, "closes")
        for earlier, later in pairwise(windows):
            if earlier.end > later.end:
                raise InvalidPolicy(
                    f"{earlier.step} ends after {later.step} does.",
                    f"steps.{later.step}.end",
                    "Let each step end after the one before.",
                )
        if windows[-1].end > closes:
            raise InvalidPolicy("The cycle closes before its last step ends.", "closes", "Let it close later.")
        return Timetable(windows, duration(self.grace, "grace"), closes)

    def _window(self, step: StepPolicy, start: datetime, year: int, calendar: Calendar) -> Window:
        where = f"steps.{step.step}"
        opens = after(step.opens, start, calendar, calendar.opens, year, f"{where}.opens")
        due = after(step.due, start, calendar, calendar.closes, year, f"{where}.due")
        remind = after(step.remind, due, calendar, calendar.opens, year, f"{where}.remind", sign=-1)
        escalate = after(step.escalate, due, calendar, calendar.opens, year, f"{where}.escalate")
        end = after(step.end, start, calendar, calendar.closes, year, f"{where}.end")
        if not max(start, opens) < due <= escalate <= end or remind > due:
            raise InvalidPolicy(
                f"The dates of {step.step} are not in order: opens {opens}, due {due}, escalates {escalate}, ends {end}.",
                where,
                "Order them: opens, due, escalate, end.",
            )
        return Window(step.step, opens, max(remind, opens), due, escalate, end, step.end_rule)

    def hours(self) -> tuple[time, time]:
        """The office hours in which people are expected to act."""
        return time.fromisoformat(self.day_opens), time.fromisoformat(self.day_closes)


def _step(step: Step, document: dict[str, Any]) -> StepPolicy:
    names = ("opens", "remind", "due", "escalate", "end")
    texts = {name: str(_given(document, name, f"steps.{step}.")) for name in names}
    rule = str(_given(document, "end_rule", f"steps.{step}."))
    if rule not in tuple(EndRule):
        raise InvalidPolicy(f"'{rule}' is no end rule.", f"steps.{step}.end_rule", f"Choose {' or '.join(EndRule)}.")
    if rule == EndRule.GO_ON and step in (Step.TARGETS, Step.APPROVAL, Step.REVIEW):
        raise InvalidPolicy(
            f"Without {step} there is nothing to rate.", f"steps.{step}.end_rule", f"Choose {EndRule.CLOSE_UNRATED}."
        )
    return StepPolicy(step, **texts, end_rule=EndRule(rule))


def _given(document: dict[str, Any], key: str, where: str) -> Any:
    if key not in document:
        raise InvalidPolicy("A value is missing.", f"{where}{key}", "Add it; policies/annual.toml shows all of them.")
    return document[key]
