"""API and worker are killed at fifty random points while people work: each acknowledged command is on record exactly once."""

import asyncio
import random
import signal
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from console import supervisor
from console.service import serving
from runtime.children import Child
from tests.faults.load import EMPLOYEES, check_all, come_in, rate_everybody, settle
from tests.faults.people import Town, town, until
from tests.faults.programs import settings_in

OF_API, OF_EACH_WORKER = 14, 18
LONGEST_CALM = 1.0  # seconds between the first receipt after a death and the next death


@pytest.mark.slow
async def test_fifty_deaths_under_load_lose_nothing_and_double_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]
) -> None:
    for name in ("FIRST_PAUSE", "LONGEST_PAUSE"):
        monkeypatch.setattr(supervisor, name, 0.1)
    said: list[str] = []
    settings, dice = settings_in(tmp_path).model_copy(update={"worker_processes": 2}), random.Random(7)
    await settle(settings)
    async with serving(settings, said.append) as service, town(service.settings, service.local_url) as people:
        await come_in(people)
        victims = [(service.api, OF_API), *((worker, OF_EACH_WORKER) for worker in service.workers)]
        deaths = asyncio.gather(*(_kill(child, times, people, dice) for child, times in victims))
        cycles = 0
        try:
            while not deaths.done():
                await rate_everybody(people, await people.launch(list(EMPLOYEES), "open"))
                cycles += 1
        finally:
            deaths.cancel()
        waits = sorted(wait for of_one in await deaths for wait in of_one)
        record = await check_all(service.settings, people)
    assert sum("exit code -9" in line for line in said) == OF_API + 2 * OF_EACH_WORKER == 50
    assert len(record.cases) == cycles * len(EMPLOYEES), "a launch that was answered late is one launch"
    record_property("Commands acknowledged during fifty deaths", len(people.acknowledged))
    record_property("Seconds from a death to the next receipt, median", f"{statistics.median(waits):.1f}")
    record_property("Seconds from a death to the next receipt, longest", f"{waits[-1]:.1f}")


async def _kill(child: Child, times: int, people: Town, dice: random.Random) -> list[float]:
    """Again and again, each time once the service has worked since; how long each death was felt."""
    felt = []
    for _ in range(times):
        await asyncio.sleep(dice.random() * LONGEST_CALM)
        dead, since = child.pid, time.monotonic()
        child.send(signal.SIGKILL)
        await until(lambda dead=dead: _again(child, dead), 120)  # type: ignore[misc]
        received = len(people.acknowledged)
        await until(lambda received=received: _more(people, received), 120)  # type: ignore[misc]
        felt.append(time.monotonic() - since)
    return felt


async def _again(child: Child, dead: int) -> bool:
    return child.running and child.pid != dead


async def _more(people: Town, received: int) -> bool:
    return len(people.acknowledged) > received
