"""Traces through the real server: an order, what its process does about it, and nothing twice when histories are replayed."""

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from temporalio.client import Client
from temporalio.testing import ActivityEnvironment, WorkflowEnvironment
from temporalio.worker import Replayer, Worker

from activities.records import RecordActivities
from adapters.spans import span
from appraisal.case import Case
from runtime import traced_processes
from runtime.temporal import plugin
from runtime.traced_processes import HEADER, Tracing
from tests import builders
from tests.keys import KEYRING, PLUGIN
from tests.traces import Kept, Told, way_to
from tests.workflows.test_appraisal import Handle, new_case, start, until
from workflows.appraisal import AppraisalWorkflow


class Forgetful:
    """A record that keeps nothing. `down` counts the attempts that fail."""

    def __init__(self) -> None:
        self.down = 0

    async def store_case(self, _: Case) -> None:
        if self.down:
            self.down -= 1
            raise RuntimeError("Siti Aminah cannot be stored")


@pytest.fixture
def kept() -> Kept:
    return Kept()


@asynccontextmanager
async def working(server: WorkflowEnvironment, kept: Kept, records: Any) -> AsyncIterator[tuple[Client, str]]:
    """A worker that forgets its processes after each task, and a client, both with traces."""
    address, queue = server.client.service_client.config.target_host, uuid.uuid4().hex
    client = await Client.connect(address, plugins=[plugin(KEYRING, Tracing(kept.tracer))])
    activities = [RecordActivities(records).store_case]
    async with Worker(
        client, task_queue=queue, workflows=[AppraisalWorkflow], activities=activities, max_cached_workflows=0
    ):
        yield client, queue


async def begin(client: Client, queue: str, kept: Kept) -> Handle:
    """A case that is on record."""
    handle = await start(client, new_case(), queue)
    await until_stored(kept)
    return handle


async def until_stored(kept: Kept) -> None:
    async def stored() -> bool:
        return any(one.name == "store_case" for one in kept.spans())

    await until(stored)


async def year(handle: Handle, kept: Kept, orders: int) -> None:
    for number, order in enumerate(builders.year()[:orders]):
        with span(f"click {number}", {}, tracer=kept.tracer):
            await handle.execute_update(AppraisalWorkflow.perform, order, id=f"order-{number}")


def ways(spans: list[Told]) -> list[list[str]]:
    return sorted(way_to(one, spans) for one in spans)


async def test_an_order_leads_to_its_record_once_though_its_process_is_replayed(
    server: WorkflowEnvironment, kept: Kept
) -> None:
    async with working(server, kept, Forgetful()) as (client, queue):
        with span("launch", {}, tracer=kept.tracer):
            handle = await begin(client, queue, kept)
        await year(handle, kept, 3)
        history = await handle.fetch_history()
    spans = kept.spans()
    begun, told = ["launch", "start AppraisalWorkflow", "AppraisalWorkflow"], ["tell perform", "perform"]
    expected = [begun[:1], begun[:2], begun, [*begun, "store_case"]]
    for number in range(3):
        order = [f"click {number}", *told]
        expected += [order[:1], order[:2], order, [*order, "store_case"]]
    assert ways(spans) == sorted(expected)
    points = [one.about for one in spans if one.name == "perform"]
    assert [about["temporalUpdateID"] for about in points] == ["order-0", "order-1", "order-2"]
    assert {about["temporalWorkflowID"] for about in points} == {handle.id}
    await Replayer(workflows=[AppraisalWorkflow], plugins=[plugin(KEYRING, Tracing(kept.tracer))]).replay_workflow(
        history
    )
    assert kept.spans() == spans, "a replay is told nobody"
    await Replayer(workflows=[AppraisalWorkflow], plugins=[PLUGIN]).replay_workflow(history)
    headers = [event.workflow_execution_update_accepted_event_attributes for event in history.events]
    clear = [one.accepted_request.input.header.fields[HEADER].data for one in headers if one.protocol_instance_id]
    assert len(clear) == 3
    assert all(b'"traceparent":"00-' in data for data in clear)


async def test_what_an_activity_says_of_its_failure_is_its_type(server: WorkflowEnvironment, kept: Kept) -> None:
    records = Forgetful()
    async with working(server, kept, records) as (client, queue):
        handle = await begin(client, queue, kept)
        records.down = 1
        await year(handle, kept, 1)
    spans = kept.spans()
    tries = [one for one in spans if one.name == "store_case" and one.parent]
    assert [(one.failed, one.about.get("error.type")) for one in tries] == [(True, "RuntimeError"), (False, None)]
    assert "Siti" not in repr(spans)


async def test_what_a_process_tells_another_is_a_trace_behind_its_own(server: WorkflowEnvironment, kept: Kept) -> None:
    async with working(server, kept, Forgetful()) as (client, queue):

        async def launch() -> None:
            with span("start_cases", {}, tracer=kept.tracer):
                await start(client, case, queue)

        case = new_case()
        await ActivityEnvironment().run(launch)
        await until_stored(kept)
    spans = {one.name: one for one in kept.spans()}
    begun = spans["AppraisalWorkflow"]
    assert (begun.parent, begun.links) == (0, (spans["start AppraisalWorkflow"].id,))
    assert begun.trace != spans["start_cases"].trace == spans["start AppraisalWorkflow"].trace
    assert spans["store_case"].parent == begun.id


async def test_what_a_process_does_long_after_is_a_trace_of_its_own(
    server: WorkflowEnvironment, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(traced_processes, "CONSEQUENCES", timedelta(-1))
    async with working(server, kept, Forgetful()) as (client, queue):
        handle = await begin(client, queue, kept)
        await year(handle, kept, 1)
    assert [way_to(one, kept.spans()) for one in kept.spans() if one.name == "store_case"] == [["store_case"]] * 2
    assert ["click 0", "tell perform", "perform"] in ways(kept.spans())
