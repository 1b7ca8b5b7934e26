"""The rule for the seats: within all limits, stable, the same for the same input, and every refusal says why in numbers."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appraisal.seats.market import Candidate, Market, Proposal, points
from appraisal.seats.rule import propose
from appraisal.training.course import Course, Eligibility, Excluded
from appraisal.training.limits import Given, Limits
from appraisal.training.training import DEVELOPMENT, HOURS, Need, NoTraining, Reason, hours_owed
from appraisal.vocabulary import Employment, Predicate
from tests.rules import markets

MISSED = (("number", "1"), ("aspect", "WAKTU"), ("reached", "60"), ("value", "90"), ("unit", "%"))
TIME = Need(Reason.MISSED_TARGET, ("WAKTU",), MISSED)
GROWTH = Need(Reason.OUTSTANDING, (DEVELOPMENT,))
POOR = Need(Reason.NEEDS_IMPROVEMENT, ("KUANTITAS",))
PROJECT = Course("t1", "Manajemen Proyek", ("WAKTU", "BIAYA"), 40, 2, 2027, price=Decimal(5_000_000))
SHORT = Course("t2", "Manajemen Waktu", ("WAKTU",), 20, 1, 2027)
LEADING = Course("t3", "Kepemimpinan", (DEVELOPMENT,), 120, 1, 2027)


def candidate(
    employee: str,
    *found: Need,
    predicate: Predicate = Predicate.BAIK,
    employment: Employment = Employment.PNS,
    unit: str = "",
) -> Candidate:
    return Candidate(employee, employment, predicate, found, unit=unit)


def seats_of(proposals: tuple[Proposal, ...]) -> dict[str, str]:
    return {proposal.employee: proposal.training for proposal in proposals if proposal.training}


def one(who: Candidate, *courses: Course) -> Proposal:
    (proposal,) = propose(Market((who,), courses))
    return proposal


@given(markets.markets())
def test_no_limit_is_ever_exceeded(market: Market) -> None:
    assert markets.within(market, seats_of(propose(market)))


@given(markets.markets(most=3))
def test_the_plan_is_the_only_one_in_which_no_two_would_rather_have_each_other(market: Market) -> None:
    assert [plan for plan in markets.plans(market) if markets.stable(market, plan)] == [seats_of(propose(market))]


@given(markets.markets(), st.randoms(use_true_random=False))
def test_the_same_input_in_any_order_gives_the_same_plan(market: Market, dice: object) -> None:
    people, courses = list(market.candidates), list(market.courses)
    dice.shuffle(people)  # type: ignore[attr-defined]
    dice.shuffle(courses)  # type: ignore[attr-defined]
    assert propose(replace(market, candidates=tuple(people), courses=tuple(courses))) == propose(market)


@given(markets.markets(), st.data())
def test_a_decline_moves_nobody_and_the_free_seat_goes_to_whoever_comes_next(
    market: Market, data: st.DataObject
) -> None:
    before = seats_of(propose(market))
    who = data.draw(st.sampled_from(market.candidates)).employee
    others = {employee: course for employee, course in before.items() if employee != who}
    rest = replace(market, candidates=tuple(c for c in market.candidates if c.employee != who))
    after = seats_of(propose(rest, others))
    assert {employee: after.get(employee) for employee in others} == others, "whoever has a seat keeps it"
    assert markets.within(rest, after)
    for person, wish in markets.claims(rest):
        fits = markets.within(rest, {**after, person.employee: wish.course.id})
        assert person.employee in after or not fits, "nobody is passed over while a seat is free"
    if not market.limits.quotas and market.limits.budget is None:
        assert len(after.keys() - others.keys()) <= 1, "one seat helps one person"


@given(markets.markets(), st.data())
def test_what_is_kept_stays_as_far_as_there_is_room(market: Market, data: st.DataObject) -> None:
    courses = st.sampled_from([course.id for course in market.courses])
    kept = {who.employee: data.draw(courses) for who in market.candidates}
    seats = seats_of(propose(market, kept))
    assert markets.within(market, seats)
    if kept in list(markets.plans(market)):
        assert seats == kept


def test_the_more_urgent_need_goes_first_then_the_worse_predicate_then_the_id() -> None:
    people = (
        candidate("d", TIME),
        candidate("c", TIME),
        candidate("b", TIME, predicate=Predicate.BUTUH_PERBAIKAN),
        candidate("a"),
        candidate("e", POOR, predicate=Predicate.BUTUH_PERBAIKAN),
    )
    proposals = propose(Market(people, (PROJECT,)))
    assert [(proposal.employee, proposal.rank) for proposal in proposals] == [
        ("e", 1),
        ("b", 2),
        ("c", 3),
        ("d", 4),
        ("a", 5),
    ]
    assert seats_of(proposals) == {"b": "t1", "c": "t1"}


def test_urgent_is_the_need_that_the_course_meets_and_not_another_of_the_person() -> None:
    """Hours owed are no reason to take a course from somebody whose target it helps with."""
    owed = hours_owed(Employment.PNS, {}, 2027)
    people = (candidate("a", POOR, *owed, predicate=Predicate.BUTUH_PERBAIKAN), candidate("b", TIME))
    assert seats_of(propose(Market(people, (SHORT,)))) == {"b": "t2"}


def test_people_prefer_what_covers_most_then_the_shorter_course() -> None:
    cost = Need(Reason.MISSED_TARGET, ("BIAYA",), MISSED)
    assert one(candidate("a", TIME, cost), SHORT, PROJECT).training == "t1"
    assert one(candidate("a", TIME), SHORT, PROJECT).training == "t2"
    assert (points((TIME, cost), PROJECT), points((TIME, cost), SHORT)) == (600, 300)
    assert points((Need(Reason.OUTSTANDING, (DEVELOPMENT, "WAKTU")),), LEADING) == 100


def test_whoever_gets_no_seat_learns_how_many_went_to_whom() -> None:
    poor = candidate("z", replace(TIME, reason=Reason.NEEDS_IMPROVEMENT, parameters=()))
    full = Market(
        (*(candidate(name, TIME) for name in "ab"), poor), (replace(PROJECT, seats=3),), given=Given({"t1": 1})
    )
    last = propose(full)[-1]
    assert (last.employee, last.training, last.code) == ("b", None, NoTraining.SEATS_TAKEN)
    assert last.reason.endswith(
        "Seluruh 3 kursi Manajemen Proyek terisi: 1 oleh kebutuhan yang lebih mendesak, "
        "1 oleh kebutuhan setara yang urutannya lebih dahulu, 1 sudah dialokasikan sebelumnya."
    )


def test_a_units_quota_and_the_budget_refuse_with_their_numbers() -> None:
    people = tuple(candidate(name, TIME, unit="u1") for name in "abc")
    quota = propose(Market(people, (PROJECT,), Limits(None, {"u1": 1})))
    assert [proposal.code for proposal in quota] == [Reason.MISSED_TARGET, *[NoTraining.QUOTA_TAKEN] * 2]
    assert "Kuota unit kerja ini (1 kursi) habis: 0 untuk" in quota[1].reason
    budget = propose(Market(people, (PROJECT,), Limits(Decimal(8_000_000))))
    assert [proposal.code for proposal in budget] == [Reason.MISSED_TARGET, *[NoTraining.OVER_BUDGET] * 2]
    assert budget[1].reason.endswith(
        "berbiaya Rp5.000.000, sedangkan sisa anggaran setelah kebutuhan yang lebih dahulu tinggal Rp3.000.000."
    )
    assert seats_of(propose(Market(people, (PROJECT, SHORT), Limits(Decimal(0))))) == {"a": "t2"}, (
        "a free course needs none"
    )


def test_no_gap_and_no_course_are_answers_too() -> None:
    nothing, unmet = propose(Market((candidate("a"), candidate("b", POOR)), (PROJECT,)))[::-1]
    assert (nothing.training, nothing.code) == (None, NoTraining.NO_GAP)
    assert (unmet.training, unmet.code) == (None, NoTraining.NO_COURSE)


def test_a_course_that_is_for_others_is_refused_with_that_reason() -> None:
    pns = replace(SHORT, eligibility=Eligibility((Employment.PNS,)))
    refused = one(candidate("a", TIME, employment=Employment.PPPK), pns)
    assert (refused.training, refused.code) == (None, Excluded.OTHER_EMPLOYMENT)
    assert refused.reason == "Target 1 (WAKTU) tercapai 60 dari 90 %. Manajemen Waktu hanya untuk PNS."


@pytest.mark.parametrize(("granted", "training"), [(0, "t2"), (4, "t2"), (5, None)])
def test_24_hours_a_year_bind_a_pppk_and_not_a_pns(granted: int, training: str | None) -> None:
    assert (HOURS[Employment.PNS].least, HOURS[Employment.PPPK].most) == (20, 24)
    pppk = replace(candidate("a", TIME, employment=Employment.PPPK), granted=((2026, 24), (2027, granted)))
    assert one(pppk, SHORT).training == training
    assert one(replace(pppk, employment=Employment.PNS), SHORT).training == "t2"
    bound = one(candidate("a", GROWTH, employment=Employment.PPPK), LEADING)
    assert bound.reason.endswith("Kepemimpinan akan melampaui 24 JP setahun bagi PPPK.")


@pytest.mark.parametrize(("granted", "owed"), [(0, 20), (19, 1), (20, None), (21, None)])
def test_20_hours_a_year_are_a_need_of_a_pns_and_of_nobody_else(granted: int, owed: int | None) -> None:
    found = hours_owed(Employment.PNS, {2027: granted, 2026: 40}, 2027)
    assert [need.hours for need in found] == ([] if owed is None else [owed])
    assert hours_owed(Employment.PPPK, {}, 2027) == hours_owed(Employment.PEJABAT_NEGARA, {}, 2027) == ()
    proposal = one(candidate("a", *found), LEADING)
    assert (proposal.training is not None) is (owed is not None)
    if owed:
        assert proposal.reason == f"Pengembangan kompetensi tahun ini masih kurang {owed} dari 20 JP bagi PNS."


def test_a_second_need_helps_where_the_first_finds_no_seat() -> None:
    market = Market((candidate("a", TIME, GROWTH),), (SHORT, LEADING), given=Given({"t2": 1}))
    (proposal,) = propose(market)
    assert (proposal.training, proposal.code) == ("t3", Reason.OUTSTANDING)


def test_what_a_plan_agreed_on_stands_where_its_weight_puts_it_and_is_the_reason() -> None:
    """Between two people who want the same seat: nothing weighs as much as the worst gap, and 1 as little as hours owed."""
    agreed = Need(Reason.AGREED, ("WAKTU",), (("year", "2027"),), agreed=3)
    seats: dict[int, str] = {}
    for weight in (6, 3, 1):
        people = (candidate("ani", TIME), candidate("eko", replace(agreed, agreed=weight)))
        seats |= {weight: next(iter(seats_of(propose(Market(people, (SHORT,))))))}
    assert seats == {6: "eko", 3: "ani", 1: "ani"}, "with equal weight the order of people decides"
    told = one(candidate("eko", agreed), SHORT)
    assert (told.code, told.reason) == (
        Reason.AGREED,
        "Kebutuhan yang disepakati pegawai dan atasan dalam rencana pengembangan 2027.",
    )
    assert points((TIME, agreed), SHORT) == points((TIME,), SHORT) + 300, "the optimiser counts it beside the gap"
