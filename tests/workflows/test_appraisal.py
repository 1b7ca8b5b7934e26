"""What an appraisal promises, on the real server with real activities."""

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from temporalio.client import Client
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Replayer, Worker

from activities.ports import Records
from activities.records import RecordActivities
from adapters.database.columns import table_of
from adapters.database.engine import Sessions
from adapters.database.tables import process
from adapters.database.writes import SqlRecords
from appraisal.vocabulary import Outcome
from runtime.temporal import PLUGIN
from tests import builders
from workflows.appraisal import AppraisalWorkflow

EVENT = table_of(process.Event)


@asynccontextmanager
async def working(client: Client, records: Records) -> AsyncIterator[str]:
    """A worker of its own on a queue of its own."""
    queue = str(uuid.uuid4())
    activities = RecordActivities(records)
    async with Worker(client, task_queue=queue, workflows=[AppraisalWorkflow], activities=[activities.store_case]):
        yield queue


async def kinds(sessions: Sessions, subject: str) -> list[str]:
    async with sessions.begin() as session:
        rows = await session.execute(select(EVENT.c.kind).where(EVENT.c.subject == subject).order_by(EVENT.c.revision))
        return list(rows.scalars())


async def test_a_normal_case_is_stored_at_every_step_and_costs_what_was_promised(
    server: WorkflowEnvironment, sessions: Sessions
) -> None:
    now = datetime.now(UTC)
    case = builders.case(
        f"appraisal/{uuid.uuid4().hex[:6]}/ani", builders.timetable(now, opens=timedelta(seconds=1)), now
    )
    async with working(server.client, SqlRecords(sessions)) as queue:
        handle = await server.client.start_workflow(AppraisalWorkflow.run, case, id=case.id, task_queue=queue)
        for number, order in enumerate(builders.year(), start=1):
            if number == 3:
                await _until_open(handle)
            receipt = await handle.execute_update(AppraisalWorkflow.perform, order)
            assert len(await kinds(sessions, case.id)) == receipt.revision + 1
        assert await handle.result() is Outcome.RATED
    described = await handle.describe()
    info = described.raw_description.workflow_execution_info
    print(info.history_length, info.state_transition_count)
    assert info.history_length <= 75 and info.state_transition_count <= 14
    await Replayer(workflows=[AppraisalWorkflow], plugins=[PLUGIN]).replay_workflow(await handle.fetch_history())


async def _until_open(handle: object) -> None:
    import asyncio

    await asyncio.sleep(1.5)
