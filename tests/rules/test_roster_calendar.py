"""Files of decrees and of working weeks."""

from datetime import date

import pytest

from adapters.calendar import known_holidays
from appraisal.policy.almanac import DayKind, Holiday
from appraisal.policy.dates import Schedule, Zone
from appraisal.roster.calendar import (
    HOLIDAY_COLUMNS,
    SCHEDULE_COLUMNS,
    holiday_differences,
    read_holidays,
    read_schedules,
    schedule_differences,
)
from appraisal.roster.codes import ProblemCode as Code
from appraisal.roster.roster import Problem, Severity

HOLIDAY = ["26-02-2028", "Idul Fitri", "libur_nasional", "SKB 2028"]
LEAVE = ["28-02-2028", "Cuti bersama Idul Fitri", "cuti_bersama", "SKB 2028"]
SCHEDULE = ["SD1", "6", "wita"]


def wrong(*rows: list[str], decreed: tuple[Holiday, ...] = ()) -> tuple[Problem, ...]:
    return read_holidays([list(HOLIDAY_COLUMNS), *rows], known_holidays, decreed)[1]


def brief(problems: tuple[Problem, ...]) -> list[tuple[int, str, Code]]:
    return [(problem.row, problem.column, problem.code) for problem in problems]


def errors(problems: tuple[Problem, ...]) -> list[tuple[int, str, Code]]:
    return brief(tuple(problem for problem in problems if problem.severity is Severity.ERROR))


def test_a_clean_decree_is_read() -> None:
    entries, _ = read_holidays([list(HOLIDAY_COLUMNS), HOLIDAY, LEAVE], known_holidays, ())
    assert [entry.holiday for entry in entries] == [
        Holiday(date(2028, 2, 26), "Idul Fitri", DayKind.LIBUR_NASIONAL, "SKB 2028"),
        Holiday(date(2028, 2, 28), "Cuti bersama Idul Fitri", DayKind.CUTI_BERSAMA, "SKB 2028"),
    ]


@pytest.mark.parametrize(
    ("at", "value", "code"),
    [
        (0, "30-02-2028", Code.BAD_DATE),
        (0, "2028-02-26", Code.BAD_DATE),
        (0, "", Code.EMPTY_CELL),
        (0, "31-12-1999", Code.DAY_YEAR),
        (0, "01-01-2101", Code.DAY_YEAR),
        (1, "", Code.EMPTY_CELL),
        (2, "libur", Code.UNKNOWN_WORD),
        (2, "", Code.EMPTY_CELL),
        (3, "", Code.EMPTY_CELL),
        (3, "=SKB", Code.FORMULA),
    ],
)
def test_a_wrong_cell_of_a_decree_is_named(at: int, value: str, code: Code) -> None:
    row = [*HOLIDAY[:at], value, *HOLIDAY[at + 1 :]]
    assert errors(wrong(row, LEAVE)) == [(2, HOLIDAY_COLUMNS[at], code)]


def test_the_first_and_the_last_year_are_taken() -> None:
    assert errors(wrong(["01-01-2000", *HOLIDAY[1:]], ["31-12-2100", *HOLIDAY[1:]])) == []


def test_every_problem_is_listed_at_once() -> None:
    assert brief(wrong(["30-02-2028", "", "libur", "SKB"], HOLIDAY, HOLIDAY)) == [
        (2, "jenis", Code.UNKNOWN_WORD),
        (2, "nama", Code.EMPTY_CELL),
        (2, "tanggal", Code.BAD_DATE),
        (4, "tanggal", Code.DAY_REPEATED),
    ]


def test_a_heading_with_a_missing_and_an_unknown_column_is_refused() -> None:
    _, found = read_holidays([["tanggal", "nama", "jenis", "warna"], HOLIDAY], known_holidays, ())
    assert brief(found) == [(1, "sumber", Code.COLUMN_MISSING), (1, "warna", Code.COLUMN_UNKNOWN)]


def test_a_part_of_a_decree_leaves_the_year_open_and_says_so() -> None:
    (problem,) = wrong(HOLIDAY)
    assert (problem.code, problem.severity, problem.args) == (Code.YEAR_NOT_SETTLED, Severity.WARNING, {"year": "2028"})
    first = (Holiday(date(2028, 2, 28), "Cuti", DayKind.CUTI_BERSAMA, "SKB"),)
    assert Code.YEAR_NOT_SETTLED not in [problem.code for problem in wrong(HOLIDAY, decreed=first)]


def test_known_days_off_that_a_whole_decree_leaves_out_are_told_but_no_estimates_and_no_sundays() -> None:
    told = {problem.args["day"] for problem in wrong(HOLIDAY, LEAVE) if problem.code is Code.DAY_NOT_NAMED}
    assert {"01-05-2028", "17-08-2028", "25-12-2028"} <= told
    assert "27-02-2028" not in told  # an estimate: the decree says otherwise
    assert "16-04-2028" not in told  # Easter, a Sunday
    independence = ["17-08-2028", "Kemerdekaan", "libur_nasional", "SKB"]
    assert "17-08-2028" not in {problem.args.get("day") for problem in wrong(HOLIDAY, LEAVE, independence)}


def test_taking_back_a_day_that_is_worked_anyway_is_doubtful() -> None:
    def worked(day: str) -> list[tuple[int, str, Code]]:
        return brief(wrong([day, "Masuk", "hari_kerja", "SKB"]))

    assert worked("24-03-2026") == []  # a cuti bersama
    assert worked("25-03-2026") == [(2, "tanggal", Code.DAY_WORKED_ANYWAY)]


def test_differences_of_a_decree_name_only_what_changes() -> None:
    entries, _ = read_holidays([list(HOLIDAY_COLUMNS), HOLIDAY, LEAVE], known_holidays, ())
    before = tuple(entry.holiday for entry in entries)
    assert holiday_differences(entries, before) == ()
    changed, _ = read_holidays(
        [list(HOLIDAY_COLUMNS), [*HOLIDAY[:2], "hari_kerja", HOLIDAY[3]], LEAVE], known_holidays, before
    )
    (difference,) = holiday_differences(changed, before)
    assert (difference.kind, difference.label) == ("holiday_changed", "26-02-2028")
    assert difference.changes == (("jenis", "libur_nasional", "hari_kerja"),)
    assert [found.kind for found in holiday_differences(entries, before[:1])] == ["holiday_added"]


def test_a_working_week_is_read_with_and_without_a_zone() -> None:
    rows = [list(SCHEDULE_COLUMNS), SCHEDULE, ["SD2", "5", ""]]
    entries, problems = read_schedules(rows, {"SD1", "SD2"})
    assert problems == ()
    assert [(entry.unit, entry.schedule) for entry in entries] == [("SD1", Schedule(6, Zone.WITA)), ("SD2", Schedule())]


@pytest.mark.parametrize(
    ("at", "value", "code"),
    [
        (0, "SD9", Code.UNIT_UNKNOWN),
        (0, "", Code.EMPTY_CELL),
        (1, "7", Code.OUT_OF_RANGE),
        (1, "4", Code.OUT_OF_RANGE),
        (1, "enam", Code.BAD_NUMBER),
        (1, "", Code.EMPTY_CELL),
        (2, "GMT", Code.UNKNOWN_WORD),
    ],
)
def test_a_wrong_cell_of_a_working_week_is_named(at: int, value: str, code: Code) -> None:
    row = [*SCHEDULE[:at], value, *SCHEDULE[at + 1 :]]
    _, found = read_schedules([list(SCHEDULE_COLUMNS), row], {"SD1"})
    assert brief(found) == [(2, SCHEDULE_COLUMNS[at], code)]


def test_a_unit_named_twice_is_refused_and_an_unchanged_one_is_no_difference() -> None:
    entries, found = read_schedules([list(SCHEDULE_COLUMNS), SCHEDULE, SCHEDULE], {"SD1"})
    assert brief(found) == [(3, "unorId", Code.UNIT_REPEATED)]
    assert schedule_differences(entries[:1], {"SD1": Schedule(6, Zone.WITA)}) == ()
    (added,) = schedule_differences(entries[:1], {})
    assert (added.kind, added.label, added.detail) == ("schedule_added", "SD1", "6, WITA")
    (changed,) = schedule_differences(entries[:1], {"SD1": Schedule(5, Zone.WITA)})
    assert (changed.kind, changed.changes) == ("schedule_changed", (("hariKerja", "5", "6"),))
