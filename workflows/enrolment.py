"""One seat in a training: offered, answered, passed on or attended, and looked back on a year later."""

from temporalio import workflow

from activities.enrolment import EnrolmentActivities, Offer
from appraisal.commands import Receipt
from appraisal.training.enrolment import Enrolment, EnrolmentOrder, Seat
from appraisal.training.enrolment_rules import perform, ring
from workflows.attempts import look, settle
from workflows.requests import Request, Requests


@workflow.defn
class EnrolmentWorkflow:
    """Id `enrolment/{cycle}/{employee}/{round}`. The rules are appraisal.training.enrolment_rules; nothing waits for it."""

    @workflow.init
    def __init__(self, seat: Seat) -> None:
        self._enrolment: Enrolment | None = None
        self._requests: Requests[EnrolmentOrder] = Requests()

    @workflow.run
    async def run(self, seat: Seat) -> Receipt:
        here = await self._keep(await look(EnrolmentActivities.offer_seat, Offer(seat, workflow.now())))
        while not here.closed:
            await self._asked_or_alarm(here)
            if self._requests:
                await self._requests.answer(self._perform)
            else:
                await self._keep(ring(here, workflow.now()))
            here = self._state
        while self._requests:  # whoever came in the last moment is told that it is over
            await self._requests.answer(self._perform)
        await workflow.wait_condition(workflow.all_handlers_finished)
        return self._receipt()

    @workflow.update
    async def perform(self, order: EnrolmentOrder) -> Receipt:
        """Answer, record or look back; answers once that is on record."""
        await self._requests.ask(order)
        return self._receipt()

    @workflow.query
    def enrolment(self) -> Enrolment:
        return self._state

    @property
    def _state(self) -> Enrolment:
        assert self._enrolment is not None, "a seat is offered before anything is asked of it"
        return self._enrolment

    async def _asked_or_alarm(self, here: Enrolment) -> None:
        assert here.next_alarm is not None, "an open seat always has a next alarm"
        left = here.next_alarm - workflow.now()
        try:
            await workflow.wait_condition(lambda: bool(self._requests), timeout=max(left.total_seconds(), 0))
        except TimeoutError:
            return

    async def _perform(self, request: Request[EnrolmentOrder]) -> int:
        parties = await look(EnrolmentActivities.see_superiors, self._state.seat.employee)
        after = await self._keep(perform(self._state, request.order, parties, request.at, request.command_id))
        return after.revision

    async def _keep(self, after: Enrolment) -> Enrolment:
        """What is not on record has not happened: a refusal leaves the seat as it was."""
        await settle(EnrolmentActivities.keep_seat, after)
        self._enrolment = after.stored(after.revision)
        return self._enrolment

    def _receipt(self) -> Receipt:
        return Receipt(self._state.revision, self._state.stage)
