"""What an appraisal promises, on the real server with real activities."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from temporalio.client import Client, WorkflowHandle, WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Replayer, Worker

from activities.ports import Records
from activities.records import RecordActivities
from adapters.database.columns import table_of
from adapters.database.engine import Sessions
from adapters.database.tables import process
from adapters.database.writes.records import SqlRecords
from appraisal.case import Case
from appraisal.commands import ApproveTargets, ReturnTargets, SubmitTargets
from appraisal.vocabulary import Outcome, Step
from tests import builders
from tests.keys import PLUGIN
from workflows.appraisal import AppraisalWorkflow

EVENT = table_of(process.Event)
Handle = WorkflowHandle[AppraisalWorkflow, Outcome | None]


@asynccontextmanager
async def working(client: Client, records: Records, queue: str = "") -> AsyncIterator[str]:
    """A worker of its own on a queue of its own, or on one where another has worked."""
    queue = queue or str(uuid.uuid4())
    activities = RecordActivities(records)
    async with Worker(client, task_queue=queue, workflows=[AppraisalWorkflow], activities=[activities.store_case]):
        yield queue


def new_case(each: timedelta = timedelta(days=10), opens: timedelta | None = None) -> Case:
    now = datetime.now(UTC)
    return builders.case(f"appraisal/{uuid.uuid4().hex[:6]}/ani", builders.timetable(now, each, opens), now)


async def start(client: Client, case: Case, queue: str) -> Handle:
    return await client.start_workflow(AppraisalWorkflow.run, case, id=case.id, task_queue=queue)


async def kinds(sessions: Sessions, subject: str) -> list[str]:
    async with sessions.begin() as session:
        rows = await session.execute(select(EVENT.c.kind).where(EVENT.c.subject == subject).order_by(EVENT.c.revision))
        return list(rows.scalars())


async def until(what: Callable[[], Awaitable[bool]]) -> None:
    """Wait for it, for as long as a busy machine may need."""
    async with asyncio.timeout(60):
        while not await what():
            await asyncio.sleep(0.05)


async def test_a_normal_case_is_stored_at_every_step_and_costs_what_was_promised(
    server: WorkflowEnvironment, sessions: Sessions
) -> None:
    case, long_since = new_case(opens=timedelta(seconds=4)), datetime.now(UTC) + timedelta(seconds=8)

    async def opened() -> bool:
        """On a busy machine the step was open before anybody reached it, and nothing rings."""
        return "step_opened" in await kinds(sessions, case.id) or datetime.now(UTC) > long_since

    async with working(server.client, SqlRecords(sessions)) as queue:
        handle = await start(server.client, case, queue)
        for order in builders.year():
            if order.command.kind == "submit_self_assessment":
                await until(opened)
            receipt = await handle.execute_update(AppraisalWorkflow.perform, order)
            assert len(await kinds(sessions, case.id)) == receipt.revision + 1
        assert await handle.result() is Outcome.RATED
    described = await handle.describe()
    info = described.raw_description.workflow_execution_info
    assert info.history_length <= 75, "history events of a case in which nothing is late"
    assert info.state_transition_count <= 14, "state transitions of a case in which nothing is late"
    await Replayer(workflows=[AppraisalWorkflow], plugins=[PLUGIN]).replay_workflow(await handle.fetch_history())


async def test_a_refusal_is_typed_says_where_and_what_to_do_and_leaves_no_trace(
    server: WorkflowEnvironment, sessions: Sessions
) -> None:
    case = new_case()
    async with working(server.client, SqlRecords(sessions)) as queue:
        handle = await start(server.client, case, queue)
        await handle.execute_update(
            AppraisalWorkflow.perform, builders.order(SubmitTargets(builders.plan()), builders.EMPLOYEE)
        )
        before = (await handle.describe()).history_length
        with pytest.raises(WorkflowUpdateFailedError) as refused:
            await handle.execute_update(
                AppraisalWorkflow.perform, builders.order(ReturnTargets("  "), builders.SUPERVISOR)
            )
        cause = refused.value.cause
        assert isinstance(cause, ApplicationError)
        assert cause.type == "MissingReason"
        assert cause.details == ("reason", "Say in a sentence why.", {}), "and nothing is named"
        assert (await handle.describe()).history_length == before
        await handle.terminate()


async def test_the_same_command_twice_counts_once(server: WorkflowEnvironment, sessions: Sessions) -> None:
    case = new_case()
    order = builders.order(SubmitTargets(builders.plan()), builders.EMPLOYEE)
    async with working(server.client, SqlRecords(sessions)) as queue:
        handle = await start(server.client, case, queue)
        twice = [handle.execute_update(AppraisalWorkflow.perform, order, id="same") for _ in range(2)]
        first, second = await asyncio.gather(*twice)
        assert first == second
        assert await kinds(sessions, case.id) == ["opened", "submit_targets"]
        await handle.terminate()


async def test_the_clock_reminds_escalates_once_and_ends_by_the_rule(
    server: WorkflowEnvironment, sessions: Sessions
) -> None:
    case = new_case(each=timedelta(seconds=2))
    async with working(server.client, SqlRecords(sessions)) as queue:
        handle = await start(server.client, case, queue)
        assert await handle.result() is Outcome.UNRATED
    assert await kinds(sessions, case.id) == ["opened", "reminded", "became_due", "escalated", "lapsed"]


async def test_after_an_escalation_the_superior_may_act_on_behalf_of_the_supervisor(
    server: WorkflowEnvironment, sessions: Sessions
) -> None:
    case = new_case(each=timedelta(seconds=4))

    async def escalated() -> bool:
        return "escalated" in await kinds(sessions, case.id)

    async with working(server.client, SqlRecords(sessions)) as queue:
        handle = await start(server.client, case, queue)
        await handle.execute_update(
            AppraisalWorkflow.perform, builders.order(SubmitTargets(builders.plan()), builders.EMPLOYEE)
        )
        await until(escalated)
        await handle.execute_update(AppraisalWorkflow.perform, builders.order(ApproveTargets(), builders.SUPERIOR))
        state = await handle.query(AppraisalWorkflow.case)
        assert state.step is Step.SELF_ASSESSMENT
        await handle.terminate()
    async with sessions.begin() as session:
        row = (await session.execute(select(EVENT).where(EVENT.c.kind == "approve_targets"))).one()
    assert (row.actor, row.on_behalf_of) == (builders.SUPERIOR, builders.SUPERVISOR)
