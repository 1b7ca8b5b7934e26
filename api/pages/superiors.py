"""Another superior for one person, or for all who answer to somebody: choose, look at each of them, and do it."""

from typing import Annotated, Any

from fastapi import Depends, Query, Request, Response

from adapters.database.reads import directory, superior_ground
from api.errors import NOT_FOUND, Problem, problem_of
from api.pages import refusals
from api.pages.choosing import Ticked, is_key, offered, ticked
from api.pages.forms import Fields, day_of, next_key
from api.pages.render import OfficerPage, Page
from api.pages.routing import page_router
from api.pages.words import N_
from api.routes import superiors
from api.routes.appraisals import Key
from api.routes.superiors import Preview, Wanted
from appraisal.errors import AppraisalError
from appraisal.people.superiors import MOST, Hindrance

router = page_router()
Text = Annotated[str, Query(max_length=100)]
FIELDS = {"superior": "superior", "effective_on": "effective_on", "reason": "reason"}
"""Where the rules point to -> the field of the form; the form itself where nothing is said."""

HINDRANCES: dict[str, str] = {
    Hindrance.SUPERIOR_UNKNOWN: N_("The new superior is nobody on record."),
    Hindrance.SUPERIOR_LEFT: N_("The new superior holds no position on that day."),
    Hindrance.NO_POSITION: N_("Holds no position on that day."),
    Hindrance.HIMSELF: N_("Is the new superior: nobody is the own superior."),
    Hindrance.LOOP: N_("Stands above the new superior: the line would go round in a circle."),
    Hindrance.LATER_CHANGE: N_("Another change is on record for a later day; choose that day or a later one."),
    Hindrance.UNCHANGED: N_("Answers to that superior already."),
}


async def _chosen(request: Request) -> Ticked:
    return await ticked(request, "move", MOST + 20, 80)


@router.get("/people/superiors")
async def choose(page: OfficerPage, person: Text = "", reports_of: Text = "", superior: Text = "") -> Response:
    """The form, for one person or for all who answer to one."""
    today = page.jenjang.today().isoformat()
    values = {"person": person, "reports_of": reports_of, "superior": superior, "effective_on": today}
    if not is_key(person or reports_of):
        return page.go("/people", page.gettext("Choose on this page who is to answer to somebody else."), "warning")
    return await _form(page, values, {})


@router.post("/people/superiors")
async def decide(page: OfficerPage, chosen: Annotated[Ticked, Depends(_chosen)]) -> Response:
    """Search for somebody, look at the preview, or do it for whoever is ticked."""
    fields = chosen.fields
    if fields.get("action") == "search":
        return await _form(page, fields, {})
    apply = fields.get("action") == "apply"
    try:
        wanted = _wanted(fields, _moves(chosen.values) if apply else None)
        if not apply:
            return await _preview(page, fields, wanted)
        done = await superiors.replace(page.jenjang, page.person, wanted, fields.get("key") or None)
    except (AppraisalError, Problem) as failed:
        problem = problem_of(failed)
        field = FIELDS.get(problem.where, "")
        return await _form(page, fields, {field: refusals.sentence(page.words, problem)}, problem.status)
    return page.go(f"/people/superiors/{done[0].order_id}")


@router.get("/people/superiors/{order}")
async def result(page: OfficerPage, order: Key) -> Response:
    """What an order has changed, by whom and why."""
    found = await superiors.changes(page.jenjang, order)
    if not found:
        raise NOT_FOUND
    async with page.jenjang.reading() as session:
        names = await directory.person_names(session, (found[0].ordered_by,))
    later = found[0].effective_on > page.jenjang.today()
    return await page.show("superiors_changed.html", changes=found, by=names.get(found[0].ordered_by), later=later)


def _moves(values: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Each ticked person, with the superior that was shown, or nothing."""
    pairs = (value.partition(":") for value in values)
    return tuple((person, before) for person, _, before in pairs if is_key(person))


def _wanted(fields: Fields, ticked: tuple[tuple[str, str], ...] | None) -> Wanted:
    """The form as the API takes it: whom it was opened for, or, once they were shown, whoever is ticked."""
    superior, on = fields.get("superior", ""), day_of(fields.get("effective_on", ""), "effective_on")
    if not is_key(superior):
        raise Problem(422, "nobody_chosen", "", "superior", "")
    if not fields.get("reason", "").strip():
        raise Problem(422, "missing_reason", "", "reason", "")
    given: dict[str, Any] = {"superior": superior, "effective_on": on, "reason": fields["reason"][:4000]}
    if ticked is not None:
        return Wanted(people=tuple(person for person, _ in ticked), seen=superiors.marked(ticked), **given)
    person, reports_of = fields.get("person", ""), fields.get("reports_of", "")
    return Wanted(
        people=(person,) if is_key(person) else (), reports_of=reports_of if is_key(reports_of) else None, **given
    )


async def _preview(page: Page, fields: Fields, wanted: Wanted) -> Response:
    found: Preview = await superiors.previewed(page.jenjang, wanted)
    values = {name: fields.get(name, "") for name in _SHOWN}
    key = next_key(fields, {})
    return await page.show("superiors_preview.html", found=found, values=values, key=key, hindrances=HINDRANCES)


async def _form(page: Page, fields: Fields, errors: dict[str, str], status: int = 200) -> Response:
    values = {name: fields.get(name, "") for name in _SHOWN}
    today = page.jenjang.today()
    async with page.jenjang.reading() as session:
        near = values["reports_of"]
        if is_key(values["person"]):
            known = await superior_ground.ground(session, (values["person"],), "", today)
            near = known.before.get(values["person"]) or values["person"]
        names = await directory.person_names(session, (values["person"], values["reports_of"]))
    shown = await offered(page, values["search"], near or None, values["superior"], values["person"])
    key = next_key(fields, errors)
    return await page.show(
        "superiors_new.html", status, values=values, errors=errors, candidates=shown, names=names, key=key
    )


_SHOWN = ("search", "person", "reports_of", "superior", "effective_on", "reason")
