"""What of a cycle still has a clock, as the record knows it: open cases, calibrations, the nomination."""

from typing import Any

from sqlalchemy import Select, select

from adapters.database.columns import table_of
from adapters.database.engine import Sessions
from adapters.database.tables import process
from appraisal.group import GroupPhase
from appraisal.rescheduling import OpenCase
from appraisal.vocabulary import Step

APPRAISAL = table_of(process.Appraisal)
CALIBRATION, NOMINATION = table_of(process.Calibration), table_of(process.Nomination)


class SqlRunning:
    """Implements activities.dates_ports.Running."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def open_cases(self, cycle: str, after: str, size: int) -> tuple[OpenCase, ...]:
        async with self._sessions() as session:
            rows = await session.execute(still_open(cycle, after, size))
            return tuple(OpenCase(row.id, row.employee_id, row.unit_id) for row in rows)

    async def open_calibrations(self, cycle: str) -> tuple[tuple[str, str], ...]:
        table = CALIBRATION.c
        query = select(table.id, table.unit_id).where(table.cycle_id == cycle, table.phase != GroupPhase.DONE)
        async with self._sessions() as session:
            return tuple((row.id, row.unit_id) for row in await session.execute(query.order_by(table.id)))

    async def open_nominations(self, cycle: str) -> tuple[str, ...]:
        table = NOMINATION.c
        query = select(table.id).where(table.cycle_id == cycle, table.phase != GroupPhase.DONE)
        async with self._sessions() as session:
            return tuple(await session.scalars(query))


def still_open(cycle: str, after: str, size: int) -> Select[Any]:
    """The query behind one page; it follows the unique index over cycle and employee."""
    table = APPRAISAL.c
    query = select(table.id, table.employee_id, table.unit_id)
    query = query.where(table.cycle_id == cycle, table.step != Step.CLOSED, table.employee_id > after)
    return query.order_by(table.employee_id).limit(size)
