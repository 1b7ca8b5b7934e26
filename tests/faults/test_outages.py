"""A minute without PostgreSQL, and in another town one without Temporal and with a dead mail server; at once, to wait once."""

import asyncio
import signal
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from console.service import serving
from runtime.embedded import FILE, HOST, embedded_server, wait_until_serving
from runtime.settings import Settings
from tests.faults.load import EMPLOYEES, check_all, come_in, down, rate_everybody, settle
from tests.faults.people import town
from tests.faults.programs import settings_in
from tests.keys import KEYS
from tests.ports import kept_port
from tests.postgres import Cluster, postgres_cluster

OUTAGE = 60.0
Switch = Callable[[], Awaitable[None]]


@pytest.fixture
def own_postgres() -> Iterator[Cluster]:
    """One that nobody else uses: it is about to fall."""
    with postgres_cluster(lasting=True) as cluster:
        yield cluster


@pytest.mark.slow
async def test_a_minute_without_postgresql_or_temporal_or_mail_loses_nothing(
    own_postgres: Cluster, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    beginning = asyncio.Lock()
    async with asyncio.TaskGroup() as towns:
        without_postgres = towns.create_task(_without_postgres(tmp_path / "a", own_postgres, beginning))
        without_temporal = towns.create_task(_without_temporal(tmp_path / "b", beginning))
    record_property("Seconds from PostgreSQL's return to the next receipt", f"{without_postgres.result():.1f}")
    record_property("Seconds from Temporal's return to the next receipt", f"{without_temporal.result():.1f}")


async def _without_postgres(folder: Path, postgres: Cluster, beginning: asyncio.Lock) -> float:
    database_url = await asyncio.to_thread(postgres.create_database, "template0")
    settings = settings_in(folder).model_copy(update={"database_url": database_url})

    async def stop() -> None:
        await asyncio.to_thread(postgres.stop)

    async def start() -> None:
        await asyncio.to_thread(postgres.start)

    return await _worked_through(settings, stop, start, beginning)


async def _without_temporal(folder: Path, beginning: asyncio.Lock) -> float:
    """A server of its own, that nobody starts again; and a mail server that is never there: nothing else may wait for it."""
    port, dead = kept_port(), kept_port()
    temporal = embedded_server(folder / FILE, port, None, log=folder / "temporal.log")
    given = {
        "smtp_host": HOST,
        "smtp_port": dead,
        "smtp_security": "none",
        "mail_from": "Jenjang <jenjang@contoh.example>",
        "payload_keys": KEYS,
    }
    settings = settings_in(folder).model_copy(update={"temporal_address": f"{HOST}:{port}", **given})

    async def stop() -> None:
        temporal.send(signal.SIGKILL)
        await temporal.wait()

    async def start() -> None:
        await temporal.start()

    await temporal.start()
    try:
        await wait_until_serving(temporal, settings.temporal())
        return await _worked_through(settings, stop, start, beginning)
    finally:
        await temporal.stop(15)


async def _worked_through(settings: Settings, stop: Switch, start: Switch, beginning: asyncio.Lock) -> float:
    """Everybody is rated, whatever falls in the middle of it; seconds until the next receipt."""
    async with AsyncExitStack() as stack:
        async with beginning:  # one program cannot migrate two databases at the same time
            await settle(settings)
            service = await stack.enter_async_context(serving(settings, print))
        people = await stack.enter_async_context(town(service.settings, service.local_url))
        await come_in(people)
        cycle = await people.launch(list(EMPLOYEES), "open")
        _, recovered = await asyncio.gather(rate_everybody(people, cycle), down(people, stop, start, OUTAGE))
        await check_all(service.settings, people)
    return recovered
