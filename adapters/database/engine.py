"""Opening the database: SQLite (WAL) embedded, PostgreSQL in production, one async code path for both."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, event
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

Sessions = async_sessionmaker[AsyncSession]

MIGRATIONS = Path(__file__).parent / "migrations"


def open_engine(url: str, writer: bool = False) -> AsyncEngine:
    """An engine for `sqlite+aiosqlite:///file` or `postgresql+asyncpg://...`.

    `writer` is for a process that writes all the time. SQLite lets in one writer at once and draws lots among those that
    wait, so that at a launch one write in five was given up on; with a single connection they form a queue instead.
    """
    if not url.startswith("sqlite"):
        return create_async_engine(url, pool_size=10, max_overflow=10, pool_pre_ping=True)
    pool = {"pool_size": 1, "max_overflow": 0} if writer else {}
    engine = create_async_engine(url, connect_args={"timeout": 30}, **pool)
    event.listen(engine.sync_engine, "connect", _set_pragmas)
    event.listen(engine.sync_engine, "connect", _leave_transactions_to_us)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def open_sessions(engine: AsyncEngine, writing: bool = False) -> Sessions:
    """Sessions that are used as `async with sessions.begin() as session`; nothing else ever commits.

    `writing` takes SQLite's one write lock at the beginning: a read that turns into a write later can only fail.
    """
    return async_sessionmaker(engine.execution_options(writing=writing), expire_on_commit=False)


def migrate(url: str) -> None:
    """Bring the database to the newest revision. Blocking; harmless when it is there already."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = url
    command.upgrade(config, "head")


def _set_pragmas(connection: Any, _: Any) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "busy_timeout=30000", "foreign_keys=ON", "synchronous=NORMAL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _leave_transactions_to_us(connection: Any, _: Any) -> None:
    connection.isolation_level = None


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
