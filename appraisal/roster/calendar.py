"""Days off from a decree, and the working weeks of units, from the rows of a file."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from appraisal.policy.almanac import Almanac, DayKind, Holiday, almanac, settled_years
from appraisal.policy.dates import FIVE, SIX, Schedule, Zone
from appraisal.roster.catalogue import FIRST_YEAR, LAST_YEAR
from appraisal.roster.cells import Cells, shown
from appraisal.roster.codes import ProblemCode
from appraisal.roster.columns import rows_of
from appraisal.roster.roster import Difference, Problem, Sheet, in_order

HOLIDAY_COLUMNS = ("tanggal", "nama", "jenis", "sumber")
SCHEDULE_COLUMNS = ("unorId", "hariKerja", "zona")
KINDS = {str(kind): kind for kind in DayKind}
ZONES = {zone.name: zone for zone in Zone}
SATURDAY = 5

Known = Callable[[Sequence[int]], Sequence[Holiday]]
"""The days off of some years as they are known without any decree."""


@dataclass(frozen=True, slots=True)
class HolidayEntry:
    """One row of a decree."""

    holiday: Holiday
    row: int


@dataclass(frozen=True, slots=True)
class ScheduleEntry:
    """One row of a file of working weeks; `unit` is the unit's code."""

    unit: str
    schedule: Schedule
    row: int = 0


def read_holidays(
    sheet: Sheet, known: Known, decreed: Sequence[Holiday]
) -> tuple[tuple[HolidayEntry, ...], tuple[Problem, ...]]:
    """The days of the file and every problem in it; `decreed` is what earlier decrees say."""
    rows, problems = rows_of(sheet, HOLIDAY_COLUMNS)
    found = [_holiday(Cells(number, values, problems)) for number, values in rows]
    entries = tuple(entry for entry in found if entry is not None)
    problems += _repeated(((entry.holiday.day, entry.row) for entry in entries), "tanggal", ProblemCode.DAY_REPEATED)
    if not problems:  # what follows weighs the whole file, and would mislead while rows of it are wrong
        problems += _doubts(entries, known, decreed)
    return entries, in_order(problems)


def _holiday(cells: Cells) -> HolidayEntry | None:
    day, name = cells.day("tanggal"), cells.text("nama")
    kind, source = cells.word("jenis", KINDS, DayKind.LIBUR_NASIONAL), cells.text("sumber")
    if day is None:
        return None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        limits = {"low": str(FIRST_YEAR), "high": str(LAST_YEAR)}
        cells.refuse("tanggal", ProblemCode.DAY_YEAR, value=shown(cells.raw("tanggal")), **limits)
    return HolidayEntry(Holiday(day, name, kind, source), cells.row)


def _doubts(entries: Sequence[HolidayEntry], knows: Known, decreed: Sequence[Holiday]) -> Iterator[Problem]:
    """What an officer should weigh before applying the decree."""
    years = tuple(sorted({entry.holiday.day.year for entry in entries}))
    known = knows(years)
    before = almanac(years, known, decreed, 0)
    named = {entry.holiday.day: entry.holiday for entry in entries}
    after = almanac(years, known, ({day.day: day for day in decreed} | named).values(), 0)
    off = {holiday.day for holiday in (*before.days, *known)}
    for entry in entries:
        if entry.holiday.kind is DayKind.HARI_KERJA and entry.holiday.day not in off:
            yield Problem(entry.row, "tanggal", ProblemCode.DAY_WORKED_ANYWAY)
    for year in after.unconfirmed:
        yield Problem(0, "", ProblemCode.YEAR_NOT_SETTLED, {"year": str(year)})
    whole = settled_years(tuple(named.values()))
    for holiday in _unnamed(after, named.keys(), whole):
        yield Problem(0, "", ProblemCode.DAY_NOT_NAMED, {"day": _written(holiday.day), "name": holiday.name})


def _unnamed(after: Almanac, named: Collection[date], whole: Collection[int]) -> Iterator[Holiday]:
    """Days off of a year that the file tells as a whole, which it does not name. A Sunday is off in any case."""
    for holiday in after.days:
        if holiday.day.year in whole and holiday.day not in named and holiday.day.weekday() <= SATURDAY:
            yield holiday


def holiday_differences(entries: Sequence[HolidayEntry], decreed: Sequence[Holiday]) -> tuple[Difference, ...]:
    """What the decree adds to the earlier ones and changes in them; what it leaves out stays."""
    before = {holiday.day: holiday for holiday in decreed}
    found: list[Difference] = []
    for entry in entries:
        now, was = entry.holiday, before.get(entry.holiday.day)
        if was is None:
            found.append(Difference("holiday_added", entry.row, f"{_written(now.day)} {now.name}", str(now.kind)))
        elif was != now:
            pairs = (("nama", was.name, now.name), ("jenis", was.kind, now.kind), ("sumber", was.source, now.source))
            changes = tuple((column, str(old), str(new)) for column, old, new in pairs if old != new)
            found.append(Difference("holiday_changed", entry.row, _written(now.day), now.name, changes))
    return tuple(found)


def read_schedules(sheet: Sheet, units: Collection[str]) -> tuple[tuple[ScheduleEntry, ...], tuple[Problem, ...]]:
    """The working weeks of the file and every problem in it; `units` are the codes of the units on record."""
    rows, problems = rows_of(sheet, SCHEDULE_COLUMNS)
    entries = tuple(_schedule(Cells(number, values, problems), units) for number, values in rows)
    named = ((entry.unit, entry.row) for entry in entries if entry.unit)
    problems += _repeated(named, "unorId", ProblemCode.UNIT_REPEATED)
    return entries, in_order(problems)


def _schedule(cells: Cells, units: Collection[str]) -> ScheduleEntry:
    unit = cells.text("unorId", 64)
    if unit and unit not in units:
        cells.refuse("unorId", ProblemCode.UNIT_UNKNOWN, value=shown(unit))
    week = cells.whole("hariKerja", FIVE, SIX)
    zone = cells.word("zona", ZONES, Zone.WIB) if cells.raw("zona") else None
    return ScheduleEntry(unit, Schedule(week, zone), cells.row)


def schedule_differences(entries: Sequence[ScheduleEntry], known: Mapping[str, Schedule]) -> tuple[Difference, ...]:
    """Units that get a schedule or another one, by code; what the file leaves out stays."""
    found: list[Difference] = []
    for entry in entries:
        now, was = entry.schedule, known.get(entry.unit)
        if was is None:
            found.append(Difference("schedule_added", entry.row, entry.unit, ", ".join(filter(None, _cells(now)))))
        elif was != now:
            columns = zip(SCHEDULE_COLUMNS[1:], _cells(was), _cells(now), strict=True)
            changes = tuple((column, old, new) for column, old, new in columns if old != new)
            found.append(Difference("schedule_changed", entry.row, entry.unit, "", changes))
    return tuple(found)


def _cells(schedule: Schedule) -> tuple[str, str]:
    return str(schedule.week), schedule.zone.name if schedule.zone else ""


def _repeated(keys: Iterable[tuple[object, int]], column: str, code: ProblemCode) -> Iterator[Problem]:
    first: dict[object, int] = {}
    for key, row in keys:
        if first.setdefault(key, row) != row:
            yield Problem(row, column, code, {"first": str(first[key])})


def _written(day: date) -> str:
    return day.strftime("%d-%m-%Y")
