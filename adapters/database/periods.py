"""Effective-dated rows: a change closes the period that holds the day and opens the next, for all in bulk."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Row, Table, bindparam, delete, insert, or_, select, update

from adapters.database.engine import Session
from adapters.database.ids import new_id

Values = Mapping[str, Any]


def in_force(table: FromClause, on: date) -> ColumnElement[bool]:
    """Rows whose period holds this day: valid_from <= day < valid_to."""
    return (table.c.valid_from <= on) & or_(table.c.valid_to.is_(None), table.c.valid_to > on)


async def change_from(
    session: Session, table: Table, owner: str, values: Mapping[str, Values], on: date, *only: ColumnElement[bool]
) -> None:
    """Let each owner's row hold these values from the day on, until the period ends that is split or the next begins.

    A period that begins on that very day is corrected in place, so none of length zero is left behind.
    """
    query = select(table).where(or_(table.c.valid_to.is_(None), table.c.valid_to > on), *only)
    periods: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in await session.execute(query.order_by(table.c.valid_from)):
        periods[row._mapping[owner]].append(row)
    corrected: list[Values] = []
    closed: list[Values] = []
    opened: list[Values] = []
    for key, new in values.items():
        current = next((row for row in periods[key] if row.valid_from <= on), None)
        later = next((row.valid_from for row in periods[key] if row.valid_from > on), None)
        if current is not None and current.valid_from == on:
            corrected.append({"row": current.id, **_bound(new)})
            continue
        if current is not None:
            closed.append({"row": current.id, "new_valid_to": on})
        until = current.valid_to if current is not None else later
        opened.append({"id": new_id(), owner: key, "valid_from": on, "valid_to": until, **new})
    await update_rows(session, table, corrected)
    await update_rows(session, table, closed)
    if opened:
        await session.execute(insert(table), opened)


async def end_from(session: Session, table: Table, owner: str, owners: Collection[str], on: date) -> None:
    """End these owners' periods that hold the day; those that begin on it have never been."""
    if not owners:
        return
    whose = [{"whose": key} for key in owners]
    theirs = (table.c[owner] == bindparam("whose")) & in_force(table, on)
    await session.execute(delete(table).where(theirs, table.c.valid_from == on), whose)
    await session.execute(update(table).where(theirs).values(valid_to=on), whose)


async def update_rows(session: Session, table: Table, rows: Sequence[Values]) -> None:
    """Update rows by id; each has `row` (the id) and, for a column, `new_{column}`. All rows name the same columns."""
    if not rows:
        return
    names = [name.removeprefix("new_") for name in rows[0] if name != "row"]
    values = {name: bindparam(f"new_{name}", type_=table.c[name].type) for name in names}
    await session.execute(
        update(table).where(table.c.id == bindparam("row")).values(values), [dict(row) for row in rows]
    )


def _bound(values: Values) -> dict[str, Any]:
    return {f"new_{name}": value for name, value in values.items()}
