"""Storing what the processes decided."""

from temporalio import activity

from activities.ports import Records
from appraisal.bulk import Bulk
from appraisal.calibration.calibration import Calibration
from appraisal.case import Case
from appraisal.cycle import Cycle
from appraisal.periods.evaluation import Evaluation
from appraisal.training.nomination import Nomination


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

    @activity.defn
    async def store_calibration(self, calibration: Calibration) -> None:
        await self._records.store_calibration(calibration)

    @activity.defn
    async def store_nomination(self, nomination: Nomination) -> None:
        await self._records.store_nomination(nomination)

    @activity.defn
    async def store_bulk(self, bulk: Bulk) -> None:
        await self._records.store_bulk(bulk)

    @activity.defn
    async def store_evaluation(self, evaluation: Evaluation) -> None:
        await self._records.store_evaluation(evaluation)
