"""Lists of work: what waits for me, my own cases, my notices; and who is who."""

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import Query

from adapters.database.reads import case_rows, directory
from api.paging import ByInstant, ByName, place_of
from api.routes.appraisals import Key
from api.security import Overseer, Signed, hats, scope
from api.services import Jenjang
from api.strict import json_router

router = json_router(tags=("work",))
Year = Annotated[int, Query(ge=2000, le=2100)]


def after(place: tuple[datetime, str] | None) -> case_rows.After | None:
    """The place in a list of cases."""
    return case_rows.After(*place) if place else None


def place(row: case_rows.CaseRow) -> tuple[datetime, str]:
    """Where the list goes on after this case. Closed cases are due no more and page by id alone."""
    return row.due_at or datetime.max.replace(tzinfo=UTC), row.id


@router.get("/tasks")
async def tasks(visitor: Signed, jenjang: Jenjang, paging: ByInstant) -> tuple[case_rows.CaseRow, ...]:
    """What waits for the visitor, most overdue first."""
    async with jenjang.reading() as session:
        rows = await case_rows.waiting_for(session, hats(visitor), after(paging.after), paging.read, visitor.units)
    return case_rows.as_told(paging.cut(rows, place), visitor.id)


@router.get("/appraisals")
async def my_appraisals(visitor: Signed, jenjang: Jenjang) -> tuple[case_rows.CaseRow, ...]:
    """The visitor's own cases, newest cycle first."""
    async with jenjang.reading() as session:
        return case_rows.as_told(await case_rows.cases_of_person(session, visitor.id), visitor.id)


@router.get("/notices")
async def notices(visitor: Signed, jenjang: Jenjang, paging: ByInstant) -> tuple[dict[str, Any], ...]:
    """The visitor's notices, the newest first."""
    async with jenjang.reading() as session:
        rows = await case_rows.notices(session, hats(visitor), paging.read, paging.after)
    return paging.cut(rows, lambda row: (row["created_at"], row["id"]))


@router.get("/people")
async def people(
    visitor: Overseer, jenjang: Jenjang, paging: ByName, search: str = ""
) -> tuple[directory.PersonRow, ...]:
    """People by name; for an officer of a unit those who work there."""
    async with jenjang.reading() as session:
        last = await place_of(session, paging.after)
        rows = await directory.people(session, jenjang.today(), search, last, paging.read, scope(visitor))
    return paging.cut(rows, lambda row: row.id)


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
