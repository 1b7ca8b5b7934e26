"""The parts of the year of somebody who moved: as the case shows them, and the form of an earlier superior."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from fastapi import Response

from adapters.database.reads import directory
from api import orders
from api.errors import Problem, problem_of
from api.pages import labels, refusals
from api.pages.forms import Fields, Sent, day_of, key_of, next_key
from api.pages.render import MyPage, Page
from api.pages.routing import page_router
from api.routes import parts
from api.routes.appraisals import Key
from appraisal import commands
from appraisal.case import Case
from appraisal.errors import AppraisalError
from appraisal.people.parts import STILL_SAID, Part, Statement
from appraisal.vocabulary import Rating

router = page_router()
FIELDS = ("text", "results", "behaviour")


@dataclass(frozen=True, slots=True)
class PartShown:
    """One part in names; `last_day` is empty for the present one, `first` for the one in which the year began."""

    first: date | None
    last_day: date | None
    title: str
    unit: str
    superior: str
    statement: Statement | None
    stated_by: str


def shown(case: Case, names: Mapping[str, str], units: Mapping[str, str], told: bool) -> tuple[PartShown, ...]:
    """The parts of a case; without `told` what was said of them stays with the superiors."""
    last = len(case.parts) - 1
    found = []
    for number, part in enumerate(case.parts):
        superior = case.parties.supervisor if number == last else part.superior
        said = part.statement if told else None
        found.append(
            PartShown(
                part.since if number else None,
                part.until - timedelta(days=1) if part.until else None,
                part.title,
                units.get(part.unit, ""),
                names.get(superior or "", ""),
                said,
                names.get(said.by, "") if said else "",
            )
        )
    return tuple(found)


@router.get("/appraisals/{cycle}/{employee}/part")
async def fill_in(cycle: Key, employee: Key, page: MyPage) -> Response:
    """What the visitor saw of the work, as far as it has been said."""
    return await _form(page, cycle, employee, {}, {})


@router.post("/appraisals/{cycle}/{employee}/part")
async def state(cycle: Key, employee: Key, page: MyPage, fields: Sent) -> Response:
    """Say it. A second click is the same order."""
    try:
        said = _said(fields)
        await orders.give(page.jenjang, page.person, (cycle, employee), said, key_of(fields), None)
    except (AppraisalError, Problem) as failed:
        problem = problem_of(failed)
        if problem.status == 404:
            raise
        field = problem.where if problem.where in FIELDS else ""
        errors = {field: refusals.sentence(page.words, problem)}
        return await _form(page, cycle, employee, fields, errors, problem.status)
    text = page.gettext("It is on record, and the superior of today reads it beside the review.")
    return page.go(f"/appraisals/{cycle}/{employee}/part", text)


def _said(fields: Fields) -> commands.StatePart:
    chosen = (fields.get(name, "") for name in ("results", "behaviour"))
    results, behaviour = (Rating(one) if one in tuple(Rating) else None for one in chosen)
    return commands.StatePart(day_of(fields.get("since", ""), ""), fields.get("text", "")[:4000], results, behaviour)


async def _form(
    page: Page, cycle: str, employee: str, fields: Fields, errors: dict[str, str], status: int = 200
) -> Response:
    seen = await parts.seen(page.jenjang, page.person, cycle, employee)
    async with page.jenjang.reading() as session:
        units = await directory.unit_names(session, page.jenjang.today())
        found = await directory.cycle(session, cycle)
    chosen = next((part for part in seen.parts if part.since.isoformat() == fields.get("since")), seen.parts[-1])
    context: dict[str, Any] = {"seen": seen, "part": chosen, "unit": units.get(chosen.unit, ""), "labels": labels}
    context |= {"last_day": chosen.until - timedelta(days=1) if chosen.until else None, "cycle": found or {}}
    values = {name: fields.get(name, _known(chosen, name)) for name in FIELDS}
    key, ratings, can_say = next_key(fields, errors), tuple(Rating), seen.step in STILL_SAID
    return await page.show(
        "part.html", status, values=values, errors=errors, key=key, ratings=ratings, can_say=can_say, **context
    )


def _known(part: Part, name: str) -> str:
    return str(getattr(part.statement, name) or "") if part.statement else ""
