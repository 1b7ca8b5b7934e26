"""Taking away what is older than it is kept, page by page, each counted in the transaction in which it goes."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select, text, tuple_, update

from adapters.database.engine import Session, Sessions
from adapters.database.reads.outlived import OUTLIVED, READING, REMOVAL
from adapters.database.upsert import insert_missing
from appraisal.privacy.retention import Kept

AT_ONCE = 1000
"""Rows of one transaction: nobody who writes waits longer for it than a moment."""


class SqlRetention:
    """Implements activities.retention.Outliving; days begin and end in the agency's zone."""

    def __init__(self, sessions: Sessions, zone: ZoneInfo) -> None:
        self._sessions, self._zone = sessions, zone

    async def remove(self, kind: Kept, before: datetime, at: datetime) -> int:
        async with self._sessions.begin() as session:
            gone = await _remove(session, kind, before)
            await self._count(session, kind, before, gone, at)
        return gone

    async def remove_guarded(self, before: datetime, at: datetime) -> int:
        """Take away who looked at what before then. Only the owner of the tables may: for others PostgreSQL refuses."""
        async with self._sessions.begin() as session:
            gone = await _remove_readings(session, before)
            await self._count(session, Kept.READINGS, before, gone, at)
        return gone

    async def note(self, kind: Kept, before: datetime, rows: int, at: datetime) -> None:
        """Count what went that is no row, as the files of backups."""
        async with self._sessions.begin() as session:
            await self._count(session, kind, before, rows, at)

    async def _count(self, session: Session, kind: Kept, before: datetime, rows: int, at: datetime) -> None:
        if not rows:
            return
        row = {"day": at.astimezone(self._zone).date(), "kind": kind, "before": before, "rows": 0, "at": at}
        await insert_missing(session, REMOVAL, [row])
        this = (REMOVAL.c.day == row["day"], REMOVAL.c.kind == kind)
        counted = {"rows": REMOVAL.c.rows + rows, "before": before, "at": at}
        await session.execute(update(REMOVAL).where(*this).values(**counted))


async def _remove(session: Session, kind: Kept, before: datetime) -> int:
    outlived = OUTLIVED[kind]
    key = outlived.table.primary_key.columns
    those = select(*key).where(outlived.age < before, *outlived.over).limit(AT_ONCE)
    # As tuples also where the key is one column: both databases read them alike.
    return (await session.execute(delete(outlived.table).where(tuple_(*key).in_(those)))).rowcount


async def _remove_readings(session: Session, before: datetime) -> int:
    """On SQLite the trigger that guards these rows is taken off and put back; until the transaction ends nobody else writes."""
    guard = None
    if session.dialect.name == "sqlite":
        known = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = 'reading_refuses_delete'"
        guard = await session.scalar(text(known))
        await session.execute(text("DROP TRIGGER IF EXISTS reading_refuses_delete"))
    gone = (await session.execute(delete(READING).where(READING.c.at < before))).rowcount
    if guard:
        await session.execute(text(guard))
    return gone
