"""HR officers and support staff: who has which rights, and giving and taking them."""

from typing import Annotated, Any

from fastapi import Query, Response

from adapters.database.reads import directory, offices
from adapters.database.reads.lines import unit_parents
from api.errors import Problem, problem_of
from api.pages import refusals
from api.pages.choosing import is_key, offered
from api.pages.forms import Fields, Sent
from api.pages.render import OfficerPage, Page
from api.pages.routing import page_router
from api.routes import officers
from api.routes.appraisals import Key
from appraisal.errors import AppraisalError
from appraisal.people.offices import Office, served

router = page_router()
FIELDS = {"unit": "unit"}
"""Where the rules point to -> the field of the form; the form itself where nothing is said."""
AGENCY, SUPPORT = "agency", "support"


@router.get("/people/officers")
async def show(page: OfficerPage, person: Annotated[str, Query(max_length=32)] = "") -> Response:
    """Everybody who has HR rights, and the form that gives them."""
    return await _whole(page, {"person": person}, {})


@router.post("/people/officers")
async def give(page: OfficerPage, fields: Sent) -> Response:
    """Search for somebody, or give the rights."""
    if fields.get("action") == "search":
        return await _whole(page, fields, {})
    person, unit, errors = fields.get("person", ""), fields.get("unit", ""), {}
    if not is_key(person):
        errors["person"] = page.gettext("Choose somebody from the list.")
    if not unit:
        errors["unit"] = page.gettext("Choose of what.")
    if errors:
        return await _whole(page, fields, errors, 422)
    try:
        office = Office(None if unit in (AGENCY, SUPPORT) else unit[:12], support=unit == SUPPORT)
        await officers.grant(page.jenjang, page.person, person, office, page.origin)
    except (AppraisalError, Problem) as failed:
        problem = problem_of(failed)
        told = {FIELDS.get(problem.where, ""): refusals.sentence(page.words, problem)}
        return await _whole(page, fields, told, problem.status)
    return page.go("/people/officers", page.gettext("The rights are given. They hold from the next click on."))


@router.post("/people/officers/{officer}/end")
async def take(officer: Key, page: OfficerPage) -> Response:
    """Take the rights."""
    await officers.grant(page.jenjang, page.person, officer, None, page.origin)
    return page.go("/people/officers", page.gettext("The rights are taken."))


async def _whole(page: Page, fields: Fields, errors: dict[str, str], status: int = 200) -> Response:
    today, person = page.jenjang.today(), fields.get("person", "")
    async with page.jenjang.reading() as session:
        found = await offices.appointed(session, today)
        names = await directory.unit_names(session, today)
        units = served(await unit_parents(session, today))
    candidates = await offered(page, fields.get("search", ""), None, person if is_key(person) else "", page.person.id)
    choices = sorted(((unit, names[unit]) for unit in units), key=lambda one: one[1])
    shown: dict[str, Any] = {"found": found, "candidates": candidates, "units": choices}
    shown |= {"agency": AGENCY, "support": SUPPORT}
    values = {"person": person, "unit": fields.get("unit", ""), "search": fields.get("search", "")}
    return await page.show("officers.html", status, values=values, errors=errors, **shown)
