"""The floor's worker, a process of its own like Jenjang's."""

import asyncio
import signal
import sys

from temporalio.client import Client
from temporalio.worker import Worker

from bench.floor import QUEUE, Floor


async def main(address: str) -> None:
    client = await Client.connect(address)
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with Worker(client, task_queue=QUEUE, workflows=[Floor]):
        await stop.wait()
    # As in worker.py: Temporal's core has last words.
    await asyncio.sleep(0.3)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
