"""The dates of a cycle for the agency and for units with a week or a zone of their own."""

import tomllib
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from adapters.calendar import known_holidays
from appraisal.access import Actor
from appraisal.cycle import Launch, launched
from appraisal.errors import InvalidPolicy, InvalidSchedule
from appraisal.policy.almanac import DayKind, Holiday, almanac
from appraisal.policy.dates import Dates, Schedule, Zone, calendar_years, dates, inherited, schedule
from appraisal.policy.policy import Policy
from appraisal.timetable import Timetable
from appraisal.vocabulary import Step

JAKARTA = ZoneInfo("Asia/Jakarta")
START = datetime(2026, 3, 9, 7, 30, tzinfo=JAKARTA)
YEARS = calendar_years(2026)
BEFORE = almanac(YEARS, known_holidays(YEARS), (), 0)
DECREE = (Holiday(date(2026, 3, 24), "Cuti dibatalkan", DayKind.HARI_KERJA, "SKB"),)
AFTER = almanac(YEARS, known_holidays(YEARS), DECREE, 1)


def policy(due: str = "14 working days") -> Policy:
    """The annual policy, but for the targets, which are due after working days."""
    document = tomllib.loads((Path(__file__).parents[2] / "policies/annual.toml").read_text())
    document["steps"]["targets"] |= {"due": due, "end": "05-29"}
    document["steps"]["approval"] |= {"due": "05-15", "end": "05-29"}
    return Policy.read(document)


def due(table: Timetable) -> str:
    return table.window(Step.TARGETS).due.isoformat()


def test_a_unit_of_six_days_and_one_of_the_east_have_dates_of_their_own() -> None:
    schedules = {
        "school": Schedule(6),
        "papua": Schedule(5, Zone.WIT),
        "office": Schedule(),
        "here": Schedule(5, Zone.WIB),
    }
    found = dates(policy(), START, 2026, BEFORE, schedules)
    assert due(found.timetable) == "2026-04-06T16:00:00+07:00"
    assert due(found.of("school")) == "2026-04-01T16:00:00+07:00"
    assert due(found.of("papua")) == "2026-04-06T16:00:00+09:00"
    assert found.of("office") == found.of("here") == found.of("elsewhere") == found.timetable
    assert sorted(own.units for own in found.units) == [("papua",), ("school",)]


def test_units_that_work_alike_share_their_dates() -> None:
    found = dates(policy(), START, 2026, BEFORE, {"b": Schedule(6), "a": Schedule(6, Zone.WIB)})
    assert [own.units for own in found.units] == [("a", "b")]


def test_a_case_is_calibrated_with_its_pool_and_nominated_with_the_agency() -> None:
    found = dates(policy(), START, 2026, BEFORE, {"school": Schedule(6), "education": Schedule(5, Zone.WITA)})
    case = found.of_case("school", "education")
    assert case.window(Step.TARGETS) == found.of("school").window(Step.TARGETS) != found.timetable.window(Step.TARGETS)
    assert case.window(Step.CALIBRATION) == found.of("education").window(Step.CALIBRATION)
    assert case.window(Step.NOMINATION) == found.timetable.window(Step.NOMINATION)
    assert [window.step for window in case.windows] == [window.step for window in found.timetable.windows]
    assert case.closes == found.timetable.closes
    assert found.of_case("other", "pool") == found.timetable


def test_a_policy_that_fits_the_agency_but_not_one_of_its_units_is_refused_at_the_launch() -> None:
    zones = {"papua": Schedule(5, Zone.WIT)}
    late = START.replace(month=3, day=31, hour=15, minute=0)
    tight = policy("03-31")  # at 16:00: an hour after the start here, but an hour before it in the east
    assert dates(tight, late, 2026, BEFORE, {}).timetable.window(Step.TARGETS).due - late == timedelta(hours=1)
    with pytest.raises(InvalidPolicy) as refused:
        dates(tight, late, 2026, BEFORE, zones)
    assert refused.value.where == "steps.targets"


@pytest.mark.parametrize(
    ("unit", "expected"),
    [("school", Schedule(6)), ("class", Schedule(6)), ("office", Schedule(5)), ("root", None), ("loop", None)],
)
def test_a_unit_works_as_the_nearest_unit_above_that_says_how(unit: str, expected: Schedule | None) -> None:
    parents = {"root": None, "school": "root", "class": "school", "office": "class", "loop": "pool", "pool": "loop"}
    assert inherited({"school": Schedule(6), "office": Schedule(5)}, parents).get(unit) == expected


def test_only_years_that_the_cycle_reaches_are_unconfirmed() -> None:
    assert BEFORE.unconfirmed == (2027,)
    assert dates(policy(), START, 2026, BEFORE, {}).unconfirmed == (2027,)  # it ends in March of the next year
    assert (
        dates(
            policy(),
            START.replace(year=2025),
            2025,
            almanac((2024, 2025, 2026), known_holidays((2024, 2025, 2026)), (), 0),
            {},
        ).unconfirmed
        == ()
    )


def test_a_change_of_the_decree_does_not_move_a_running_cycle() -> None:
    launch = Launch("c", 2026, "Tahun 2026", policy(), START, Actor("hr", hr=True))
    running = launched(launch, START).planned(dates(policy(), START, 2026, BEFORE, {"s": Schedule(6)}), 3, START)
    renewed = dates(policy(), START, 2026, AFTER, {"s": Schedule(6)})
    assert (due(renewed.timetable), due(renewed.of("s"))) == ("2026-04-02T16:00:00+07:00", "2026-03-31T16:00:00+07:00")
    assert running.timetable is not None
    frozen = Dates(running.timetable, running.calendar, running.unconfirmed, running.units)
    assert (due(frozen.timetable), due(frozen.of("s"))) == ("2026-04-06T16:00:00+07:00", "2026-04-01T16:00:00+07:00")
    assert (running.calendar, running.unconfirmed, renewed.calendar) == (0, (2027,), 1)
    assert ("calendar", "", "0") in running.events[-1].changes


def test_a_schedule_as_hr_writes_it() -> None:
    assert schedule(6, "WITA") == Schedule(6, Zone.WITA)
    assert schedule(5, None) == schedule(5, "") == Schedule()


@pytest.mark.parametrize(
    ("week", "zone", "where"), [(7, "WIB", "week"), (0, None, "week"), (5, "GMT", "zone"), (6, "Asia/Jakarta", "zone")]
)
def test_what_no_unit_works_like_is_refused_at_its_field(week: int, zone: str | None, where: str) -> None:
    with pytest.raises(InvalidSchedule) as refused:
        schedule(week, zone)
    assert refused.value.where == where
    assert refused.value.remedy
