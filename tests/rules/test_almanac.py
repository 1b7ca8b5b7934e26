"""Which days are off, and how working days are counted over them. The year 2026 is the golden one: Nyepi meets Idul Fitri."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from adapters.calendar import known_holidays
from appraisal.policy.almanac import DayKind, Holiday, almanac
from appraisal.policy.spans import Calendar, after

OFF, LEAVE, WORKED = DayKind.LIBUR_NASIONAL, DayKind.CUTI_BERSAMA, DayKind.HARI_KERJA
ALMANAC = almanac((2026,), known_holidays((2026,)), (), 0)
FIVE = Calendar("Asia/Jakarta", time(7, 30), time(16), ALMANAC.off)
SIX = Calendar("Asia/Jakarta", time(7, 30), time(16), ALMANAC.off, week=6)


def decreed(*rows: tuple[date, DayKind]) -> tuple[Holiday, ...]:
    return tuple(Holiday(day, "Hari", kind, "SKB") for day, kind in rows)


@pytest.mark.parametrize(
    ("calendar", "start", "days", "expected"),
    [
        pytest.param(
            FIVE, date(2026, 3, 9), 14, date(2026, 4, 6), id="fourteen days over Nyepi, Idul Fitri, Good Friday"
        ),
        pytest.param(SIX, date(2026, 3, 9), 14, date(2026, 4, 1), id="the same with Saturdays worked"),
        pytest.param(FIVE, date(2026, 3, 17), 3, date(2026, 3, 27), id="18 to 24 March are all off"),
        pytest.param(SIX, date(2026, 3, 17), 4, date(2026, 3, 28), id="and the Saturday after counts for six days"),
        pytest.param(FIVE, date(2026, 3, 17), 4, date(2026, 3, 30), id="but not for five"),
        pytest.param(FIVE, date(2026, 3, 25), -1, date(2026, 3, 17), id="backwards"),
        pytest.param(SIX, date(2026, 3, 28), 1, date(2026, 3, 30), id="nobody works on a Sunday"),
    ],
)
def test_working_days_are_counted_over_days_off(calendar: Calendar, start: date, days: int, expected: date) -> None:
    assert calendar.add_working_days(start, days) == expected


def test_public_holidays_alone_would_end_the_clock_too_early() -> None:
    public = tuple(holiday.day for holiday in ALMANAC.days if holiday.kind is OFF)
    assert Calendar("Asia/Jakarta", time(7, 30), time(16), public).add_working_days(date(2026, 3, 17), 3) == date(
        2026, 3, 23
    )
    assert {date(2026, 3, day) for day in (18, 20, 23, 24)} <= {day.day for day in ALMANAC.days if day.kind is LEAVE}


def test_a_due_date_named_by_its_day_stays_on_a_cuti_bersama() -> None:
    """What HR writes as a day of the year is that day, worked or not; only spans of working days step over days off."""
    start = datetime(2026, 3, 9, 7, 30, tzinfo=ZoneInfo("Asia/Jakarta"))
    assert date(2026, 3, 20) in ALMANAC.off
    assert after("03-20", start, FIVE, time(16), 2026, "due").date() == date(2026, 3, 20)
    assert after("8 working days", start, FIVE, time(16), 2026, "due").date() == date(2026, 3, 26)


def test_a_decree_stands_above_what_is_known_beforehand() -> None:
    found = almanac(
        (2026,), known_holidays((2026,)), decreed((date(2026, 3, 24), WORKED), (date(2026, 3, 25), LEAVE)), 1
    )
    assert (date(2026, 3, 24) in found.off, date(2026, 3, 25) in found.off) == (False, True)
    assert found.version == 1
    assert len(found.days) == len(ALMANAC.days)


def test_days_of_other_years_do_not_matter() -> None:
    assert almanac((2026,), known_holidays((2026, 2027)), decreed((date(2027, 3, 15), LEAVE)), 1).days == ALMANAC.days


@pytest.mark.parametrize(
    ("year", "rows", "unconfirmed"),
    [
        pytest.param(2026, (), (), id="all known"),
        pytest.param(2027, (), (2027,), id="Idul Fitri is an estimate"),
        pytest.param(2028, (), (2028,), id="no cuti bersama is known"),
        pytest.param(2028, ((26, OFF), (28, LEAVE)), (), id="a decree names both kinds"),
        pytest.param(2028, ((28, LEAVE),), (2028,), id="one day added to an open year settles nothing"),
        pytest.param(2028, ((26, OFF), (28, WORKED)), (2028,), id="nor does a decree without cuti bersama"),
    ],
)
def test_a_year_without_confirmed_dates_is_flagged(
    year: int, rows: tuple[tuple[int, DayKind], ...], unconfirmed: tuple[int, ...]
) -> None:
    days = decreed(*((date(year, 2, day), kind) for day, kind in rows))
    assert almanac((year,), known_holidays((year,)), days, 0).unconfirmed == unconfirmed


def test_an_estimate_that_the_years_decree_does_not_name_is_no_day_off() -> None:
    estimated = date(2028, 2, 27)
    known = known_holidays((2028,))
    assert any(holiday.day == estimated and holiday.estimated for holiday in known)
    one = almanac((2028,), known, decreed((date(2028, 2, 25), OFF)), 1)
    assert estimated in one.off  # while the year is open, the estimate is the best that is known
    whole = almanac((2028,), known, decreed((date(2028, 2, 25), OFF), (date(2028, 2, 24), LEAVE)), 1)
    assert estimated not in whole.off
    assert date(2028, 8, 17) in whole.off  # a date fixed by law stays


def test_a_day_that_is_a_holiday_for_certain_is_no_estimate() -> None:
    days = known_holidays((2026, 2027))
    assert [holiday.day.isoformat() for holiday in days if holiday.estimated] == [
        "2027-03-10",
        "2027-03-11",
        "2027-05-17",
    ]
    assert len([holiday for holiday in days if holiday.day.year == 2026]) == 17 + 8
