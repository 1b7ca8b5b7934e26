"""Lists of work: what waits for me, my own cases, my notices; and who is who."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import Query

from adapters.database import directory, reads
from api.routes.appraisals import Key
from api.security import Overseer, Signed, hats, scope
from api.services import Jenjang
from api.strict import json_router

router = json_router(tags=("work",))
Year = Annotated[int, Query(ge=2000, le=2100)]
Limit = Annotated[int, Query(ge=1, le=200)]


def after(due_at: datetime | None, row_id: str) -> reads.After | None:
    """The key of the last row that the caller has seen."""
    return reads.After(due_at, row_id) if due_at and row_id else None


@router.get("/tasks")
async def tasks(
    visitor: Signed, jenjang: Jenjang, after_due: datetime | None = None, after_id: str = "", limit: Limit = 50
) -> tuple[reads.CaseRow, ...]:
    """What waits for the visitor, most overdue first. Page with `due_at` and `id` of the last row."""
    async with jenjang.reading() as session:
        found = await reads.waiting_for(session, hats(visitor), after(after_due, after_id), limit, visitor.units)
    return reads.as_told(found, visitor.id)


@router.get("/appraisals")
async def my_appraisals(visitor: Signed, jenjang: Jenjang) -> tuple[reads.CaseRow, ...]:
    """The visitor's own cases, newest cycle first."""
    async with jenjang.reading() as session:
        return reads.as_told(await reads.cases_of_person(session, visitor.id), visitor.id)


@router.get("/notices")
async def notices(visitor: Signed, jenjang: Jenjang) -> tuple[dict[str, Any], ...]:
    """The visitor's newest notices."""
    async with jenjang.reading() as session:
        return await reads.notices(session, hats(visitor))


@router.get("/people")
async def people(
    visitor: Overseer, jenjang: Jenjang, search: str = "", after_name: str = "", after_id: str = "", limit: Limit = 50
) -> tuple[directory.PersonRow, ...]:
    """People by name; for an officer of a unit those who work there. Page with `name` and `id` of the last row."""
    last = (after_name, after_id) if after_name else None
    async with jenjang.reading() as session:
        return await directory.people(session, jenjang.today(), search, last, limit, scope(visitor))


@router.get("/units")
async def units(visitor: Signed, jenjang: Jenjang) -> dict[str, str]:
    """Names of all units by id."""
    async with jenjang.reading() as session:
        return await directory.unit_names(session, jenjang.today())


@router.get("/units/{unit}/indicators")
async def indicators(unit: Key, year: Year, visitor: Signed, jenjang: Jenjang) -> tuple[directory.IndicatorRow, ...]:
    """The unit's indicators, which targets are tied to."""
    async with jenjang.reading() as session:
        return await directory.indicators(session, unit, year)
