"""Open cases follow the organisation once a day has come from which it is another one."""

from datetime import datetime

from temporalio import workflow

from activities.organisation import OrganisationActivities
from workflows.policies import CLOCKS_AGREE, START_MANY


async def follow_from(begins_at: datetime) -> None:
    """Wait for this instant, then let whatever is open go to whom the organisation names."""
    ahead = begins_at - workflow.now()
    if ahead.total_seconds() > 0:
        await workflow.sleep(ahead + CLOCKS_AGREE)
    await workflow.execute_activity_method(OrganisationActivities.follow_from, workflow.now(), **START_MANY)
