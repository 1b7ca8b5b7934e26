"""One remedy for many cases, on the real server: once for each, whatever happens to the worker, and refusals by name."""

import asyncio
from datetime import UTC, datetime

from temporalio.testing import WorkflowEnvironment

from adapters.database.bulk import bulk
from adapters.database.engine import Sessions
from appraisal.access import Actor
from appraisal.bulk import BulkOrder, ordered
from appraisal.commands import TakeOver
from runtime.processes import TemporalCases
from tests.workflows.grouping import DyingCases, agency, replays
from workflows.bulk import BulkWorkflow
from workflows.identity import bulk_id

ELSEWHERE = ("m02", "m07", "m12")
"""Whose targets are not handed in: there is nothing to take over."""
PEOPLE = tuple(f"m{number:02}" for number in range(14))


async def test_a_worker_that_dies_in_the_middle_leaves_the_rest_to_the_next_and_three_refusals_are_named(
    server: WorkflowEnvironment, sessions: Sessions
) -> None:
    here = agency(server.client, sessions)
    order = BulkOrder(
        here.cycle, TakeOver("Penilai sakit."), Actor("olga", hr=True), tuple(here.case_id(one) for one in PEOPLE)
    )
    dying = DyingCases(TemporalCases(server.client, here.queue), lives=11)
    async with here.working(dying):
        await here.start_cases(tuple(one for one in PEOPLE if one not in ELSEWHERE), 1)
        await here.start_cases(ELSEWHERE, 0)
        handle = await server.client.start_workflow(
            BulkWorkflow.run, ordered(order, datetime.now(UTC)), id=bulk_id(order.id), task_queue=here.queue
        )
        await dying.dying.wait()
    async with here.working():
        async with asyncio.timeout(30):
            done = await handle.result()
        assert done.taken == len(PEOPLE) - len(ELSEWHERE)
        assert sorted(done.refused) == [(here.case_id(one), "WrongStep") for one in ELSEWHERE]
        for one in PEOPLE:
            assert (await here.kinds(here.case_id(one))).count("take_over") == (one not in ELSEWHERE)
    assert await here.kinds(handle.id) == ["bulk_ordered", "bulk_finished"]
    async with sessions.begin() as session:
        row = await bulk(session, order.id)
    assert row is not None
    assert (row["done"], row["taken"], row["cases"]) == (True, 11, 14)
    await replays(handle)
