"""Decrees and working weeks in a real database: versions of the calendar, and what a running cycle keeps."""

import tomllib
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import select
from temporalio.testing import ActivityEnvironment

from activities.cycle import CycleActivities, Start
from adapters.database.columns import table_of
from adapters.database.engine import Sessions
from adapters.database.reads.calendars import SqlCalendars
from adapters.database.tables.organisation import CalendarDay
from adapters.database.tables.process import Cycle as CycleRow
from adapters.database.writes.participants import SqlParticipants
from adapters.database.writes.records import SqlRecords
from appraisal.access import Actor
from appraisal.calibration.session_rules import SessionRules
from appraisal.case import Case
from appraisal.commands import Order
from appraisal.cycle import Cycle, Launch, Leadership, launched
from appraisal.policy.dates import Schedule, Zone
from appraisal.policy.policy import Policy
from appraisal.roster.calendar import HOLIDAY_COLUMNS, SCHEDULE_COLUMNS
from appraisal.roster.importing import Findings, Outcome
from appraisal.roster.roster import ImportKind
from appraisal.timetable import Timetable
from appraisal.vocabulary import Step
from tests import agency
from tests.adapters.roster_drive import apply, preview, rows

START = datetime(2026, 3, 9, 7, 30, tzinfo=ZoneInfo("Asia/Jakarta"))
FIRST = [["24-03-2026", "Cuti dibatalkan", "hari_kerja", "SKB 1"], ["25-03-2026", "Cuti baru", "cuti_bersama", "SKB 1"]]
SECOND = [FIRST[0], ["25-03-2026", "Cuti baru batal", "hari_kerja", "SKB 2"]]


def today() -> date:
    return START.date()


class Started:
    """The ports Cases and Groups: what was started, with which dates."""

    def __init__(self) -> None:
        self.cases: dict[str, Timetable] = {}
        self.groups: dict[str, Timetable] = {}

    async def start(self, case: Case) -> None:
        self.cases[case.parties.employee] = case.timetable

    async def perform(self, case_id: str, order: Order, command_id: str) -> str:
        raise AssertionError(f"nothing is ordered at a launch: {case_id} {order} {command_id}")

    async def start_calibration(
        self, cycle: str, pool: Leadership, timetable: Timetable, at: datetime, rules: SessionRules
    ) -> None:
        self.groups[pool.unit] = timetable

    async def start_nomination(self, cycle: str, timetable: Timetable, at: datetime) -> None:
        self.groups["nomination"] = timetable

    async def follow_head(self, calibration: str, pool: Leadership, command_id: str) -> None:
        raise AssertionError(f"nobody is followed at a launch: {calibration} {pool} {command_id}")


async def bring(sessions: Sessions, batch: str, kind: ImportKind, table: list[list[str]]) -> Outcome:
    heading = HOLIDAY_COLUMNS if kind is ImportKind.HOLIDAYS else SCHEDULE_COLUMNS
    return await apply(sessions, await preview(sessions, batch, [list(heading), *table], kind=kind))


def activities(sessions: Sessions, started: Started) -> CycleActivities:
    people, records = SqlParticipants(sessions, today), SqlRecords(sessions)
    return CycleActivities(SqlCalendars(sessions, today), people, records, started, started)


def cycle_of() -> Cycle:
    """A cycle whose targets are due after 14 working days."""
    document = tomllib.loads((Path(__file__).parents[2] / "policies/annual.toml").read_text())
    document["steps"]["targets"] |= {"due": "14 working days", "end": "05-29"}
    document["steps"]["approval"] |= {"due": "05-15", "end": "05-29"}
    launch = Launch("c", 2026, "Tahun 2026", Policy.read(document), START, Actor("hr", hr=True))
    return launched(launch, START)


def due(table: Timetable) -> str:
    return table.window(Step.TARGETS).due.isoformat()


async def test_every_applied_decree_makes_a_version_and_the_same_file_again_none(sessions: Sessions) -> None:
    calendars = SqlCalendars(sessions, today)
    assert (await calendars.almanac((2026,))).version == 0
    await bring(sessions, "one", ImportKind.HOLIDAYS, FIRST)
    first = await calendars.almanac((2026,))
    assert (first.version, date(2026, 3, 24) in first.off, date(2026, 3, 25) in first.off) == (1, False, True)
    assert (await bring(sessions, "again", ImportKind.HOLIDAYS, FIRST)) == Outcome(True, Findings())
    assert await calendars.almanac((2026,)) == first
    await bring(sessions, "two", ImportKind.HOLIDAYS, SECOND)
    second = await calendars.almanac((2026,))
    assert (second.version, date(2026, 3, 25) in second.off) == (2, False)
    # Nothing is written over: what the first decree said stands beside what the second corrects.
    assert [(row[0], str(row[1]), row[3], row[5]) for row in await rows(sessions, table_of(CalendarDay), "1, 2")] == [
        (1, "2026-03-24", "hari_kerja", "one"),
        (1, "2026-03-25", "cuti_bersama", "one"),
        (2, "2026-03-25", "hari_kerja", "two"),
    ]


async def test_a_decree_with_one_wrong_row_changes_nothing(sessions: Sessions) -> None:
    sheet = [list(HOLIDAY_COLUMNS), *FIRST, ["30-02-2026", "Tidak ada", "libur_nasional", "SKB 1"]]
    state = await preview(sessions, "one", sheet, kind=ImportKind.HOLIDAYS)
    assert (state.findings.errors, state.findings.differences) == (1, 0)
    assert await rows(sessions, table_of(CalendarDay)) == []
    assert (await SqlCalendars(sessions, today).almanac((2026,))).version == 0


async def test_a_change_of_the_decree_does_not_move_a_running_cycle(sessions: Sessions) -> None:
    await agency.build(sessions)
    await bring(sessions, "one", ImportKind.HOLIDAYS, FIRST)
    work, cycle = activities(sessions, Started()), cycle_of()
    dates = await work.dates(cycle)
    running = cycle.planned(dates, await work.enrol(cycle), START)
    await SqlRecords(sessions).store_cycle(running)
    before = await rows(sessions, table_of(CycleRow))
    await bring(sessions, "two", ImportKind.HOLIDAYS, SECOND)
    assert due((await work.dates(cycle)).timetable) == "2026-04-02T16:00:00+07:00"  # for a cycle that is launched now
    assert due(dates.timetable) == "2026-04-06T16:00:00+07:00"
    assert await rows(sessions, table_of(CycleRow)) == before
    cycles = table_of(CycleRow)
    async with sessions() as session:
        stored = (await session.execute(select(cycles).where(cycles.c.id == "c"))).one()
    assert (stored.calendar_version, stored.unconfirmed_years) == (1, [2027])
    targets = stored.timetable["windows"][0]
    assert datetime.fromisoformat(targets["due"]) == datetime.fromisoformat("2026-04-06T16:00:00+07:00")


async def test_a_unit_hands_its_week_and_zone_down(sessions: Sessions) -> None:
    await agency.build(sessions)
    calendars = SqlCalendars(sessions, today)
    assert await calendars.schedules() == {}
    assert (await bring(sessions, "one", ImportKind.SCHEDULES, [["dinkes", "6", ""], ["dinsos", "5", "WIT"]])).applied
    assert await calendars.schedules() == {"dinkes": Schedule(6), "p2p": Schedule(6), "dinsos": Schedule(5, Zone.WIT)}
    assert (await bring(sessions, "two", ImportKind.SCHEDULES, [["p2p", "5", "WIB"]])).applied
    assert (await calendars.schedules())["p2p"] == Schedule(5, Zone.WIB)
    again = await preview(sessions, "3", [list(SCHEDULE_COLUMNS), ["dinkes", "6", ""]], kind=ImportKind.SCHEDULES)
    assert again.findings == Findings()


async def test_each_case_and_each_calibration_gets_the_dates_of_its_unit(sessions: Sessions) -> None:
    await agency.build(sessions)
    await bring(sessions, "one", ImportKind.SCHEDULES, [["p2p", "6", ""], ["dinsos", "5", "WIT"]])
    started, cycle = Started(), cycle_of()
    work = activities(sessions, started)
    dates = await work.dates(cycle)
    await work.enrol(cycle)
    start = Start("c", dates.timetable, START, dates.units)
    await ActivityEnvironment().run(work.start_groups, start)
    assert await ActivityEnvironment().run(work.start_cases, start) == len(started.cases) == 7
    assert {who: due(table) for who, table in started.cases.items()} == {
        "dewi": "2026-04-06T16:00:00+07:00",
        **dict.fromkeys(("citra", "budi", "ani", "eko"), "2026-04-01T16:00:00+07:00"),
        **dict.fromkeys(("fajar", "gita"), "2026-04-06T16:00:00+09:00"),
    }
    # p2p is calibrated with all of dinkes, and everybody is nominated with the agency.
    assert started.groups["dinkes"] == started.groups["nomination"] == dates.timetable
    assert started.groups["dinsos"] == dates.of("dinsos") != dates.timetable
    assert started.cases["ani"].window(Step.CALIBRATION) == started.groups["dinkes"].window(Step.CALIBRATION)
    assert started.cases["gita"].window(Step.CALIBRATION) == started.groups["dinsos"].window(Step.CALIBRATION)
    assert started.cases["gita"].window(Step.NOMINATION) == dates.timetable.window(Step.NOMINATION)


async def test_a_cycle_planned_without_units_starts_everybody_on_the_dates_of_the_agency(sessions: Sessions) -> None:
    await agency.build(sessions)
    started, cycle = Started(), cycle_of()
    work = activities(sessions, started)
    timetable = await work.timetable(cycle)
    await work.enrol(cycle)
    await ActivityEnvironment().run(work.start_cases, Start("c", timetable, START))
    assert set(started.cases.values()) == {timetable}
