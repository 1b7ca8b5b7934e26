"""The drill: a backup of the running service, then one of its two halves comes back and the other does not.

Whichever is behind, `jenjang restore` has both agree, whatever people were told is done is done, and they go on.
"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.database.desk.accounts import LINK, Accounts
from adapters.database.engine import open_engine, open_sessions
from console.service import Service, serving
from runtime.settings import Settings
from runtime.temporal import connect
from tests import agency
from tests.faults.evidence import Record, check_record, read_record
from tests.faults.people import Acknowledged, Town, enter
from tests.faults.programs import settings_in
from workflows.appraisal import AppraisalWorkflow
from workflows.identity import watch_id

BEHIND = ["opened", "submit_targets", "approve_targets", "submit_self_assessment", "restarted"]
"""What ani's record holds once Temporal was restored: the repair itself is told."""


@dataclass
class Drill:
    """One installation through its bad day."""

    settings: Settings
    acknowledged: list[Acknowledged] = field(default_factory=list)

    @asynccontextmanager
    async def people(self, service: Service) -> AsyncIterator[Town]:
        """An officer with a fresh link, and whoever must act; the same people whichever database came back."""
        engine, now = open_engine(service.settings.database_url), datetime.now(UTC)
        accounts = Accounts(engine)
        link = await accounts.issue(await accounts.officer("hr", now), LINK, now)
        await engine.dispose()
        people = Town(service.local_url, await enter(service.local_url, link), acknowledged=self.acknowledged)
        yield people
        for person in (people.hr, *people.people.values()):
            await person.http.aclose()

    async def backup(self, name: str) -> Path:
        archive = self.settings.data_dir / name
        code, told = await jenjang(self.settings, "backup", str(archive))
        assert (code, told.strip()) == (0, str(archive))
        return archive

    async def restore(self, archive: Path, half: str) -> Record:
        """The record afterwards; the command itself has compared, mended and checked."""
        code, told = await jenjang(self.settings, "restore", str(archive), "--only", half, "--replace")
        assert code == 0, told
        assert "Processes and record agree." in told
        assert "The record is whole" in told
        return await read_record(self.settings.database_url)


@pytest.mark.slow
@pytest.mark.every_database
async def test_either_half_comes_back_alone_and_nothing_acknowledged_is_lost(database_url: str, tmp_path: Path) -> None:
    drill = Drill(settings_in(tmp_path).model_copy(update={"database_url": database_url}))
    async with serving(drill.settings, print) as service:
        await _settle(service.settings)
        async with drill.people(service) as people:
            cycle = await people.launch(["ani", "eko"], "open")
            ani = f"appraisal/{cycle}/ani"
            await people.do(cycle, "ani", "targets", "ani")
            first = await drill.backup("first.zip")
            await people.do(cycle, "ani", "approval", "budi")
            await people.do(cycle, "ani", "self_assessment", "ani")
        await _one_watch(service.settings)
        code, told = await jenjang(drill.settings, "restore", str(first), "--replace")
        assert (code, "is in use" in told) == (1, True), told
    record = await drill.restore(first, "temporal")
    check_record(record, drill.acknowledged)
    assert record.kinds(ani) == BEHIND
    async with serving(drill.settings, print) as service, drill.people(service) as people:
        second = await drill.backup("second.zip")
        await people.do(cycle, "ani", "review", "budi")
        await people.do(cycle, "eko", "targets", "eko")
        await people.do(cycle, "eko", "approval", "budi")
    before = await read_record(database_url)
    record = await drill.restore(second, "database")
    _check_nothing_lost(record, drill.acknowledged, before)
    assert record.kinds(ani) == [*BEHIND, "recovered"]
    async with serving(drill.settings, print) as service, drill.people(service) as people:
        code, told = await jenjang(drill.settings, "reconcile", "--apply")
        assert (code, told.strip()) == (0, "Processes and record agree."), told
        await people.do(cycle, "eko", "self_assessment", "eko")
        record = await read_record(database_url)
        assert record.kinds(f"appraisal/{cycle}/eko") == ["opened", "recovered", "recovered", "submit_self_assessment"]
        client = await connect(service.settings)
        for row in record.cases.values():
            state = await client.get_workflow_handle(row.id).query(AppraisalWorkflow.case)
            assert state.revision == row.revision


def _check_nothing_lost(record: Record, acknowledged: list[Acknowledged], before: Record) -> None:
    """Every revision that somebody was told of is there, by its command or recovered; every case stands where it stood."""
    assert record.broken == ()
    for said in acknowledged:
        event = record.events[said.subject][said.revision]
        assert event.command_id == said.command_id or event.kind == "recovered", said
    assert {one.id: one.document for one in record.cases.values()} == {
        one.id: one.document for one in before.cases.values()
    }


async def _settle(settings: Settings) -> None:
    engine = open_engine(settings.database_url)
    await agency.build(open_sessions(engine, writing=True))
    await engine.dispose()


async def _one_watch(settings: Settings) -> None:
    """Whoever starts a worker has a watch."""
    client = await connect(settings)
    found = [one.id async for one in client.list_workflows("WorkflowType = 'WatchWorkflow'")]
    assert found == [watch_id(settings.task_queue)] == ["watch"]


async def jenjang(settings: Settings, *arguments: str) -> tuple[int, str]:
    """(exit code, everything that it printed)."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "console.main", *arguments),
        env={**os.environ, **settings.environment()},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    out, _ = await process.communicate()
    return process.returncode or 0, out.decode()
