"""Open cases whose employee has moved to another position since the cycle began, and the parts that the year has since."""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from adapters.database.columns import table_of
from adapters.database.documents import PARTS
from adapters.database.engine import Session
from adapters.database.reads.serving import ASSIGNMENT, DEFINITIVE, POSITION
from adapters.database.tables import process
from appraisal.people.parts import Part, Period, parts_of
from appraisal.vocabulary import Step

APPRAISAL, CYCLE = table_of(process.Appraisal), table_of(process.Cycle)


async def split_cases(session: Session, today: date) -> tuple[tuple[str, int, tuple[Part, ...]], ...]:
    """(case id, revision, parts) of those whose record says something else of its parts."""
    still_open = APPRAISAL.c.step != Step.CLOSED
    first = select(func.min(CYCLE.c.starts_at)).join(APPRAISAL, APPRAISAL.c.cycle_id == CYCLE.c.id).where(still_open)
    begins = await session.scalar(first)
    if begins is None:
        return ()
    moved = select(ASSIGNMENT.c.person_id).where(
        DEFINITIVE, ASSIGNMENT.c.valid_from > begins.date(), ASSIGNMENT.c.valid_from <= today
    )
    columns = (APPRAISAL.c.id, APPRAISAL.c.revision, APPRAISAL.c.employee_id, APPRAISAL.c.document)
    query = select(*columns, CYCLE.c.starts_at, CYCLE.c.policy).join(CYCLE, CYCLE.c.id == APPRAISAL.c.cycle_id)
    rows = (await session.execute(query.where(still_open, APPRAISAL.c.employee_id.in_(moved)))).all()
    periods = await _periods(session, {row.employee_id for row in rows}, today)
    found = []
    for row in rows:
        began = row.starts_at.astimezone(ZoneInfo(row.policy["zone"])).date()
        mine = tuple(one for one in periods[row.employee_id] if one.until is None or one.until > began)
        parts = parts_of(mine, began)
        on_record = tuple(
            replace(part, statement=None) for part in PARTS.validate_python(row.document.get("parts", ()))
        )
        if parts != on_record:
            found.append((row.id, row.revision, parts))
    return tuple(found)


async def _periods(session: Session, people: set[str], today: date) -> dict[str, tuple[Period, ...]]:
    """All that these people have held until today, in order."""
    position = (POSITION.c.id.label("position"), POSITION.c.unit_id, POSITION.c.title)
    query = select(ASSIGNMENT, *position).join(POSITION, POSITION.c.id == ASSIGNMENT.c.position_id)
    query = query.where(ASSIGNMENT.c.person_id.in_(sorted(people)), DEFINITIVE, ASSIGNMENT.c.valid_from <= today)
    found: dict[str, tuple[Period, ...]] = defaultdict(tuple)
    for row in await session.execute(query.order_by(ASSIGNMENT.c.person_id, ASSIGNMENT.c.valid_from)):
        until = row.valid_to if row.valid_to is None or row.valid_to <= today else None
        period = Period(row.position, row.unit_id, row.title, row.supervisor_id, row.valid_from, until)
        found[row.person_id] = (*found[row.person_id], period)
    return found
