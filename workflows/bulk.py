"""One remedy of HR for many cases: each takes it once, and those that refuse it are named."""

from temporalio import workflow

from activities.bulk import BulkActivities
from activities.records import RecordActivities
from appraisal.bulk import Bulk
from workflows.ledger import Ledger
from workflows.policies import TELL_CASES


@workflow.defn
class BulkWorkflow:
    """Id `bulk/{order}`. Whoever gives the same order twice finds the first one's process."""

    @workflow.init
    def __init__(self, bulk: Bulk) -> None:
        self._ledger = Ledger(bulk, RecordActivities.store_bulk)

    @workflow.run
    async def run(self, bulk: Bulk) -> Bulk:
        await self._ledger.save()
        told = await workflow.execute_activity_method(BulkActivities.give_remedy, bulk.order, **TELL_CASES)
        self._ledger.state = self._ledger.state.finished(told, workflow.now())
        await self._ledger.save()
        return self._ledger.state
