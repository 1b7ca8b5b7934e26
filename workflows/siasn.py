"""One order of HR to send results to SIASN: they wait, then they are tried until each has arrived or stands on HR's list."""

from temporalio import workflow

from activities.siasn import PushActivities
from appraisal.siasn.push import PushOrder
from workflows.policies import FOLLOW_MANY, PUSH


@workflow.defn
class PushesWorkflow:
    """Id `siasn/{order}`. What waits, was sent or failed stands in the database; an outage is Temporal's to wait for."""

    @workflow.init
    def __init__(self, order: PushOrder) -> None:
        self._waiting: int | None = None

    @workflow.run
    async def run(self, order: PushOrder) -> int:
        self._waiting = await workflow.execute_activity_method(PushActivities.enlist_results, order, **FOLLOW_MANY)
        await workflow.execute_activity_method(PushActivities.send_results, order.id, **PUSH)
        await workflow.wait_condition(workflow.all_handlers_finished)
        return self._waiting

    @workflow.update
    async def enlisted(self) -> int:
        """How many results wait by this order, once that is on record."""
        await workflow.wait_condition(lambda: self._waiting is not None)
        return self._waiting or 0
