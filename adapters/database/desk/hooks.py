"""Which programs hear of notices."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.database.columns import table_of
from adapters.database.engine import open_sessions
from adapters.database.ids import new_id
from adapters.database.tables import delivery

WEBHOOK = table_of(delivery.Webhook)


@dataclass(frozen=True, slots=True)
class Hook:
    """A registered address, without its secret."""

    id: str
    url: str
    created_at: datetime


class Hooks:
    """Registers and removes addresses."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._reading, self._writing = open_sessions(engine), open_sessions(engine, writing=True)

    async def add(self, url: str, secret: str, now: datetime) -> str | None:
        """The new one's id; None if the address is registered already."""
        row = {"id": new_id(), "url": url, "secret": secret, "created_at": now}
        try:
            async with self._writing.begin() as session:
                await session.execute(insert(WEBHOOK).values(**row))
        except IntegrityError:
            return None
        return str(row["id"])

    async def all(self) -> tuple[Hook, ...]:
        """All of them, oldest first."""
        query = select(WEBHOOK.c.id, WEBHOOK.c.url, WEBHOOK.c.created_at).order_by(WEBHOOK.c.created_at, WEBHOOK.c.id)
        async with self._reading() as session:
            return tuple(Hook(*row) for row in await session.execute(query))

    async def remove(self, hook: str) -> bool:
        """Whether there was such a one. What waits to be sent to it is given up at its next try."""
        async with self._writing.begin() as session:
            gone = await session.scalar(delete(WEBHOOK).where(WEBHOOK.c.id == hook).returning(WEBHOOK.c.id))
        return gone is not None
