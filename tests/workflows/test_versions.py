"""A workflow changes while cases are open: two builds stand beside each other, and open cases go on with the new one."""

import asyncio
import uuid
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import replace

import pytest
from temporalio.client import Client, WorkflowHistory
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Replayer, Worker

from activities.records import RecordActivities
from adapters.database.engine import Sessions
from adapters.database.writes.records import SqlRecords
from appraisal.case_events import opened
from appraisal.commands import Order
from appraisal.vocabulary import Outcome
from runtime.readiness import worker_polls
from runtime.settings import Settings
from runtime.versions import deployment_of, gets_the_work, promoted, version_of
from tests import builders
from tests.keys import PLUGIN
from tests.workflows.changed import CHANGE, Careless, Changed
from tests.workflows.test_appraisal import Handle, new_case, start, until
from workflows.appraisal import AppraisalWorkflow

ONE, TWO = "0.1.0-one", "0.1.0-two"


def build(client: Client, settings: Settings, sessions: Sessions, process: type) -> Worker:
    storing = RecordActivities(SqlRecords(sessions))
    return Worker(
        client,
        task_queue=settings.task_queue,
        workflows=[process],
        activities=[storing.store_case],
        deployment_config=deployment_of(settings),
    )


async def promote(client: Client, settings: Settings) -> None:
    version = version_of(settings)
    assert version is not None
    await until(lambda: promoted(client, version))
    await until(lambda: gets_the_work(client, version))


def by(history: WorkflowHistory) -> list[str]:
    """The build of each task."""
    done = (event.workflow_task_completed_event_attributes for event in history.events)
    return [one.deployment_version.build_id for one in done if one.deployment_version.build_id]


def marked(history: WorkflowHistory) -> bool:
    return any(CHANGE in str(event.marker_recorded_event_attributes) for event in history.events)


async def give(handle: Handle, orders: Iterator[Order]) -> WorkflowHistory:
    """The next order of a year; the history afterwards."""
    await handle.execute_update(AppraisalWorkflow.perform, next(orders))
    return await handle.fetch_history()


async def test_open_cases_go_on_under_the_new_code(server: WorkflowEnvironment, sessions: Sessions) -> None:
    client, queue = server.client, uuid.uuid4().hex
    one, two = (Settings(build_id=name, task_queue=queue) for name in (ONE, TWO))
    case = new_case()
    later = opened(
        case.id.replace("ani", "eko"), "c1", replace(case.parties, employee="eko"), case.timetable, case.since
    )
    orders = iter(builders.year())
    async with AsyncExitStack() as newer:
        async with build(client, one, sessions, AppraisalWorkflow):
            await until(lambda: worker_polls(client.service_client.config.target_host, "default", queue))
            await promote(client, one)
            await newer.enter_async_context(build(client, two, sessions, Changed))
            handle = await start(client, case, one.task_queue)
            begun = await give(handle, orders)
            assert set(by(begun)) == {ONE}, "the new build is there and waits"
            await promote(client, two)
            after = await start(client, later, one.task_queue)
            changed = await give(handle, orders)
        assert by(changed)[-1] == TWO
        assert (marked(begun), marked(changed)) == (False, True)
        for order in orders:
            await handle.execute_update(AppraisalWorkflow.perform, order)
        assert await handle.result() is Outcome.RATED
        async with asyncio.timeout(60):
            while not by(fresh := await after.fetch_history()):
                await asyncio.sleep(0.1)
        assert set(by(fresh)) == {TWO}
    whole = await handle.fetch_history()
    for history in (begun, changed, whole, fresh):
        await Replayer(workflows=[Changed], plugins=[PLUGIN]).replay_workflow(history)
    with pytest.raises(Exception, match="Nondeterminism"):
        await Replayer(workflows=[Careless], plugins=[PLUGIN]).replay_workflow(begun)
    await after.terminate()
