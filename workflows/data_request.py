"""One request about own data: kept, its HR reminded and the agency's called in while nobody answers, and answered.

What is to be erased goes in the transaction that keeps the answer.
"""

from temporalio import workflow

from activities.data_requests import DataRequestActivities
from appraisal.commands import Receipt
from appraisal.privacy.data_request import AskAboutData, DataAnswer, DataKind, DataPhase, DataRequest, Office, asked
from appraisal.privacy.erasing import Stays
from workflows.attempts import look, settle
from workflows.requests import Request, Requests


@workflow.defn
class DataRequestWorkflow:
    """Id `access/{id}`, `correction/{id}` or `erasure/{id}`. Rules: appraisal.privacy.data_request. No case waits for it."""

    @workflow.init
    def __init__(self, order: AskAboutData) -> None:
        self._request = asked(order, workflow.now(), Office())
        self._on_record = False
        self._answers: Requests[DataAnswer] = Requests()

    @workflow.run
    async def run(self, order: AskAboutData) -> Receipt:
        await self._keep(asked(order, self._request.at, await self._office()))
        self._on_record = True
        while self._request.open:
            if await self._answered_before_the_alarm():
                await self._answers.answer(self._answer)
            else:
                await self._keep(self._request.late(workflow.now(), await self._office()))
        while self._answers:  # whoever answered in the same moment is told that somebody else was faster
            await self._answers.answer(self._answer)
        await workflow.wait_condition(workflow.all_handlers_finished)
        return self._receipt()

    @workflow.update
    async def made(self) -> Receipt:
        """Answers once the request is on record."""
        await workflow.wait_condition(lambda: self._on_record)
        return self._receipt()

    @workflow.update
    async def answer(self, answer: DataAnswer) -> Receipt:
        """HR answers it; returns once that is on record."""
        await self._answers.ask(answer)
        return self._receipt()

    @answer.validator
    def _may_answer(self, answer: DataAnswer) -> None:
        self._request.answered(answer, workflow.now(), "")

    @workflow.query
    def request(self) -> DataRequest:
        return self._request

    async def _answered_before_the_alarm(self) -> bool:
        alarm = self._request.alarm_at
        left = max((alarm - workflow.now()).total_seconds(), 0) if alarm else None
        try:
            await workflow.wait_condition(lambda: bool(self._answers), timeout=left)
        except TimeoutError:
            return False
        return True

    async def _answer(self, request: Request[DataAnswer]) -> int:
        stays = await self._stays(request.order)
        await self._keep(self._request.answered(request.order, request.at, request.command_id, stays))
        return self._request.revision

    async def _stays(self, answer: DataAnswer) -> Stays:
        """What must not be erased as things stand now."""
        if self._request.order.kind is not DataKind.ERASURE or answer.phase is not DataPhase.DONE:
            return ()
        return await look(DataRequestActivities.what_stays, self._request.order)

    async def _keep(self, after: DataRequest) -> None:
        """What is not on record has not happened."""
        await settle(DataRequestActivities.keep_data_request, after)
        self._request = after.stored(after.revision)

    async def _office(self) -> Office:
        return await look(DataRequestActivities.data_request_office, self._request.order.person)

    def _receipt(self) -> Receipt:
        return Receipt(self._request.revision, str(self._request.phase))
