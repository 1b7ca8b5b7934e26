"""What the agency sets for the talent map and for angka kredit: cut-offs, axis, rounding, who sees the own box, the committee."""

from typing import Any

from fastapi import Depends, Request, Response

from adapters.database.reads import career as record
from api import career_deciding
from api.errors import Problem, problem_of
from api.pages import refusals
from api.pages.career import CONTEXT, named
from api.pages.case_context import Values
from api.pages.choosing import Ticked, is_key, offered, ticked
from api.pages.forms import Fields, revision_of
from api.pages.render import OfficerPage, Page
from api.pages.routing import page_router
from appraisal.career.credit import Half
from appraisal.career.policy import MOST_MEMBERS, MOST_PLACES
from appraisal.career.talent import Third
from appraisal.errors import AppraisalError
from appraisal.vocabulary import Predicate

router = page_router()
MOST_FIELDS = MOST_MEMBERS + 60


async def _sent(request: Request) -> Ticked:
    return await ticked(request, "person", MOST_FIELDS, 32)


@router.get("/career/rules")
async def show(page: OfficerPage) -> Response:
    """The rules that hold, and what they were before."""
    async with page.jenjang.reading() as session:
        newest = await record.current(session)
    return await _form(page, _filled(newest.policy.document(), newest.version), newest.policy.committee, {})


@router.post("/career/rules")
async def save(page: OfficerPage, form: Ticked = Depends(_sent)) -> Response:  # noqa: B008
    """Search for members of the committee, or set the rules anew."""
    fields = form.fields
    members = tuple(who for who in dict.fromkeys(form.values) if is_key(who))
    if fields.get("action") == "search":
        return await _form(page, fields, members, {})
    try:
        document = _document(fields, members)
        based_on, why = revision_of(fields, "based_on") or 0, fields.get("reason", "")[:4001]
        found = await career_deciding.set_rules(page.jenjang, page.person, document, based_on, why)
    except (AppraisalError, Problem) as failed:
        problem = problem_of(failed)
        where = {"committee": "people", "based_on": ""}.get(problem.where, problem.where)
        return await _form(page, fields, members, {where: refusals.sentence(page.words, problem)}, problem.status)
    return page.go("/career/rules", page.gettext("Version %(version)s of the rules holds now.", version=found.version))


def _filled(document: dict[str, Any], version: int) -> dict[str, str]:
    """The form as the rules that hold fill it in."""
    axis = {f"axis.{predicate}": third for predicate, third in document["axis"].items()}
    plain = {name: str(document[name]) for name in ("high", "middle", "places", "rounding")}
    return {**plain, **axis, "own_box": "yes" if document["own_box"] else "no", "based_on": str(version)}


def _document(fields: Fields, members: tuple[str, ...]) -> dict[str, Any]:
    return {
        **{name: fields.get(name, "").strip().replace(",", ".")[:12] for name in ("high", "middle")},
        "axis": {predicate: fields.get(f"axis.{predicate}", "") for predicate in Predicate},
        "places": int(fields["places"]) if fields.get("places", "") in tuple("0123") else None,
        "rounding": fields.get("rounding", ""),
        "own_box": fields.get("own_box") == "yes",
        "committee": members,
    }


async def _form(
    page: Page, fields: Fields, members: tuple[str, ...], errors: dict[str, str], status: int = 200
) -> Response:
    async with page.jenjang.reading() as session:
        versions = await record.rules(session)
    names = await named(page, (*members, *(one.author for one in versions if one.author)))
    search = fields.get("search", "")
    found = await offered(page, search, None) if search.strip() else ()
    context = {
        "fields": Values(fields),
        "kept": {who: names[who] for who in members if who in names},
        "candidates": tuple(one for one in found if one[0] not in members),
        "search": search,
        "versions": versions,
        "names": names,
        "thirds": tuple(Third),
        "predicates": tuple(Predicate),
        "halves": tuple(Half),
        "places": range(MOST_PLACES + 1),
        "errors": errors,
    }
    return await page.show("career_rules.html", status, **context, **CONTEXT)
