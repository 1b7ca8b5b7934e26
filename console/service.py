"""The whole service on one machine: embedded Temporal, schema, workers and API, each started when its turn comes."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from adapters.database import engine
from api.security import PAYLOADS
from console.supervisor import Supervisor
from runtime.children import Child
from runtime.embedded import HOST, embedded_server, is_free, wait_until_serving
from runtime.errors import CannotStart
from runtime.payload_keys import keyring_of, provide_key
from runtime.readiness import temporal_serves, web_serves, worker_polls
from runtime.settings import Settings

API_GRACE, WORKER_GRACE, TEMPORAL_GRACE = 10.0, 30.0, 15.0  # seconds each gets to end what it has begun
READY_LIMIT = 90.0
EVERYWHERE = ("0.0.0.0", "::")


@dataclass(frozen=True)
class Service:
    """What runs. `temporal` is None where TEMPORAL_ADDRESS names a cluster of someone else's."""

    settings: Settings
    temporal: Child | None
    workers: tuple[Child, ...]
    api: Child

    @property
    def local_url(self) -> str:
        """The API as this machine reaches it; `settings.public_url` is what people use."""
        host = HOST if self.settings.host in EVERYWHERE else self.settings.host
        return f"http://{host}:{self.settings.port}"


@asynccontextmanager
async def serving(settings: Settings, report: Callable[[str], None]) -> AsyncIterator[Service]:
    """The service, ready for its first request, for as long as the block lasts. Programs that die are started again.

    `report` gets a line for a person when something takes long or goes wrong.

    Raises:
        CannotStart: a port is taken, there is no key for what Temporal keeps, the cluster does not answer, or a program
            ended at once.
    """
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    _refuse_taken_ports(settings)
    if settings.temporal_address is None:
        provide_key(settings, datetime.now(UTC).date())
    keyring_of(settings)  # what is wrong with it is said here, and not by three programs
    supervisor = Supervisor(report)
    async with AsyncExitStack() as stack:
        temporal, settings = await _temporal(settings, supervisor, stack)
        report("Preparing the database.")
        await asyncio.to_thread(engine.migrate, settings.database_url)
        report("Starting worker and API.")
        workers = tuple(_worker(settings, number) for number in range(settings.worker_processes))
        for worker in workers:
            await _keep(supervisor, stack, worker, WORKER_GRACE)
        api = _child("api", settings, settings.log_dir / "api.jsonl")
        await _keep(supervisor, stack, api, API_GRACE)
        service = Service(settings, temporal, workers, api)
        await _until_ready(service, supervisor)
        yield service


def _refuse_taken_ports(settings: Settings) -> None:
    wanted = [("JENJANG_PORT", settings.port, settings.host)]
    if settings.temporal_address is None:
        wanted += [("JENJANG_TEMPORAL_PORT", settings.temporal_port, HOST)]
        wanted += [("JENJANG_TEMPORAL_UI_PORT", settings.temporal_ui_port, HOST)]
    for name, port, host in wanted:
        if not is_free(port, host):
            raise CannotStart(
                f"Port {port} is in use. Is Jenjang running already? Stop it, or choose another by {name}."
            )


async def _temporal(settings: Settings, supervisor: Supervisor, stack: AsyncExitStack) -> tuple[Child | None, Settings]:
    if settings.temporal_address is not None:
        if not await temporal_serves(settings.temporal_address, settings.temporal_namespace):
            raise CannotStart(
                f"No Temporal server with the namespace {settings.temporal_namespace} answers at "
                f"{settings.temporal_address} (TEMPORAL_ADDRESS)."
            )
        return None, settings
    server = embedded_server(
        settings.data_dir / "temporal.db",
        settings.temporal_port,
        settings.temporal_ui_port,
        codec_url=f"{settings.public_url}{PAYLOADS}",
        binary=settings.temporal_binary,
        log=settings.log_dir / "temporal.jsonl",
    )
    await _keep(supervisor, stack, server, TEMPORAL_GRACE)
    address = f"{HOST}:{settings.temporal_port}"
    await wait_until_serving(server, address)
    ui = settings.temporal_ui or f"http://{HOST}:{settings.temporal_ui_port}"
    return server, settings.model_copy(update={"temporal_address": address, "temporal_ui": ui})


def _worker(settings: Settings, number: int) -> Child:
    """Every worker process of one machine has ports of its own for its figures."""
    ports = {
        "worker_metrics_port": settings.worker_metrics_port,
        "temporal_metrics_port": settings.temporal_metrics_port,
    }
    shifted = {name: port + 2 * number for name, port in ports.items() if port}
    name = "worker" if settings.worker_processes == 1 else f"worker-{number + 1}"
    return _child("worker", settings.model_copy(update=shifted), settings.log_dir / f"{name}.jsonl", name)


def _child(command: str, settings: Settings, log: Path, name: str = "") -> Child:
    argv = (sys.executable, "-m", "console.main", command)
    return Child(name or command, argv, env=settings.environment(), log=log)


async def _keep(supervisor: Supervisor, stack: AsyncExitStack, child: Child, grace: float) -> None:
    await supervisor.start(child)
    stack.push_async_callback(supervisor.stop, child, grace)


async def _until_ready(service: Service, supervisor: Supervisor) -> None:
    settings = service.settings
    address = settings.temporal_address or ""
    try:
        async with asyncio.timeout(READY_LIMIT):
            while not await web_serves(f"{service.local_url}/readyz"):
                await _pause_unless_fallen(supervisor)
            while not await worker_polls(address, settings.temporal_namespace, settings.task_queue):
                await _pause_unless_fallen(supervisor)
    except TimeoutError:
        raise CannotStart(
            f"API and worker were not ready within {READY_LIMIT:.0f} s. See the files in {settings.log_dir}."
        ) from None


async def _pause_unless_fallen(supervisor: Supervisor) -> None:
    if supervisor.fallen:
        child = supervisor.fallen[0]
        raise CannotStart(f"The {child.name} process ended at once. The end of {child.log}:\n{child.last_words()}")
    await asyncio.sleep(0.1)
