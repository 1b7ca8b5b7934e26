"""What people do on development plans. Rows are only added; no process stands behind them, and no clock runs."""

from collections.abc import Awaitable, Callable

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.database.engine import Session, open_sessions
from adapters.database.reads.development import ENTRY, ITEMS
from appraisal.development.errors import PlanChanged
from appraisal.development.plan import Entry

Changing = Callable[[Session], Awaitable[Entry]]
"""Reads the plan again and says what goes on record, or refuses by a rule."""


class DevelopmentDesk:
    """Adds entries. The same order sent again is on record already."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._writing = open_sessions(engine, writing=True)

    async def change(self, order: str, person: str, year: int, changing: Changing) -> None:
        """Keep one deed under this order's id, or nothing."""
        try:
            async with self._writing.begin() as session:
                if await session.scalar(select(ENTRY.c.id).where(ENTRY.c.id == order)):
                    return
                one = await changing(session)
                row = {"id": order, "person_id": person, "year": year, "number": one.number, "deed": one.deed}
                said = {"items": ITEMS.dump_python(one.items, mode="json"), "reason": one.reason, "side": one.side}
                await session.execute(insert(ENTRY).values(**row, **said, done_by=one.person, done_at=one.at))
        except IntegrityError as taken:  # PostgreSQL lets two in at once; the key then decides who was first
            raise PlanChanged("Somebody else has just changed this plan.", "", "Load it again.") from taken
