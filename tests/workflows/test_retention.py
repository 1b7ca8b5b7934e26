"""The process that lets go what is too old, on the real server: one for all workers, once a night, over a worker's death."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

from temporalio.client import Client, WorkflowHandle
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Worker

from activities.retention import RetentionActivities
from appraisal.privacy.retention import Kept, next_look, read_retention
from runtime.processes import keep_retention_going
from tests.adapters.test_retention import NoArchives
from workflows.identity import retention_id
from workflows.retention import RetentionWorkflow


class Pages:
    """Implements activities.retention.Outliving: three pages of two. The database goes away after the first, once."""

    def __init__(self) -> None:
        self.left, self.asked, self.away = 6, list[tuple[Kept, datetime, datetime]](), True

    async def remove(self, kind: Kept, before: datetime, at: datetime) -> int:
        self.asked.append((kind, before, at))
        if self.left == 4 and self.away:
            self.away = False
            raise ConnectionError("the database is away")
        gone = min(self.left, 2)
        self.left -= gone
        return gone


@asynccontextmanager
async def working(client: Client, queue: str, pages: Pages) -> AsyncIterator[None]:
    acting = RetentionActivities(pages, NoArchives(), read_retention("messages=P30D"), "Asia/Jakarta")
    told = [acting.remove_outlived, acting.archive_finished]
    async with Worker(client, task_queue=queue, workflows=[RetentionWorkflow], activities=told):
        yield


async def test_every_worker_asks_for_it_one_runs_and_it_rests_until_the_night(server: WorkflowEnvironment) -> None:
    queue, pages = uuid.uuid4().hex, Pages()
    for _ in range(2):
        await keep_retention_going(server.client, queue)
    handle = server.client.get_workflow_handle(retention_id(queue))
    async with working(server.client, queue, pages):
        async with asyncio.timeout(20):
            while not (timers := await resting(handle)):
                await asyncio.sleep(0.05)
    (asked,) = set(pages.asked)
    assert (asked[0], pages.left, len(pages.asked)) == (Kept.MESSAGES, 0, 5), "a second attempt went on"
    (rest,) = timers
    assert abs((asked[2] + rest - next_look(asked[2], "Asia/Jakarta")).total_seconds()) < 15
    await handle.terminate()


async def resting(handle: WorkflowHandle[Any, Any]) -> list[timedelta]:
    """For how long its timers are set."""
    events = (await handle.fetch_history()).events
    started = [e.timer_started_event_attributes for e in events if e.HasField("timer_started_event_attributes")]
    return [timer.start_to_fire_timeout.ToTimedelta() for timer in started]
