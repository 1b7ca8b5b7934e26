"""What support staff look for: cases by a part of the employee's name, or by the id that a log line or an address has."""

import re
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, select

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.reads.serving import PERSON, called
from adapters.database.tables import process

APPRAISAL, CYCLE = table_of(process.Appraisal), table_of(process.Cycle)
CASE_ID = re.compile(r"(?:^|.*/)appraisals?/([0-9a-z]{1,32})/([0-9a-z]{1,32})(?:/.*)?")


@dataclass(frozen=True, slots=True)
class FoundCase:
    """A case by whose it is, and nothing of how it stands: that is shown, and noted, where it is opened."""

    cycle_id: str
    cycle: str
    employee_id: str
    employee: str
    unit_id: str


async def cases(session: Session, search: str, limit: int, without: str = "") -> tuple[FoundCase, ...]:
    """By name, the newest cycle first; none of the employee `without`, and none where nothing is looked for."""
    if not search:
        return ()
    columns = (APPRAISAL.c.cycle_id, CYCLE.c.name, APPRAISAL.c.employee_id, PERSON.c.name, APPRAISAL.c.unit_id)
    query = select(*columns).join(CYCLE, CYCLE.c.id == APPRAISAL.c.cycle_id)
    query = query.join(PERSON, PERSON.c.id == APPRAISAL.c.employee_id)
    query = query.where(_meant(search), APPRAISAL.c.employee_id != without)
    query = query.order_by(PERSON.c.name, CYCLE.c.starts_at.desc(), APPRAISAL.c.id).limit(limit)
    return tuple(FoundCase(*row) for row in await session.execute(query))


def _meant(search: str) -> ColumnElement[bool]:
    one = CASE_ID.fullmatch(search)
    if one:
        return and_(APPRAISAL.c.cycle_id == one[1], APPRAISAL.c.employee_id == one[2])
    return called(search)
