"""Whom a course is for, and what limits the trainings of a year: seats, budget, quotas. Each refusal says by which number."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from appraisal.access import Actor
from appraisal.errors import AppraisalError, MissingReason, UnknownTraining
from appraisal.people.grades import GRADES
from appraisal.seats.market import Candidate, Market
from appraisal.seats.rule import propose
from appraisal.training.catalogue import Act, Offer, again, course_changes, with_terms, without
from appraisal.training.course import Attendee, Course, Eligibility, Excluded, excluded, rupiah
from appraisal.training.errors import (
    DatesOverlap,
    InvalidAmount,
    InvalidSeats,
    LowerGrade,
    NoBudgetLeft,
    NoQuotaLeft,
    NothingChanges,
    SeatsGivenAway,
    StaleCatalogue,
    Withdrawn,
)
from appraisal.training.limits import Given, Limits, changes
from appraisal.training.nomination import Decide, NominationDecision, NominationOrder, Open
from appraisal.training.nomination_settling import NOT_FOR, settle
from appraisal.training.training import Need, NoTraining, Reason
from appraisal.vocabulary import Employment, PositionKind

PROJECT = Course("t1", "Manajemen Proyek", ("WAKTU",), 40, 9, 2027, date(2027, 2, 15), date(2027, 2, 19))
SENIOR = replace(PROJECT, eligibility=Eligibility(lowest=("III/c", "IX")))
ANI = Attendee(PositionKind.PELAKSANA, "III/b")


@pytest.mark.parametrize(
    ("course", "employment", "who", "code"),
    [
        (PROJECT, Employment.PPPK, Attendee(), None),
        (replace(PROJECT, eligibility=Eligibility((Employment.PNS,))), Employment.PNS, ANI, None),
        (replace(PROJECT, eligibility=Eligibility((Employment.PNS,))), Employment.PPPK, ANI, Excluded.OTHER_EMPLOYMENT),
        (
            replace(PROJECT, eligibility=Eligibility(positions=(PositionKind.STRUKTURAL,))),
            *(Employment.PNS, ANI, Excluded.OTHER_POSITION),
        ),
        (SENIOR, Employment.PNS, ANI, Excluded.LOWER_GRADE),
        (SENIOR, Employment.PNS, replace(ANI, grade="III/c"), None),
        (SENIOR, Employment.PNS, replace(ANI, grade="IV/e"), None),
        (SENIOR, Employment.PNS, replace(ANI, grade=None), Excluded.GRADE_MISSING),
        (SENIOR, Employment.PNS, replace(ANI, grade="3C"), Excluded.LOWER_GRADE),
        (SENIOR, Employment.PPPK, replace(ANI, grade="VIII"), Excluded.LOWER_GRADE),
        (SENIOR, Employment.PPPK, replace(ANI, grade="X"), None),
        (replace(SENIOR, eligibility=Eligibility(lowest=("III/c",))), Employment.PPPK, replace(ANI, grade="V"), None),
    ],
)
def test_a_course_is_for_whom_the_catalogue_says(
    course: Course, employment: Employment, who: Attendee, code: Excluded | None
) -> None:
    found = excluded(course, employment, who)
    assert (found and found[0]) == code


@pytest.mark.parametrize(
    ("starts", "ends", "meets"),
    [((2, 10), (2, 14), False), ((2, 10), (2, 15), True), ((2, 19), (2, 26), True), ((2, 20), (2, 26), False)],
)
def test_two_courses_meet_when_they_share_a_day(starts: tuple[int, int], ends: tuple[int, int], meets: bool) -> None:
    other = replace(PROJECT, id="t2", starts_on=date(2027, *starts), ends_on=date(2027, *ends))
    assert PROJECT.overlaps(other) is other.overlaps(PROJECT) is meets
    assert not PROJECT.overlaps(replace(other, starts_on=None, ends_on=None))


def test_the_ladders_of_golongan_are_whole() -> None:
    assert len(GRADES) == 17 + 17


def test_a_proposal_goes_to_the_next_course_and_says_why_where_none_is_left() -> None:
    need = Need(Reason.MISSED_TARGET, ("WAKTU",), (("number", "1"), ("aspect", "WAKTU"), *SHOWN))
    ani = Candidate("ani", Employment.PNS, None, (need,), who=ANI)
    (refused,) = propose(Market((ani,), (SENIOR,)))
    assert (refused.training, refused.code) == (None, Excluded.LOWER_GRADE)
    assert refused.reason.endswith("Manajemen Proyek mulai golongan III/c; golongan yang tercatat III/b.")
    (given,) = propose(Market((ani,), (SENIOR, replace(PROJECT, id="t2", hours=80))))
    assert given.training == "t2"
    (busy,) = propose(Market((replace(ani, who=replace(ANI, given=(PROJECT,))),), (replace(PROJECT, id="t3"),)))
    assert busy.code == Excluded.DATES_OVERLAP
    assert set(Excluded) & set(NoTraining) == set()


SHOWN = (("reached", "60"), ("value", "90"), ("unit", "%"))
FIRST = Open("ani", "t1", "Target 1.", Employment.PNS, unit="dinkes", who=ANI)
SECOND = replace(FIRST, employee="budi")
OTHERS = replace(FIRST, employee="dewi", unit="dinsos")
PRICED = replace(PROJECT, price=Decimal(1_500_000))


def decide(course: Course, limits: Limits, *proposals: Open, given: Given = Given()) -> None:  # noqa: B008 - frozen
    decisions = tuple(NominationDecision(one.employee, True, "t1") for one in proposals)
    order = NominationOrder(Decide(decisions), Actor("hr", hr=True))
    settle(order, {one.employee: one for one in proposals}, {"t1": course}, given, limits)


def test_whoever_is_excluded_is_refused_with_the_reason() -> None:
    assert set(NOT_FOR) == set(Excluded)
    with pytest.raises(LowerGrade, match=r"III/c.*III/b") as refused:
        decide(SENIOR, Limits(), FIRST)
    assert refused.value.where == "decisions[0].training"
    other = replace(PROJECT, id="t9", name="Pelayanan Prima")
    with pytest.raises(DatesOverlap, match=r"Manajemen Proyek.*Pelayanan Prima") as refused_:
        decide(PROJECT, Limits(), replace(FIRST, who=replace(ANI, given=(other,))))
    assert refused_.value.about == {"course": "Manajemen Proyek", "other": "Pelayanan Prima"}
    with pytest.raises(UnknownTraining):
        decide(replace(PROJECT, withdrawn=True), Limits(), FIRST)


@pytest.mark.parametrize(
    ("course", "limits", "given", "refusal"),
    [
        (PRICED, Limits(), Given(), None),
        (PRICED, Limits(Decimal(4_500_000)), Given(), None),
        (PRICED, Limits(Decimal(4_499_999)), Given(), NoBudgetLeft),
        (PRICED, Limits(Decimal(4_500_000)), Given(spent=Decimal(1)), NoBudgetLeft),
        (PRICED, Limits(Decimal(0)), Given(), NoBudgetLeft),
        (PROJECT, Limits(Decimal(0)), Given(spent=Decimal(7)), None),
        (PROJECT, Limits(quotas={"dinkes": 2}), Given(), None),
        (PROJECT, Limits(quotas={"dinkes": 2}), Given(units={"dinsos": 5}), None),
        (PROJECT, Limits(quotas={"dinkes": 1}), Given(), NoQuotaLeft),
        (PROJECT, Limits(quotas={"dinkes": 2}), Given(units={"dinkes": 1}), NoQuotaLeft),
        (PROJECT, Limits(quotas={"dinsos": 0}), Given(), NoQuotaLeft),
    ],
)
def test_budget_and_quotas_bind_as_seats_do(
    course: Course, limits: Limits, given: Given, refusal: type[AppraisalError] | None
) -> None:
    """Three seats are decided on at once: two of dinkes, one of dinsos."""
    if refusal is None:
        decide(course, limits, FIRST, SECOND, OTHERS, given=given)
        return
    with pytest.raises(refusal) as refused:
        decide(course, limits, FIRST, SECOND, OTHERS, given=given)
    assert refused.value.about["year"] == "2027"


def test_setting_limits_records_what_changes() -> None:
    before = Limits(None, {"dinkes": 3, "dinsos": 1})
    after = Limits(Decimal(0), {"dinkes": 3, "kec": 0})
    assert changes(before, after) == (("budget", "", "0"), ("quota/dinsos", "1", ""), ("quota/kec", "", "0"))
    with pytest.raises(NothingChanges):
        changes(after, after)


@pytest.mark.parametrize(
    ("limits", "where", "refusal"),
    [
        (Limits(Decimal(-1)), "budget", InvalidAmount),
        (Limits(Decimal("0.5")), "budget", InvalidAmount),
        (Limits(Decimal("NaN")), "budget", InvalidAmount),
        (Limits(Decimal(10) ** 16), "budget", InvalidAmount),
        (Limits(quotas={"dinkes": -1}), "quotas.dinkes", InvalidSeats),
    ],
)
def test_what_is_no_limit_is_refused(limits: Limits, where: str, refusal: type[AppraisalError]) -> None:
    with pytest.raises(refusal) as refused:
        changes(Limits(), limits)
    assert refused.value.where == where


def test_rupiah_are_written_as_in_the_field() -> None:
    assert rupiah(Decimal(1_500_000)) == "Rp1.500.000"


OFFER = Offer(PRICED, "MP-27", "Kotabumi", 3, 2)
ACT = Act("olga", datetime(2027, 1, 4, tzinfo=UTC), "olga/1", "Peserta bertambah.", 2)


def test_seats_and_price_change_and_the_record_says_what() -> None:
    after = with_terms(OFFER, 3, Decimal(0))
    assert (after.seats, after.price) == (3, Decimal(0))
    changed = course_changes(OFFER.course, after)
    assert changed == (("seats", "9", "3"), ("price", "1500000", "0"))
    event = ACT.event(OFFER.revision, "course_changed", changed)
    assert (event.revision, event.actor, event.reason, event.changes) == (2, "olga", "Peserta bertambah.", changed)
    free = replace(OFFER, given=0)
    assert without(free).withdrawn
    assert again(replace(free, course=without(free))) == free.course
    assert course_changes(free.course, without(free)) == (("withdrawn", "false", "true"),)


@pytest.mark.parametrize(
    ("seats", "price", "refusal", "where"),
    [
        (2, Decimal(0), SeatsGivenAway, "seats"),
        (-1, Decimal(0), InvalidSeats, "seats"),
        (10_001, Decimal(0), InvalidSeats, "seats"),
        (9, Decimal(-1), InvalidAmount, "price"),
        (9, Decimal("0.5"), InvalidAmount, "price"),
        (9, Decimal(1_500_000), NothingChanges, ""),
    ],
)
def test_what_cannot_be_set_is_refused(seats: int, price: Decimal, refusal: type[AppraisalError], where: str) -> None:
    with pytest.raises(refusal) as refused:
        with_terms(OFFER, seats, price)
    assert refused.value.where == where


def test_nothing_is_withdrawn_that_somebody_has_nor_changed_without_a_look_and_a_reason() -> None:
    with pytest.raises(SeatsGivenAway):
        without(OFFER)
    with pytest.raises(Withdrawn):
        again(OFFER)
    with pytest.raises(Withdrawn):
        without(replace(OFFER, course=replace(PRICED, withdrawn=True), given=0))
    with pytest.raises(StaleCatalogue):
        ACT.demand_fresh(3)
    with pytest.raises(MissingReason):
        replace(ACT, reason=" ").event(2, "course_changed", ())
    ACT.demand_fresh(2)
    replace(ACT, seen=None).demand_fresh(7)
