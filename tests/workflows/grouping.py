"""Real cases on a real server, brought to where a calibration or a nomination finds them."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from temporalio.client import Client, WorkflowHandle, WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError
from temporalio.worker import Replayer, Worker

from activities.bulk import BulkActivities
from activities.calibration import CalibrationActivities
from activities.enrolment import EnrolmentActivities
from activities.nomination import NominationActivities
from activities.ports import Cases
from activities.records import RecordActivities
from activities.seat_plans import SeatPlanActivities
from activities.undoing import UndoActivities
from adapters.database.columns import table_of
from adapters.database.engine import Sessions
from adapters.database.reads.calibrations import SqlCalibrations
from adapters.database.tables import process
from adapters.database.writes.enrolments import SqlEnrolments
from adapters.database.writes.nominations import SqlNominations
from adapters.database.writes.records import SqlRecords
from adapters.database.writes.seat_plans import SqlSeatPlans
from adapters.database.writes.undoing import SqlUndos
from adapters.seat_optimiser import SeatOptimiser
from appraisal.case import Case
from appraisal.case_events import opened
from appraisal.delivery import Hours
from appraisal.parties import Parties
from appraisal.timetable import Escalation, Timetable
from appraisal.vocabulary import Audience, Step
from runtime.processes import TemporalCases, TemporalEnrolments
from tests import builders
from tests.keys import PLUGIN
from workflows.appraisal import AppraisalWorkflow
from workflows.bulk import BulkWorkflow
from workflows.calibration import CalibrationWorkflow
from workflows.enrolment import EnrolmentWorkflow
from workflows.nomination import NominationWorkflow

EVENT, APPRAISAL, PARTICIPANT = table_of(process.Event), table_of(process.Appraisal), table_of(process.Participant)
WORKFLOWS = [AppraisalWorkflow, BulkWorkflow, CalibrationWorkflow, EnrolmentWorkflow, NominationWorkflow]
OFFICE = Hours("Asia/Jakarta", time(7, 30), time(16), time(8))


@dataclass(frozen=True)
class Agency:
    """A cycle of its own, on a queue of its own, with its own database."""

    client: Client
    sessions: Sessions
    cycle: str
    queue: str

    def case_id(self, employee: str) -> str:
        return f"appraisal/{self.cycle}/{employee}"

    async def kinds(self, subject: str) -> list[str]:
        """The kinds of the events on record, in order."""
        async with self.sessions.begin() as session:
            rows = await session.execute(
                select(EVENT.c.kind).where(EVENT.c.subject == subject).order_by(EVENT.c.revision)
            )
            return list(rows.scalars())

    async def case(self, employee: str) -> Case:
        handle = self.client.get_workflow_handle(self.case_id(employee))
        return await handle.query(AppraisalWorkflow.case)

    async def start_case(self, employee: str, steps: int, now: datetime) -> None:
        """Start a case and let the first `steps` orders of a year happen to it."""
        table = builders.timetable(now)
        parties = Parties(employee, builders.UNIT, (builders.SUPERVISOR, builders.SUPERIOR), builders.HEAD)
        case = opened(self.case_id(employee), self.cycle, parties, table, now)
        await TemporalCases(self.client, self.queue).start(case)
        await self.go_on(employee, 0, steps)

    async def go_on(self, employee: str, first: int, last: int) -> None:
        """Let these orders of a year happen to the case."""
        handle = self.client.get_workflow_handle(self.case_id(employee))
        for order in builders.year()[first:last]:
            own = order.actor.id == builders.EMPLOYEE
            await handle.execute_update(
                AppraisalWorkflow.perform, replace(order, actor=replace(order.actor, id=employee)) if own else order
            )

    async def start_cases(self, employees: tuple[str, ...], steps: int) -> None:
        now = datetime.now(UTC)
        await asyncio.gather(*(self.start_case(employee, steps, now) for employee in employees))

    @asynccontextmanager
    async def working(self, cases: Cases | None = None) -> AsyncIterator[None]:
        """A worker with real activities; `cases` may stand between them and the real cases."""
        records = RecordActivities(SqlRecords(self.sessions))
        told = cases or TemporalCases(self.client, self.queue)
        calibration = CalibrationActivities(SqlCalibrations(self.sessions), told)
        seats = TemporalEnrolments(self.client, self.queue)
        nomination = NominationActivities(SqlNominations(self.sessions), told, seats)
        enrolments = EnrolmentActivities(SqlEnrolments(self.sessions, date.today, OFFICE), seats)
        undos = UndoActivities(SqlUndos(self.sessions), told)
        activities: list[Callable[..., Any]] = [
            *(records.store_case, records.store_calibration, records.store_nomination, records.store_bulk),
            BulkActivities(told).give_remedy,
            *(calibration.count_members, calibration.list_members, calibration.move_members),
            *(undos.see_decided, undos.take_back, undos.put_back),
            *(nomination.count_candidates, nomination.propose_trainings, nomination.decide_nominations),
            *(nomination.hear_heads, nomination.lapse_nominations, nomination.nominate_members),
            SeatPlanActivities(SqlSeatPlans(self.sessions), SeatOptimiser()).plan_seats,
            *(enrolments.offer_seat, enrolments.see_superiors, enrolments.keep_seat),
        ]
        # A dead worker's own queue is given up quickly, so that tests of a death need not wait ten seconds.
        sticky = timedelta(seconds=1)
        async with Worker(
            self.client,
            task_queue=self.queue,
            workflows=WORKFLOWS,
            activities=activities,
            sticky_queue_schedule_to_start_timeout=sticky,
        ):
            yield


def agency(client: Client, sessions: Sessions) -> Agency:
    return Agency(client, sessions, uuid.uuid4().hex[:12], str(uuid.uuid4()))


def soon(
    step: Step, end: float = 60.0, closes: float = 90.0, alarms: tuple[float, float, float] | None = None
) -> Timetable:
    """Dates in seconds from now: this step is open, ends at `end`; `alarms` are remind, due, escalate."""
    now = datetime.now(UTC)
    remind, due, escalate = (now + timedelta(seconds=s) for s in alarms or (end, end, end))
    table = builders.timetable(now)
    window = replace(
        table.window(step),
        opens=now,
        remind=(remind,),
        due=due,
        escalate=(Escalation(escalate, Audience.SUPERIOR),),
        end=now + timedelta(seconds=end),
    )
    windows = tuple(window if window.step is old.step else old for old in table.windows)
    return Timetable(windows, timedelta(seconds=0.5), now + timedelta(seconds=closes))


async def until(holds: Callable[[], Awaitable[bool]], seconds: float = 15.0) -> None:
    """Wait until this holds."""
    async with asyncio.timeout(seconds):
        while not await holds():
            await asyncio.sleep(0.05)


async def refused(update: Awaitable[object]) -> str:
    """The type of the refusal that this update is answered with."""
    with pytest.raises(WorkflowUpdateFailedError) as refusal:
        await update
    assert isinstance(refusal.value.cause, ApplicationError)
    return refusal.value.cause.type or ""


async def replays(handle: WorkflowHandle[Any, Any]) -> tuple[int, int]:
    """Replay the history of a process; (events, state transitions) that it cost."""
    await Replayer(workflows=WORKFLOWS, plugins=[PLUGIN]).replay_workflow(await handle.fetch_history())
    info = (await handle.describe()).raw_description.workflow_execution_info
    return info.history_length, info.state_transition_count


class DyingCases:
    """Passes `lives` orders on to the real cases, then hangs, as a worker does that loses its network."""

    def __init__(self, cases: Cases, lives: int) -> None:
        self._cases, self._lives = cases, lives
        self.dying = asyncio.Event()

    async def start(self, case: Case) -> None:
        await self._cases.start(case)

    async def perform(self, case_id: str, order: object, command_id: str) -> str:
        self._lives -= 1
        if self._lives < 0:
            self.dying.set()
            await asyncio.Event().wait()
        return await self._cases.perform(case_id, order, command_id)  # type: ignore[arg-type]
