"""HR's board: every open case, who holds it and what is wrong; and having the watch look and mend."""

import asyncio
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, Field
from temporalio.client import WithStartWorkflowOperation, WorkflowUpdateFailedError
from temporalio.common import WorkflowIDConflictPolicy

from adapters.database.reads import open_cases
from adapters.database.reads.figures import Figures
from adapters.database.reads.open_cases import Counts, OpenCase, Stuck, Trouble, Wanted
from api import orders
from api.errors import BUSY
from api.paging import ByInstant
from api.routes.appraisals import IdempotencyKey
from api.routes.work import after
from api.security import Officer, Overseer, actor, scope
from api.services import Jenjang, Services
from api.strict import CLOSED, json_router
from appraisal.access import Actor
from appraisal.vocabulary import Step
from appraisal.watch import Found, Repair, Repaired
from workflows.identity import watch_id
from workflows.watch import WatchWorkflow

router = json_router("/board", ("board",))

Short = Annotated[str, Query(max_length=12)]
Name = Annotated[str, Query(max_length=100)]
Days = Annotated[int, Query(ge=0, le=3660)]
LOOKING = 60.0
"""Seconds that an officer waits for a look or a repair; it goes on by itself after that."""
MOST = 500
MENDABLE = "^(appraisal/[0-9a-z]+|calibration/[0-9a-z]+|nomination|cycle|siasn)/[0-9a-z]+$"


class Board(BaseModel):
    """One page. `elsewhere` are troubles of processes that are no open case on record."""

    counts: Counts
    cases: tuple[OpenCase, ...]
    elsewhere: tuple[Trouble, ...]


class Mend(BaseModel):
    """Which cases, calibrations, nominations and cycles to mend, by the ids of their processes."""

    cases: tuple[Annotated[str, Field(max_length=64, pattern=MENDABLE)], ...] = Field(min_length=1, max_length=MOST)


@router.get("")
async def board(
    visitor: Overseer,
    jenjang: Jenjang,
    paging: ByInstant,
    cycle: Short = "",
    unit: Short = "",
    step: Step | None = None,
    stuck: Stuck | None = None,
    days: Days = 0,
    holder: Name = "",
) -> Board:
    """Open cases of all running cycles, the longest due first.

    For an officer of a unit only its own, and nothing `elsewhere`.
    """
    units = scope(visitor)
    wanted = Wanted(cycle, unit, step or "", stuck or "", days, holder, units)
    counts = await jenjang.live.counts(jenjang.now(), units)
    async with jenjang.reading() as session:
        found = await open_cases.open_cases(session, wanted, jenjang.now(), after(paging.after), paging.read)
        elsewhere = await open_cases.troubles_elsewhere(session) if units is None else ()
    cases = paging.cut(found, lambda case: (case.due_at, case.id))
    return Board(counts=counts, cases=cases, elsewhere=elsewhere)


@router.get("/figures")
async def figures(visitor: Overseer, jenjang: Jenjang, cycle: Short = "") -> Figures:
    """Ageing, pace by step and by unit, and the twenty who have most to do."""
    return await jenjang.live.figures(jenjang.now(), cycle, scope(visitor))


@router.post("/look")
async def look(visitor: Officer, jenjang: Jenjang) -> Found:
    """Compare processes and record now."""
    return await looked(jenjang)


@router.post("/repairs")
async def mend(
    order: Annotated[Mend, CLOSED], visitor: Officer, jenjang: Jenjang, idempotency_key: IdempotencyKey = None
) -> Repaired:
    """Mend cases whose process and record disagree. The same key again gets the same answer and mends nothing twice."""
    return await mended(jenjang, actor(visitor), order.cases, idempotency_key)


async def looked(jenjang: Services) -> Found:
    """What a look finds that starts now."""
    try:
        async with asyncio.timeout(LOOKING):
            return await jenjang.temporal.execute_update_with_start_workflow(
                WatchWorkflow.look, start_workflow_operation=_watch(jenjang)
            )
    except TimeoutError:
        raise BUSY from None


async def mended(jenjang: Services, who: Actor, cases: tuple[str, ...], key: str | None) -> Repaired:
    """What was done about these cases. The event of a repair names the officer and this order."""
    command_id = orders.command_of(who.id, key)
    try:
        async with asyncio.timeout(LOOKING):
            return await jenjang.temporal.execute_update_with_start_workflow(
                WatchWorkflow.mend,
                Repair(cases, who, command_id),
                id=command_id,
                start_workflow_operation=_watch(jenjang),
            )
    except WorkflowUpdateFailedError as failed:
        raise orders.refusal(failed.cause) from failed
    except TimeoutError:
        raise BUSY from None


def _watch(jenjang: Services) -> WithStartWorkflowOperation[WatchWorkflow, None]:
    """The watch that runs, or a new one: every worker starts it, and somebody may have stopped it since."""
    queue = jenjang.settings.task_queue
    return WithStartWorkflowOperation(
        WatchWorkflow.run,
        "",
        id=watch_id(queue),
        task_queue=queue,
        id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
    )
