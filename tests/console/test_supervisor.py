"""What dies is started again; what is stopped stays stopped."""

import asyncio
import signal
from pathlib import Path

from console import supervisor as module
from console.supervisor import Supervisor
from runtime.children import Child

LIMIT = 10.0


async def test_a_program_that_dies_is_started_again(tmp_path: Path) -> None:
    said: list[str] = []
    supervisor = Supervisor(said.append)
    child = Child("sleeper", ["sleep", "60"], log=tmp_path / "x.log")
    await supervisor.start(child)
    first = child.pid
    child.send(signal.SIGKILL)
    async with asyncio.timeout(LIMIT):
        while child.pid == first:
            await asyncio.sleep(0.05)
    assert child.running
    assert supervisor.fallen == [child]
    assert said[0].startswith("sleeper ended by itself (exit code -9); it starts again in 1 s.")
    await supervisor.stop(child, grace=5)


async def test_a_program_that_is_stopped_stays_so() -> None:
    said: list[str] = []
    supervisor = Supervisor(said.append)
    child = Child("sleeper", ["sleep", "60"])
    await supervisor.start(child)
    await supervisor.stop(child, grace=5)
    await asyncio.sleep(module.FIRST_PAUSE + 0.2)
    assert not child.running
    assert said == []
