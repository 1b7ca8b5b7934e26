"""A payload key is changed while a case is open: the case goes on, old histories replay, and a key that is missing is named."""

import base64
import uuid

import pytest
from temporalio.client import Client
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Replayer

from adapters.database.engine import Sessions
from adapters.database.writes.records import SqlRecords
from appraisal.commands import ApproveTargets, SubmitTargets
from runtime.keyring import Keyring, read_keys
from runtime.temporal import plugin
from runtime.watching import TemporalProcesses
from tests import builders
from tests.workflows.test_appraisal import new_case, start, until, working
from workflows.appraisal import AppraisalWorkflow

OLD, NEW = (f"{name}={base64.b64encode(uuid.uuid4().bytes * 2).decode()}" for name in ("last-year", "this-year"))


def ring(*keys: str) -> Keyring:
    read = read_keys(",".join(keys))
    return Keyring(read, read[0])


async def with_keys(server: WorkflowEnvironment, *keys: str) -> Client:
    """A program that has these, the first of which closes."""
    return await Client.connect(server.client.service_client.config.target_host, plugins=[plugin(ring(*keys))])


async def test_an_open_case_goes_on_under_another_key_and_misses_the_old_one_by_name(
    server: WorkflowEnvironment, sessions: Sessions
) -> None:
    before, both, after = [await with_keys(server, *keys) for keys in ((OLD,), (NEW, OLD), (NEW,))]
    case, records = new_case(), SqlRecords(sessions)
    async with working(before, records) as queue:
        process = await start(before, case, queue)
        await process.execute_update(
            AppraisalWorkflow.perform, builders.order(SubmitTargets(builders.plan()), builders.EMPLOYEE)
        )
    async with working(both, records, queue):
        process = both.get_workflow_handle(case.id)
        await process.execute_update(AppraisalWorkflow.perform, builders.order(ApproveTargets(), builders.SUPERVISOR))
    history = await process.fetch_history()
    kept = history.to_json()
    assert all(base64.b64encode(key.encode()).decode() in kept for key in ("last-year", "this-year"))
    await Replayer(workflows=[AppraisalWorkflow], plugins=[plugin(ring(NEW, OLD))]).replay_workflow(history)
    missing = "closed with the payload key 'last-year', which is not here"
    with pytest.raises(RuntimeError):
        await Replayer(workflows=[AppraisalWorkflow], plugins=[plugin(ring(NEW))]).replay_workflow(history)
    async with working(after, records, queue):
        await process.signal("anything")  # a task for a worker that cannot read the beginning
        watch = TemporalProcesses(after, queue)

        async def failing() -> bool:
            (seen,) = await watch.examine((case.id,), states=False)
            return seen.task is not None and missing in seen.task.error

        await until(failing)
    await process.terminate()
