"""Worker and API die by SIGKILL in the middle of the work: the year ends as an undisturbed one does."""

import asyncio
import signal
from pathlib import Path
from typing import Any

from console.service import Service, serving
from demo import office
from runtime.children import Child
from runtime.temporal import connect
from tests.faults import year
from tests.faults.evidence import Record, check_nobody_acted_unasked, check_processes, check_record, read_record
from tests.faults.people import Town, town, until
from tests.faults.programs import settings_in

PEOPLE = 20
ENDS = ("employee_id", "step", "holder_id", "outcome", "returned", "escalated", "predicate", "calibrated")
"""What must be the same; which training somebody gets depends on the seats that the first year left."""


async def test_four_dead_workers_and_a_dead_api_change_nothing(tmp_path: Path) -> None:
    said: list[str] = []
    async with (
        serving(settings_in(tmp_path), said.append) as service,
        town(service.settings, service.local_url) as people,
    ):
        await office.import_sample(people.hr)
        employees, _ = office.choose(await office.everybody(people.hr), PEOPLE)
        calm = await people.launch(employees, "open")
        await year.play(people, calm, employees)
        rough = await people.launch(employees, "open")
        async with asyncio.TaskGroup() as group:
            group.create_task(_kill_now_and_then(service, people, len(people.acknowledged)))
            group.create_task(year.play(people, rough, employees, lambda: _kill(service.workers[0])))
        record = await read_record(service.settings.database_url)
        check_record(record, people.acknowledged)
        check_nobody_acted_unasked(record, people.acknowledged)
        await check_processes(await connect(service.settings), record)
    assert _ends(record, calm) == _ends(record, rough)
    assert len(_ends(record, rough)) == PEOPLE
    assert sum(row["step"] == "acknowledgement" for row, _ in _ends(record, rough)) == PEOPLE // 10
    assert [line.split()[0] for line in said if "exit code -9" in line] == ["worker", "api", *3 * ["worker"]]


async def _kill_now_and_then(service: Service, people: Town, before: int) -> None:
    """A worker after an eighth of the work, the API after a quarter, workers while people rate and are told of it."""
    worker, expected = service.workers[0], before
    for share, victim in ((1 / 8, worker), (1 / 4, service.api), (1 / 2, worker), (0.8, worker)):
        await until(lambda share=share: _done(people, before, share * expected))  # type: ignore[misc]
        await _kill(victim)


async def _done(people: Town, before: int, wanted: float) -> bool:
    return len(people.acknowledged) - before >= wanted


async def _kill(child: Child) -> None:
    """Without warning; returns when its supervisor has started it again."""
    dead = child.pid
    child.send(signal.SIGKILL)

    async def again() -> bool:
        return child.running and child.pid != dead

    await until(again)


def _ends(record: Record, cycle: str) -> list[tuple[dict[str, Any], list[str]]]:
    """How every case of a cycle ended, and by which events."""
    rows = sorted((row for row in record.cases.values() if row.cycle_id == cycle), key=lambda row: str(row.employee_id))
    return [({name: getattr(row, name) for name in ENDS}, record.kinds(row.id)) for row in rows]
