"""Keeps the programs of `up` running: one that ends by itself is started again, after a pause that grows."""

import asyncio
import time
from collections.abc import Callable

from runtime.children import Child

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0  # seconds
STEADY = 60.0  # after this many seconds a program counts as started well, and its pause begins anew


class Supervisor:
    """Starts programs and stops them in the order that the caller chooses."""

    def __init__(self, report: Callable[[str], None]) -> None:
        self._report = report
        self._keepers: dict[Child, asyncio.Task[None]] = {}
        self.fallen: list[Child] = []

    async def start(self, child: Child) -> None:
        """Start it and keep it running until it is stopped here."""
        await child.start()
        self._keepers[child] = asyncio.create_task(self._keep(child))

    async def stop(self, child: Child, grace: float) -> None:
        keeper = self._keepers.pop(child)
        keeper.cancel()
        await asyncio.gather(keeper, return_exceptions=True)
        await child.stop(grace)

    async def _keep(self, child: Child) -> None:
        pause = FIRST_PAUSE
        while True:
            since = time.monotonic()
            code = await child.wait()
            self.fallen.append(child)
            pause = FIRST_PAUSE if time.monotonic() - since > STEADY else pause
            self._report(
                f"{child.name} ended by itself (exit code {code}); it starts again in {pause:.0f} s. {child.log}"
            )
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
            await child.start()
