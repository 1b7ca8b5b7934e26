"""The database refuses writes for a while: people wait or are told to ask again, and nothing is lost."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest
from temporalio.testing import WorkflowEnvironment

import worker
from adapters.database.engine import Sessions
from adapters.database.writes import SqlRecords
from appraisal.case import Case
from tests import agency
from tests.faults.evidence import check_record, read_record
from tests.faults.people import until
from tests.stack import Stack, running

TARGET = {"aspect": "KUANTITAS", "indicator": "Jumlah laporan", "value": "12", "unit_of_measure": "laporan"}
TARGET |= {"support": {"kind": "unit_indicator", "ref": "i1", "name": "Cakupan imunisasi"}}  # type: ignore[dict-item]
PLAN = {"targets": [{**TARGET, "title": f"Hasil {n}", "weight": weight} for n, weight in enumerate((40, 30, 30))]}


class Refusing(SqlRecords):
    """A database that refuses to store cases while it is `down`; `refused` counts how often it did."""

    down = False
    refused = 0

    async def store_case(self, case: Case) -> None:
        if self.down:
            self.refused += 1
            raise ConnectionError("the database is down")
        await super().store_case(case)


@dataclass(frozen=True)
class Scene:
    """A case at its first step, its employee at the door, and the database that can be switched off."""

    stack: Stack
    records: Refusing
    ani: httpx2.AsyncClient
    path: str

    async def hand_in(self) -> httpx2.Response:
        return await self.ani.post(f"{self.path}/targets", json=PLAN, headers={"idempotency-key": "once"})

    async def kinds(self) -> list[str]:
        record = await read_record(self.stack.settings.database_url)
        check_record(record, [])
        return record.kinds(self.path.replace("/api/v1/appraisals/", "appraisal/"))


@pytest.fixture
async def scene(
    server: WorkflowEnvironment, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Scene]:
    made: list[Refusing] = []

    def records(sessions: Sessions) -> Refusing:
        made.append(Refusing(sessions))
        return made[-1]

    monkeypatch.setattr(worker, "SqlRecords", records)
    async with running(server.client, database_url) as stack:
        await agency.build(stack.sessions)
        hr, ani = await stack.visitor(officer="hr"), await stack.visitor("ani")
        order = {"year": 2026, "name": "Siklus", "policy": "open", "people": ["ani"]}
        cycle = (await hr.post("/api/v1/cycles", json=order)).json()["id"]
        path = f"/api/v1/appraisals/{cycle}/ani"

        async def running_there() -> bool:
            answer = await hr.get(f"/api/v1/cycles/{cycle}")
            return answer.is_success and answer.json()["phase"] == "running"

        await until(running_there)
        yield Scene(stack, made[0], ani, path)
        await hr.aclose()
        await ani.aclose()


@pytest.mark.every_database
async def test_a_short_outage_delays_the_answer(scene: Scene) -> None:
    scene.records.down = True
    answering = asyncio.create_task(scene.hand_in())

    async def refused() -> bool:
        return scene.records.refused > 0

    await until(refused)
    assert not answering.done()
    assert await scene.kinds() == ["opened"]
    scene.records.down = False
    answer = await answering
    assert (answer.status_code, answer.json()["step"]) == (200, "approval")
    assert await scene.kinds() == ["opened", "submit_targets"]


@pytest.mark.every_database
async def test_a_longer_one_is_answered_with_an_address_that_tells_the_end(scene: Scene) -> None:
    scene.records.down = True
    answer = await scene.hand_in()
    assert answer.status_code == 202, answer.text
    where = answer.headers["location"]
    assert answer.json() == {"revision": None, "step": None, "status_url": where}
    assert (await scene.ani.get(where)).status_code == 202
    assert (await scene.hand_in()).status_code == 202, "the same command again is the same command"
    assert await scene.kinds() == ["opened"]
    scene.records.down = False
    told = await _told(scene, where)
    assert (told["revision"], told["step"]) == (1, "approval")
    assert (await scene.hand_in()).json()["revision"] == 1
    assert await scene.kinds() == ["opened", "submit_targets"]


async def test_a_lock_that_another_program_holds_loses_nothing(scene: Scene) -> None:
    """SQLite alone has a lock on everything: a backup tool or a shell that forgot to commit holds it."""
    file = scene.stack.settings.database_url.partition(":///")[2]
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        answer = await scene.hand_in()
        assert answer.status_code == 202, answer.text
        assert (await scene.ani.get(scene.path)).json()["case"]["step"] == "targets", "reading goes on"
        other.execute("ROLLBACK")
    assert (await _told(scene, answer.headers["location"]))["step"] == "approval"
    assert await scene.kinds() == ["opened", "submit_targets"]


async def _told(scene: Scene, where: str) -> dict[str, Any]:
    """What the address says once it says that the command is on record."""

    async def told() -> dict[str, Any] | None:
        answer = await scene.ani.get(where)
        assert answer.status_code in (200, 202), answer.text
        found: dict[str, Any] | None = answer.json() if answer.status_code == 200 else None
        return found

    found: dict[str, Any] = await until(told)
    return found
