"""What people are typing, kept while they type it."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.database.columns import table_of
from adapters.database.engine import open_sessions
from adapters.database.tables import desk
from adapters.database.upsert import upsert

DRAFT = table_of(desk.Draft)


class Drafts:
    """One draft per person, case and form. A draft is nobody else's business."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._reading, self._writing = open_sessions(engine), open_sessions(engine, writing=True)

    async def save(self, person: str, subject: str, form: str, body: dict[str, Any], now: datetime) -> None:
        values = {"person_id": person, "subject": subject, "form": form, "body": body, "saved_at": now}
        async with self._writing.begin() as session:
            await upsert(session, DRAFT, values)

    async def read(self, person: str, subject: str) -> dict[str, dict[str, Any]]:
        """The person's drafts of this case, by form."""
        query = select(DRAFT.c.form, DRAFT.c.body).where(DRAFT.c.person_id == person, DRAFT.c.subject == subject)
        async with self._reading() as session:
            return {row.form: row.body for row in await session.execute(query)}

    async def discard(self, person: str, subject: str, form: str) -> None:
        """Forget it: the form was sent, or its author does not want it."""
        mine = (DRAFT.c.person_id == person, DRAFT.c.subject == subject, DRAFT.c.form == form)
        async with self._writing.begin() as session:
            await session.execute(delete(DRAFT).where(*mine))
