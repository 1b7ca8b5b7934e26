"""What tests of other dates have in common: the order, its preview, and all that a refused one must leave as it is."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import httpx2
from sqlalchemy import Row, select

from adapters.database.columns import table_of
from adapters.database.tables import process
from appraisal.access import CLOCK
from tests.stack import Stack
from workflows.identity import cycle_id

CYCLE, APPRAISAL, EVENT = table_of(process.Cycle), table_of(process.Appraisal), table_of(process.Event)
CALIBRATION, NOMINATION = table_of(process.Calibration), table_of(process.Nomination)
PEOPLE = ["ani", "eko", "citra"]
WHY = "Surat edaran Bupati."
ORDER = {"policy": "later", "reason": WHY}


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(60):
        while not await holds():
            await asyncio.sleep(0.05)


async def followed(stack: Stack, cycle: str, times: int = 1) -> None:
    """Wait until everybody has been told, so many times."""

    async def holds() -> bool:
        return [event.kind for event in await events(stack, cycle_id(cycle))].count("dates_told") == times

    await until(holds)


async def events(stack: Stack, subject: str) -> list[Row[Any]]:
    async with stack.sessions() as session:
        query = select(EVENT).where(EVENT.c.subject == subject).order_by(EVENT.c.revision)
        return list(await session.execute(query))


async def row(stack: Stack, table: Any, subject: str) -> Row[Any]:
    async with stack.sessions() as session:
        return (await session.execute(select(table).where(table.c.id == subject))).one()


async def everything(stack: Stack) -> list[list[tuple[Any, ...]]]:
    """All that a refused order must leave as it is. What the clock does meanwhile by itself is left out."""
    async with stack.sessions() as session:
        cycles = select(CYCLE)
        dated = [select(t.c.id, t.c.opens_at, t.c.due_at, t.c.ends_at) for t in (APPRAISAL, CALIBRATION, NOMINATION)]
        events = select(EVENT).where(EVENT.c.actor != CLOCK.id)
        queries = (cycles, *dated, events)
        return [sorted(map(tuple, await session.execute(query)), key=str) for query in queries]


async def give(stack: Stack, cycle: str, order: dict[str, Any], key: str = "") -> httpx2.Response:
    hr = await stack.visitor(officer="hr")
    headers = {"idempotency-key": key} if key else {}
    return await hr.post(f"/api/v1/cycles/{cycle}/dates", json=order, headers=headers)


async def look(stack: Stack, cycle: str, policy: str) -> httpx2.Response:
    hr = await stack.visitor(officer="hr")
    return await hr.get(f"/api/v1/cycles/{cycle}/dates/preview", params={"policy": policy})


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)
