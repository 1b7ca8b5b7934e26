"""The cases of a cycle as HR reads them: who holds each, since when, and what the clock does next."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Query

from adapters.database.reads import case_rows, directory
from api.pages import labels
from api.pages.render import Page
from api.paging import AT, AfterInstant
from api.routes.work import after, place
from api.security import scope
from appraisal.vocabulary import Step

PAGE = 25


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the filter asks for; empty texts ask for everything."""

    step: str
    unit: str
    overdue: bool
    last: tuple[datetime, str] | None = None

    def query(self) -> dict[str, str]:
        given = {"step": self.step, "unit": self.unit, "overdue": "true" if self.overdue else ""}
        return {name: value for name, value in given.items() if value}


async def asked(
    last: AfterInstant,
    step: Annotated[str, Query(max_length=20)] = "",
    unit: Annotated[str, Query(max_length=12)] = "",
    overdue: bool = False,
) -> Wanted:
    """The filter as its form sends it; a step that is none counts as empty."""
    return Wanted(step if step in tuple(Step) else "", unit, overdue, last)


Filter = Annotated[Wanted, Depends(asked)]


@dataclass(frozen=True, slots=True)
class Line:
    """One case. `holder` is empty where nobody is there, `office` the HR that holds it; `late` is positive once overdue."""

    row: case_rows.CaseRow
    holder: str
    office: str
    handed_to: str
    late: timedelta
    unit: str

    @property
    def overdue(self) -> bool:
        return self.late > timedelta(0)


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of cases; `further` is the address of the next, empty on the last."""

    wanted: Wanted
    lines: tuple[Line, ...]
    further: str


async def listed(page: Page, cycle: str, wanted: Wanted) -> Listed:
    """The cases that the filter lets through, most overdue first."""
    found = await lines(page, cycle, wanted, after(wanted.last), PAGE + 1)
    shown, further = AT.cut(found, PAGE, lambda line: place(line.row))
    there = f"/cycles/{cycle}?{urlencode({**wanted.query(), 'after': further})}#cases"
    return Listed(wanted, shown, there if further else "")


async def lines(page: Page, cycle: str, wanted: Wanted, last: case_rows.After | None, limit: int) -> tuple[Line, ...]:
    """So many of these cases after that one, with the names of units and of those handed to."""
    behind = page.now if wanted.overdue else None
    async with page.jenjang.reading() as session:
        found = await case_rows.cases_of_cycle(
            *(session, cycle, wanted.step or None, wanted.unit or None, behind, last, limit), scope(page.person)
        )
        rows = case_rows.as_told(found, page.person.id)
        handed = await directory.person_names(session, tuple({row.escalated_to for row in rows if row.escalated_to}))
        units = await directory.unit_names(session, page.jenjang.today())
    return tuple(_line(page, row, handed, units) for row in rows)


def _line(page: Page, row: case_rows.CaseRow, handed: dict[str, str], units: dict[str, str]) -> Line:
    late = page.now - row.due_at if row.due_at and row.step != Step.CLOSED else timedelta(0)
    to = row.escalated_to or ""
    return Line(
        row,
        row.holder or "",
        labels.office(row.holder_id),
        handed.get(to, to),
        late,
        units.get(row.unit_id, row.unit_id),
    )
