"""Insert or bring up to date, in one statement, on both databases."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Insert, Table
from sqlalchemy.dialects import postgresql, sqlite

from adapters.database.engine import Session


async def upsert(session: Session, table: Table, values: dict[str, Any], newer: str | None = None) -> None:
    """Write the row under its primary key. With `newer`, never over a row whose column is greater."""
    await upsert_all(session, table, (values,), newer)


async def upsert_all(session: Session, table: Table, rows: Sequence[dict[str, Any]], newer: str | None = None) -> None:
    """The same for many rows of the same columns."""
    if rows:
        await session.execute(_upserting(_dialect(session), table, tuple(rows[0]), newer), rows)


async def insert_missing(session: Session, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert the rows that no unique key knows yet; leave the others as they are."""
    if rows:
        await session.execute(_inserting(_dialect(session), table), rows)


def _dialect(session: Session) -> str:
    return session.dialect.name


# Writing a statement down takes longer than running it, and there are few of them: one for each table and set of columns.


@cache
def _upserting(dialect: str, table: Table, names: tuple[str, ...], newer: str | None) -> Insert:
    statement = (postgresql if dialect == "postgresql" else sqlite).insert(table)
    keys = [column.name for column in table.primary_key]
    fresh = {name: statement.excluded[name] for name in names if name not in keys}
    where = table.c[newer] <= statement.excluded[newer] if newer else None
    upserting: Insert = statement.on_conflict_do_update(index_elements=keys, set_=fresh, where=where)
    return upserting


@cache
def _inserting(dialect: str, table: Table) -> Insert:
    inserting: Insert = (postgresql if dialect == "postgresql" else sqlite).insert(table).on_conflict_do_nothing()
    return inserting
