"""What a unit has reached: values by quarter, what is refused, what is drawn, and who may enter it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from appraisal.access import Action, Actor, can
from appraisal.errors import AppraisalError
from appraisal.people.acting import Acting
from appraisal.people.organisation import Organisation, Post
from appraisal.unit.performance import Actual, Followed, Indicator, ended, entered, parties_of
from appraisal.vocabulary import Direction, EvidenceNeed

AT = datetime(2026, 4, 1, tzinfo=UTC)
UP, DOWN = Direction.UP, Direction.DOWN
IMMUNISED = Indicator(
    "i1", "dinkes", 2026, "KES-1", "Imunisasi", "%", Decimal(80), Decimal(90), UP, EvidenceNeed.REQUIRED
)
LINK = "https://bukti.example/1"


def actual(value: str, quarter: int = 1, evidence: str = LINK, remark: str = "") -> Actual:
    return Actual(quarter, 0, Decimal(value), evidence, remark, "dewi", AT)


def test_a_value_goes_on_record_and_a_correction_beside_it() -> None:
    followed = Followed(IMMUNISED)
    first = entered(followed, actual("81,5".replace(",", "."), remark="  Sementara. "), date(2026, 4, 1))
    followed = Followed(IMMUNISED, (first,))
    second = entered(followed, actual("82", remark="Data puskesmas menyusul."), date(2026, 12, 31))
    followed = Followed(IMMUNISED, (first, second))
    assert [(one.number, one.value, one.remark) for one in followed.history(1)] == [
        (1, Decimal("81.5"), "Sementara."),
        (2, Decimal(82), "Data puskesmas menyusul."),
    ]
    assert (followed.actual(1), followed.actual(2), followed.latest) == (second, None, second)
    assert entered(followed, actual("79", 2), date(2026, 7, 1)).number == 1, "each quarter counts for itself"


@pytest.mark.parametrize(
    ("given", "on", "code", "where"),
    [
        (actual("81"), date(2026, 3, 31), "quarter_not_ended", "quarter"),
        (actual("81", 4), date(2026, 12, 31), "quarter_not_ended", "quarter"),
        (actual("81", 5), date(2027, 1, 1), "invalid_number", "quarter"),
        (actual("81", 0), date(2027, 1, 1), "invalid_number", "quarter"),
        (actual("NaN"), date(2026, 4, 1), "invalid_number", "value"),
        (actual("Infinity"), date(2026, 4, 1), "invalid_number", "value"),
        (actual("1.23456"), date(2026, 4, 1), "invalid_number", "value"),
        (actual("1e13"), date(2026, 4, 1), "invalid_number", "value"),
        (actual("81", evidence=" "), date(2026, 4, 1), "missing_evidence", "evidence"),
        (actual("81", evidence="javascript:alert(1)"), date(2026, 4, 1), "invalid_evidence", "evidence"),
        (actual("81", remark="x" * 1001), date(2026, 4, 1), "invalid_text", "remark"),
    ],
)
def test_what_is_no_value_of_a_quarter_is_refused(given: Actual, on: date, code: str, where: str) -> None:
    with pytest.raises(AppraisalError) as refusal:
        entered(Followed(IMMUNISED), given, on)
    assert (refusal.value.code(), refusal.value.where) == (code, where)
    assert refusal.value.remedy


def test_a_correction_says_why_and_evidence_is_asked_for_where_the_indicator_needs_it() -> None:
    free = replace(IMMUNISED, evidence=EvidenceNeed.OPTIONAL)
    first = entered(Followed(free), actual("-3", evidence=""), date(2026, 4, 1))
    assert first.evidence == ""
    with pytest.raises(AppraisalError) as refusal:
        entered(Followed(free, (first,)), actual("4"), date(2026, 4, 1))
    assert (refusal.value.code(), refusal.value.where) == ("missing_reason", "remark")


@pytest.mark.parametrize(
    ("baseline", "target", "direction", "value", "progress", "reached"),
    [
        ("80", "90", UP, "85", 50, False),
        ("80", "90", UP, "70", 0, False),
        ("80", "90", UP, "91", 100, True),
        ("20", "10", DOWN, "15", 50, False),
        ("20", "10", DOWN, "10", 100, True),
        (None, "90", UP, "45", 50, False),
        (None, "10", DOWN, "15", None, False),
        ("95", "90", UP, "45", 50, False),  # a target below what was: the way begins at zero
        (None, "0", DOWN, "3", None, False),
        ("0", "0", UP, "-1", None, False),
    ],
)
def test_the_way_to_the_target(
    baseline: str | None, target: str, direction: Direction, value: str, progress: int | None, reached: bool
) -> None:
    start = Decimal(baseline) if baseline else None
    one = replace(IMMUNISED, baseline=start, target=Decimal(target), direction=direction)
    assert one.progress(Decimal(value)) == progress
    assert one.reached(Decimal(value)) is reached


def test_quarters_are_over_the_day_after() -> None:
    assert ended(2026, date(2026, 6, 30)) == (1,)
    assert ended(2026, date(2026, 7, 1)) == (1, 2)
    assert ended(2026, date(2027, 1, 1)) == (1, 2, 3, 4)
    assert ended(2026, date(2026, 1, 1)) == ()


def test_the_unit_is_entered_by_its_head_or_hr_and_read_by_all_above() -> None:
    known = Organisation(
        {"kab": None, "dinkes": "kab", "p2p": "dinkes"},
        {"kab": "bupati", "dinkes": "dewi", "p2p": "citra"},
        {"dewi": Post("dinkes", "sekda"), "sekda": Post("kab", "bupati"), "citra": Post("p2p", "dewi")},
        {"dewi": Acting("dewi", "hana", True)},
    )
    parties = parties_of("dinkes", known)
    people = ("dewi", "hana", "sekda", "bupati", "citra", "ani")
    for action, allowed in ((Action.RECORD_ACTUAL, people[:2]), (Action.VIEW_UNIT, people[:4])):
        assert tuple(who for who in people if can(Actor(who), action, parties).allowed) == allowed
        assert can(Actor("olga", hr=True), action, parties).allowed
        assert can(Actor("umi", units=("dinkes",)), action, parties).allowed
        assert not can(Actor("usman", units=("dinsos",)), action, parties).allowed
    vacant = parties_of("dinkes", replace(known, heads={"kab": "bupati"}))
    assert can(Actor("bupati"), Action.VIEW_UNIT, vacant).allowed
    assert not can(Actor("bupati"), Action.RECORD_ACTUAL, vacant).allowed
