"""How SQLite would answer the statements that a question makes."""

from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

SMALL = {"unit_period", "unit", "training", "cycle", "nomination"}
"""Tables that are read whole on purpose: an agency has some hundred units and courses, and a cycle a year."""


async def plans(engine: AsyncEngine, ask: Callable[[], Awaitable[Any]]) -> list[str]:
    """The lines of SQLite's plans for every statement that is executed meanwhile."""
    statements: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        statements.append((statement, parameters))

    event.listen(engine.sync_engine, "before_cursor_execute", note)
    await ask()
    event.remove(engine.sync_engine, "before_cursor_execute", note)
    asked = [found for found in statements if found[0].lstrip().upper().startswith(("SELECT", "WITH"))]
    assert asked, "nothing was asked"
    async with engine.connect() as connection:
        lines = []
        for statement, parameters in asked:
            plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            lines += [row.detail for row in plan]
        return lines


def scanned(lines: list[str]) -> list[str]:
    """Lines that read a whole table which grows with people and years."""
    scans = [line for line in lines if line.startswith("SCAN ") and " INDEX " not in line]
    known = SMALL | {"chain", "CONSTANT", "(subquery", "anon_1"}
    return [line for line in scans if line.split()[1] not in known and "SUBQUERY" not in line.upper()]
