"""The one process that lets go what has been kept for its time, and archives what is finished: each night, then it rests."""

from datetime import timedelta

from temporalio import workflow

from activities.retention import RetentionActivities
from workflows.policies import ARCHIVE, SWEEP


@workflow.defn
class RetentionWorkflow:
    """Id `retention`. It holds no state: how long is a setting of the workers, what was done is on record."""

    @workflow.run
    async def run(self) -> None:
        while not workflow.info().is_continue_as_new_suggested():
            at = workflow.now()
            again = await workflow.execute_activity_method(RetentionActivities.remove_outlived, at, **SWEEP)
            await workflow.execute_activity_method(RetentionActivities.archive_finished, at, **ARCHIVE)
            await workflow.sleep(max(again - workflow.now(), timedelta(minutes=1)))
        workflow.continue_as_new()
