"""Files as they came in, until their import has ended."""

from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.database.columns import table_of
from adapters.database.engine import open_sessions
from adapters.database.ids import new_id
from adapters.database.tables import desk

UPLOAD = table_of(desk.Upload)


class Uploads:
    """Takes files in; the import's own activities read them and throw them away."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._reading, self._writing = open_sessions(engine), open_sessions(engine, writing=True)

    async def keep(self, account: str, filename: str, content: bytes, now: datetime) -> str:
        """Keep the file and return the id of its batch."""
        batch = new_id()
        values = {
            "id": batch,
            "account_id": account,
            "filename": filename[:200],
            "content": content,
            "uploaded_at": now,
        }
        async with self._writing.begin() as session:
            await session.execute(insert(UPLOAD).values(**values))
        return batch

    async def holds(self, batch: str) -> bool:
        """Whether this file is still kept."""
        async with self._reading() as session:
            return await session.scalar(select(UPLOAD.c.id).where(UPLOAD.c.id == batch)) is not None
