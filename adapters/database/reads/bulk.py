"""Remedies for many cases as last stored, and which cases there are."""

from typing import Any

from sqlalchemy import select

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.reads.offices import within
from adapters.database.tables import organisation, process

BULK, APPRAISAL = table_of(process.Bulk), table_of(process.Appraisal)
PERSON = table_of(organisation.Person)
AT_ONCE = 500
"""Ids in one question: databases limit the length of a list."""


async def bulk(session: Session, order: str, by: str | None = None) -> dict[str, Any] | None:
    """The order as last stored, if it is of this officer (None: of anybody); `refused` with the employee's name beside
    case and code."""
    query = select(BULK).where(BULK.c.id == order, *((BULK.c.ordered_by == by,) if by else ()))
    row = (await session.execute(query)).mappings().first()
    if row is None:
        return None
    names = await employees(session, tuple(case for case, _ in row["refused"]))
    refused = [{"case": case, "code": code, "employee": names.get(case, "")} for case, code in row["refused"]]
    return {**row, "refused": refused}


async def employees(session: Session, cases: tuple[str, ...], units: tuple[str, ...] | None = None) -> dict[str, str]:
    """The employee's name by case, of those that are there, in these units or in all."""
    found: dict[str, str] = {}
    query = select(APPRAISAL.c.id, PERSON.c.name).join(PERSON, PERSON.c.id == APPRAISAL.c.employee_id, isouter=True)
    query = query.where(*within(APPRAISAL.c.unit_id, units))
    for start in range(0, len(cases), AT_ONCE):
        rows = await session.execute(query.where(APPRAISAL.c.id.in_(cases[start : start + AT_ONCE])))
        found.update({row[0]: row[1] or row[0] for row in rows})
    return found
