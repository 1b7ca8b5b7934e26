"""The database refuses writes for a while: people wait or are told to ask again, and nothing is lost."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest
from sqlalchemy import Connection, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from temporalio.testing import WorkflowEnvironment

import worker
from adapters.database.engine import Sessions, _begin
from adapters.database.writes.records import SqlRecords
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


@dataclass
class Disk:
    """SQLite's own limit for the pages of its file, asked at each transaction: when it is reached, the disk is full."""

    full: bool = False
    said_full: int = 0

    def begin(self, connection: Connection) -> None:
        _begin(connection)
        # A file that is larger already stays as it is and grows no more.
        connection.exec_driver_sql(f"PRAGMA max_page_count = {1 if self.full else 2**30}")

    def count(self, context: ExceptionContext) -> None:
        self.said_full += "database or disk is full" in str(context.original_exception)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    """The disk under every database that is opened from now on."""
    found = Disk()

    def create(url: str, **options: Any) -> AsyncEngine:
        made = create_async_engine(url, **options)
        event.listen(made.sync_engine, "handle_error", found.count)
        return made

    monkeypatch.setattr("adapters.database.engine._begin", found.begin)
    monkeypatch.setattr("adapters.database.engine.create_async_engine", create)
    return found


@dataclass(frozen=True)
class Scene:
    """A case at its first step, its employee at the door, and the database that can be switched off."""

    stack: Stack
    records: Refusing
    ani: httpx2.AsyncClient
    path: str

    @property
    def file(self) -> str:
        return self.stack.settings.database_url.partition(":///")[2]

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
    with closing(sqlite3.connect(scene.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        answer = await scene.hand_in()
        assert answer.status_code == 202, answer.text
        assert (await scene.ani.get(scene.path)).json()["case"]["step"] == "targets", "reading goes on"
        other.execute("ROLLBACK")
    assert (await _told(scene, answer.headers["location"]))["step"] == "approval"
    assert await scene.kinds() == ["opened", "submit_targets"]


async def test_a_full_disk_refuses_what_it_cannot_keep_and_loses_nothing(disk: Disk, scene: Scene) -> None:
    with closing(sqlite3.connect(scene.file, timeout=60, isolation_level=None)) as other:
        other.execute("VACUUM")  # what was free inside the file is free on the disk now
    disk.full = True
    refused = await scene.ani.put(
        f"{scene.path}/drafts/targets", json={"fields": {"title": "Hasil yang panjang. " * 450}}
    )
    assert (refused.status_code, refused.json()["code"]) == (503, "record_not_reachable")
    page = await scene.ani.post(
        f"{scene.path.removeprefix('/api/v1')}/targets/draft", data={"reason": "Hasil yang panjang. " * 450}
    )
    assert (page.status_code, "Basis data saat ini tidak dapat dihubungi" in page.text) == (503, True)
    answer = await scene.hand_in()
    assert answer.status_code == 202, answer.text
    assert (await scene.ani.get(scene.path)).json()["case"]["step"] == "targets", "reading goes on"
    assert disk.said_full >= 3
    disk.full = False
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
