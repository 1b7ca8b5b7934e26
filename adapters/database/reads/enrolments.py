"""The newest seat of an employee, and who decides about it today."""

from datetime import UTC, date, datetime

from sqlalchemy import select

from adapters.database.documents import ENROLMENT as WHOLE
from adapters.database.engine import Session
from adapters.database.reads.hours import ENROLMENT
from adapters.database.reads.lines import parties_of, reporting_line
from appraisal.parties import Parties
from appraisal.training.enrolment import Enrolment


async def parties_today(session: Session, employee: str, today: date) -> Parties:
    """The employee and the superiors as of now, and the pool for which HR of a unit is one."""
    line = await reporting_line(session, employee, today, datetime.now(UTC))
    return parties_of(employee, line.pool_unit_id if line else "", line)


async def enrolment(session: Session, cycle: str, employee: str) -> Enrolment | None:
    """The newest seat of this employee in this cycle, as last stored."""
    c = ENROLMENT.c
    query = select(c.document).where(c.cycle_id == cycle, c.employee_id == employee).order_by(c.round.desc()).limit(1)
    document = await session.scalar(query)
    return WHOLE.validate_python(document) if document else None
