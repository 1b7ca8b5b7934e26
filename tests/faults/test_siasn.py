"""A thousand results go to a SIASN that fails by the dice, and the worker dies: each arrives exactly once, or is listed."""

import re
import signal
import sys
import uuid
from pathlib import Path

import pytest
from sqlalchemy import insert, select
from temporalio.testing import WorkflowEnvironment

from adapters.database import chain, siasn_list
from adapters.database.columns import table_of
from adapters.database.engine import Sessions
from adapters.database.siasn_list import Figures
from adapters.database.tables import organisation, process
from appraisal.access import Actor
from appraisal.siasn_push import Failure, PushOrder, Stand, Which, push_id
from demo.siasn import ANNUAL, Double, Faults, siasn
from runtime.children import Child
from runtime.settings import Settings
from tests import agency
from tests.closed_results import UNRATED, closed
from tests.faults.people import until
from tests.keys import KEYS
from workflows.identity import pushes_id
from workflows.siasn import PushesWorkflow

EVENT, PERSON = table_of(process.Event), table_of(organisation.Person)
PEOPLE = tuple(f"p{number:03}" for number in range(1000))
NIPS = {who: f"1990{number:014}" for number, who in enumerate(PEOPLE)}
UNKNOWN, WITHOUT = frozenset(PEOPLE[::50]), frozenset(PEOPLE[7::100])
FAULTS = Faults(broken=0.006, lost=0.006, closed=0.003, busy=0.003, lasts=3, seed=6)
KINDS = {Stand.SENT: ["push_ordered", "push_sent"], Stand.LISTED: ["push_ordered", "push_listed"]}


async def town(sessions: Sessions) -> str:
    """The tiny agency with a thousand more people, all rated by budi but for a few whom nobody rated."""
    await agency.build(sessions)
    people = [
        {"id": who, "nip": nip, "name": f"Warga {who}", "email": None, "employment": "PNS", "grade": "II/c"}
        for who, nip in NIPS.items()
    ]
    async with sessions.begin() as session:
        await session.execute(insert(PERSON), people)
    return await closed(sessions, {who: UNRATED if who in WITHOUT else ("budi", "SESUAI", "SESUAI") for who in PEOPLE})


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
            assert await handle.result() == len(PEOPLE)
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
        rows = await siasn_list.listed(session, cycle, siasn_list.Wanted(), limit=len(PEOPLE))
        figures = await siasn_list.figures(session, cycle)
        kinds: dict[str, list[str]] = {}
        for event in await session.execute(select(EVENT).order_by(EVENT.c.subject, EVENT.c.revision)):
            kinds.setdefault(event.subject, []).append(event.kind)
        assert [subject for subject in kinds if await chain.broken(session, subject) is not None] == []
    listed = {row.person_id: row.failure for row in rows if row.stand is Stand.LISTED}
    sent = {row.person_id for row in rows if row.stand is Stand.SENT}
    assert listed == dict.fromkeys(UNKNOWN - WITHOUT, Failure.PERSON_UNKNOWN) | dict.fromkeys(WITHOUT, Failure.UNRATED)
    assert sent == set(PEOPLE) - set(listed)
    assert figures == Figures(0, 0, len(sent), len(listed), figures.reasons)
    assert {person for _, person, _ in double.records} == {double.person(NIPS[who]) for who in sent}
    assert len(double.records) == len(sent)
    assert set(double.writes.values()) == {1}
    assert {history for history, _, _ in double.records} == {ANNUAL}
    for row in rows:
        assert row.stand is not None
        assert kinds[push_id(2026, row.person_id, 0)] == KINDS[row.stand]
