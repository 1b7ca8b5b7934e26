"""Storing what the processes decided."""

from temporalio import activity

from activities.ports import Records
from appraisal.case import Case
from appraisal.cycle import Cycle


class RecordActivities:
    """One attempt is one transaction; a repeated attempt changes nothing."""

    def __init__(self, records: Records) -> None:
        self._records = records

    @activity.defn
    async def store_case(self, case: Case) -> None:
        await self._records.store_case(case)

    @activity.defn
    async def store_cycle(self, cycle: Cycle) -> None:
        await self._records.store_cycle(cycle)
