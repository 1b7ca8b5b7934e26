"""The training nominations of one cycle: the database proposes, HR decides, the clock settles what is left."""

from datetime import datetime

from temporalio import workflow
from temporalio.exceptions import ActivityError

from activities.nomination import NominationActivities, Propose, Round
from activities.records import RecordActivities
from activities.seat_plans import Planning, SeatPlanActivities
from appraisal.commands import Hold, Receipt, Release, Reschedule
from appraisal.group import GroupPhase, Presence
from appraisal.group_clock import finished, held_or_released, moved, rescheduled, ring
from appraisal.seats.errors import NoPlanInTime
from appraisal.seats.figures import Comparison
from appraisal.training.heads_word import SayWords
from appraisal.training.nomination import Basis, ComparePlans, Nomination, NominationOrder, RefreshProposals, TakePlan
from appraisal.training.nomination_rules import based, decided, heard, lapsed, permitted, planned, refreshed
from appraisal.vocabulary import Step
from workflows.attempts import look, settle
from workflows.ledger import Ledger
from workflows.policies import PAGE_BY_PAGE, PLAN_SEATS, PLANNING_ALIVE_EVERY, PROPOSE, SOLVE_WITHIN
from workflows.requests import Request, Requests


@workflow.defn
class NominationWorkflow:
    """Id `nomination/{cycle}`. Holds no list of people: candidates, proposals and seats stand in the database."""

    @workflow.init
    def __init__(self, nomination: Nomination) -> None:
        self._ledger = Ledger(nomination, RecordActivities.store_nomination)
        self._requests: Requests[NominationOrder] = Requests()
        self._proposed_for: Presence | None = None
        self._last_call = False

    @workflow.run
    async def run(self, nomination: Nomination) -> GroupPhase:
        while self._ledger.unsaved or self._requests or self._state.open:
            if self._ledger.unsaved:
                await self._ledger.save()
            elif self._state.moving:
                await self._tell_cases()
            elif self._requests:
                await self._requests.answer(self._decide)
            else:
                await self._next_order_or_alarm()
        await workflow.wait_condition(workflow.all_handlers_finished)
        return self._state.phase

    @workflow.update
    async def perform(self, order: NominationOrder) -> Receipt:
        """Accept the order, and answer once it is on record; the cases then hear of it without anybody waiting."""
        revision = await self._requests.ask(order)
        await self._ledger.stored(revision)
        return Receipt(revision, self._state.phase)

    @perform.validator
    def _may_perform(self, order: NominationOrder) -> None:
        permitted(self._state, order, workflow.now())

    @workflow.query
    def nomination(self) -> Nomination:
        return self._state

    @property
    def _state(self) -> Nomination:
        return self._ledger.state

    @_state.setter
    def _state(self, state: Nomination) -> None:
        self._ledger.state = state

    async def _decide(self, request: Request[NominationOrder]) -> int:
        permitted(self._state, request.order, request.at)
        command, actor = request.order.command, request.order.actor
        if isinstance(command, RefreshProposals):
            proposals = await self._propose(self._state.basis)
            self._state = refreshed(self._state, actor, proposals, workflow.now(), request.command_id)
        elif isinstance(command, ComparePlans):
            made = await self._plan()
            self._state = planned(self._state, actor, made, workflow.now(), request.command_id)
        elif isinstance(command, TakePlan):
            await self._propose(command.basis)
            self._state = based(self._state, actor, command.basis, workflow.now(), request.command_id)
        elif isinstance(command, Reschedule):
            self._state = rescheduled(self._state, Step.NOMINATION, command, workflow.now(), request.command_id)
        elif isinstance(command, Hold | Release):
            self._state = held_or_released(self._state, command, actor.id, workflow.now(), request.command_id)
        elif isinstance(command, SayWords):
            spoken = heard(self._state, request.order, request.at, request.command_id)
            await settle(NominationActivities.hear_heads, Round(spoken, request.order))
            self._state = spoken
        else:
            after = decided(self._state, request.order, request.at, request.command_id)
            await settle(NominationActivities.decide_nominations, Round(after, request.order))
            self._state = after
        return self._state.revision

    async def _propose(self, basis: Basis) -> int:
        propose = Propose(self._state.cycle, workflow.now(), basis)
        return await workflow.execute_activity_method(NominationActivities.propose_trainings, propose, **PROPOSE)

    async def _plan(self) -> Comparison:
        """Both plans, kept before this answers; or the refusal that there is none in time."""
        number = self._state.revision + 1
        planning = Planning(self._state.cycle, number, workflow.now(), SOLVE_WITHIN, PLANNING_ALIVE_EVERY)
        try:
            return await settle(SeatPlanActivities.plan_seats, planning, PLAN_SEATS)
        except ActivityError as gone:
            raise NoPlanInTime("No plan was made in time.", "", "Try again in a few minutes.") from gone

    async def _tell_cases(self) -> None:
        told = await workflow.execute_activity_method(
            NominationActivities.nominate_members, self._state, **PAGE_BY_PAGE
        )
        self._state = moved(self._state, told, workflow.now())
        await self._ledger.save()
        await self._settle(await self._presence())

    async def _presence(self) -> Presence:
        return await look(NominationActivities.count_candidates, self._state.cycle)

    async def _next_order_or_alarm(self) -> None:
        now, planned = workflow.now(), self._state.next_alarm
        still = self._state.phase is GroupPhase.WAITING or self._state.held
        look_again = None if still else self._state.schedule.next_look(now)
        instant = min(instant for instant in (planned and planned[0], look_again) if instant)
        if not await self._quiet_until(instant):
            return
        presence = await self._presence()
        if planned and planned[0] <= workflow.now():
            self._state = ring(self._state, planned[1], presence, workflow.now())
        await self._settle(presence)

    async def _quiet_until(self, instant: datetime) -> bool:
        """Wait; False as soon as somebody has asked for something."""
        wait = instant - workflow.now()
        try:
            if wait.total_seconds() > 0:
                await workflow.wait_condition(lambda: bool(self._requests), timeout=wait)
                return False
        except TimeoutError:
            pass
        return not self._requests

    async def _settle(self, presence: Presence) -> None:
        """Propose for whoever has arrived; after the end, close their cases; finish where nobody can come any more."""
        closing = workflow.now() >= self._state.schedule.closes
        if self._state.phase is GroupPhase.ENDED and presence.present and not self._last_call:
            self._last_call = closing
            await self._propose(self._state.basis)
            after = lapsed(self._state, presence.present, workflow.now())
            await settle(NominationActivities.lapse_nominations, after)
            self._state = after
        elif self._state.phase is not GroupPhase.WAITING and (presence.over or closing):
            self._state = finished(self._state, workflow.now())
        elif self._state.phase is GroupPhase.OPEN and presence.present and presence != self._proposed_for:
            self._proposed_for = presence
            await self._propose(self._state.basis)
