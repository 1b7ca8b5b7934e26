"""The whole service on one machine: embedded Temporal, schema, workers and API, each started when its turn comes."""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from adapters.database import schema
from api.security import PAYLOADS
from console.supervisor import Supervisor
from runtime.children import Child
from runtime.embedded import FILE, HOST, embedded_server, is_free, wait_until_serving
from runtime.errors import CannotStart
from runtime.payload_keys import keyring_of, provide_key
from runtime.readiness import temporal_serves, web_serves, worker_polls
from runtime.settings import Settings
from runtime.temporal import connect
from runtime.versions import gets_the_work, promoted, version_of

API_GRACE, WORKER_GRACE, TEMPORAL_GRACE = 20.0, 30.0, 15.0  # seconds each gets to end what it has begun
READY_LIMIT = 90.0
PROGRAM = "console.main"
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - to know it when an operator asks for it


@dataclass(frozen=True)
class Works:
    """What runs behind the API. `temporal` is None where TEMPORAL_ADDRESS names a cluster of someone else's."""

    settings: Settings
    temporal: Child | None
    workers: tuple[Child, ...]


@dataclass(frozen=True)
class Service(Works):
    """All that runs."""

    api: Child

    @property
    def local_url(self) -> str:
        """The API as this machine reaches it; `settings.public_url` is what people use."""
        host = HOST if self.settings.host in EVERYWHERE else self.settings.host
        return f"http://{host}:{self.settings.port}"


@asynccontextmanager
async def serving(settings: Settings, report: Callable[[str], None], program: str = PROGRAM) -> AsyncIterator[Service]:
    """The service, ready for its first request, for as long as the block lasts. Programs that die are started again.

    `report` gets a line for a person when something takes long or goes wrong. `program` is the module that runs API and
    workers; the bench has one of its own.

    Raises:
        CannotStart: a port is taken, there is no key for what Temporal keeps, the cluster does not answer, or a program
            ended at once.
    """
    _refuse_taken_ports(("JENJANG_PORT", settings.port, settings.host))
    supervisor = Supervisor(report)
    async with AsyncExitStack() as stack:
        works = await _works(settings, supervisor, stack, report, program)
        api = _child("api", works.settings, settings.log_dir / "api.jsonl", program)
        await _keep(supervisor, stack, api, API_GRACE)
        service = Service(works.settings, works.temporal, works.workers, api)
        await _until(supervisor, settings, lambda: web_serves(f"{service.local_url}/readyz"))
        await _until_at_work(service, supervisor)
        yield service


@asynccontextmanager
async def working(settings: Settings, report: Callable[[str], None]) -> AsyncIterator[Works]:
    """The same without the API: processes go on, and nobody can give them an order."""
    supervisor = Supervisor(report)
    async with AsyncExitStack() as stack:
        works = await _works(settings, supervisor, stack, report, PROGRAM)
        await _until_at_work(works, supervisor)
        yield works


async def _works(
    settings: Settings, supervisor: Supervisor, stack: AsyncExitStack, report: Callable[[str], None], program: str
) -> Works:
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    if settings.temporal_address is None:
        temporal_ports = ("JENJANG_TEMPORAL_PORT", settings.temporal_port, HOST)
        _refuse_taken_ports(temporal_ports, ("JENJANG_TEMPORAL_UI_PORT", settings.temporal_ui_port, HOST))
        provide_key(settings, datetime.now(UTC).date())
    keyring_of(settings)  # what is wrong with it is said here, and not by three programs
    temporal, settings = await _temporal(settings, supervisor, stack)
    report("Preparing the database.")
    await asyncio.to_thread(schema.migrate, settings.database_url)
    report("Starting what works.")
    workers = tuple(_worker(settings, number, program) for number in range(settings.worker_processes))
    for worker in workers:
        await _keep(supervisor, stack, worker, WORKER_GRACE)
    return Works(settings, temporal, workers)


def _refuse_taken_ports(*wanted: tuple[str, int, str]) -> None:
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
    server = local_temporal(settings, settings.log_dir / "temporal.jsonl")
    await _keep(supervisor, stack, server, TEMPORAL_GRACE)
    address = f"{HOST}:{settings.temporal_port}"
    await wait_until_serving(server, address)
    ui = settings.temporal_ui or f"http://{HOST}:{settings.temporal_ui_port}"
    return server, settings.model_copy(update={"temporal_address": address, "temporal_ui": ui})


def local_temporal(settings: Settings, log: Path | None = None) -> Child:
    """The embedded server of these settings, not yet started."""
    return embedded_server(
        settings.data_dir / FILE,
        settings.temporal_port,
        settings.temporal_ui_port,
        codec_url=f"{settings.public_url}{PAYLOADS}",
        binary=settings.temporal_binary,
        log=log,
    )


def _worker(settings: Settings, number: int, program: str) -> Child:
    """Every worker process of one machine has ports of its own for its figures."""
    ports = {
        "worker_metrics_port": settings.worker_metrics_port,
        "temporal_metrics_port": settings.temporal_metrics_port,
    }
    shifted = {name: port + 2 * number for name, port in ports.items() if port}
    name = "worker" if settings.worker_processes == 1 else f"worker-{number + 1}"
    return _child("worker", settings.model_copy(update=shifted), settings.log_dir / f"{name}.jsonl", program, name)


def _child(command: str, settings: Settings, log: Path, program: str, name: str = "") -> Child:
    argv = (sys.executable, "-m", program, command)
    return Child(name or command, argv, env=settings.environment(), log=log)


async def _keep(supervisor: Supervisor, stack: AsyncExitStack, child: Child, grace: float) -> None:
    await supervisor.start(child)
    stack.push_async_callback(supervisor.stop, child, grace)


async def _until_at_work(works: Works, supervisor: Supervisor) -> None:
    """Until a worker asks for work, and gets it where workers have versions."""
    settings = works.settings
    where = (settings.temporal(), settings.temporal_namespace, settings.task_queue)
    await _until(supervisor, settings, lambda: worker_polls(*where))
    if version := version_of(settings):
        client = await connect(settings)
        await _until(supervisor, settings, lambda: promoted(client, version))
        await _until(supervisor, settings, lambda: gets_the_work(client, version))


async def _until(supervisor: Supervisor, settings: Settings, holds: Callable[[], Awaitable[bool]]) -> None:
    try:
        async with asyncio.timeout(READY_LIMIT):
            while not await holds():
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
