"""The topology of docker-compose.yml without containers: PostgreSQL, a cluster, and Jenjang's programs as the file has them."""

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from adapters.database.engine import open_engine, open_sessions
from adapters.database.tables.record import FOREVER
from adapters.database.writes.retention import SqlRetention
from appraisal.privacy.retention import read_retention
from console.retention import NotTheOwner, remove_guarded
from runtime.children import Child
from runtime.embedded import HOST, embedded_temporal, free_port
from runtime.readiness import web_serves, worker_polls
from runtime.settings import Settings
from runtime.temporal import connect
from tests import agency
from tests.faults import year
from tests.faults.evidence import check_processes, check_record, read_record
from tests.faults.people import town, until
from tests.keys import KEYS
from tests.postgres import Cluster

ROOT = Path(__file__).parents[2]
SERVICES: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
SECRETS = {
    "JENJANG_DB_PASSWORD": "jenjang-rahasia",
    "JENJANG_OWNER_DB_PASSWORD": "pemilik-rahasia",
    "TEMPORAL_DB_PASSWORD": "temporal-rahasia",
    "JENJANG_PAYLOAD_KEYS": KEYS,
    "JENJANG_SECOND_STEP": "optional",
}


@dataclass(frozen=True)
class Place:
    """Where the services of the file are on this machine."""

    postgres: int
    temporal: str
    port: int
    folder: Path

    def environment(self, service: str) -> dict[str, str]:
        """What the file gives this service, with this machine's addresses and ports of its own."""
        known = {**SECRETS, "JENJANG_PUBLIC_URL": f"http://{HOST}:{self.port}"}
        given = {name: _filled(str(value), known) for name, value in SERVICES[service]["environment"].items()}
        given["DATABASE_URL"] = given["DATABASE_URL"].replace("@postgres:5432/", f"@{HOST}:{self.postgres}/")
        if "TEMPORAL_ADDRESS" in given:
            given["TEMPORAL_ADDRESS"] = given["TEMPORAL_ADDRESS"].replace("temporal:7233", self.temporal)
        ports = {"JENJANG_WORKER_METRICS_PORT": "0", "JENJANG_TEMPORAL_METRICS_PORT": "0"}
        return {**given, **ports, "JENJANG_PORT": str(self.port), "JENJANG_DATA_DIR": str(self.folder)}

    def program(self, service: str) -> Child:
        """The image's entry point with the service's command."""
        entry = json.loads(re.findall(r"^ENTRYPOINT (.+)$", DOCKERFILE, re.MULTILINE)[-1])
        argv = [str(Path(sys.executable).parent / entry[0]), *entry[1:], *SERVICES[service]["command"]]
        return Child(service, argv, env=self.environment(service), log=self.folder / f"{service}.log")


def _filled(value: str, known: dict[str, str]) -> str:
    demanded = re.sub(r"\$\{(\w+):\?[^}]*\}", lambda found: known[found[1]], value)
    return re.sub(r"\$\{(\w+):-([^}]*)\}", lambda found: known.get(found[1]) or found[2], demanded)


@pytest.fixture
def jenjang_database(cluster: Cluster, tmp_path: Path) -> Iterator[int]:
    """Roles and databases as the file's own script makes them; gives the port of PostgreSQL."""
    where = {"PGHOST": HOST, "PGPORT": str(cluster.port), "PGDATABASE": "postgres", "POSTGRES_USER": "postgres"}
    script = ["sh", str(ROOT / "deploy" / "postgres-init.sh")]
    subprocess.run(script, env={**os.environ, **SECRETS, **where}, check=True, capture_output=True)
    yield cluster.port
    for database in ("jenjang", "temporal", "temporal_visibility"):
        cluster.drop_database(cluster.url(database))


@asynccontextmanager
async def started(child: Child) -> AsyncIterator[Child]:
    await child.start()
    try:
        yield child
    finally:
        await child.stop(20)


async def test_ready_one_case_walked_and_a_clean_stop(jenjang_database: int, tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        temporal = await stack.enter_async_context(embedded_temporal(None))
        place = Place(jenjang_database, temporal, free_port(), tmp_path)
        migration = await stack.enter_async_context(started(place.program("migrate")))
        assert await migration.wait() == 0, migration.last_words()
        programs = [await stack.enter_async_context(started(place.program(name))) for name in ("api", "worker")]
        settings = _settings(place)
        await _until_ready(settings, programs)
        promotion = await stack.enter_async_context(started(place.program("promote")))
        assert await promotion.wait() == 0, promotion.last_words()
        await _fill(settings)
        async with town(settings, f"http://{HOST}:{place.port}") as people:
            cycle = await people.launch(["ani"], "open")
            await year.play(people, cycle, ["ani"])
            record = await read_record(settings.database_url)
            check_record(record, people.acknowledged)
            await check_processes(await connect(settings), record)
        assert record.kinds(f"appraisal/{cycle}/ani")[-1] == "nominate"
        await _check_nothing_can_be_taken_back(settings)
        for program in programs:
            program.send(signal.SIGTERM)
            assert await asyncio.wait_for(program.wait(), 30) == 0, program.last_words()


def _settings(place: Place) -> Settings:
    """The API's settings, for what this test does past it: people, and the first officer."""
    given = place.environment("api")
    return Settings(
        data_dir=place.folder,
        database_url=given["DATABASE_URL"],
        temporal_address=place.temporal,
        port=place.port,
        public_url=given["JENJANG_PUBLIC_URL"],
        payload_keys=given["JENJANG_PAYLOAD_KEYS"],
    )


async def _until_ready(settings: Settings, programs: list[Child]) -> None:
    async def ready() -> bool:
        for program in programs:
            assert program.running, f"{program.name} ended: {program.last_words()}"
        serves = await web_serves(f"http://{HOST}:{settings.port}/readyz")
        return serves and await worker_polls(settings.temporal(), "default", settings.task_queue)

    await until(ready)


async def _fill(settings: Settings) -> None:
    engine = open_engine(settings.database_url)
    await agency.build(open_sessions(engine, writing=True))
    await engine.dispose()


async def _check_nothing_can_be_taken_back(settings: Settings) -> None:
    """The role that serves may add to the record and read it, and PostgreSQL refuses it everything else."""
    engine = open_engine(settings.database_url)
    assert engine.url.username == "jenjang"
    deeds = ("UPDATE {0} SET {1} = {1}", "DELETE FROM {0}", "TRUNCATE {0}", "ALTER TABLE {0} DISABLE TRIGGER ALL")
    columns = {"event": "actor", "anchor": "hash", "anchored_head": "hash", "reading": "reader"}
    assert set(columns) == set(FOREVER)
    for table, column in columns.items():
        for deed in deeds:
            with pytest.raises(DBAPIError, match=r"permission denied|must be owner"):
                async with engine.begin() as connection:
                    await connection.execute(text(deed.format(table, column)))
    async with engine.begin() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM event")) > 0
        assert await connection.scalar(text("SELECT count(*) FROM anchor")) == 1, "made by the watch at its first look"
    store = SqlRetention(open_sessions(engine, writing=True), ZoneInfo(settings.zone))
    with pytest.raises(NotTheOwner, match="Set DATABASE_URL to the owner of the tables"):
        await remove_guarded(store, read_retention("readings=P30D"), datetime.now(UTC))
    await engine.dispose()
