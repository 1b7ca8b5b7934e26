"""The floor: the least that Temporal can do for six human steps, a workflow with six updates that stores nothing."""

import asyncio
import time
import uuid

from temporalio import workflow
from temporalio.client import Client

STEPS = 6
QUEUE = "floor"


@workflow.defn
class Floor:
    """Counts six updates and ends."""

    def __init__(self) -> None:
        self._done = 0

    @workflow.run
    async def run(self) -> int:
        await workflow.wait_condition(lambda: self._done >= STEPS)
        await workflow.wait_condition(workflow.all_handlers_finished)
        return self._done

    @workflow.update
    def step(self, number: int) -> int:
        self._done = number
        return number


async def drive(client: Client, cases: int, concurrency: int) -> tuple[float, list[float]]:
    """Seconds that so many workflows take, driven by the SDK, and the seconds of each update."""
    room, spent = asyncio.Semaphore(concurrency), list[float]()

    async def one() -> None:
        async with room:
            handle = await client.start_workflow(Floor.run, id=f"floor/{uuid.uuid4().hex}", task_queue=QUEUE)
            for number in range(1, STEPS + 1):
                before = time.perf_counter()
                await handle.execute_update(Floor.step, number)
                spent.append(time.perf_counter() - before)
            await handle.result()

    started = time.perf_counter()
    await asyncio.gather(*(one() for _ in range(cases)))
    return time.perf_counter() - started, spent


async def starts(client: Client, cases: int, concurrency: int) -> float:
    """Seconds that so many bare starts take while a worker takes up what is started."""
    room = asyncio.Semaphore(concurrency)

    async def one() -> None:
        async with room:
            await client.start_workflow(Floor.run, id=f"start/{uuid.uuid4().hex}", task_queue=QUEUE)

    started = time.perf_counter()
    await asyncio.gather(*(one() for _ in range(cases)))
    return time.perf_counter() - started
