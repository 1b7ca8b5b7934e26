"""The clock of a request about own data, on the real server: what an outage makes late happens once, and in order."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

from sqlalchemy import select
from temporalio.client import Client, WorkflowHandle
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Replayer, Worker

from activities.data_requests import DataRequestActivities
from adapters.database.columns import table_of
from adapters.database.engine import Sessions
from adapters.database.reads import entries
from adapters.database.tables import process
from adapters.database.writes.data_requests import SqlDataRequests
from appraisal.access import Actor
from appraisal.privacy.data_request import Area, AskAboutData, DataAnswer, DataKind, DataPhase
from tests import agency
from tests.keys import PLUGIN
from workflows.data_request import DataRequestWorkflow
from workflows.identity import data_request_id

EVENT, NOTICE = table_of(process.Event), table_of(process.Notice)
ALARMED = ["data_requested", "data_request_reminded", "data_request_escalated"]


@asynccontextmanager
async def working(client: Client, sessions: Sessions, queue: str) -> AsyncIterator[None]:
    requests = DataRequestActivities(SqlDataRequests(sessions, date.today, ()))
    told: list[Callable[..., Any]] = [requests.data_request_office, requests.what_stays, requests.keep_data_request]
    async with Worker(client, task_queue=queue, workflows=[DataRequestWorkflow], activities=told):
        yield


async def on_record(sessions: Sessions, subject: str) -> tuple[list[str], list[tuple[str, str]]]:
    """The kinds of its events, and who was told what, in order."""
    kinds = select(EVENT.c.kind).where(EVENT.c.subject == subject).order_by(EVENT.c.revision)
    told = select(NOTICE.c.recipient, NOTICE.c.kind).where(NOTICE.c.subject == subject).order_by(NOTICE.c.revision)
    async with sessions() as session:
        assert await entries.broken(session, subject) is None
        return list(await session.scalars(kinds)), [(row.recipient, row.kind) for row in await session.execute(told)]


async def test_alarms_that_passed_while_no_worker_ran_ring_once_each(
    server: WorkflowEnvironment, sessions: Sessions
) -> None:
    await agency.build(sessions)
    queue, request = uuid.uuid4().hex, uuid.uuid4().hex[:12]
    said = (Area.IDENTITY, "Nama salah eja.", "Ani Contoh", "", "PT2S")
    order = AskAboutData(request, DataKind.CORRECTION, "ani", Actor("ani"), *said)
    async with working(server.client, sessions, queue):
        handle: WorkflowHandle[DataRequestWorkflow, object] = await server.client.start_workflow(
            DataRequestWorkflow.run, order, id=data_request_id(order.kind, order.id), task_queue=queue
        )
        await handle.execute_update(DataRequestWorkflow.made)
    await asyncio.sleep(2.5)
    async with working(server.client, sessions, queue):
        async with asyncio.timeout(20):
            while (await on_record(sessions, handle.id))[0] != ALARMED:
                await asyncio.sleep(0.1)
    async with working(server.client, sessions, queue):
        answer = DataAnswer(Actor("hr", hr=True), DataPhase.DONE, "Sudah diperbaiki.")
        await handle.execute_update(DataRequestWorkflow.answer, answer)
        await handle.result()
    kinds, told = await on_record(sessions, handle.id)
    assert kinds == [*ALARMED, "data_request_done"]
    assert told == [*(("hr", kind) for kind in ALARMED), ("ani", "data_request_done")]
    replayer = Replayer(workflows=[DataRequestWorkflow], plugins=[PLUGIN])
    await replayer.replay_workflow(await handle.fetch_history())
