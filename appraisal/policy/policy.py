"""What HR may set for a cycle: the windows of each step and what becomes of it in the end. Frozen when the cycle starts."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from itertools import pairwise
from typing import Any

from appraisal.calibration.session_rules import SessionRules
from appraisal.errors import InvalidPolicy
from appraisal.objection.policy import ObjectionPolicy, ObjectionTerms
from appraisal.objection.times import demand_room
from appraisal.periods.periods import PeriodPolicy
from appraisal.policy.document import Part, Rung, ladder_document
from appraisal.policy.spans import Calendar, after, duration, instants
from appraisal.timetable import Timetable, Window, escalations
from appraisal.training.enrolment_policy import EnrolmentPolicy
from appraisal.training.heads_policy import HeadsPolicy
from appraisal.training.training import MOST_WEIGHT
from appraisal.vocabulary import GROUP_STEPS, OPEN_STEPS, STAGES, Audience, EndRule, Step
from appraisal.voices.policy import VoicesPolicy
from appraisal.weighting import WeightingPolicy

_STAYS_OPEN = (EndRule.HOLD, EndRule.TAKE_OVER, EndRule.HAND_TO_HR)
_OF_EMPLOYEES = (Step.TARGETS, Step.SELF_ASSESSMENT, Step.ACKNOWLEDGEMENT)
WEIGHTING = "weighting"
PARTS: dict[str, Callable[[Part], Any]] = {
    "objection": ObjectionPolicy.read,
    "voices": VoicesPolicy.read,
    WEIGHTING: WeightingPolicy.read,
    "periods": PeriodPolicy.read,
    "enrolment": EnrolmentPolicy.read,
    "heads": HeadsPolicy.read,
}
"""The parts that a policy may leave out; those from before there were any do."""
LONGEST = timedelta(days=5 * 366)
"""A cycle that takes longer than this is a mistyped number."""
SHOWN_FROM = 5
"""People of a unit whose numbers are shown, where a policy does not say it. Rule: shown_from."""


def _fitting(step: Step) -> tuple[EndRule, ...]:
    if step in GROUP_STEPS:
        return (EndRule.GO_ON,)
    final = EndRule.CLOSE_UNRATED if step in (Step.TARGETS, Step.APPROVAL, Step.REVIEW) else EndRule.GO_ON
    return (final, EndRule.HOLD) if step in _OF_EMPLOYEES else (final, *_STAYS_OPEN)


END_RULES: dict[Step, tuple[EndRule, ...]] = {step: _fitting(step) for step in STAGES}
"""How a step may end. Without targets, approval or review there is nothing to rate; nobody writes another's own words.

Rule: end_rules.
"""


@dataclass(frozen=True, slots=True)
class StepPolicy:
    """One step's window and ladder. `opens`, `due`, `end` count from the start of the cycle.

    `remind` lists '3 working days before', 'when due', '2 working days after'; `escalate` counts from the due date.
    Rule: dates.
    """

    step: Step
    opens: str
    remind: tuple[str, ...]
    due: str
    escalate: tuple[Rung, ...]
    end: str
    end_rule: EndRule

    def document(self) -> dict[str, Any]:
        """This step as a document has it."""
        ladder = ladder_document(self.escalate)
        plain = {"opens": self.opens, "remind": list(self.remind), "due": self.due, "escalate": ladder}
        return {**plain, "end": self.end, "end_rule": str(self.end_rule)}


@dataclass(frozen=True, slots=True)
class Policy:
    """A versioned policy. `follow_every`: how often the organisation is compared with the open cases.

    `shown_from`: of how many people a unit must be that its numbers are shown to those in it. Without an `objection` none
    is taken: so it is in documents from before there were any. `voices`: whom else a cycle asks about somebody's behaviour;
    None asks nobody. `weighting`: points of the ratings; None computes nothing. Without `periods` there is the annual
    evaluation alone. Without `enrolment`, seats in trainings have the dates of EnrolmentPolicy. Without `heads`, HR decides on
    trainings without asking the heads of units. `agreed_need`: the weight of a need that both agreed on in a development plan
    when seats are given; 0 where a policy does not say it. Rule: agreed_need.
    """

    name: str
    version: int
    zone: str
    day_opens: str
    day_closes: str
    grace: str
    closes: str
    follow_every: str
    steps: tuple[StepPolicy, ...]
    shown_from: int = SHOWN_FROM
    objection: ObjectionPolicy | None = None
    session: SessionRules = field(default_factory=SessionRules)
    voices: VoicesPolicy | None = None
    weighting: WeightingPolicy | None = None
    periods: PeriodPolicy | None = None
    enrolment: EnrolmentPolicy | None = None
    heads: HeadsPolicy | None = None
    agreed_need: int = 0

    @staticmethod
    def read(document: dict[str, Any]) -> "Policy":
        """The policy in this document (a policy file as tables).

        InvalidPolicy, or InvalidText for what cannot be a text, names the key that is wrong.
        """
        whole = Part(document)
        steps = document.get("steps", {})
        if not isinstance(steps, dict) or not set(OPEN_STEPS) <= set(steps) <= set(STAGES):
            raise InvalidPolicy(
                f"A policy needs exactly the steps {', '.join(OPEN_STEPS)}, with or without {Step.ENDORSEMENT}.",
                "steps",
                "Add or remove steps.",
            )
        found = Policy(
            name=whole.name("name"),
            version=whole.number("version"),
            zone=whole.zone("zone"),
            day_opens=whole.clock_time("day_opens"),
            day_closes=whole.clock_time("day_closes"),
            grace=whole.text("grace"),
            closes=whole.text("closes"),
            follow_every=whole.text("follow_every"),
            steps=tuple(_step(step, Part(steps[step], f"steps.{step}")) for step in STAGES if step in steps),
            shown_from=whole.number("shown_from", SHOWN_FROM),
            session=SessionRules.read(document.get("session")),
            agreed_need=whole.number("agreed_need", 0, least=0),
            **{name: read(Part(document[name], name)) for name, read in PARTS.items() if name in document},
        )
        whole.knows_only((*found.plain(), "steps", "session", *PARTS))
        _possible(found)
        return found

    def plain(self) -> dict[str, Any]:
        """What is said of the cycle as a whole."""
        names = ("name", "version", "zone", "day_opens", "day_closes", "grace", "closes", "follow_every", "shown_from")
        return {name: getattr(self, name) for name in (*names, "agreed_need")}

    def document(self) -> dict[str, Any]:
        """The document that `read` makes this policy of."""
        given = {name: part.document() for name in PARTS if (part := getattr(self, name))}
        steps = {str(step.step): step.document() for step in self.steps}
        return {**self.plain(), "steps": steps, "session": self.session.document(), **given}

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
        if closes - starts_at > LONGEST:
            raise InvalidPolicy("The cycle would take more than five years.", "closes", "Let it close earlier.")
        table = Timetable(windows, duration(self.grace, "grace"), closes)
        review = table.window(Step.REVIEW)
        voices = self.voices.instants(starts_at, year, calendar, review.end) if self.voices else None
        periods = self.periods.dates(starts_at, year, calendar) if self.periods else ()
        if periods and periods[-1].rate_by > closes:
            raise InvalidPolicy(
                "The cycle closes before its last period is rated.", "periods.ends", "Let it end earlier."
            )
        nomination = table.window(Step.NOMINATION)
        heads = self.heads.times(nomination.opens, nomination.due, year, calendar) if self.heads else None
        table = replace(table, voices=voices, periods=periods, heads=heads)
        if self.objection is None:
            return table
        delivered = table.window(Step.CALIBRATION).opens  # nobody has a result sooner
        table = replace(table, objection=ObjectionTerms.of(self.objection, calendar, delivered, closes))
        demand_room(table)
        return table

    def _window(self, step: StepPolicy, start: datetime, year: int, calendar: Calendar) -> Window:
        where = f"steps.{step.step}"
        found = instants(step, where, start, year, calendar)
        opens, due, end = found.opens, found.due, found.end
        ladder = escalations(step.escalate, due, calendar, year, where)
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
        return Window(step.step, opens, found.remind, due, ladder, end, step.end_rule)

    def hours(self) -> tuple[time, time]:
        """The office hours in which people are expected to act."""
        return time.fromisoformat(self.day_opens), time.fromisoformat(self.day_closes)


def _step(step: Step, part: Part) -> StepPolicy:
    opens, due, end = (part.text(name) for name in ("opens", "due", "end"))
    rule, rungs = _end_rule(step, part.text("end_rule")), part.ladder()
    _fit(step, rungs)
    found = StepPolicy(step, opens, part.reminders(), due, rungs, end, rule)
    part.knows_only(tuple(found.document()))
    return found


def _end_rule(step: Step, rule: str) -> EndRule:
    where, fitting = f"steps.{step}.end_rule", END_RULES[step]
    if rule not in tuple(EndRule):
        raise InvalidPolicy(f"'{rule}' is no end rule.", where, f"Choose one of: {', '.join(fitting)}.")
    if rule not in fitting:
        raise InvalidPolicy(f"{step} cannot end by '{rule}'.", where, f"Choose one of: {', '.join(fitting)}.")
    return EndRule(rule)


def _fit(step: Step, rungs: tuple[Rung, ...]) -> None:
    """HR of a unit sees a calibration and decides none, and the nomination is one for the whole agency."""
    wrong = (number for number, rung in enumerate(rungs) if rung.to is Audience.UNIT_HR and step in GROUP_STEPS)
    for number in wrong:
        where = f"steps.{step}.escalate.{number}.to"
        raise InvalidPolicy(f"HR of a unit cannot do {step}.", where, 'Write "superior" or "hr".')


def _possible(policy: Policy) -> None:
    """What no calendar is needed for to see that it cannot be."""
    if policy.agreed_need > MOST_WEIGHT:
        raise InvalidPolicy("No need weighs so much.", "agreed_need", f"Write a number from 0 to {MOST_WEIGHT}.")
    if policy.day_opens >= policy.day_closes:
        raise InvalidPolicy("The office closes before it opens.", "day_closes", "Give a later time.")
    if not duration(policy.follow_every, "follow_every"):
        raise InvalidPolicy("The organisation would be compared without a pause.", "follow_every", "Write P1D.")
    if duration(policy.grace, "grace") > LONGEST:
        raise InvalidPolicy("Nobody needs more than five years.", "grace", "Write a shorter time, like P3D.")
