"""Files as they came in, until their import has ended."""

from datetime import datetime

from sqlalchemy import insert

from adapters.database.columns import table_of
from adapters.database.engine import Sessions
from adapters.database.ids import new_id
from adapters.database.tables import desk

UPLOAD = table_of(desk.Upload)


class Uploads:
    """Takes files in; the import's own activities read them and throw them away."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def keep(self, account: str, filename: str, content: bytes, now: datetime) -> str:
        """Keep the file and return the id of its batch."""
        batch = new_id()
        values = {"id": batch, "account_id": account, "filename": filename[:200], "content": content, "uploaded_at": now}
        async with self._sessions.begin() as session:
            await session.execute(insert(UPLOAD).values(**values))
        return batch
