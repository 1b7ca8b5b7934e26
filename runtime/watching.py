"""All processes from close by: implements activities.ports.Processes on a Temporal client."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta

from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.enums.v1 import EventType
from temporalio.api.failure.v1 import Failure
from temporalio.api.workflowservice.v1 import GetWorkflowExecutionHistoryReverseRequest
from temporalio.client import (
    Client,
    RPCError,
    WorkflowExecutionDescription,
    WorkflowExecutionStatus,
    WorkflowQueryFailedError,
    WorkflowQueryRejectedError,
)
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCStatusCode

from appraisal.calibration.calibration import Calibration
from appraisal.case import Case
from appraisal.cycle import Cycle
from appraisal.recovery import Shared, confirmed
from appraisal.siasn.push import PushOrder
from appraisal.training.nomination import Nomination
from appraisal.watch import Failing, Seen, is_case
from runtime.crypt import CannotOpen
from workflows.appraisal import AppraisalWorkflow
from workflows.calibration import CalibrationWorkflow
from workflows.cycle import CycleWorkflow
from workflows.identity import cycle_id, pushes_id, watch_id
from workflows.nomination import NominationWorkflow
from workflows.siasn import PushesWorkflow
from workflows.watch import WatchWorkflow

PAGE, AT_ONCE = 300, 20
ANSWERING = timedelta(seconds=10)
"""How long a process gets to tell its state; one whose tasks fail never does."""
LONGEST_ERROR, RECENT_EVENTS = 500, 20
SHARED: dict[type[Shared], str] = {
    Calibration: CalibrationWorkflow.__name__,
    Nomination: NominationWorkflow.__name__,
    Cycle: CycleWorkflow.__name__,
    PushOrder: PushesWorkflow.__name__,
}
"""The process of each state that many cases share."""
NAMED: dict[type[Shared], Callable[[str], str]] = {Cycle: cycle_id, PushOrder: pushes_id}
"""Whose process has another id than itself."""
FAILED = EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED


class TemporalProcesses:
    """Only what runs on this installation's task queue, and not the watch itself."""

    def __init__(self, client: Client, task_queue: str) -> None:
        self._client, self._queue = client, task_queue
        self._gate = asyncio.Semaphore(AT_ONCE)
        self._ours = f"TaskQueue = '{task_queue}' AND ExecutionStatus = 'Running' AND WorkflowType != 'WatchWorkflow'"
        # Tens of thousands may stand beside the cases, and nothing waits for them: only what the server reports is looked at.
        beside = " AND ".join(f"WorkflowType != '{kind}'" for kind in ("PeriodWorkflow", "EnrolmentWorkflow"))
        self._listed = f"{self._ours} AND {beside}"

    async def running(self) -> AsyncIterator[tuple[str, ...]]:
        found = self._client.list_workflows(self._listed, page_size=PAGE)
        while True:
            await found.fetch_next_page()
            yield tuple(execution.id for execution in found.current_page or ())
            if not found.next_page_token:
                return

    async def reported(self) -> tuple[str, ...] | None:
        query = f"{self._ours} AND TemporalReportedProblems IS NOT NULL"
        try:
            return tuple([execution.id async for execution in self._client.list_workflows(query, page_size=PAGE)])
        except RPCError as failed:
            if failed.status is RPCStatusCode.INVALID_ARGUMENT:
                return None  # an older server does not know this attribute: whoever is overdue is then looked at
            raise

    async def examine(self, processes: tuple[str, ...], states: bool) -> tuple[Seen, ...]:
        return tuple(await asyncio.gather(*(self._examine(process, states) for process in processes)))

    async def _examine(self, process: str, states: bool) -> Seen:
        async with self._gate:
            try:
                found = await self._client.get_workflow_handle(process).describe()
            except RPCError as failed:
                if failed.status is RPCStatusCode.NOT_FOUND:
                    return Seen(process, exists=False, running=False)
                raise
            running = found.status is WorkflowExecutionStatus.RUNNING
            task = await self._failing_task(found) if running else None
            state = await self._state(process) if states and running and not task and is_case(process) else None
        return Seen(
            process,
            exists=True,
            running=running,
            started=found.start_time,
            task=task,
            activity=await self._failing_activity(found),
            revision=state.revision if state else None,
            confirmed=confirmed(state) if state else 0,
        )

    async def _failing_task(self, found: WorkflowExecutionDescription) -> Failing | None:
        """A task that is tried again. The history keeps the first failure, which tells the error; a time-out has none."""
        attempts = found.raw_description.pending_workflow_task.attempt
        if attempts <= 1:
            return None
        execution = WorkflowExecution(workflow_id=found.id, run_id=found.run_id)
        wanted = GetWorkflowExecutionHistoryReverseRequest(
            namespace=self._client.namespace, execution=execution, maximum_page_size=RECENT_EVENTS
        )
        answer = await self._client.workflow_service.get_workflow_execution_history_reverse(wanted)
        failed = (
            e.workflow_task_failed_event_attributes.failure for e in answer.history.events if e.event_type == FAILED
        )
        failure = next(failed, None)
        return Failing(attempts, await self._message(failure) if failure else "the task timed out")

    async def _failing_activity(self, found: WorkflowExecutionDescription) -> Failing | None:
        """The pending activity that has been tried most often."""
        pending = [one for one in found.raw_description.pending_activities if one.attempt > 1]
        if not pending:
            return None
        worst = max(pending, key=lambda one: one.attempt)
        return Failing(worst.attempt, await self._message(worst.last_failure, f"{worst.activity_type.name}: "))

    async def _message(self, failure: Failure, before: str = "") -> str:
        """What went wrong and the root of it; first lines only, for what follows may hold what people wrote."""
        try:
            first = root = await self._client.data_converter.decode_failure(failure)
        except CannotOpen as closed:
            return f"{before}{closed}"[:LONGEST_ERROR]
        while root.__cause__ is not None:
            root = root.__cause__
        lines = dict.fromkeys(getattr(one, "message", str(one)).partition("\n")[0] for one in (first, root))
        return f"{before}{': '.join(lines)}"[:LONGEST_ERROR]

    async def case(self, case_id: str) -> Case | None:
        async with self._gate:
            return await self._state(case_id)

    async def _state(self, process: str) -> Case | None:
        handle = self._client.get_workflow_handle(process)
        try:
            return await handle.query(AppraisalWorkflow.case, rpc_timeout=ANSWERING)
        except (WorkflowQueryFailedError, WorkflowQueryRejectedError):
            return None
        except RPCError as failed:
            if failed.status in (RPCStatusCode.UNAVAILABLE, RPCStatusCode.RESOURCE_EXHAUSTED):
                raise
            return None

    async def restart(self, case: Case, over: bool) -> bool:
        conflict = WorkflowIDConflictPolicy.TERMINATE_EXISTING if over else WorkflowIDConflictPolicy.FAIL
        return await self._start_again(AppraisalWorkflow.__name__, case.id, case, conflict)

    async def restart_shared(self, shared: Shared) -> bool:
        name = NAMED.get(type(shared), str)(shared.id)
        return await self._start_again(SHARED[type(shared)], name, shared, WorkflowIDConflictPolicy.FAIL)

    async def _start_again(self, process: str, name: str, state: object, conflict: WorkflowIDConflictPolicy) -> bool:
        # Only here may an id be used again: somebody has looked, and the record is further on than the process, or alone.
        try:
            await self._client.start_workflow(
                process,
                state,
                id=name,
                task_queue=self._queue,
                id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
                id_conflict_policy=conflict,
            )
        except WorkflowAlreadyStartedError:
            return False
        return True

    async def end(self, case_id: str, reason: str) -> None:
        try:
            await self._client.get_workflow_handle(case_id).terminate(reason=reason)
        except RPCError as failed:
            if failed.status is not RPCStatusCode.NOT_FOUND:
                raise


async def keep_watch(client: Client, task_queue: str) -> None:
    """Start the watch unless it runs: every worker asks for it, one is made."""
    await client.start_workflow(
        WatchWorkflow.run,
        "",
        id=watch_id(task_queue),
        task_queue=task_queue,
        id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
    )
