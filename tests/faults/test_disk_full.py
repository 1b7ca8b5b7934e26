"""The disk under everything fills up while people work: a small file system of its own, and the kernel says that it is full."""

import asyncio
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import httpx2
import pytest

from console.service import serving
from demo import forms
from tests.faults.load import EMPLOYEES, check_all, come_in, rate_everybody, settle
from tests.faults.people import AWAY, SENT_AWAY, Town, town, until
from tests.faults.programs import settings_in

SIZE = "64m"
LONG = "Hasil yang panjang. " * 450
REFUSALS = ("record_not_reachable", "not_recorded_yet", "not_reachable")
"""What somebody hears who asks while nothing can be kept: ask again."""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """In memory, of a size that can be filled."""
    if os.geteuid() != 0:
        raise RuntimeError("This test mounts a small file system: run it as root.")
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=700", "jenjang-full", disk], check=True)
    yield disk
    subprocess.run(["umount", "--lazy", disk], check=True)


def fill(disk: Path) -> Path:
    """Take all that is free."""
    ballast = disk / "ballast"
    with suppress(OSError), ballast.open("wb", buffering=0) as file:
        while True:
            file.write(b"\0" * 4096)
    return ballast


@pytest.mark.slow
async def test_a_full_disk_refuses_clearly_loses_nothing_and_goes_on(
    small_disk: Path, record_property: Callable[[str, object], None]
) -> None:
    settings = settings_in(small_disk / "data")
    await settle(settings)
    async with serving(settings, print) as service, town(service.settings, service.local_url) as people:
        await come_in(people)
        cycle = await people.launch(list(EMPLOYEES), "open")
        SENT_AWAY.clear()
        working = asyncio.create_task(rate_everybody(people, cycle, EMPLOYEES[:-1]))
        await until(lambda: _received(people, 3))
        ballast = fill(small_disk)
        assert os.statvfs(small_disk).f_bavail == 0
        assert await until(lambda: _refused(people, cycle)) in REFUSALS
        assert (await people.hr.http.get(f"/api/v1/cycles/{cycle}")).is_success, "reading goes on"
        late = asyncio.create_task(people.do(cycle, EMPLOYEES[-1], "targets", EMPLOYEES[-1]))
        await asyncio.sleep(5)
        ballast.unlink()
        since, received = time.monotonic(), len(people.acknowledged)
        await until(lambda: _received(people, received + 1), seconds=180)
        record_property("Seconds from room on the disk to the next receipt", f"{time.monotonic() - since:.1f}")
        await asyncio.gather(working, late)
        assert set(SENT_AWAY) <= set(REFUSALS)
        await check_all(service.settings, people)


async def _received(people: Town, wanted: int) -> bool:
    return len(people.acknowledged) >= wanted


async def _refused(people: Town, cycle: str) -> str:
    """The code with which somebody who asks once is refused; nothing as long as there is some room inside the files."""
    person = await people.person("dewi")
    async with httpx2.AsyncClient(base_url=people.url, headers=person.http.headers, timeout=60) as http:
        fields = {"fields": {"title": LONG}}
        answer = await http.put(f"/api/v1/appraisals/{cycle}/dewi/drafts/{forms.PATHS['targets']}", json=fields)
    return str(answer.json()["code"]) if answer.status_code in AWAY else ""
