"""The calendar: what is known of days off, what decrees say about them, and how units work."""

from collections.abc import Callable, Sequence
from datetime import date

from sqlalchemy import func, select

from adapters.calendar import known_holidays
from adapters.database.columns import table_of
from adapters.database.engine import Session, Sessions
from adapters.database.lines import unit_parents
from adapters.database.tables import organisation
from appraisal.almanac import Almanac, DayKind, Holiday, almanac
from appraisal.dates import Schedule, Zone, inherited

CALENDAR_DAY, UNIT_SCHEDULE = table_of(organisation.CalendarDay), table_of(organisation.UnitSchedule)


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


async def own_schedules(session: Session) -> dict[str, Schedule]:
    """The schedules on record, by the unit's id."""
    rows = await session.execute(select(UNIT_SCHEDULE))
    return {row.unit_id: Schedule(row.week, Zone(row.zone) if row.zone else None) for row in rows}


async def unit_schedules(session: Session, on: date) -> dict[str, Schedule]:
    """The schedules that hold on that day, by the unit's id: a unit without one works as the unit above it does."""
    own = await own_schedules(session)
    return inherited(own, await unit_parents(session, on)) if own else {}
