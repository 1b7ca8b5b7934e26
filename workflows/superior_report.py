"""One report that a superior is wrong: kept, reminded of while HR has not decided, answered, and followed if it is right."""

from datetime import datetime

from temporalio import workflow
from temporalio.exceptions import ApplicationError

from activities.superiors import SuperiorActivities
from appraisal.commands import Receipt
from appraisal.people.superior_report import Decision, Report, ReportPhase, ReportSuperior, reported
from workflows.attempts import look, settle
from workflows.following import follow_from
from workflows.requests import Request, Requests


@workflow.defn
class SuperiorReportWorkflow:
    """Id `superior-report/{person}/{report}`. The rules are appraisal.people.superior_report; no case waits for it."""

    @workflow.init
    def __init__(self, order: ReportSuperior) -> None:
        self._report = reported(order, workflow.now(), workflow.now())
        self._on_record = False
        self._refusal: ApplicationError | None = None
        self._requests: Requests[Decision] = Requests()

    @workflow.run
    async def run(self, order: ReportSuperior) -> Receipt:
        try:
            await self._keep(reported(order, self._report.at, await self._time_from(self._report.at)))
        except ApplicationError as refusal:
            self._refusal = refusal
        else:
            self._on_record = True
            await self._until_decided()
        while self._requests:  # whoever decided in the same moment is told that somebody else was faster
            await self._requests.answer(self._decide)
        if self._report.phase is ReportPhase.ACCEPTED:
            await follow_from(workflow.now())
        await workflow.wait_condition(workflow.all_handlers_finished)
        return self._receipt()

    @workflow.update
    async def made(self) -> Receipt:
        """Answers once the report is on record, or with the reason why it is not."""
        await workflow.wait_condition(lambda: self._on_record or self._refusal is not None)
        return self._receipt()

    @workflow.update
    async def decide(self, decision: Decision) -> Receipt:
        """HR accepts or declines; answers once that is on record."""
        await self._requests.ask(decision)
        return self._receipt()

    @decide.validator
    def _may_decide(self, decision: Decision) -> None:
        self._report.decided(decision, workflow.now(), "")

    @workflow.query
    def report(self) -> Report:
        return self._report

    async def _until_decided(self) -> None:
        while self._report.open:
            await self._asked_or_late()
            if self._requests:
                await self._requests.answer(self._decide)
            else:
                now = workflow.now()
                await self._keep(self._report.late(now, await self._time_from(now)))

    async def _asked_or_late(self) -> None:
        left = self._report.remind_at - workflow.now()
        try:
            await workflow.wait_condition(lambda: bool(self._requests), timeout=max(left.total_seconds(), 0))
        except TimeoutError:
            return

    async def _decide(self, request: Request[Decision]) -> int:
        if self._refusal is not None:
            raise self._refusal
        await self._keep(self._report.decided(request.order, request.at, request.command_id))
        return self._report.revision

    async def _keep(self, after: Report) -> None:
        """What is not on record has not happened: a refusal leaves the report as it was."""
        await settle(SuperiorActivities.keep_report, after)
        self._report = after.stored(after.revision)

    async def _time_from(self, start: datetime) -> datetime:
        return await look(SuperiorActivities.report_deadline, start)

    def _receipt(self) -> Receipt:
        if self._refusal is not None:
            raise self._refusal
        return Receipt(self._report.revision, str(self._report.phase))
