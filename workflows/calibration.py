"""One unit's calibration in one cycle: its head decides for everybody present, or the clock does in the end."""

from datetime import datetime

from temporalio import workflow

from activities.calibration import CalibrationActivities, Pool
from activities.records import RecordActivities
from activities.undoing import UndoActivities
from appraisal.calibration import undoing
from appraisal.calibration.calibration import Apply, Calibration, CalibrationOrder, Member
from appraisal.calibration.rules import acceptable, applied, lapsed, perform
from appraisal.calibration.session import Undo
from appraisal.commands import Receipt
from appraisal.group import GroupPhase, Presence
from appraisal.group_clock import finished, moved, ring
from workflows.attempts import look
from workflows.ledger import Ledger
from workflows.policies import LOOK_UP, PAGE_BY_PAGE
from workflows.requests import Request, Requests


@workflow.defn
class CalibrationWorkflow:
    """Id `calibration/{cycle}/{unit}`. The rules: appraisal.calibration.rules. Who is present, the database knows."""

    @workflow.init
    def __init__(self, calibration: Calibration) -> None:
        self._ledger = Ledger(calibration, RecordActivities.store_calibration)
        self._requests: Requests[CalibrationOrder] = Requests()
        self._pool = Pool(calibration.cycle, calibration.unit)
        self._last_call = False

    @workflow.run
    async def run(self, calibration: Calibration) -> GroupPhase:
        while self._ledger.unsaved or self._requests or self._state.open:
            if self._ledger.unsaved:
                await self._ledger.save()
            elif self._state.moving:
                await self._move_members()
            elif self._state.undoing:
                await self._take_back()
            elif self._requests:
                await self._requests.answer(self._decide)
            else:
                await self._next_order_or_alarm()
        await workflow.wait_condition(workflow.all_handlers_finished)
        return self._state.phase

    @workflow.update
    async def perform(self, order: CalibrationOrder) -> Receipt:
        """Accept the order, and answer once it is on record; the members then hear of it without anybody waiting."""
        if isinstance(order.command, Apply | Undo):
            revision = await self._requests.ask(order)
        else:
            info = workflow.current_update_info()
            self._state = perform(self._state, order, workflow.now(), info.id if info else "")
            revision = self._state.revision
        await self._ledger.stored(revision)
        return Receipt(revision, self._state.phase)

    @perform.validator
    def _may_perform(self, order: CalibrationOrder) -> None:
        acceptable(self._state, order, workflow.now())

    @workflow.query
    def calibration(self) -> Calibration:
        return self._state

    @property
    def _state(self) -> Calibration:
        return self._ledger.state

    @_state.setter
    def _state(self, state: Calibration) -> None:
        self._ledger.state = state

    async def _decide(self, request: Request[CalibrationOrder]) -> int:
        if isinstance(request.order.command, Undo):
            wish = (UndoActivities.see_decided, self._state.id)
            standing = await workflow.execute_activity_method(*wish, **LOOK_UP)
            self._state = undoing.begun(self._state, request.order, standing, request.at, request.command_id)
            return self._state.revision
        members = await self._members()
        self._state = applied(self._state, request.order, members, request.at, request.command_id)
        return self._state.revision

    async def _members(self) -> tuple[Member, ...]:
        # No local activity: scheduling this one makes the order durable before anything is written because of it.
        return await workflow.execute_activity_method(CalibrationActivities.list_members, self._pool, **LOOK_UP)

    async def _move_members(self) -> None:
        told = await workflow.execute_activity_method(
            CalibrationActivities.move_members, self._state.id, **PAGE_BY_PAGE
        )
        self._state = moved(self._state, told, workflow.now())
        await self._ledger.save()
        await self._look_around()

    async def _take_back(self) -> None:
        """Everybody goes back; where somebody could not any more, whoever went back is put back as he was."""
        told = await workflow.execute_activity_method(UndoActivities.take_back, self._state.id, **PAGE_BY_PAGE)
        if told.elsewhere:
            await workflow.execute_activity_method(UndoActivities.put_back, self._state.id, **PAGE_BY_PAGE)
        self._state = undoing.ended(self._state, told, workflow.now())
        await self._ledger.save()
        await self._look_around()

    async def _next_order_or_alarm(self) -> None:
        planned, now = self._state.next_alarm, workflow.now()
        instant = planned[0] if planned else self._state.schedule.next_look(now)
        undoable = self._state.undo_until
        first = min(instant, undoable) if undoable and now < undoable else instant
        if not await self._quiet_until(first):
            return
        presence = await look(CalibrationActivities.count_members, self._pool)
        # the dates may have changed while it looked
        if planned and first == instant and planned == self._state.next_alarm:
            self._state = ring(self._state, planned[1], presence, workflow.now())
        await self._settle(presence)

    async def _quiet_until(self, instant: datetime) -> bool:
        """Wait; False as soon as somebody has asked for something."""
        wait = instant - workflow.now()
        try:
            if wait.total_seconds() > 0:
                await workflow.wait_condition(lambda: self._ledger.unsaved or bool(self._requests), timeout=wait)
                return False
        except TimeoutError:
            pass
        return not self._ledger.unsaved and not self._requests

    async def _look_around(self) -> None:
        await self._settle(await look(CalibrationActivities.count_members, self._pool))

    async def _settle(self, presence: Presence) -> None:
        """After the end, decide for whoever is there; finish where nobody can come any more, or the cycle closes."""
        closing = workflow.now() >= self._state.schedule.closes
        if self._state.phase is GroupPhase.ENDED and presence.present and not self._last_call:
            self._last_call = closing
            members = await self._members()
            if self._state.phase is GroupPhase.ENDED:  # the window may have opened again meanwhile
                self._state = lapsed(self._state, members, workflow.now())
        elif self._state.phase is not GroupPhase.WAITING and (self._over(presence) or closing):
            self._state = finished(self._state, workflow.now())

    def _over(self, presence: Presence) -> bool:
        """Nobody is left and nobody can come; and what was decided can no longer be undone."""
        undoable = self._state.undo_until
        return presence.over and not (undoable and workflow.now() < undoable)
