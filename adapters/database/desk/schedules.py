"""How units work, as HR sets it without a file. The imports write the same rows."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.database.columns import table_of
from adapters.database.engine import open_sessions
from adapters.database.tables import organisation
from adapters.database.upsert import upsert
from appraisal.policy.dates import Schedule

UNIT, UNIT_SCHEDULE = table_of(organisation.Unit), table_of(organisation.UnitSchedule)


class Schedules:
    """Sets and takes away. Whoever launches a cycle afterwards plans with it; running cycles keep their dates."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._writing = open_sessions(engine, writing=True)

    async def set(self, unit: str, schedule: Schedule, by: str, at: datetime) -> bool:
        """Whether there is such a unit, which then works like this."""
        row = {"unit_id": unit, "week": schedule.week, "zone": schedule.zone, "changed_by": by, "changed_at": at}
        async with self._writing.begin() as session:
            if await session.scalar(select(UNIT.c.id).where(UNIT.c.id == unit)) is None:
                return False
            await upsert(session, UNIT_SCHEDULE, row)
        return True

    async def take_away(self, unit: str) -> bool:
        """Whether the unit had a schedule of its own; it then works as the unit above it does."""
        gone = delete(UNIT_SCHEDULE).where(UNIT_SCHEDULE.c.unit_id == unit).returning(UNIT_SCHEDULE.c.unit_id)
        async with self._writing.begin() as session:
            return await session.scalar(gone) is not None
