"""The record as it was written: every entry of every chain (ENTRY), and those that processes went on from (EVENT)."""

from collections.abc import AsyncIterator
from typing import Any

from sqlalchemy import select

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.tables import process, record
from appraisal.chain import Entry, flaw_of
from appraisal.record import Event

EVENT, ENTRY = table_of(process.Event), table_of(record.Entry)
AT_ONCE = 1000
"""Rows that are fetched together where a table is read from one end to the other."""


async def chains(session: Session, subject: str = "", where: Any = None) -> AsyncIterator[list[Entry]]:
    """The entries of one process after another, each as they were written. Only one chain is held at a time."""
    query = select(ENTRY).order_by(ENTRY.c.subject, ENTRY.c.revision, ENTRY.c.attempt)
    query = query if not subject else query.where(ENTRY.c.subject == subject)
    query = query if where is None else query.where(where)
    chain: list[Entry] = []
    async for row in await session.stream(query.execution_options(yield_per=AT_ONCE)):
        if chain and chain[0].subject != row.subject:
            yield _as_written(chain)
            chain = []
        chain.append(_entry(row))
    if chain:
        yield _as_written(chain)


async def broken(session: Session, subject: str) -> int | None:
    """The first revision at which the chain of this process does not hold. None: whole."""
    flaws = [flaw_of(chain) async for chain in chains(session, subject)]
    return flaws[0].revision if flaws and flaws[0] else None


def _as_written(chain: list[Entry]) -> list[Entry]:
    return sorted(chain, key=lambda entry: (entry.attempt, entry.event.revision))


def _entry(row: Any) -> Entry:
    changes = tuple((name, before, after) for name, before, after in row.changes)
    event = Event(row.revision, row.kind, row.actor, row.at, row.command_id, row.on_behalf_of, row.reason, changes)
    return Entry(row.subject, row.attempt, event, row.previous_hash, row.hash)
