"""Decrees and working weeks from files, as the imports write them."""

from collections.abc import Sequence

from sqlalchemy import insert

from adapters.calendar import known_holidays
from adapters.database.engine import Session
from adapters.database.reads.calendars import CALENDAR_DAY, UNIT_SCHEDULE, decreed, newest_version, own_schedules
from adapters.database.upsert import upsert
from adapters.database.writes.roster_catalogue import unit_keys
from adapters.database.writes.roster_examined import Examined
from appraisal.roster.calendar import (
    HolidayEntry,
    ScheduleEntry,
    holiday_differences,
    read_holidays,
    read_schedules,
    schedule_differences,
)
from appraisal.roster.importing import Import, ImportOrder
from appraisal.roster.roster import Sheet


async def examine_holidays(session: Session, order: ImportOrder, sheet: Sheet) -> Examined:
    """A decree against the calendar; applying it makes the next version, unless it says nothing new."""
    before = await decreed(session)
    entries, problems = read_holidays(sheet, known_holidays, before)

    async def write(_: Import) -> None:
        await _write_holidays(session, order.batch, [entry for entry in entries if entry.holiday not in before])

    return Examined(problems, holiday_differences(entries, before), write)


async def examine_schedules(session: Session, _: ImportOrder, sheet: Sheet) -> Examined:
    """Working weeks and zones against the record."""
    units = await unit_keys(session)
    own = await own_schedules(session)
    known = {code: own[unit] for code, unit in units.items() if unit in own}
    entries, problems = read_schedules(sheet, units.keys())

    async def write(_: Import) -> None:
        for entry in entries:
            await _write_schedule(session, units[entry.unit], entry)

    return Examined(problems, schedule_differences(entries, known), write)


async def _write_holidays(session: Session, batch: str, entries: Sequence[HolidayEntry]) -> None:
    if not entries:
        return
    version = await newest_version(session) + 1
    days = [entry.holiday for entry in entries]
    rows = [
        {
            "version": version,
            "day": day.day,
            "name": day.name,
            "kind": day.kind,
            "source": day.source,
            "import_id": batch,
        }
        for day in days
    ]
    await session.execute(insert(CALENDAR_DAY), rows)


async def _write_schedule(session: Session, unit: str, entry: ScheduleEntry) -> None:
    row = {"unit_id": unit, "week": entry.schedule.week, "zone": entry.schedule.zone}
    await upsert(session, UNIT_SCHEDULE, {**row, "changed_by": None, "changed_at": None})
