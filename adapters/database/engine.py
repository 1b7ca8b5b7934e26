"""Opening the database: SQLite (WAL) embedded, PostgreSQL in production, one async code path for both."""

import asyncio
import logging
from contextlib import AbstractAsyncContextManager, suppress
from sqlite3 import Error
from typing import Any

from pydantic_core import from_json, to_json
from sqlalchemy import Connection, event
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from adapters.database.statements import trace_statements

Session = AsyncConnection
"""A connection for the time of one transaction. An ORM's unit of work would cost as much again, and nothing needs it."""

READERS = 16
"""Connections of a process that mostly reads. Each is a thread, kept: opening one costs more than most questions."""
AWAY = (DBAPIError, PoolTimeout, OSError)
"""What a question may end with while the database is down: `is_away` tells whether it did."""
LOST, FULL, STOPPED = "08", "53", "57"
"""Classes of PostgreSQL's errors: no connection any more, no room, told to stop or not started yet."""


def open_engine(url: str, writer: bool = False, traced: bool = False) -> AsyncEngine:
    """An engine for `sqlite+aiosqlite:///file` or `postgresql+asyncpg://...`; `traced`: its statements are parts of traces.

    `writer` is for a process that writes all the time. SQLite lets in one writer at once and draws lots among those that
    wait, so that at a launch one write in five was given up on; with a single connection they form a queue instead.

    What a statement carries (texts, answers) stands in no error and in no log, however much is logged.
    """
    logging.getLogger("aiosqlite").setLevel(logging.WARNING)
    engine = _engine(url, writer)
    if traced:
        trace_statements(engine)
    return engine


def _engine(url: str, writer: bool) -> AsyncEngine:
    usual = {"json_serializer": _to_json, "json_deserializer": from_json, "hide_parameters": True}
    if not url.startswith("sqlite"):
        return create_async_engine(url, pool_size=10, max_overflow=10, pool_pre_ping=True, **usual)
    pool = {"pool_size": 1, "max_overflow": 0} if writer else {"pool_size": READERS, "max_overflow": READERS}
    engine = create_async_engine(url, connect_args={"timeout": 30}, **pool, **usual)
    event.listen(engine.sync_engine, "connect", _set_pragmas)
    event.listen(engine.sync_engine, "connect", _leave_transactions_to_us)
    event.listen(engine.sync_engine, "begin", _begin)
    event.listen(engine.sync_engine, "invalidate", _let_go)
    return engine


class Sessions:
    """Sessions as `async with sessions.begin() as session`, committed at the end, or `async with sessions()` to read."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    def __call__(self) -> AbstractAsyncContextManager[Session]:
        return self._engine.connect()

    def begin(self) -> AbstractAsyncContextManager[Session]:
        return self._engine.begin()


def open_sessions(engine: AsyncEngine, writing: bool = False) -> Sessions:
    """Sessions on this engine.

    `writing` takes SQLite's one write lock at the beginning: a read that turns into a write later can only fail.
    """
    return Sessions(engine.execution_options(writing=writing))


def is_away(failed: BaseException) -> bool:
    """Whether this means that the database is down, starting, locked or full, so that one may ask again later."""
    if isinstance(failed, OperationalError | InterfaceError | PoolTimeout | OSError):
        return True
    state = getattr(failed.orig, "sqlstate", None) if isinstance(failed, DBAPIError) else None
    return str(state)[:2] in (LOST, FULL, STOPPED)


def _set_pragmas(connection: Any, _: Any) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "busy_timeout=30000", "foreign_keys=ON", "synchronous=NORMAL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _leave_transactions_to_us(connection: Any, _: Any) -> None:
    connection.isolation_level = None


def _begin(connection: Connection) -> None:
    """Each statement that only reads sees what is committed then, as on PostgreSQL; a transaction costs it half as much again."""
    if connection.get_execution_options().get("writing", False):
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _let_go(connection: Any, _: Any, __: BaseException | None) -> None:
    """Roll back what is thrown away half-way, as the work of a task that was cancelled.

    SQLite closes a connection with the last cursor of it, and a cancelled task holds its cursor until it is itself collected:
    until then nobody could write.
    """
    with suppress(ValueError, Error):  # closed already, or not able to: it is thrown away all the same
        connection.run_async(lambda driver: asyncio.shield(driver.rollback()))


def _to_json(value: Any) -> str:
    """Pydantic's writer: several times as quick as the standard library's with a whole case."""
    return to_json(value).decode()
