"""What makes a plan acceptable, and what an employee is told who hands in another."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from appraisal.errors import AppraisalError, InvalidNumber, InvalidTarget, InvalidText, NumberOfTargets
from appraisal.errors import WeightsNotHundred as Weights
from appraisal.targets import Expectation, Plan, Support
from appraisal.vocabulary import Behaviour, SupportKind
from tests import builders


def with_target(**changes: Any) -> Plan:
    plan = builders.plan()
    return replace(plan, targets=(plan.targets[0], replace(plan.targets[1], **changes), plan.targets[2]))


def weighing(*weights: int) -> Callable[[], Plan]:
    return lambda: builders.plan(weights)


def changed(**changes: Any) -> Callable[[], Plan]:
    return lambda: with_target(**changes)


@pytest.mark.parametrize(
    "weights", [(34, 33, 33), (98, 1, 1), (25, 25, 25, 25), (20,) * 5, (10, 10, 10, 10, 10, 10, 40)]
)
def test_three_to_seven_targets_whose_weights_make_a_hundred_are_accepted(weights: tuple[int, ...]) -> None:
    assert len(builders.plan(weights).checked().targets) == len(weights)


REFUSED: list[tuple[str, Callable[[], Plan], type[AppraisalError], str]] = [
    ("no target", weighing(), NumberOfTargets, "targets"),
    ("two targets", weighing(50, 50), NumberOfTargets, "targets"),
    ("eight targets", weighing(13, 13, 13, 13, 12, 12, 12, 12), NumberOfTargets, "targets"),
    ("weights of 99", weighing(33, 33, 33), Weights, "targets"),
    ("weights of 101", weighing(34, 34, 33), Weights, "targets"),
    ("a weight of 0", weighing(50, 50, 0), InvalidNumber, "targets[2].weight"),
    ("a negative weight", weighing(-10, 60, 50), InvalidNumber, "targets[0].weight"),
    ("a weight over 100", weighing(101, -2, 1), InvalidNumber, "targets[0].weight"),
    ("an empty title", changed(title="  \n"), InvalidText, "targets[1].title"),
    ("a title of 301 characters", changed(title="x" * 301), InvalidText, "targets[1].title"),
    ("an invisible title", changed(title="a\x00b"), InvalidText, "targets[1].title"),
    ("an empty indicator", changed(indicator=""), InvalidText, "targets[1].indicator"),
    ("an empty unit", changed(unit_of_measure=" "), InvalidText, "targets[1].unit_of_measure"),
    ("a long unit", changed(unit_of_measure="m" * 41), InvalidText, "targets[1].unit_of_measure"),
    ("a negative value", changed(value=Decimal(-1)), InvalidNumber, "targets[1].value"),
    ("a value that is none", changed(value=Decimal("NaN")), InvalidNumber, "targets[1].value"),
    ("an endless value", changed(value=Decimal("Infinity")), InvalidNumber, "targets[1].value"),
    ("an absurd value", changed(value=Decimal("1e400")), InvalidNumber, "targets[1].value"),
    ("five decimals", changed(value=Decimal("0.00001")), InvalidNumber, "targets[1].value"),
    (
        "a target tied to nothing",
        changed(support=Support(SupportKind.UNIT_INDICATOR, "", "")),
        InvalidTarget,
        "targets[1].support",
    ),
    (
        "a support with an endless name",
        changed(support=Support(SupportKind.UNIT_INDICATOR, "i1", "x" * 301)),
        InvalidText,
        "targets[1].support.name",
    ),
    (
        "a support with an endless id",
        changed(support=Support(SupportKind.UNIT_INDICATOR, "i" * 65, "x")),
        InvalidText,
        "targets[1].support.ref",
    ),
    (
        "an endless expectation",
        lambda: replace(builders.plan(), expectations=(Expectation(Behaviour.KO, "x" * 4001),)),
        InvalidText,
        "expectations.KO",
    ),
]


@pytest.mark.parametrize(("plan", "refusal", "where"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_a_plan_that_cannot_be_accepted_names_the_field_and_the_remedy(
    plan: Callable[[], Plan], refusal: type[AppraisalError], where: str
) -> None:
    with pytest.raises(refusal) as refused:
        plan().checked()
    assert type(refused.value) is refusal
    assert refused.value.where == where
    assert refused.value.what
    assert refused.value.remedy


@pytest.mark.parametrize("value", ["0", "0.0001", "12.5", "1000000000000", "-0"])
def test_values_from_nothing_to_a_million_million_are_accepted(value: str) -> None:
    assert with_target(value=Decimal(value)).checked().targets[1].value == Decimal(value)


def test_the_remedy_says_by_how_much_the_weights_are_off() -> None:
    with pytest.raises(Weights) as refused:
        builders.plan((33, 33, 33)).checked()
    assert "+1" in refused.value.remedy


def test_texts_lose_the_space_around_them_and_nothing_else() -> None:
    plan = with_target(title="  <b>Imunisasi</b> & 'dasar'\n").checked()
    assert plan.targets[1].title == "<b>Imunisasi</b> & 'dasar'"


def test_a_plan_always_has_all_seven_behaviours_in_their_order() -> None:
    said = Expectation(Behaviour.HA, " Dengarkan warga. ")
    checked = replace(builders.plan(), expectations=(said,)).checked()
    assert [e.behaviour for e in checked.expectations] == list(Behaviour)
    assert {e.behaviour: e.text for e in checked.expectations if e.text} == {Behaviour.HA: "Dengarkan warga."}


def test_checking_a_checked_plan_changes_nothing() -> None:
    plan = with_target(title="  x ").checked()
    assert plan.checked() == plan
