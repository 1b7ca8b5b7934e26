"""Only one of the two databases comes back from a backup: `jenjang reconcile` tells, mends, and people go on."""

import asyncio
import os
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.database.desk.accounts import LINK, Accounts
from adapters.database.engine import open_engine, open_sessions
from console.service import Service, serving
from runtime.settings import Settings
from runtime.temporal import connect
from tests import agency
from tests.faults.evidence import read_record
from tests.faults.people import Town, enter
from tests.faults.programs import settings_in
from workflows.appraisal import AppraisalWorkflow
from workflows.identity import watch_id

FILES = {"temporal": "temporal.db", "database": "jenjang.db"}
ADDED = {
    "temporal": ["opened", "submit_targets", "approve_targets", "submit_self_assessment", "restarted"],
    "database": ["opened", "submit_targets", "recovered", "recovered"],
}
"""What ani's record holds after the repair: nothing that was decided is undone, and the repair itself is told."""


@pytest.mark.slow
@pytest.mark.parametrize("restored", ["temporal", "database"])
async def test_one_of_two_databases_comes_back_from_a_backup(tmp_path: Path, restored: str) -> None:
    backup = tmp_path / "backup"
    async with serving(settings_in(tmp_path), print) as service:
        await _settle(service.settings)
        async with people_of(service) as people:
            cycle = await people.launch(["ani", "eko"], "open")
            await people.do(cycle, "ani", "targets", "ani")
        await _one_watch(service.settings)
    _copy(tmp_path, backup, FILES[restored])
    async with serving(settings_in(tmp_path), print) as service, people_of(service) as people:
        await people.do(cycle, "ani", "approval", "budi")
        await people.do(cycle, "ani", "self_assessment", "ani")
    _copy(backup, tmp_path, FILES[restored])
    async with serving(settings_in(tmp_path), print) as service:
        code, told = await _reconcile(service.settings)
        assert code == 1, told
        assert f"appraisal/{cycle}/ani: other_revision" in told
        assert f"appraisal/{cycle}/eko" not in told
        code, told = await _reconcile(service.settings, "--apply")
        assert code == 0, told
        assert "Processes and record agree." in told
        code, again = await _reconcile(service.settings, "--apply")
        assert (code, again.strip()) == (0, "Processes and record agree.")
        async with people_of(service) as people:
            await people.do(cycle, "ani", "review", "budi")
        record = await read_record(service.settings.database_url)
        assert record.broken == ()
        assert record.kinds(f"appraisal/{cycle}/ani") == [*ADDED[restored], "submit_review"]
        client = await connect(service.settings)
        for row in record.cases.values():
            state = await client.get_workflow_handle(row.id).query(AppraisalWorkflow.case)
            assert state.revision == row.revision


@asynccontextmanager
async def people_of(service: Service) -> AsyncIterator[Town]:
    """An officer with a fresh link, and whoever must act; the same people whichever database came back."""
    engine, now = open_engine(service.settings.database_url), datetime.now(UTC)
    accounts = Accounts(engine)
    link = await accounts.issue(await accounts.officer("hr", now), LINK, now)
    await engine.dispose()
    people = Town(service.local_url, await enter(service.local_url, link))
    yield people
    for person in (people.hr, *people.people.values()):
        await person.http.aclose()


async def _settle(settings: Settings) -> None:
    engine = open_engine(settings.database_url)
    await agency.build(open_sessions(engine, writing=True))
    await engine.dispose()


async def _one_watch(settings: Settings) -> None:
    """Whoever starts a worker has a watch."""
    client = await connect(settings)
    found = [one.id async for one in client.list_workflows("WorkflowType = 'WatchWorkflow'")]
    assert found == [watch_id(settings.task_queue)] == ["watch"]


def _copy(source: Path, target: Path, name: str) -> None:
    """The file with what SQLite keeps beside it; everything is stopped."""
    target.mkdir(exist_ok=True)
    for old in target.glob(f"{name}*"):
        old.unlink()
    for file in source.glob(f"{name}*"):
        shutil.copy(file, target / file.name)


async def _reconcile(settings: Settings, *arguments: str) -> tuple[int, str]:
    """(exit code, everything that it printed)."""
    argv = (sys.executable, "-m", "console.main", "reconcile", *arguments)
    process = await asyncio.create_subprocess_exec(
        *argv,
        env={**os.environ, **settings.environment()},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    out, _ = await process.communicate()
    return process.returncode or 0, out.decode()
