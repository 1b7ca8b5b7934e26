"""Column types that behave the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, ColumnElement, DateTime, Dialect, Table, Tuple, inspect, literal, tuple_
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel


class Instant(TypeDecorator[datetime]):
    """An aware instant, kept in UTC. SQLite has no zones, so they are taken off on the way in and put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


Document: Any = JSON()
"""A JSON document. It is read whole and never searched, so plain JSON serves on both databases."""


def behind(place: tuple[Any, ...] | None, *columns: ColumnElement[Any]) -> tuple[ColumnElement[bool], ...]:
    """Only the rows behind this place, of a list in the order of these columns; all of them where there is no place."""
    return (tuple_(*columns) > _values(place, columns),) if place else ()


def before(place: tuple[Any, ...] | None, *columns: ColumnElement[Any]) -> tuple[ColumnElement[bool], ...]:
    """The same of a list that has the greatest first."""
    return (tuple_(*columns) < _values(place, columns),) if place else ()


def _values(place: tuple[Any, ...], columns: tuple[ColumnElement[Any], ...]) -> Tuple:
    return tuple_(*(literal(value, column.type) for value, column in zip(place, columns, strict=True)))


def table_of(model: type[SQLModel]) -> Table:
    """The plain table behind a model: what statements are written with."""
    table = inspect(model).local_table
    assert isinstance(table, Table)
    return table
