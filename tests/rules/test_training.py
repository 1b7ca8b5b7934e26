"""Needs follow from the gap, proposals from the needs, and each comes with its reason."""

from dataclasses import replace
from decimal import Decimal

import pytest

from appraisal.assessment import Realisation
from appraisal.course import Course
from appraisal.training import (
    DEVELOPMENT,
    HOURS,
    Candidate,
    Facts,
    Measured,
    Need,
    NoTraining,
    Reason,
    facts,
    needs,
    propose,
)
from appraisal.transitions import perform
from appraisal.vocabulary import Aspect, Behaviour, Employment, Predicate, Rating
from tests import builders

GOOD = Facts(Predicate.BAIK, Rating.SESUAI, Rating.SESUAI, ())
TIME = Need(
    Reason.MISSED_TARGET,
    ("WAKTU",),
    (("number", "1"), ("aspect", "WAKTU"), ("reached", "60"), ("value", "90"), ("unit", "%")),
)
GROWTH = Need(Reason.OUTSTANDING, (DEVELOPMENT,))
POOR = Need(Reason.NEEDS_IMPROVEMENT, ("KUANTITAS",))
PROJECT = Course("t1", "Manajemen Proyek", ("WAKTU", "BIAYA"), 40, 2, 2027)
SHORT = Course("t2", "Manajemen Waktu", ("WAKTU",), 20, 1, 2027)
LEADING = Course("t3", "Kepemimpinan", (DEVELOPMENT,), 120, 1, 2027)


def measured(aspect: Aspect, value: int, reached: int | None, unit: str = "dokumen") -> Measured:
    return Measured(1, aspect, Decimal(value), None if reached is None else Decimal(reached), unit)


def candidate(
    employee: str, *found: Need, predicate: Predicate = Predicate.BAIK, employment: Employment = Employment.PNS
) -> Candidate:
    return Candidate(employee, employment, predicate, found)


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


def test_the_more_urgent_need_goes_first_then_the_worse_predicate_then_the_id() -> None:
    people = (
        candidate("d", TIME),
        candidate("c", TIME),
        candidate("b", TIME, predicate=Predicate.BUTUH_PERBAIKAN),
        candidate("a"),
        candidate("e", POOR, predicate=Predicate.BUTUH_PERBAIKAN),
    )
    assert [proposal.employee for proposal in propose(people, (PROJECT,), {})] == ["e", "b", "c", "d", "a"]
    assert propose(people, (PROJECT,), {}) == propose(reversed(people), (PROJECT,), {})


def test_seats_are_never_exceeded_and_whoever_gets_none_learns_why() -> None:
    people = tuple(candidate(name, TIME) for name in "abcd")
    first, second, third, fourth = propose(people, (PROJECT, SHORT), {"t1": 1})
    assert [first.training, second.training, third.training] == ["t2", "t1", None]
    assert third.code == fourth.code == NoTraining.SEATS_TAKEN
    assert third.reason.endswith("Seluruh 1 kursi Manajemen Waktu terisi oleh peserta berperingkat lebih tinggi.")


def test_no_gap_and_no_course_are_answers_too() -> None:
    nothing, unmet = propose((candidate("a"), candidate("b", POOR)), (PROJECT,), {})[::-1]
    assert (nothing.training, nothing.code) == (None, NoTraining.NO_GAP)
    assert (unmet.training, unmet.code) == (None, NoTraining.NO_COURSE)


def test_24_hours_a_year_bind_a_pppk_and_not_a_pns() -> None:
    assert (HOURS[Employment.PNS].least, HOURS[Employment.PPPK].most) == (20, 24)
    (free,) = propose((candidate("a", GROWTH),), (LEADING,), {})
    (bound,) = propose((candidate("a", GROWTH, employment=Employment.PPPK),), (LEADING,), {})
    assert (free.training, bound.training, bound.code) == ("t3", None, NoTraining.OVER_HOURS)
    assert bound.reason.endswith("Kepemimpinan akan melampaui 24 JP setahun bagi PPPK.")
    pppk = candidate("a", TIME, employment=Employment.PPPK)
    assert propose((pppk,), (SHORT,), {})[0].training == "t2"
    assert propose((replace(pppk, granted=((2027, 4),)),), (SHORT,), {})[0].training == "t2"
    assert propose((replace(pppk, granted=((2027, 5),)),), (SHORT,), {})[0].code == NoTraining.OVER_HOURS
    assert propose((replace(pppk, granted=((2026, 24),)),), (SHORT,), {})[0].training == "t2"


def test_a_second_need_helps_where_the_first_finds_no_seat() -> None:
    (proposal,) = propose((candidate("a", TIME, GROWTH),), (SHORT, LEADING), {"t2": 1})
    assert (proposal.training, proposal.code) == ("t3", Reason.OUTSTANDING)
