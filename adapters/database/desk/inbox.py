"""Which notices somebody has seen."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.database.columns import table_of
from adapters.database.engine import open_sessions
from adapters.database.tables import process

NOTICE = table_of(process.Notice)


class Inbox:
    """Marks notices as read; writing them is the processes' business."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._writing = open_sessions(engine, writing=True)

    async def read_all(self, recipients: tuple[str, ...], now: datetime) -> None:
        """Mark everything that these recipients (a person, and 'hr' for officers) have been told."""
        unread = (NOTICE.c.recipient.in_(recipients), NOTICE.c.read_at.is_(None))
        async with self._writing.begin() as session:
            await session.execute(update(NOTICE).where(*unread).values(read_at=now))
