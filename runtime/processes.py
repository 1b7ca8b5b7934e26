"""The processes as seen from outside: implements activities.ports on a Temporal client."""

from datetime import datetime

from temporalio.client import Client, WorkflowUpdateFailedError
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from appraisal.case import Case
from appraisal.commands import Order
from appraisal.errors import AlreadyClosed
from appraisal.timetable import Timetable
from workflows.appraisal import AppraisalWorkflow
from workflows.identity import TASK_QUEUE


class TemporalCases:
    """Implements activities.ports.Cases."""

    def __init__(self, client: Client, task_queue: str = TASK_QUEUE) -> None:
        self._client, self._task_queue = client, task_queue

    async def start(self, case: Case) -> None:
        try:
            await self._client.start_workflow(
                AppraisalWorkflow.run,
                case,
                id=case.id,
                task_queue=self._task_queue,
                id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
            )
        except WorkflowAlreadyStartedError:
            return

    async def perform(self, case_id: str, order: Order, command_id: str) -> str:
        handle = self._client.get_workflow_handle_for(AppraisalWorkflow.run, case_id)
        try:
            await handle.execute_update(AppraisalWorkflow.perform, order, id=command_id)
        except WorkflowUpdateFailedError as failed:
            if isinstance(failed.cause, ApplicationError) and failed.cause.type:
                return failed.cause.type
            raise
        except RPCError as gone:
            if gone.status is RPCStatusCode.NOT_FOUND:
                return AlreadyClosed.__name__
            raise
        return ""

    async def start_calibration(self, cycle: str, unit: str, timetable: Timetable, at: datetime) -> None:
        return

    async def start_nomination(self, cycle: str, timetable: Timetable, at: datetime) -> None:
        return
