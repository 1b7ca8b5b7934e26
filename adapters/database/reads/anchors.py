"""The anchors of days, and the ends of chains that each covers."""

from collections.abc import AsyncIterator
from datetime import date

from sqlalchemy import select

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.reads.entries import AT_ONCE
from adapters.database.tables import record
from appraisal.chain import Anchor, Head

ANCHOR, HEAD = table_of(record.Anchor), table_of(record.AnchoredHead)


async def heads_of(session: Session, day: date) -> AsyncIterator[Head]:
    """The heads that one day's anchor covers, in the order in which they make its root."""
    h = HEAD.c
    query = select(h.subject, h.attempt, h.revision, h.hash).where(h.day == day).order_by(h.hash)
    async for row in await session.stream(query.execution_options(yield_per=AT_ONCE)):
        yield Head(*row)


async def anchors(session: Session, last: date | None = None, limit: int | None = None) -> tuple[Anchor, ...]:
    """All anchors from the first day on, or so many after that day."""
    a = ANCHOR.c
    query = select(a.day, a.made_at, a.heads, a.root, a.previous_hash, a.hash).order_by(a.day).limit(limit)
    query = query.where(a.day > last) if last else query
    return tuple(Anchor(*row) for row in await session.execute(query))
