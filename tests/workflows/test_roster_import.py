"""The import as a durable process, on the real server, over fakes of its ports."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from temporalio.client import WorkflowHandle, WorkflowUpdateFailedError, WorkflowUpdateStage
from temporalio.exceptions import ApplicationError
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import UnsandboxedWorkflowRunner, Worker, WorkflowRunner
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner

from activities.organisation import OrganisationActivities
from activities.ports import Rosters
from activities.roster_import import RosterImportActivities
from adapters.database.engine import Sessions
from adapters.database.writes.roster import SqlRosters
from appraisal.access import Actor
from appraisal.roster.importing import Decision, Findings, Import, ImportOrder, Outcome, Phase
from appraisal.roster.roster import ImportKind
from tests.adapters.roster_drive import everything, rows, upload
from tests.roster_files import sample
from tests.workflows.import_fakes import FakeOrganisation, FakeRosters, NoCases, NoGroups
from workflows import roster_import
from workflows.identity import import_id
from workflows.roster_import import ImportStatus, RosterImportWorkflow

HR, CLERK = Actor("officer", hr=True), Actor("clerk")
Handle = WorkflowHandle[RosterImportWorkflow, ImportStatus]


class Running:
    """A worker with its fakes, and imports started on it."""

    def __init__(self, environment: WorkflowEnvironment, rosters: FakeRosters, port: Rosters | None = None) -> None:
        self.rosters, self.organisation = rosters, FakeOrganisation()
        self._port = port or rosters
        self._client, self.queue = environment.client, f"import-{uuid4().hex[:8]}"

    def worker(self, runner: WorkflowRunner | None = None) -> Worker:
        activities = RosterImportActivities(self._port)
        calls: list[Callable[..., Any]] = [
            activities.preview_import,
            activities.apply_import,
            activities.close_import,
            OrganisationActivities(self.organisation, NoCases(), NoGroups()).follow,
        ]
        return Worker(
            self._client,
            task_queue=self.queue,
            workflows=[RosterImportWorkflow],
            activities=calls,
            workflow_runner=runner or SandboxedWorkflowRunner(),
        )

    async def upload(self, kind: ImportKind = ImportKind.PEOPLE, batch: str = "") -> Handle:
        batch = batch or uuid4().hex[:12]
        order = ImportOrder(batch, kind, date(2026, 1, 1), "account")
        return await self._client.start_workflow(
            RosterImportWorkflow.run, order, id=import_id(batch), task_queue=self.queue
        )

    async def start(self, kind: ImportKind = ImportKind.PEOPLE, batch: str = "") -> Handle:
        handle = await self.upload(kind, batch)
        for _ in range(500):
            if (await handle.query(RosterImportWorkflow.status)).phase is not Phase.CHECKING:
                break
            await asyncio.sleep(0.02)
        return handle


@asynccontextmanager
async def running(environment: WorkflowEnvironment, rosters: FakeRosters) -> AsyncIterator[Running]:
    service = Running(environment, rosters)
    async with service.worker():
        yield service


async def refusal(handle: Handle, decision: Decision) -> str | None:
    return await refused(handle.execute_update(RosterImportWorkflow.decide, decision))


async def refused(deciding: Awaitable[ImportStatus]) -> str | None:
    with pytest.raises(WorkflowUpdateFailedError) as failed:
        await deciding
    assert isinstance(failed.value.cause, ApplicationError)
    return failed.value.cause.type


async def test_an_import_is_applied_as_decided_and_the_open_cases_hear_of_it(server: WorkflowEnvironment) -> None:
    async with running(server, FakeRosters(Findings(differences=3, missing=1))) as service:
        handle = await service.start()
        status = await handle.execute_update(
            RosterImportWorkflow.decide, Decision(HR, True, ends_missing=True), id="go"
        )
        assert (status.phase, status.revision) == (Phase.APPLIED, 1)
        assert (await handle.result()).phase is Phase.APPLIED
        (applied,) = service.rosters.applied
        assert applied.ends_missing
        assert applied.event is not None
        assert (applied.event.kind, applied.event.actor, applied.event.command_id) == ("applied", "officer", "go")
        assert service.organisation.asked == 1


async def test_a_catalogue_changes_no_reporting_line(server: WorkflowEnvironment) -> None:
    async with running(server, FakeRosters(Findings(differences=3))) as service:
        handle = await service.start(ImportKind.TRAININGS)
        await handle.execute_update(RosterImportWorkflow.decide, Decision(HR, True))
        await handle.result()
        assert service.organisation.asked == 0


async def test_a_file_with_errors_can_only_be_discarded(server: WorkflowEnvironment) -> None:
    async with running(server, FakeRosters(Findings(errors=2))) as service:
        handle = await service.start()
        assert await refusal(handle, Decision(HR, True)) == "InvalidImport"
        status = await handle.execute_update(RosterImportWorkflow.decide, Decision(HR, False))
        assert status.phase is Phase.DISCARDED
        assert (await handle.result()).phase is Phase.DISCARDED
        assert (service.rosters.applied, len(service.rosters.closed)) == ([], 1)


async def test_refusals_change_nothing_and_cost_no_history(server: WorkflowEnvironment) -> None:
    async with running(server, FakeRosters(Findings(differences=1, missing=1, bereft=1))) as service:
        handle = await service.start()
        before = (await handle.describe()).history_length
        assert await refusal(handle, Decision(CLERK, True)) == "NotAllowed"
        assert await refusal(handle, Decision(HR, True, ends_missing=True)) == "InvalidImport"
        assert await refusal(handle, Decision(HR, True, expected_revision=7)) == "StaleRevision"
        assert (await handle.describe()).history_length == before
        assert (await handle.query(RosterImportWorkflow.status)).phase is Phase.PREVIEWED
        await handle.terminate()


@pytest.mark.parametrize(("errors", "ends"), [(0, Phase.APPLIED), (2, None)])
async def test_whoever_sees_the_preview_before_the_process_hears_of_it_can_decide(
    server: WorkflowEnvironment, errors: int, ends: Phase | None
) -> None:
    async with running(server, FakeRosters(Findings(differences=1, errors=errors))) as service:
        service.rosters.heard.clear()
        handle = await service.upload()
        accepted = WorkflowUpdateStage.ACCEPTED
        deciding = await handle.start_update(RosterImportWorkflow.decide, Decision(HR, True), wait_for_stage=accepted)
        assert (await handle.query(RosterImportWorkflow.status)).phase is Phase.CHECKING
        service.rosters.heard.set()
        if ends:
            assert (await deciding.result()).phase is ends
        else:
            assert await refused(deciding.result()) == "InvalidImport"
            await handle.terminate()


async def test_a_record_that_changed_since_is_shown_again_before_it_is_applied(server: WorkflowEnvironment) -> None:
    changed = Findings(differences=2)
    async with running(server, FakeRosters(Findings(differences=1), [Outcome(False, changed)])) as service:
        handle = await service.start()
        status = await handle.execute_update(RosterImportWorkflow.decide, Decision(HR, True, expected_revision=0))
        assert status == ImportStatus(Phase.PREVIEWED, 1, changed)
        status = await handle.execute_update(RosterImportWorkflow.decide, Decision(HR, True, expected_revision=1))
        assert status.phase is Phase.APPLIED


async def test_a_database_that_fails_delays_an_import_and_does_not_lose_it(server: WorkflowEnvironment) -> None:
    async with running(server, FakeRosters(Findings(differences=1), [RuntimeError("away")])) as service:
        handle = await service.start()
        status = await handle.execute_update(RosterImportWorkflow.decide, Decision(HR, True))
        assert (status.phase, len(service.rosters.applied)) == (Phase.APPLIED, 1)


async def test_another_worker_goes_on_where_one_stopped(server: WorkflowEnvironment) -> None:
    service = Running(server, FakeRosters(Findings(differences=1)))
    async with service.worker():
        handle = await service.start()
    async with service.worker():
        await handle.execute_update(RosterImportWorkflow.decide, Decision(HR, True))
        assert (await handle.result()).phase is Phase.APPLIED
    assert len(service.rosters.applied) == 1


async def test_an_import_that_nobody_decides_on_lapses(
    server: WorkflowEnvironment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roster_import, "UNDECIDED_IMPORT_LAPSES", timedelta(seconds=1))
    service = Running(server, FakeRosters(Findings(differences=1)))
    # The sandbox imports the constant anew and would wait for a week.
    async with service.worker(UnsandboxedWorkflowRunner()):
        handle = await service.start()
        assert (await handle.result()).phase is Phase.LAPSED
    assert [state.phase for state in service.rosters.closed] == [Phase.LAPSED]


class Crashing(SqlRosters):
    """The real database behind a worker that dies right after its first commit, before it can say so."""

    crashes = 1

    async def apply(self, state: Import) -> Outcome:
        outcome = await super().apply(state)
        if self.crashes:
            self.crashes -= 1
            raise RuntimeError("killed after the commit")
        return outcome


async def test_a_worker_that_dies_after_the_commit_imports_nothing_twice(
    server: WorkflowEnvironment, sessions: Sessions
) -> None:
    batch = uuid4().hex[:12]
    await upload(sessions, batch, sample("people"))
    service = Running(server, FakeRosters(Findings()), Crashing(sessions))
    async with service.worker():
        handle = await service.start(batch=batch)
        status = await handle.execute_update(RosterImportWorkflow.decide, Decision(HR, True), id="go")
        assert (status.phase, (await handle.result()).phase) == (Phase.APPLIED, Phase.APPLIED)
    stored = await everything(sessions)
    assert len(stored["person"]) == len(stored["assignment"]) == 432
    kinds = await rows(sessions, "SELECT kind, command_id FROM event ORDER BY revision")
    assert kinds == [("previewed", "previewed"), ("applied", "go")]
