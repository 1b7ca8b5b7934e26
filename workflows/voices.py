"""Others are asked about one employee's behaviour: named, approved, reminded, and no more once the window has ended."""

from temporalio import workflow

from activities.voices import VoiceActivities
from appraisal.commands import Receipt
from appraisal.voices.voices import Opening, Round, VoicesOrder, demand_window, opened
from workflows.attempts import look, settle
from workflows.requests import Request, Requests


@workflow.defn
class VoicesWorkflow:
    """Id `voices/{cycle}/{employee}`. The rules are appraisal.voices.voices; no case waits for it, and no answer comes here."""

    @workflow.init
    def __init__(self, opening: Opening) -> None:
        self._round = opened(opening, workflow.now())
        self._requests: Requests[VoicesOrder] = Requests()

    @workflow.run
    async def run(self, opening: Opening) -> Receipt:
        while not self._round.closed:
            await self._asked_or_alarm()
            if self._requests:
                await self._requests.answer(self._perform)
            else:
                await self._keep(self._round.rung(workflow.now()))
        while self._requests:  # whoever came in the last moment is told that it is over
            await self._requests.answer(self._perform)
        await workflow.wait_condition(workflow.all_handlers_finished)
        return self._receipt()

    @workflow.update
    async def perform(self, order: VoicesOrder) -> Receipt:
        """Propose, invite or decline; answers once that is on record."""
        await self._requests.ask(order)
        return self._receipt()

    @perform.validator
    def _may_perform(self, order: VoicesOrder) -> None:
        demand_window(self._round.opening.window, workflow.now())

    @workflow.query
    def round(self) -> Round:
        return self._round

    async def _asked_or_alarm(self) -> None:
        left = self._round.next_alarm - workflow.now()
        try:
            await workflow.wait_condition(lambda: bool(self._requests), timeout=max(left.total_seconds(), 0))
        except TimeoutError:
            return

    async def _perform(self, request: Request[VoicesOrder]) -> int:
        ground = await look(VoiceActivities.look_around, self._round.opening)
        await self._keep(self._round.performed(request.order, ground, request.at, request.command_id))
        return self._round.revision

    async def _keep(self, after: Round) -> None:
        """What is not on record has not happened: a refusal leaves the round as it was."""
        await settle(VoiceActivities.keep_voices, after)
        self._round = after.stored(after.revision)

    def _receipt(self) -> Receipt:
        return Receipt(self._round.revision, "closed" if self._round.closed else "open")
