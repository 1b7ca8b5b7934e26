"""A task that is cancelled while it writes, as when a side effect takes longer than its process waits, holds up nobody."""

import asyncio
import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from adapters.database.engine import open_engine, open_sessions


async def test_what_is_cancelled_half_way_is_undone_and_lets_others_write(tmp_path: Path) -> None:
    """It is cancelled while SQLite works for it, and is still looked at afterwards, as by whoever logs how it ended."""
    file = tmp_path / "some.db"
    with sqlite3.connect(file) as setting_up:
        setting_up.execute("CREATE TABLE kept (what)")
    working, may_end = threading.Event(), threading.Event()
    engine = open_engine(f"sqlite+aiosqlite:///{file}")

    def takes_long() -> int:
        working.set()
        may_end.wait()
        return 1

    async def write() -> None:
        async with open_sessions(engine, writing=True).begin() as session:
            driver = (await session.get_raw_connection()).driver_connection
            assert driver is not None
            await driver.create_function("takes_long", 0, takes_long)
            await session.execute(text("INSERT INTO kept VALUES ('half')"))
            await session.execute(text("SELECT takes_long()"))

    writing = asyncio.create_task(write())
    await asyncio.to_thread(working.wait)
    writing.cancel()
    may_end.set()
    with pytest.raises(asyncio.CancelledError):
        await writing
    with sqlite3.connect(file, timeout=0) as other:
        other.execute("INSERT INTO kept VALUES ('whole')")
        assert other.execute("SELECT what FROM kept").fetchall() == [("whole",)]
    assert writing.cancelled()
    await engine.dispose()
