"""What HR may set for a cycle: the windows of each step and what becomes of it in the end. Frozen when the cycle starts."""

from dataclasses import dataclass, fields
from datetime import datetime, time
from itertools import pairwise
from typing import Any

from appraisal.errors import InvalidPolicy
from appraisal.spans import Calendar, after, around, duration
from appraisal.timetable import Escalation, Timetable, Window
from appraisal.vocabulary import GROUP_STEPS, OPEN_STEPS, Audience, EndRule, Step

_STAYS_OPEN = (EndRule.HOLD, EndRule.TAKE_OVER, EndRule.HAND_TO_HR)
_OF_EMPLOYEES = (Step.TARGETS, Step.SELF_ASSESSMENT, Step.ACKNOWLEDGEMENT)


def _fitting(step: Step) -> tuple[EndRule, ...]:
    if step in GROUP_STEPS:
        return (EndRule.GO_ON,)
    final = EndRule.CLOSE_UNRATED if step in (Step.TARGETS, Step.APPROVAL, Step.REVIEW) else EndRule.GO_ON
    return (final, EndRule.HOLD) if step in _OF_EMPLOYEES else (final, *_STAYS_OPEN)


END_RULES: dict[Step, tuple[EndRule, ...]] = {step: _fitting(step) for step in OPEN_STEPS}
"""How a step may end. Without targets, approval or review there is nothing to rate; nobody writes another's own words."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung of a step's ladder: so long after the due date it also goes to these."""

    after: str
    to: Audience


@dataclass(frozen=True, slots=True)
class StepPolicy:
    """One step's window and ladder. `opens`, `due`, `end` count from the start of the cycle.

    `remind` lists '3 working days before', 'when due', '2 working days after'; `escalate` counts from the due date.
    """

    step: Step
    opens: str
    remind: tuple[str, ...]
    due: str
    escalate: tuple[Rung, ...]
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
        end = after(step.end, start, calendar, calendar.closes, year, f"{where}.end")
        remind = sorted(around(span, due, calendar, f"{where}.remind.{n}") for n, span in enumerate(step.remind))
        ladder = tuple(
            Escalation(after(rung.after, due, calendar, calendar.opens, year, f"{where}.escalate.{n}"), rung.to)
            for n, rung in enumerate(step.escalate)
        )
        climbs = [one.at for one in ladder]
        if (
            not max(start, opens) < due <= end
            or any(a >= b for a, b in pairwise((due, *climbs)))
            or end < max((due, *climbs))
        ):
            rungs = ", ".join(str(instant) for instant in climbs) or "never"
            raise InvalidPolicy(
                f"The dates of {step.step} are not in order: opens {opens}, due {due}, escalates {rungs}, ends {end}.",
                where,
                "Order them: opens, due, each escalation, end.",
            )
        inside = tuple(max(instant, opens) for instant in remind if instant < end)
        return Window(step.step, opens, inside, due, ladder, end, step.end_rule)

    def hours(self) -> tuple[time, time]:
        """The office hours in which people are expected to act."""
        return time.fromisoformat(self.day_opens), time.fromisoformat(self.day_closes)


def _step(step: Step, document: dict[str, Any]) -> StepPolicy:
    where = f"steps.{step}."
    opens, due, end, rule = (str(_given(document, name, where)) for name in ("opens", "due", "end", "end_rule"))
    remind, ladder = (_list(document, name, where) for name in ("remind", "escalate"))
    rungs = tuple(_rung(rung, f"{where}escalate.{number}") for number, rung in enumerate(ladder))
    return StepPolicy(step, opens, tuple(str(span) for span in remind), due, rungs, end, _end_rule(step, rule))


def _end_rule(step: Step, rule: str) -> EndRule:
    where, fitting = f"steps.{step}.end_rule", END_RULES[step]
    if rule not in tuple(EndRule):
        raise InvalidPolicy(f"'{rule}' is no end rule.", where, f"Choose one of: {', '.join(fitting)}.")
    if rule not in fitting:
        raise InvalidPolicy(f"{step} cannot end by '{rule}'.", where, f"Choose one of: {', '.join(fitting)}.")
    return EndRule(rule)


def _rung(document: Any, where: str) -> Rung:
    if not isinstance(document, dict) or set(document) != {"after", "to"} or document["to"] not in tuple(Audience):
        raise InvalidPolicy(
            "A rung needs exactly 'after' and 'to'.",
            where,
            'Write { after = "3 working days", to = "superior" } or "hr".',
        )
    return Rung(str(document["after"]), Audience(document["to"]))


def _list(document: dict[str, Any], key: str, where: str) -> list[Any]:
    found = _given(document, key, where)
    if not isinstance(found, list):
        raise InvalidPolicy(f"'{key}' is no list.", f"{where}{key}", "Put it in brackets: [ ... ].")
    return found


def _given(document: dict[str, Any], key: str, where: str) -> Any:
    if key not in document:
        raise InvalidPolicy("A value is missing.", f"{where}{key}", "Add it; policies/annual.toml shows all of them.")
    return document[key]
