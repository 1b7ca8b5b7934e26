"""What the page of a rating needs beside the case: the unit's calibration, and whose ratings a reader sees anyway."""

from sqlalchemy import select

from adapters.database.columns import table_of
from adapters.database.documents import CALIBRATION
from adapters.database.engine import Session
from adapters.database.tables import process
from appraisal.calibration.calibration import Calibration

APPRAISAL, TABLE = table_of(process.Appraisal), table_of(process.Calibration)


async def calibration_of(session: Session, cycle: str, unit: str) -> Calibration | None:
    """The calibration of this unit as last stored."""
    query = select(TABLE.c.document).where(TABLE.c.cycle_id == cycle, TABLE.c.unit_id == unit)
    document = await session.scalar(query)
    return CALIBRATION.validate_python(document) if document else None


async def acquainted(session: Session, cycle: str, unit: str, person: str) -> frozenset[str]:
    """The employees of this calibration pool whose case names this person: as superior, head, acting or called in."""
    parties = APPRAISAL.c.document["parties"].as_string()
    query = select(APPRAISAL.c.employee_id).where(APPRAISAL.c.cycle_id == cycle, APPRAISAL.c.unit_id == unit)
    return frozenset(await session.scalars(query.where(parties.contains(f'"{person}"', autoescape=True))))
