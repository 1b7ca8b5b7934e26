"""The floor: the least that Temporal can do for six human steps, a workflow with six updates that stores nothing."""

import asyncio
import time
import uuid

from temporalio import workflow
from temporalio.client import Client, WorkflowHandle

STEPS = 6
TAKEN_UP = 4
"""Events of a workflow whose first task is done: started, and its task scheduled, started, completed."""
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


async def starts(client: Client, cases: int, concurrency: int) -> tuple[float, float]:
    """Seconds until so many bare starts are accepted, and until their worker has taken up the last of them as well.

    A launch answers for the second: a case counts when its first task has been done and its record stands.
    """
    room = asyncio.Semaphore(concurrency)

    async def one() -> WorkflowHandle[Floor, int]:
        async with room:
            return await client.start_workflow(Floor.run, id=f"start/{uuid.uuid4().hex}", task_queue=QUEUE)

    started = time.perf_counter()
    handles = await asyncio.gather(*(one() for _ in range(cases)))
    accepted = time.perf_counter() - started
    for last in handles[-concurrency:]:  # they are taken up in about the order in which they came
        while (await last.describe()).history_length < TAKEN_UP:
            await asyncio.sleep(0.05)
    return accepted, time.perf_counter() - started
