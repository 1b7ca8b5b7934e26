"""What the tests of the watch have in common: looking, mending, and whether process and record are whole and agree."""

import asyncio
from typing import Any

from sqlalchemy import select
from temporalio.client import WorkflowHandle

from adapters.database.columns import table_of
from adapters.database.documents import CASE
from adapters.database.reads import case_rows, entries
from adapters.database.tables import process, watch
from appraisal.access import Actor
from appraisal.watch import Found, Mended, Repair, Repaired
from tests.api.scene import settled
from tests.stack import Stack
from workflows.watch import WatchWorkflow

APPRAISAL, EVENT, TROUBLE = table_of(process.Appraisal), table_of(process.Event), table_of(watch.Trouble)
HR = Actor("hr-1", hr=True)
Watch = WorkflowHandle[Any, Any]


async def look(watching: Watch) -> Found:
    return await watching.execute_update(WatchWorkflow.look)


async def mend(watching: Watch, case: str, command: str = "mend/1") -> Mended:
    repaired: Repaired = await watching.execute_update(WatchWorkflow.mend, Repair((case,), HR, command))
    ((mended, what),) = repaired.done
    assert mended == case
    return what


async def troubles(stack: Stack) -> dict[tuple[str, str], Any]:
    async with stack.sessions() as session:
        return {(row.subject, row.kind): row for row in await session.execute(select(TROUBLE))}


async def record(stack: Stack, case: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    async with stack.sessions() as session:
        row = (await session.execute(select(APPRAISAL).where(APPRAISAL.c.id == case))).mappings().one()
        return dict(row), list(await case_rows.events(session, case))


async def check_whole(stack: Stack, case: str) -> None:
    """The chain holds, without gaps, and process and record agree."""
    row, events = await record(stack, case)
    async with stack.sessions() as session:
        assert await entries.broken(session, case) is None
    assert [event["revision"] for event in events] == list(range(row["revision"] + 1))
    assert CASE.dump_python(await settled(stack, case), mode="json") == row["document"]


async def once(stack: Stack, case: str, revision: int) -> None:
    """Until this revision is on record."""
    async with asyncio.timeout(20):
        while (await record(stack, case))[0]["revision"] < revision:
            await asyncio.sleep(0.1)
