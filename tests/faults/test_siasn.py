"""A thousand results and more go to a SIASN that fails by the dice, and the worker dies: each arrives once, or is listed."""

import re
import signal
import sys
import uuid
from pathlib import Path

import pytest
from sqlalchemy import insert, select
from temporalio.testing import WorkflowEnvironment

from adapters.database.columns import table_of
from adapters.database.engine import Sessions
from adapters.database.reads import entries, siasn_list
from adapters.database.reads.siasn_list import Figures
from adapters.database.tables import organisation, process
from appraisal.access import Actor
from appraisal.siasn.push import Failure, Matter, PushOrder, Stand, Which, push_id
from demo.siasn import Double, Faults, siasn
from demo.siasn_records import ANNUAL, COURSE, TALENT
from runtime.children import Child
from runtime.settings import Settings
from tests import agency
from tests.closed_careers import attended, boxed
from tests.closed_results import UNRATED, closed
from tests.faults.people import until
from tests.keys import KEYS
from workflows.identity import pushes_id
from workflows.siasn import PushesWorkflow

EVENT, PERSON = table_of(process.Event), table_of(organisation.Person)
PEOPLE = tuple(f"p{number:03}" for number in range(800))
NIPS = {who: f"1990{number:014}" for number, who in enumerate(PEOPLE)}
ATTENDED, BOXED = PEOPLE[1:121], PEOPLE[121:201]
PUSHES = len(PEOPLE) + len(ATTENDED) + len(BOXED)
UNKNOWN, WITHOUT = frozenset(PEOPLE[::50]), frozenset(PEOPLE[7::100])
FAULTS = Faults(broken=0.006, lost=0.006, closed=0.003, busy=0.003, lasts=3, seed=6)
HISTORIES = {Matter.RATING: ANNUAL, Matter.COURSE: COURSE, Matter.TALENT: TALENT}
KINDS = {Stand.SENT: ["push_ordered", "push_sent"], Stand.LISTED: ["push_ordered", "push_listed"]}


async def town(sessions: Sessions) -> str:
    """The tiny agency with many more people, rated by budi but for a few; some took a course, or have a box of the map."""
    await agency.build(sessions)
    people = [
        {"id": who, "nip": nip, "name": f"Warga {who}", "email": None, "employment": "PNS", "grade": "II/c"}
        for who, nip in NIPS.items()
    ]
    async with sessions.begin() as session:
        await session.execute(insert(PERSON), people)
    cycle = await closed(sessions, {who: UNRATED if who in WITHOUT else ("budi", "SESUAI", "SESUAI") for who in PEOPLE})
    for who in ATTENDED:
        await attended(sessions, cycle, who, f"SR/{who}")
    await boxed(sessions, *((who, 8) for who in BOXED))
    return cycle


def programme(settings: Settings, folder: Path) -> Child:
    argv = (sys.executable, "-m", "console.main", "worker")
    return Child("worker", argv, env=settings.environment(), log=folder / "worker.jsonl")


@pytest.mark.slow
async def test_a_thousand_results_arrive_once_or_are_listed_whatever_fails(
    server: WorkflowEnvironment, sessions: Sessions, database_url: str, tmp_path: Path
) -> None:
    cycle = await town(sessions)
    async with siasn(FAULTS) as double:
        double.unknown = {NIPS[who] for who in UNKNOWN}
        settings = Settings(
            database_url=database_url,
            task_queue=uuid.uuid4().hex,
            temporal_address=server.client.service_client.config.target_host,
            payload_keys=KEYS,
            worker_metrics_port=0,
            temporal_metrics_port=0,
            **double.settings(),
        )
        worker = programme(settings, tmp_path)
        await worker.start()
        order = PushOrder("0123456789ab", Actor("hr", hr=True), cycle, 2026, Which.NEW)
        handle = await server.client.start_workflow(
            PushesWorkflow.run, order, id=pushes_id(order.id), task_queue=settings.task_queue
        )
        await until(lambda: wrote(double, 400), 120)
        worker.send(signal.SIGKILL)
        await worker.wait()
        await worker.start()
        try:
            assert await handle.result() == PUSHES
        finally:
            await worker.stop(10)
    await check(sessions, double, cycle)
    assert {"500", "503", "429"} <= set(double.answers)
    assert double.answers["tokens"] > 4
    assert not re.search(r"\d{16,}|Warga", (tmp_path / "worker.jsonl").read_text())
    assert (await handle.describe()).history_length < 20


async def wrote(double: Double, many: int) -> bool:
    return len(double.records) >= many


async def check(sessions: Sessions, double: Double, cycle: str) -> None:
    """What HR's list says is what SIASN holds, and every chain of the record is whole."""
    async with sessions() as session:
        rows = await siasn_list.listed(session, cycle, siasn_list.Wanted(), limit=PUSHES)
        figures = await siasn_list.figures(session, cycle)
        kinds: dict[str, list[str]] = {}
        told = select(EVENT).where(EVENT.c.subject.startswith("push/")).order_by(EVENT.c.subject, EVENT.c.revision)
        for event in await session.execute(told):
            kinds.setdefault(event.subject, []).append(event.kind)
        assert [subject for subject in kinds if await entries.broken(session, subject) is not None] == []
    listed = {(row.matter, row.person_id): row.failure for row in rows if row.stand is Stand.LISTED}
    sent = {(row.matter, row.person_id) for row in rows if row.stand is Stand.SENT}
    every = {matter: set(of) for matter, of in zip(Matter, (PEOPLE, ATTENDED, BOXED), strict=True)}
    assert listed == {
        (matter, who): Failure.UNRATED if who in WITHOUT and matter is Matter.RATING else Failure.PERSON_UNKNOWN
        for matter, of in every.items()
        for who in of & (UNKNOWN | WITHOUT if matter is Matter.RATING else UNKNOWN)
    }
    assert sent == {(matter, who) for matter, of in every.items() for who in of} - set(listed)
    assert figures == Figures(0, 0, len(sent), len(listed), figures.reasons)
    held = [(history, person) for history, person, _ in double.records]
    assert sorted(held) == sorted((HISTORIES[matter], double.person(NIPS[who])) for matter, who in sent)
    assert set(double.writes.values()) == {1}
    for row in rows:
        assert row.stand is not None
        assert kinds[push_id(2026, row.key)] == KINDS[row.stand]
