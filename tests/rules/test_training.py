"""Needs follow from the gap, and each comes with its reason."""

from dataclasses import replace
from decimal import Decimal

import pytest

from appraisal.assessment import Realisation
from appraisal.training.training import Facts, Measured, Reason, facts, needs
from appraisal.transitions import perform
from appraisal.vocabulary import Aspect, Behaviour, Predicate, Rating
from tests import builders

GOOD = Facts(Predicate.BAIK, Rating.SESUAI, Rating.SESUAI, ())


def measured(aspect: Aspect, value: int, reached: int | None, unit: str = "dokumen") -> Measured:
    return Measured(1, aspect, Decimal(value), None if reached is None else Decimal(reached), unit)


def test_who_has_no_gap_needs_nothing() -> None:
    assert needs(GOOD) == ()


@pytest.mark.parametrize(
    ("predicate", "behaviour", "reasons"),
    [
        (Predicate.SANGAT_BAIK, Rating.DI_ATAS, [Reason.OUTSTANDING]),
        (Predicate.BUTUH_PERBAIKAN, Rating.SESUAI, [Reason.NEEDS_IMPROVEMENT]),
        (Predicate.KURANG, Rating.DI_BAWAH, [Reason.POOR_BEHAVIOUR]),
        (Predicate.SANGAT_KURANG, Rating.DI_BAWAH, [Reason.VERY_POOR, Reason.POOR_BEHAVIOUR]),
    ],
)
def test_each_predicate_triggers_what_the_rules_say(
    predicate: Predicate, behaviour: Rating, reasons: list[Reason]
) -> None:
    found = needs(replace(GOOD, predicate=predicate, behaviour=behaviour))
    assert [need.reason for need in found] == reasons


def test_topics_are_those_of_the_gap() -> None:
    (need,) = needs(replace(GOOD, measured=(measured(Aspect.KUALITAS, 90, 75),)))
    assert need.topics == ("KUALITAS",)
    assert need.sentence == "Target 1 (KUALITAS) tercapai 75 dari 90 dokumen."
    (behaviour,) = needs(replace(GOOD, behaviour=Rating.DI_BAWAH))
    assert behaviour.topics == tuple(Behaviour)


@pytest.mark.parametrize(
    ("target", "missed"),
    [
        (measured(Aspect.KUANTITAS, 12, 11), True),
        (measured(Aspect.KUANTITAS, 12, 12), False),
        (measured(Aspect.KUANTITAS, 12, None), False),
        (measured(Aspect.WAKTU, 30, 25, "hari"), False),
        (measured(Aspect.WAKTU, 30, 40, "hari"), True),
        (measured(Aspect.WAKTU, 90, 80, "%"), True),
        (measured(Aspect.BIAYA, 100, 90, "juta rupiah"), False),
        (measured(Aspect.BIAYA, 95, 90, "persen"), True),
    ],
)
def test_time_and_cost_are_missed_when_exceeded_unless_in_percent(target: Measured, missed: bool) -> None:
    assert target.missed is missed


def test_facts_are_read_off_the_case() -> None:
    case = builders.case()
    for number, order in enumerate(builders.year()[:5]):
        case = perform(case, order, builders.START, str(number))
    known = facts(case)
    assert (known.predicate, len(known.measured)) == (Predicate.BAIK, 3)
    assert [need.reason for need in needs(known)] == [Reason.MISSED_TARGET] * 3
    assert case.self_assessment is not None
    assert case.self_assessment.realisations[0] == Realisation(1, Decimal(11), "Tercapai", ("https://bukti.example/1",))
