"""Letting people take part in a running cycle: find them by name, say why, do it."""

from typing import Annotated, Any

from fastapi import Depends, Query, Request, Response

from adapters.database.reads import directory, joiners
from api.errors import Problem, problem_of
from api.pages import refusals
from api.pages.choosing import Ticked, is_key, ticked
from api.pages.forms import next_key
from api.pages.render import OfficerPage, Page
from api.pages.routing import page_router
from api.routes.appraisals import Key
from api.routes.dates import at_work
from api.routes.participants import NewPeople, order
from api.security import actor
from appraisal.errors import AppraisalError
from appraisal.people.joining import MOST

router = page_router()
SHOWN = 40
"""Candidates at once; a part of the name finds the others."""


async def _chosen(request: Request) -> Ticked:
    found = await ticked(request, "person", MOST + SHOWN, 64)
    return Ticked(found.fields, tuple(person for person in dict.fromkeys(found.values) if is_key(person)))


@router.get("/cycles/{cycle}/participants")
async def fill_in(cycle: Key, page: OfficerPage, search: Annotated[str, Query(max_length=100)] = "") -> Response:
    """Whoever could take part and does not. A cycle that does not run says so at once."""
    return await _form(page, cycle, Ticked({"search": search}, ()), {}, 200)


@router.post("/cycles/{cycle}/participants")
async def admit(cycle: Key, page: OfficerPage, chosen: Annotated[Ticked, Depends(_chosen)]) -> Response:
    """Search for more people, or let those who are ticked take part. A second click is the same order."""
    fields = chosen.fields
    if fields.get("action") == "search":
        return await _form(page, cycle, chosen, {}, 200)
    wanted = NewPeople(people=chosen.values, reason=fields.get("reason", "")[:4000])
    try:
        ordered = await order(page.jenjang, actor(page.person), cycle, wanted, fields.get("key") or None)
    except (AppraisalError, Problem) as failed:
        problem = problem_of(failed)
        field = "reason" if problem.where == "reason" else "people" if problem.where.startswith("people") else ""
        return await _form(page, cycle, chosen, {field: refusals.sentence(page.words, problem)}, problem.status)
    if ordered.revision is None:
        return page.go(f"/cycles/{cycle}", page.gettext("The order has been taken and is being stored."))
    return page.go(
        f"/cycles/{cycle}", page.gettext("Who was ticked takes part from now on. Their cases start by themselves.")
    )


async def _form(page: Page, cycle: str, chosen: Ticked, errors: dict[str, str], status: int = 422) -> Response:
    found, search = await at_work(page.jenjang, cycle), chosen.fields.get("search", "").strip()[:100]
    today = page.jenjang.today()
    async with page.jenjang.reading() as session:
        rows = await joiners.candidates(session, cycle, today, search, SHOWN)
        units = await directory.unit_names(session, today)
        missing = tuple(person for person in chosen.values if person not in {row.id for row in rows})
        kept = await directory.person_names(session, missing)
    places = tuple((row.id, row.name, f"{row.title}, {units.get(row.unit_id, '')}") for row in rows)
    shown: dict[str, Any] = {"candidates": places, "kept": kept, "most": SHOWN, "search": search}
    values = {"reason": chosen.fields.get("reason", ""), "key": next_key(chosen.fields, errors)}
    return await page.show(
        "participants_new.html", status, cycle=found, errors=errors, ticked=chosen.values, **shown, **values
    )
