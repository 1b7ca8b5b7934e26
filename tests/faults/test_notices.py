"""The service as programs of its own: it sends by itself from its first second, and a killed worker changes nothing."""

import asyncio
import json
import signal
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from temporalio.client import WorkflowExecutionStatus

from adapters.database.desk.hooks import Hooks
from adapters.database.engine import open_engine, open_sessions
from adapters.database.schema import migrate
from adapters.sealing import Sealer
from console.service import serving
from runtime.payload_keys import provide_key
from runtime.sealing_keys import WEBHOOKS, sealing_keys
from runtime.settings import Settings
from runtime.temporal import connect
from tests import agency
from tests.adapters.rounds import tell
from tests.adapters.test_webhooks import is_signed
from tests.faults.people import until
from tests.faults.programs import settings_in
from tests.post import Receiver, receiver
from workflows.identity import NOTICES


async def prepared(settings: Settings, url: str) -> str:
    """A database with one webhook and three notices that it has not heard of; the webhook's secret."""
    await asyncio.to_thread(migrate, settings.database_url)
    engine, now = open_engine(settings.database_url), datetime.now(UTC)
    provide_key(settings, now.date())
    keys = partial(Sealer, sealing_keys(settings, WEBHOOKS))
    sessions = open_sessions(engine, writing=True)
    await agency.build(sessions)
    _, secret = await Hooks(engine, settings.webhooks_private, keys).add(url, "test", now)
    await tell(sessions, "budi", "news", 3, now)
    await engine.dispose()
    return secret


async def test_what_was_told_is_told_once_though_the_worker_is_killed(tmp_path: Path) -> None:
    settings = settings_in(tmp_path).model_copy(update={"webhooks_private": True})
    with receiver() as there:
        secret = await prepared(settings, there.url)
        async with serving(settings, lambda _: None) as service:
            await until(lambda: arrived(there))
            worker, dead = service.workers[0], service.workers[0].pid
            worker.send(signal.SIGKILL)

            async def again() -> bool:
                return worker.running and worker.pid != dead

            await until(again)
            client = await connect(service.settings)
            found = [one.status async for one in client.list_workflows(f"WorkflowId = '{NOTICES}'")]
            assert found == [WorkflowExecutionStatus.RUNNING]
            await asyncio.sleep(5)
        (message,) = there.received
    assert is_signed(message, secret)
    assert len(json.loads(message.body)["data"]["notices"]) == 3


async def arrived(there: Receiver) -> bool:
    return bool(there.received)
