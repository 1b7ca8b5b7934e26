"""One employee's case in one cycle: people's orders change it, one loop stores it and keeps its deadlines."""

from temporalio import workflow

from activities.records import RecordActivities
from appraisal.case import Case
from appraisal.clock import ring
from appraisal.commands import Order, Receipt
from appraisal.transitions import perform
from appraisal.vocabulary import Outcome
from workflows.ledger import Ledger


@workflow.defn
class AppraisalWorkflow:
    """Id `appraisal/{cycle}/{employee}`. The rules are appraisal.transitions (people) and appraisal.clock (time)."""

    @workflow.init
    def __init__(self, case: Case) -> None:
        self._ledger = Ledger(case, RecordActivities.store_case)

    @workflow.run
    async def run(self, case: Case) -> Outcome | None:
        while self._ledger.unsaved or self._ledger.state.open:
            if self._ledger.unsaved:
                await self._ledger.save()
            else:
                await self._next_order_or_alarm()
        await workflow.wait_condition(workflow.all_handlers_finished)
        return self._ledger.state.outcome

    @workflow.update
    async def perform(self, order: Order) -> Receipt:
        """Accept the order, and answer once it is on record."""
        after = self._after(order)
        self._ledger.state = after
        await self._ledger.stored(after.revision)
        return Receipt(after.revision, after.step)

    @perform.validator
    def _may_perform(self, order: Order) -> None:
        self._after(order)

    @workflow.query
    def case(self) -> Case:
        return self._ledger.state

    def _after(self, order: Order) -> Case:
        info = workflow.current_update_info()
        return perform(self._ledger.state, order, workflow.now(), info.id if info else "")

    async def _next_order_or_alarm(self) -> None:
        planned = self._ledger.state.next_alarm
        assert planned is not None, "an open case always has a next alarm"
        instant, alarm = planned
        wait = instant - workflow.now()
        try:
            if wait.total_seconds() > 0:
                await workflow.wait_condition(lambda: self._ledger.unsaved, timeout=wait)
                return
        except TimeoutError:
            pass
        if not self._ledger.unsaved:
            self._ledger.state = ring(self._ledger.state, alarm, workflow.now())
