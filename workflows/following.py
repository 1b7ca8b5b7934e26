"""Open cases follow the organisation once a day has come from which it is another one."""

from datetime import datetime

from temporalio import workflow

from activities.departure import DepartureActivities, Settling
from activities.organisation import OrganisationActivities
from workflows.policies import CLOCKS_AGREE, FOLLOW_MANY


async def begun(instant: datetime) -> None:
    """Wait until this instant is over for every clock."""
    ahead = instant - workflow.now()
    if ahead.total_seconds() > 0:
        await workflow.sleep(ahead + CLOCKS_AGREE)


async def follow_from(begins_at: datetime) -> None:
    """Wait for this instant, then let whatever is open go to whom the organisation names."""
    await begun(begins_at)
    await workflow.execute_activity_method(OrganisationActivities.follow_from, workflow.now(), **FOLLOW_MANY)


async def settle_departures(order: str) -> None:
    """Whoever goes by this order is not there any more: do what HR decided about their cases, then let the rest follow."""
    settling = Settling(order, workflow.now())
    await workflow.execute_activity_method(DepartureActivities.settle_departure, settling, **FOLLOW_MANY)
    await follow_from(workflow.now())
