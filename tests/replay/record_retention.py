"""The process that lets go what is too old, for its history: one night with something to let go, and the rest after it."""

import asyncio

from temporalio.client import Client

from runtime.processes import keep_retention_going
from tests.replay.here import Here
from workflows.identity import retention_id


async def let_go(town: Here, client: Client) -> dict[str, str]:
    """The id of the process, which never ends by itself."""
    queue = town.stack.settings.task_queue
    await keep_retention_going(client, queue)
    handle = client.get_workflow_handle(retention_id(queue))
    while not any(event.HasField("timer_started_event_attributes") for event in (await handle.fetch_history()).events):
        await asyncio.sleep(0.1)
    return {"retention": handle.id}
