"""What an employee agrees to reach in the year: the SKP as 3 to 7 targets and the seven behaviours."""

from dataclasses import dataclass
from decimal import Decimal

from appraisal.errors import InvalidNumber, InvalidTarget, NumberOfTargets, WeightsNotHundred
from appraisal.text import SHORT, checked
from appraisal.vocabulary import Aspect, Behaviour, SupportKind

FEWEST, MOST = 3, 7
"""Targets of a plan. Rule: number_of_targets."""
WHOLE = 100
"""What the weights sum to. Rule: weights."""
LONGEST_REF = 64
"""Characters of an id, or of an id and a number; it is never shown."""


@dataclass(frozen=True, slots=True)
class Support:
    """What a target is tied to; `ref` is the id of an indicator, or `{employee}/{number}` of a superior's target.

    A target that waits for those of the superior is tied to nothing yet: `ref` and `name` are empty. Rules: cascade,
    waiting_upstream.
    """

    kind: SupportKind
    ref: str
    name: str

    @property
    def waits(self) -> bool:
        """Whether it waits for the targets of the superior."""
        return self.kind is SupportKind.WAITING_UPSTREAM


WAITING = Support(SupportKind.WAITING_UPSTREAM, "", "")
"""Where the superior has no targets yet. Rule: waiting_upstream."""


@dataclass(frozen=True, slots=True)
class Target:
    """One rencana hasil kerja. `value` in `unit_of_measure`, `weight` in percent of the whole plan."""

    title: str
    aspect: Aspect
    indicator: str
    value: Decimal
    unit_of_measure: str
    weight: int
    support: Support


@dataclass(frozen=True, slots=True)
class Expectation:
    """The leader's special expectation (ekspektasi khusus pimpinan) of one BerAKHLAK value; may be empty.

    Rule: special_expectations.
    """

    behaviour: Behaviour
    text: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """An SKP: targets in the order in which people number them, and all seven behaviours."""

    targets: tuple[Target, ...]
    expectations: tuple[Expectation, ...] = tuple(Expectation(behaviour) for behaviour in Behaviour)

    @property
    def waits(self) -> bool:
        """Whether any target waits for those of the superior."""
        return any(target.support.waits for target in self.targets)

    def checked(self) -> "Plan":
        """This plan with tidy texts, or the first refusal that an employee can mend."""
        if not FEWEST <= len(self.targets) <= MOST:
            remedy = f"Give {FEWEST} to {MOST} targets."
            raise NumberOfTargets(f"The plan has {len(self.targets)} targets.", "targets", remedy)
        targets = tuple(_checked_target(target, f"targets[{i}]") for i, target in enumerate(self.targets))
        total = sum(target.weight for target in targets)
        if total != WHOLE:
            remedy = f"Change the weights by {WHOLE - total:+d} in all."
            raise WeightsNotHundred(f"The weights sum to {total}, not {WHOLE}.", "targets", remedy)
        return Plan(targets, _checked_expectations(self.expectations))


def _checked_target(target: Target, where: str) -> Target:
    if not 1 <= target.weight <= WHOLE:
        raise InvalidNumber("This weight is no share of the plan.", f"{where}.weight", "Give 1 to 100.")
    if not target.support.ref.strip() and not target.support.waits:
        raise InvalidTarget(
            "The target is tied to nothing.",
            f"{where}.support",
            "Choose an indicator of the unit or a target of the superior, or let it wait for the targets of the superior.",
        )
    return Target(
        title=checked(target.title, f"{where}.title", SHORT),
        aspect=target.aspect,
        indicator=checked(target.indicator, f"{where}.indicator", SHORT),
        value=checked_number(target.value, f"{where}.value"),
        unit_of_measure=checked(target.unit_of_measure, f"{where}.unit_of_measure", 40),
        weight=target.weight,
        support=_checked_support(target.support, f"{where}.support"),
    )


def _checked_support(support: Support, where: str) -> Support:
    if support.waits:
        return WAITING
    ref = checked(support.ref, f"{where}.ref", LONGEST_REF)
    return Support(support.kind, ref, checked(support.name, f"{where}.name", SHORT, required=False))


def checked_number(value: Decimal, where: str) -> Decimal:
    """A finite number from 0 to 10^12 with at most 4 decimals; InvalidNumber otherwise."""
    if not value.is_finite() or not 0 <= value <= 10**12 or value != round(value, 4):
        raise InvalidNumber("This is no usable number.", where, "Give 0 or more, with at most 4 decimals.")
    return value


def _checked_expectations(expectations: tuple[Expectation, ...]) -> tuple[Expectation, ...]:
    given = {expectation.behaviour: expectation for expectation in expectations}
    texts = {b: checked(e.text, f"expectations.{b}", required=False) for b, e in given.items()}
    return tuple(Expectation(behaviour, texts.get(behaviour, "")) for behaviour in Behaviour)
