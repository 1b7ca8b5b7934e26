"""A year of twelve people is played; afterwards none of them is in Temporal's store, in a log, in a figure or in a trace."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
import pytest
from rich.console import Console

from adapters.database.engine import open_engine, open_sessions
from adapters.database.reads.confirmations import Confirmations
from appraisal.confirmation import Effect, Unconfirmed
from console.service import Service, serving
from demo.main import rehearsal
from demo.office import Somebody
from runtime.embedded import free_port
from runtime.settings import Settings
from runtime.span_export import provider
from runtime.temporal import connect
from tests import agency
from tests.deployment.monitoring import answered, asked
from tests.deployment.personal import Overheard, found, people_of
from tests.faults.people import town, until
from tests.faults.programs import settings_in
from tests.post import Receiver
from tests.traces import collecting, sent_to

UNREADABLE = "Ratna Dewi, yang tidak ada dalam catatan"
TYPED = "Menyusun laporan bulanan capaian"


async def places(service: Service, collector: Receiver) -> list[Path]:
    """Everything beside the record that the service writes or tells. A further place is one more line."""
    folder, settings = service.settings.data_dir, service.settings
    return [
        *files(folder, "temporal.db*"),  # ids, search attributes, memos, histories; the write-ahead log too
        *files(settings.log_dir, "*"),  # requests, workers, Temporal's server
        await told(f"{service.local_url}/metrics", folder / "api.metrics"),
        await told(f"http://127.0.0.1:{settings.worker_metrics_port}/metrics", folder / "worker.metrics"),
        await told(f"http://127.0.0.1:{settings.temporal_metrics_port}/metrics", folder / "core.metrics"),
        await heard(collector, folder / "traces"),
    ]


def files(folder: Path, names: str) -> list[Path]:
    """Those that are there, and hold something."""
    there = [file for file in folder.glob(names) if file.stat().st_size]
    assert there, f"nothing to look at: {folder / names}"
    return there


async def told(url: str, file: Path) -> Path:
    """What this address answers, as a file."""
    async with httpx2.AsyncClient(trust_env=False) as http:
        answer = await http.get(url)
    assert answer.is_success
    await asyncio.to_thread(file.write_bytes, answer.content)
    return file


async def heard(collector: Receiver, file: Path) -> Path:
    """What a collector of traces was sent, as a file: strings stand in it as they are."""
    assert collector.received, "nothing to look at: traces"
    await asyncio.to_thread(file.write_bytes, b"\n".join(batch.body for batch in collector.received))
    return file


def figures_in(looked_at: list[Path]) -> set[str]:
    """The names of all figures that were told."""
    return answered("".join(place.read_text() for place in looked_at if place.suffix == ".metrics"))


def told_in(folder: Path, collector: Receiver) -> Settings:
    """With figures and traces."""
    ports = {"worker_metrics_port": free_port(), "temporal_metrics_port": free_port()}
    return settings_in(folder).model_copy(update={**ports, "otlp_traces_endpoint": collector.url})


@pytest.mark.slow
async def test_a_year_leaves_nobody_in_temporal_logs_figures_or_traces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    overheard = Overheard()
    async with (
        overheard.listening(monkeypatch),
        collecting() as collector,
        rehearsal(Console(quiet=True), told_in(tmp_path, collector), 12) as (service, hr, year),
    ):
        overheard.texts.add(UNREADABLE)
        await mishaps(service, hr)
        people = await people_of(service.settings.database_url)
        wanted = people | overheard.texts | overheard.secrets
        record = found(wanted, files(tmp_path, "jenjang.db*"))
        assert len(people) > 1000, "everybody of the sample regency"
        assert len(overheard.texts) > 50
        assert len(overheard.secrets) > 20
        assert (year["figures"]["employees"], year["figures"]["closed"]) == (12, 12)
        assert len([one for hits in record.values() for one in hits]) > 1000, "in the record they are found"
        assert await undecided(service.settings.database_url) == []
        looked_at = await places(service, collector)
        assert found(wanted, looked_at) == {}
        assert asked() - figures_in(looked_at) == set(), "rules and dashboard name figures that nobody tells"
        assert {"jenjang-api", "jenjang-worker"} == {one.service for one in sent_to(collector)}


@pytest.mark.slow
async def test_the_same_search_finds_them_where_payloads_are_in_clear_and_a_span_holds_a_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    overheard = Overheard()
    async with overheard.listening(monkeypatch), collecting() as collector:
        settings = told_in(tmp_path, collector).model_copy(update={"payloads_in_clear": True})
        async with handed_in(settings) as service:
            careless = provider(collector.url, "test")
            careless.get_tracer("test").start_span("POST", attributes={"url.query": f"search={TYPED}"}).end()
            careless.shutdown()
            hits = found(overheard.texts, await places(service, collector))
    assert {place.partition("-")[0] for place in hits} == {"temporal.db", "traces"}
    assert TYPED in hits["traces"]
    assert TYPED in {text for place, found_there in hits.items() if place != "traces" for text in found_there}


async def undecided(database_url: str) -> list[Unconfirmed]:
    """What the whole year decided on people without a named human. Rule: human_decides."""
    engine = open_engine(database_url)
    async with open_sessions(engine)() as session:
        look = Confirmations(session)
        missing = [one async for one in look.missing()]
    await engine.dispose()
    assert look.seen[Effect.PREDICATE] > 0
    assert look.seen[Effect.NOMINATION] > 0
    return missing


async def mishaps(service: Service, hr: Somebody) -> None:
    """What goes wrong when people hold links, mistype and search, and when a process cannot read its state: it is all logged."""
    somebody = (await hr.get("people", limit=1))[0]
    link = (await hr.post(f"people/{somebody['id']}/sign-in-links"))["secret"]
    await hr.http.get(f"/sign-in/link/{link}")
    await hr.http.get("/people", params={"search": somebody["name"]})
    await hr.http.get(f"/nobody/{somebody['name']}")
    await hr.http.post("/api/v1/tokens", json={"login": somebody["name"], "password": "bukan kata sandinya"})
    await hr.http.post("/api/v1/cycles", json={"year": somebody["name"], "name": "Tahun yang salah ketik"})
    client, unreadable = await connect(service.settings), {"id": UNREADABLE, "step": UNREADABLE}
    await client.start_workflow(
        "AppraisalWorkflow", unreadable, id="appraisal/nowhere/nobody", task_queue=service.settings.task_queue
    )
    worker = service.settings.log_dir / "worker.jsonl"

    async def told_of() -> bool:
        return "Failed decoding arguments" in await asyncio.to_thread(worker.read_text)

    await until(told_of)


@asynccontextmanager
async def handed_in(settings: Settings) -> AsyncIterator[Service]:
    """A service in which one employee has handed in targets."""
    async with serving(settings, print) as service:
        engine = open_engine(settings.database_url)
        await agency.build(open_sessions(engine, writing=True))
        await engine.dispose()
        async with town(settings, service.local_url) as people:
            cycle = await people.launch(["ani"], "open")
            await people.do(cycle, "ani", "targets", "ani")
            yield service
