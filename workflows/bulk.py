"""One remedy of HR for many cases, or for a whole unit: each takes it once, and those that refuse it are named."""

from temporalio import workflow

from activities.bulk import BulkActivities
from activities.records import RecordActivities
from activities.standstill import Answers, StandstillActivities
from appraisal.bulk import Bulk
from workflows.ledger import Ledger
from workflows.policies import PAGE_BY_PAGE


@workflow.defn
class BulkWorkflow:
    """Id `bulk/{order}`. Whoever gives the same order twice finds the first one's process."""

    @workflow.init
    def __init__(self, bulk: Bulk) -> None:
        self._ledger = Ledger(bulk, RecordActivities.store_bulk)

    @workflow.run
    async def run(self, bulk: Bulk) -> Bulk:
        await self._ledger.save()
        order, groups = bulk.order, Answers(())
        if order.scope:
            groups = await workflow.execute_activity_method(StandstillActivities.tell_groups, order, **PAGE_BY_PAGE)
            told = await workflow.execute_activity_method(StandstillActivities.tell_cases, order, **PAGE_BY_PAGE)
        else:
            told = await workflow.execute_activity_method(BulkActivities.give_remedy, order, **PAGE_BY_PAGE)
        self._ledger.state = self._ledger.state.finished(told, workflow.now(), groups.groups)
        await self._ledger.save()
        return self._ledger.state
