"""Somebody is not there any more: choose, look at what follows for each, do it, and see what became of it."""

from typing import Annotated, Any

from fastapi import Depends, Query, Request, Response

from adapters.database.reads import directory
from api.errors import NOT_FOUND, Problem, problem_of
from api.pages import labels, refusals
from api.pages.choosing import Ticked, is_key, offered, ticked
from api.pages.departure_words import CAUSES, HINDRANCES, OWN_CASES, TREATMENTS
from api.pages.forms import Fields, day_of, next_key
from api.pages.render import OfficerPage, Page
from api.pages.routing import page_router
from api.routes import departures
from api.routes.appraisals import Key
from api.routes.departures import Back, Wanted
from appraisal.errors import AppraisalError
from appraisal.people.departure import FOR_A_TIME, MOST, Cause, OwnCases

router = page_router()
Text = Annotated[str, Query(max_length=100)]
SHOWN = ("search", "cause", "effective_on", "returns_on", "own_cases", "reason")
MORE = 60
"""Fields beside the people."""


async def _chosen(request: Request) -> Ticked:
    found = await ticked(request, "person", MOST + MORE, 64)
    return Ticked(found.fields, tuple(person for person in dict.fromkeys(found.values) if is_key(person)))


@router.get("/people/departures")
async def away(page: OfficerPage) -> Response:
    """Who is away or will go, the next first."""
    found = await departures.away(page.person, page.jenjang)
    return await page.show("departures.html", found=found, causes=CAUSES, today=page.jenjang.today())


@router.get("/people/departures/new")
async def choose(page: OfficerPage, person: Text = "") -> Response:
    """The form, for one person or for whoever is ticked."""
    values = {"effective_on": page.jenjang.today().isoformat()}
    return await _form(page, Ticked(values, (person,) if is_key(person) else ()), {})


@router.post("/people/departures/new")
async def decide(page: OfficerPage, chosen: Annotated[Ticked, Depends(_chosen)]) -> Response:
    """Search for people, look at what follows, or do it for whoever is ticked."""
    fields = chosen.fields
    if fields.get("action") == "search":
        return await _form(page, chosen, {})
    try:
        wanted = _wanted(chosen)
        if fields.get("action") != "apply":
            return await _preview(page, fields, wanted)
        done = await departures.depart(page.jenjang, page.person, wanted, fields.get("key") or None)
    except (AppraisalError, Problem) as failed:
        problem = problem_of(failed)
        field = "people" if problem.where.startswith("people") else problem.where if problem.where in SHOWN else ""
        return await _form(page, chosen, {field: refusals.sentence(page.words, problem)}, problem.status)
    return page.go(f"/people/departures/{done.people[0].order_id}")


@router.get("/people/departures/{order}")
async def result(page: OfficerPage, order: Key) -> Response:
    """Who goes by this order, what became of each case and appointment, and who can come back."""
    return await _result(page, order, {}, {})


@router.post("/people/departures/{order}/return")
async def come_back(page: OfficerPage, order: Key, chosen: Annotated[Ticked, Depends(_chosen)]) -> Response:
    """Whoever is ticked is back from today on."""
    back = Back(people=chosen.values, reason=chosen.fields.get("reason", "")[:4000])
    try:
        await departures.come_back(page.jenjang, page.person, order, back, chosen.fields.get("key") or None)
    except (AppraisalError, Problem) as failed:
        problem = problem_of(failed)
        field = "people" if problem.where.startswith("people") else "reason" if problem.where == "reason" else ""
        errors = {field: refusals.sentence(page.words, problem)}
        return await _result(page, order, chosen.fields, errors, problem.status)
    return page.go(f"/people/departures/{order}", page.gettext("Back from today on. Their cases go on."))


def _wanted(chosen: Ticked) -> Wanted:
    """The form as the API takes it."""
    fields = chosen.fields
    cause, own, until = fields.get("cause", ""), fields.get("own_cases", ""), fields.get("returns_on", "")
    for name, value, options in (("cause", cause, Cause), ("own_cases", own, OwnCases)):
        if value not in tuple(options):
            raise Problem(422, "invalid_choice", "", name, "")
    return Wanted(
        people=chosen.values,
        cause=Cause(cause),
        own_cases=OwnCases(own),
        effective_on=day_of(fields.get("effective_on", ""), "effective_on"),
        returns_on=day_of(until, "returns_on") if until.strip() else None,
        reason=fields.get("reason", "")[:4000],
    )


async def _preview(page: Page, fields: Fields, wanted: Wanted) -> Response:
    found = await departures.previewed(page.jenjang, page.person, wanted)
    values = {name: fields.get(name, "") for name in SHOWN}
    words: dict[str, Any] = {"causes": CAUSES, "own_cases": OWN_CASES, "hindrances": HINDRANCES, "labels": labels}
    key = next_key(fields, {})
    return await page.show("departures_preview.html", found=found, wanted=wanted, values=values, key=key, **words)


async def _form(page: Page, chosen: Ticked, errors: dict[str, str], status: int = 200) -> Response:
    values = {name: chosen.fields.get(name, "") for name in SHOWN}
    shown = await offered(page, values["search"], None)
    missing = tuple(person for person in chosen.values if person not in {one for one, *_ in shown})
    async with page.jenjang.reading() as session:
        kept = await directory.person_names(session, missing)
    words: dict[str, Any] = {"causes": CAUSES, "own_cases": OWN_CASES, "key": next_key(chosen.fields, errors)}
    people: dict[str, Any] = {"candidates": shown, "kept": kept, "ticked": chosen.values}
    return await page.show("departure_new.html", status, values=values, errors=errors, **people, **words)


async def _result(page: Page, order: str, fields: Fields, errors: dict[str, str], status: int = 200) -> Response:
    today = page.jenjang.today()
    found = await departures.shown(page.jenjang, order)
    if found is None:
        raise NOT_FOUND
    async with page.jenjang.reading() as session:
        names = await directory.person_names(session, (found.people[0].ordered_by,))
    absent = tuple(
        row
        for row in found.people
        if row.cause in FOR_A_TIME and (row.returns_on is None or row.returns_on > max(today, row.effective_on))
    )
    undone = tuple((one, refusals.of_name(page.words, one.refused)) for one in found.results if one.refused)
    shown: dict[str, Any] = {"found": found, "undone": undone, "absent": absent, "today": today, "errors": errors}
    words: dict[str, Any] = {"causes": CAUSES, "own_cases": OWN_CASES, "treatments": TREATMENTS}
    by, key = names.get(found.people[0].ordered_by), next_key(fields, errors)
    return await page.show("departure.html", status, by=by, key=key, reason=fields.get("reason", ""), **shown, **words)
