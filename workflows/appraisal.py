"""One employee's case in one cycle: people's orders change it, its clock keeps its deadlines."""

from temporalio import workflow

from activities.records import RecordActivities
from appraisal.case import Case
from appraisal.clock import ring
from appraisal.commands import Order, Receipt
from appraisal.transitions import perform
from appraisal.vocabulary import Outcome
from workflows.clocked import until_closed
from workflows.ledger import Ledger


@workflow.defn
class AppraisalWorkflow:
    """Id `appraisal/{cycle}/{employee}`. The rules are appraisal.transitions (people) and appraisal.clock (time)."""

    @workflow.init
    def __init__(self, case: Case) -> None:
        self._ledger = Ledger(case, RecordActivities.store_case)

    @workflow.run
    async def run(self, case: Case) -> Outcome | None:
        await until_closed(self._ledger, ring)
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
