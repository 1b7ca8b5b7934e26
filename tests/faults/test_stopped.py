"""SIGTERM in the middle of the work: what was begun is answered, nothing new is begun, nothing is lost and nothing happens twice.

A program that holds SQLite's lock keeps the requests under way for as long as the test needs.
"""

import asyncio
import signal
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path

import httpx2
import pytest
from temporalio.service import RPCError

from console.service import Service, serving
from demo import forms
from runtime.children import Child
from runtime.temporal import connect
from tests.faults.evidence import check_record, read_record
from tests.faults.load import check_all, come_in, settle
from tests.faults.people import COMMANDS, Acknowledged, Town, town, until
from tests.faults.programs import settings_in
from workflows.appraisal import AppraisalWorkflow

EMPLOYEES = ("ani", "eko", "gita", "citra")
ANSWERS = (200, 202)
"""On record, or taken and soon on record: a busy machine may need longer than the four seconds that a request waits."""


@pytest.mark.slow
async def test_api_and_worker_end_what_they_have_begun(tmp_path: Path) -> None:
    said: list[str] = []
    settings = settings_in(tmp_path)
    await settle(settings)
    async with serving(settings, said.append) as service, town(service.settings, service.local_url) as people:
        await come_in(people)
        cycle = await people.launch(list(EMPLOYEES), "open")
        async with watching(people) as board:
            with locked(tmp_path / "jenjang.db") as let_go:
                answers = [asyncio.create_task(hand_in(people, cycle, who)) for who in EMPLOYEES]
                await until(lambda: _taken(service, cycle, EMPLOYEES))
                service.api.send(signal.SIGTERM)
                await asyncio.wait_for(board, 30)
                await until(lambda: _refuses(service))
                let_go()
                assert {answer.status_code for answer in await asyncio.gather(*answers)} <= set(ANSWERS)
        await _ended_well(said, "api")
        await until(lambda: _arrived(people, cycle))
        check_record(await read_record(settings.database_url), people.acknowledged)

        worker, old = service.workers[0], service.workers[0].pid
        with locked(tmp_path / "jenjang.db") as let_go:
            approvals = [
                asyncio.create_task(people.do(cycle, who, "approval", await _superior(people, cycle, who)))
                for who in EMPLOYEES
            ]
            await until(lambda: _taken(service, cycle, EMPLOYEES, 2))
            worker.send(signal.SIGTERM)
            await asyncio.sleep(1)
            assert worker.pid == old, "it waits for what it is writing"
            let_go()
            await asyncio.gather(*approvals)
        await _ended_well(said, "worker")
        await until(lambda: _again(worker, old))
        await check_all(service.settings, people)


@contextmanager
def locked(file: Path) -> Iterator[Callable[[], None]]:
    """Nobody writes until this is let go."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        def let_go() -> None:
            other.execute("ROLLBACK")

        yield let_go


@asynccontextmanager
async def watching(people: Town) -> AsyncIterator["asyncio.Task[None]"]:
    """HR's board, live; the task ends when the stream does, in order."""
    watched = asyncio.Event()

    async def watch() -> None:
        async with (
            httpx2.AsyncClient(headers=people.hr.http.headers, timeout=60) as http,
            http.stream("GET", f"{people.url}/board/live") as stream,
        ):
            async for _ in stream.aiter_lines():
                watched.set()

    task = asyncio.create_task(watch())
    await asyncio.wait_for(watched.wait(), 30)
    yield task
    task.cancel()


async def hand_in(people: Town, cycle: str, who: str) -> httpx2.Response:
    """Targets, by a client that asks once and takes whatever it gets for the answer."""
    case, person = await people.case(cycle, who), await people.person(who)
    body, key = await forms.fill("targets", case, person, 0), f"targets-{case['revision']}"
    async with httpx2.AsyncClient(base_url=people.url, headers=person.http.headers, timeout=60) as http:
        path = f"/api/v1/appraisals/{cycle}/{who}/{forms.PATHS['targets']}"
        answer = await http.post(path, json=body, headers={"idempotency-key": key})
    people.acknowledged.append(Acknowledged(case["id"], f"{who}/{key}", COMMANDS["targets"], case["revision"] + 1))
    return answer


async def _superior(people: Town, cycle: str, who: str) -> str:
    superior: str = (await people.case(cycle, who))["parties"]["line"][0]
    return superior


async def _taken(service: Service, cycle: str, employees: tuple[str, ...], revision: int = 1) -> bool:
    """Whether the processes have decided, though the record cannot know yet."""
    client = await connect(service.settings)
    handles = [client.get_workflow_handle(f"appraisal/{cycle}/{who}") for who in employees]
    try:
        cases = await asyncio.gather(*(handle.query(AppraisalWorkflow.case) for handle in handles))
    except RPCError:
        return False  # a process that is busy with its record answers afterwards
    return all(case.revision >= revision for case in cases)


async def _refuses(service: Service) -> bool:
    try:
        async with httpx2.AsyncClient(timeout=5) as http:
            await http.get(f"{service.local_url}/healthz")
    except httpx2.ConnectError:
        return True
    return False


async def _arrived(people: Town, cycle: str) -> bool:
    cases = [await people.case(cycle, who) for who in EMPLOYEES]
    return all(case["step"] == "approval" for case in cases)


async def _ended_well(said: list[str], name: str) -> None:
    async def told() -> bool:
        return any(line.startswith(f"{name} ended by itself (exit code 0)") for line in said)

    await until(told)


async def _again(child: Child, old: int) -> bool:
    return child.running and child.pid != old
