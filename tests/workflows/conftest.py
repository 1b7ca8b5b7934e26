"""A watch for whoever asks for one."""

from collections.abc import AsyncIterator

import pytest

from runtime.watching import keep_watch
from tests.stack import Stack
from tests.workflows.watching import Watch, look
from workflows.identity import watch_id


@pytest.fixture
async def watching(stack: Stack) -> AsyncIterator[Watch]:
    """A watch of this installation, asked for twice as two workers do."""
    queue = stack.settings.task_queue
    await keep_watch(stack.client, queue)
    await keep_watch(stack.client, queue)
    handle = stack.client.get_workflow_handle(watch_id(queue))
    yield handle
    await look(handle)  # none is under way then, and the worker stops at once
    await handle.terminate()
