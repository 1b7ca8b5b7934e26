"""Carrying one remedy to many cases."""

from temporalio import activity

from activities.pages import AT_ONCE, progress, tell
from activities.ports import Cases
from appraisal.bulk import BulkOrder
from appraisal.commands import Order
from appraisal.group import Told


class BulkActivities:
    """Safe to repeat: a case takes each command id once, and a second attempt goes on where the first one died."""

    def __init__(self, cases: Cases) -> None:
        self._cases = cases

    @activity.defn
    async def give_remedy(self, order: BulkOrder) -> Told:
        """Give every case the remedy; how many took it, and which refused and why (the code)."""
        first, told = progress(0)
        remedy = Order(order.remedy, order.actor)
        for start in range(first, len(order.cases), AT_ONCE):
            page = order.cases[start : start + AT_ONCE]
            told = await tell(self._cases, tuple((case, case, remedy, order.command_id) for case in page), told)
            activity.heartbeat(start + len(page), told.moved, told.elsewhere)
        return told
