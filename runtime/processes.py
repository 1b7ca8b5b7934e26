"""The processes as seen from outside: implements activities.ports on a Temporal client."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, TypeVar

from temporalio.client import Client, WorkflowHandle, WorkflowUpdateFailedError
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from appraisal.access import ORGANISATION, Actor
from appraisal.calibration import calibration
from appraisal.calibration.calibration import CalibrationOrder, FollowHead
from appraisal.calibration.session_rules import BEFORE, SessionRules
from appraisal.case import Case
from appraisal.commands import FollowLine, Hold, Order, Release, Reschedule
from appraisal.cycle import Leadership
from appraisal.errors import AlreadyClosed
from appraisal.periods.evaluation import Evaluation, PeriodOrder
from appraisal.timetable import Timetable
from appraisal.training import nomination
from appraisal.training.enrolment import EnrolmentOrder, Seat
from appraisal.training.nomination import NominationOrder
from workflows.appointment import AppointmentWorkflow, EndNow
from workflows.appraisal import AppraisalWorkflow
from workflows.calibration import CalibrationWorkflow
from workflows.enrolment import EnrolmentWorkflow
from workflows.identity import NOTICES, TASK_QUEUE, calibration_id, nomination_id, retention_id
from workflows.nomination import NominationWorkflow
from workflows.notices import NoticesWorkflow
from workflows.period import PeriodWorkflow
from workflows.retention import RetentionWorkflow

State = TypeVar("State")


async def start_once(
    client: Client, run: Callable[[Any, State], Awaitable[Any]], state: State, process: str, task_queue: str
) -> None:
    """Start this process unless it runs or has run: a second start of the same id changes nothing."""
    try:
        await client.start_workflow(
            run,
            state,
            id=process,
            task_queue=task_queue,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
            request_eager_start=True,
        )
    except WorkflowAlreadyStartedError:
        return


async def keep_notices_going(client: Client, task_queue: str) -> None:
    """Start the process that sends notices, unless it runs: every worker does so, and the first one starts it.

    One that was ended by hand is started again; there is no other way to begin it, and nothing that it would do twice.
    """
    await client.start_workflow(
        NoticesWorkflow.run,
        id=NOTICES,
        task_queue=task_queue,
        id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
    )


async def keep_retention_going(client: Client, task_queue: str) -> None:
    """The same for the process that lets go what is too old. Where nothing is set it looks each night and lets go nothing."""
    await client.start_workflow(
        RetentionWorkflow.run,
        id=retention_id(task_queue),
        task_queue=task_queue,
        id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
    )


async def _told(update: Any, handle: WorkflowHandle[Any, Any], order: Any, command_id: str) -> str:
    """Give a process an order, once per command id: '' or the code of its refusal. One that is gone has ended."""
    try:
        await handle.execute_update(update, order, id=command_id)
    except WorkflowUpdateFailedError as failed:
        if isinstance(failed.cause, ApplicationError) and failed.cause.type:
            return failed.cause.type
        raise
    except RPCError as gone:
        if gone.status is RPCStatusCode.NOT_FOUND:
            return AlreadyClosed.__name__
        raise
    return ""


class TemporalCases:
    """Implements activities.ports.Cases."""

    def __init__(self, client: Client, task_queue: str = TASK_QUEUE) -> None:
        self._client, self._task_queue = client, task_queue

    async def start(self, case: Case) -> None:
        await start_once(self._client, AppraisalWorkflow.run, case, case.id, self._task_queue)

    async def perform(self, case_id: str, order: Order, command_id: str) -> str:
        handle = self._client.get_workflow_handle(case_id)
        if case_id.startswith("period/") and isinstance(order.command, FollowLine):
            return await _told(PeriodWorkflow.perform, handle, PeriodOrder(order.command, order.actor), command_id)
        return await _told(AppraisalWorkflow.perform, handle, order, command_id)


class TemporalPeriods:
    """Implements activities.period_ports.PeriodProcesses."""

    def __init__(self, client: Client, task_queue: str = TASK_QUEUE) -> None:
        self._client, self._task_queue = client, task_queue

    async def start(self, evaluation: Evaluation) -> None:
        await start_once(self._client, PeriodWorkflow.run, evaluation, evaluation.id, self._task_queue)


class TemporalEnrolments:
    """Implements activities.enrolment_ports.EnrolmentProcesses and reopening_ports.SeatOrders."""

    def __init__(self, client: Client, task_queue: str = TASK_QUEUE) -> None:
        self._client, self._task_queue = client, task_queue

    async def start(self, seat: Seat) -> None:
        await start_once(self._client, EnrolmentWorkflow.run, seat, seat.id, self._task_queue)

    async def tell(self, seat: str, order: EnrolmentOrder, command_id: str) -> str:
        return await _told(EnrolmentWorkflow.perform, self._client.get_workflow_handle(seat), order, command_id)


class TemporalAppointments:
    """Implements activities.people_ports.ActingProcesses."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def end(self, appointment: str, actor: Actor, command_id: str) -> str:
        handle = self._client.get_workflow_handle(appointment)
        return await _told(AppointmentWorkflow.end, handle, EndNow(actor), command_id)


class TemporalGroups:
    """Implements activities.ports.Groups and activities.dates_ports.Clocks."""

    def __init__(self, client: Client, task_queue: str = TASK_QUEUE) -> None:
        self._client, self._task_queue = client, task_queue

    async def start_calibration(
        self, cycle: str, pool: Leadership, timetable: Timetable, at: datetime, rules: SessionRules = BEFORE
    ) -> None:
        process = calibration_id(cycle, pool.unit)
        led = (pool.head, pool.line, timetable, at, pool.represents, pool.member, rules)
        state = calibration.prepared(process, cycle, pool.unit, *led)
        await start_once(self._client, CalibrationWorkflow.run, state, process, self._task_queue)

    async def start_nomination(self, cycle: str, timetable: Timetable, at: datetime) -> None:
        process = nomination_id(cycle)
        state = nomination.prepared(process, cycle, timetable, at)
        await start_once(self._client, NominationWorkflow.run, state, process, self._task_queue)

    async def follow_head(self, calibration: str, pool: Leadership, command_id: str) -> None:
        handle = self._client.get_workflow_handle(calibration)
        order = CalibrationOrder(FollowHead(pool.head, pool.line, pool.represents, pool.member), ORGANISATION)
        try:
            await handle.execute_update(CalibrationWorkflow.perform, order, id=command_id)
        except WorkflowUpdateFailedError:
            return
        except RPCError as gone:
            if gone.status is not RPCStatusCode.NOT_FOUND:
                raise

    async def tell(self, group: str, wish: Hold | Release | Reschedule, actor: Actor, command_id: str) -> str:
        handle = self._client.get_workflow_handle(group)
        if group.startswith("nomination/"):
            return await _told(NominationWorkflow.perform, handle, NominationOrder(wish, actor), command_id)
        return await _told(CalibrationWorkflow.perform, handle, CalibrationOrder(wish, actor), command_id)
