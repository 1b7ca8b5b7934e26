"""Insert or bring up to date, in one statement, on both databases."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession


async def upsert(session: AsyncSession, table: Table, values: dict[str, Any], newer: str | None = None) -> None:
    """Write the row under its primary key. With `newer`, never over a row whose column is greater."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table).values(values)
    keys = [column.name for column in table.primary_key]
    fresh = {name: statement.excluded[name] for name in values if name not in keys}
    where = table.c[newer] <= statement.excluded[newer] if newer else None
    await session.execute(statement.on_conflict_do_update(index_elements=keys, set_=fresh, where=where))


async def insert_missing(session: AsyncSession, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert the rows that no unique key knows yet; leave the others as they are."""
    if not rows:
        return
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    await session.execute(dialect.insert(table).on_conflict_do_nothing(), rows)
