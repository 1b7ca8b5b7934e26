"""What the indicators of units have reached, quarter by quarter. Rows are only added, each with its author and time.

No process stands behind it: nothing waits for a value, no clock runs, and a row is one transaction.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.database.columns import table_of
from adapters.database.engine import open_sessions
from adapters.database.reads.unit_performance import one_followed
from adapters.database.tables.unit_performance import IndicatorActual
from appraisal.errors import StaleRevision
from appraisal.unit.performance import Actual, Followed

ACTUAL = table_of(IndicatorActual)
Checked = Callable[[Followed], Actual]
"""Given the indicator with what is on record, the value as it goes there, or a refusal by a rule."""


class UnitPerformance:
    """Adds values. The same row sent again is there already."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._writing = open_sessions(engine, writing=True)

    async def enter(self, row: str, unit: str, indicator: str, checked: Checked, now: datetime) -> None:
        """Keep a value under this id, beside those before it. A refusal changes nothing."""
        try:
            async with self._writing.begin() as session:
                if await session.scalar(select(ACTUAL.c.id).where(ACTUAL.c.id == row)):
                    return
                found = await one_followed(session, unit, indicator)
                assert found is not None, "whoever enters a value has found its indicator"
                one = checked(found)
                told = {"value": one.value, "evidence": one.evidence, "remark": one.remark}
                key = {"id": row, "indicator_id": indicator, "quarter": one.quarter, "number": one.number}
                await session.execute(insert(ACTUAL).values(**key, **told, entered_by=one.by, entered_at=now))
        except IntegrityError as taken:  # PostgreSQL lets two in at once; the key then decides who was first
            raise StaleRevision("Somebody else has just entered this quarter.", "", "Load the page again.") from taken
