"""One employee's evaluation of one period: a report, a rating, and the clock that waits for neither longer than agreed."""

from temporalio import workflow

from activities.records import RecordActivities
from appraisal.commands import Receipt
from appraisal.periods.evaluation import Evaluation, PeriodOrder
from appraisal.periods.evaluation_rules import perform, ring
from workflows.clocked import until_closed
from workflows.ledger import Ledger


@workflow.defn
class PeriodWorkflow:
    """Id `period/{cycle}/{employee}/{number}`. Rules: appraisal.periods.evaluation_rules. The case does not wait for it."""

    @workflow.init
    def __init__(self, evaluation: Evaluation) -> None:
        self._ledger = Ledger(evaluation, RecordActivities.store_evaluation)

    @workflow.run
    async def run(self, evaluation: Evaluation) -> None:
        await until_closed(self._ledger, ring)

    @workflow.update
    async def perform(self, order: PeriodOrder) -> Receipt:
        """Accept the order, and answer once it is on record."""
        after = self._after(order)
        self._ledger.state = after
        await self._ledger.stored(after.revision)
        return Receipt(after.revision, after.stage)

    @perform.validator
    def _may_perform(self, order: PeriodOrder) -> None:
        self._after(order)

    @workflow.query
    def evaluation(self) -> Evaluation:
        return self._ledger.state

    def _after(self, order: PeriodOrder) -> Evaluation:
        info = workflow.current_update_info()
        return perform(self._ledger.state, order, workflow.now(), info.id if info else "")
