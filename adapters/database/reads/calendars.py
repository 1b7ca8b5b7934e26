"""The calendar: what is known of days off, what decrees say about them, and how units work."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import func, select

from adapters.calendar import known_holidays
from adapters.database.columns import table_of
from adapters.database.engine import Session, Sessions
from adapters.database.reads.directory import unit_names
from adapters.database.reads.lines import unit_parents
from adapters.database.tables import organisation, process
from appraisal.policy.almanac import Almanac, DayKind, Holiday, almanac
from appraisal.policy.dates import FIVE, Schedule, Zone, inherited

CALENDAR_DAY, UNIT_SCHEDULE = table_of(organisation.CalendarDay), table_of(organisation.UnitSchedule)
IMPORT = table_of(process.RosterImport)


class SqlCalendars:
    """Implements activities.ports.Calendars. `today` tells the agency's present day."""

    def __init__(self, sessions: Sessions, today: Callable[[], date]) -> None:
        self._sessions, self._today = sessions, today

    async def almanac(self, years: tuple[int, ...]) -> Almanac:
        async with self._sessions() as session:
            return await almanac_of(session, years)

    async def schedules(self) -> dict[str, Schedule]:
        async with self._sessions() as session:
            return await unit_schedules(session, self._today())


async def almanac_of(session: Session, years: Sequence[int]) -> Almanac:
    """The days off of these years as of now, under the version of the newest decree."""
    return almanac(years, known_holidays(years), await decreed(session), await newest_version(session))


async def newest_version(session: Session) -> int:
    """How many decrees have been applied."""
    return await session.scalar(select(func.max(CALENDAR_DAY.c.version))) or 0


async def decreed(session: Session) -> tuple[Holiday, ...]:
    """What the decrees say, each day once: the newest word on it."""
    rows = await session.execute(select(CALENDAR_DAY).order_by(CALENDAR_DAY.c.version, CALENDAR_DAY.c.day))
    days = {row.day: Holiday(row.day, row.name, DayKind(row.kind), row.source) for row in rows}
    return tuple(days[day] for day in sorted(days))


@dataclass(frozen=True, slots=True)
class Decree:
    """One applied decree: which version it made, from which file, when, how many days it names, and by what right."""

    version: int
    batch: str
    filename: str
    at: datetime | None
    days: int
    sources: tuple[str, ...]


async def decrees(session: Session) -> tuple[Decree, ...]:
    """All applied decrees, the newest first. `at` is when its file was uploaded."""
    columns = (CALENDAR_DAY.c.version, CALENDAR_DAY.c.import_id, CALENDAR_DAY.c.source)
    joined = CALENDAR_DAY.outerjoin(IMPORT, IMPORT.c.id == CALENDAR_DAY.c.import_id)
    query = select(*columns, IMPORT.c.filename, IMPORT.c.created_at).select_from(joined)
    rows = (await session.execute(query.order_by(CALENDAR_DAY.c.version.desc(), CALENDAR_DAY.c.day))).all()
    found: dict[int, Decree] = {}
    for row in rows:
        first = Decree(row.version, row.import_id, row.filename or "", row.created_at, 0, ())
        before = found.get(row.version, first)
        sources = tuple(dict.fromkeys((*before.sources, row.source)))
        found[row.version] = replace(before, days=before.days + 1, sources=sources)
    return tuple(found.values())


async def decided_since(session: Session, version: int, first: date, last: date) -> int:
    """How many days from `first` to `last` a decree has spoken of since this version of the calendar."""
    day = CALENDAR_DAY.c.day
    query = select(func.count(day.distinct())).where(CALENDAR_DAY.c.version > version, day.between(first, last))
    return await session.scalar(query) or 0


@dataclass(frozen=True, slots=True)
class UnitWeek:
    """How a unit works: days of the week, and the zone by its name, None for that of the policy.

    `of` is the unit that says so: itself, one above it, or None where nobody does and the policy counts.
    """

    unit: str
    name: str
    week: int
    zone: str | None
    of: str | None
    changed_by: str | None = None
    changed_at: datetime | None = None


async def unit_weeks(session: Session, on: date) -> tuple[UnitWeek, ...]:
    """How every unit of that day works, by name."""
    rows = {row.unit_id: row for row in await session.execute(select(UNIT_SCHEDULE))}
    names, parents = await unit_names(session, on), await unit_parents(session, on)
    of = inherited({unit: unit for unit in rows}, parents)
    found = []
    for unit in sorted(names, key=lambda unit: (names[unit], unit)):
        row, own = rows.get(of.get(unit, "")), rows.get(unit)
        week, zone = (row.week, Zone(row.zone).name if row.zone else None) if row else (FIVE, None)
        changed = (own.changed_by, own.changed_at) if own else (None, None)
        found.append(UnitWeek(unit, names[unit], week, zone, of.get(unit), *changed))
    return tuple(found)


async def own_schedules(session: Session) -> dict[str, Schedule]:
    """The schedules on record, by the unit's id."""
    rows = await session.execute(select(UNIT_SCHEDULE))
    return {row.unit_id: Schedule(row.week, Zone(row.zone) if row.zone else None) for row in rows}


async def unit_schedules(session: Session, on: date) -> dict[str, Schedule]:
    """The schedules that hold on that day, by the unit's id: a unit without one works as the unit above it does."""
    own = await own_schedules(session)
    return inherited(own, await unit_parents(session, on)) if own else {}
