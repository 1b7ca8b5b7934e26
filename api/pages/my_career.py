"""Somebody's career: the own page of each employee, and what HR sees and puts on record of others."""

from fastapi import Response

from api import career_deciding, career_own
from api.career_own import Own
from api.errors import NOT_FOUND, Problem, problem_of
from api.pages import refusals
from api.pages.career import CONTEXT, named
from api.pages.case_context import Values
from api.pages.forms import Fields, Sent, key_of, next_key
from api.pages.render import MyPage, OverseerPage, Page
from api.pages.routing import page_router
from api.routes.appraisals import Key
from appraisal.career.career import CARRIED_OVER, IN_FORCE, Kind
from appraisal.career.recognition import GIVEN
from appraisal.errors import AppraisalError

router = page_router()
FIELDS = ("what", "amount", "reason")


@router.get("/my-career")
async def mine(page: MyPage) -> Response:
    """The own career: credit and what comes next, awards, reasons, and that a person decides."""
    if page.person.person is None:
        raise NOT_FOUND
    return await _show(page, await career_own.own(page.jenjang, page.person.person), True, {}, {})


@router.get("/career/people/{person}")
async def of_person(person: Key, page: OverseerPage) -> Response:
    """Somebody's career, with all that was ever decided."""
    return await _show(page, await career_own.own(page.jenjang, person, page.person), False, {}, {})


@router.post("/career/people/{person}")
async def put_on_record(person: Key, page: OverseerPage, fields: Sent) -> Response:
    """Give an award, or put on record the credit that somebody brings along."""
    what, amount, why = (fields.get(name, "")[:4001] for name in FIELDS)
    try:
        number = amount.strip().replace(",", ".") or "0"
        await career_deciding.put_on_record(page.jenjang, page.person, person, what, number, why, key_of(fields))
    except (AppraisalError, Problem) as failed:
        problem = problem_of(failed)
        errors = {problem.where if problem.where in FIELDS else "": refusals.sentence(page.words, problem)}
        found = await career_own.own(page.jenjang, person, page.person)
        return await _show(page, found, False, fields, errors, problem.status)
    return page.go(f"/career/people/{person}", page.gettext("It is on record, and the employee reads it."))


async def _show(
    page: Page, found: Own, mine: bool, fields: Fields, errors: dict[str, str], status: int = 200
) -> Response:
    people = {who for one in found.decisions for who in (one.decided_by, one.member_id) if who}
    newest = {(one.kind, one.about): one for one in reversed(found.decisions)}
    credits = sorted((one for key, one in newest.items() if key[0] is Kind.CREDIT), key=lambda one: one.about)
    context = {
        "found": found,
        "mine": mine,
        "names": await named(page, tuple(sorted(people))),
        "credits": credits,
        "papers": [one.about for one in credits if one.verdict in IN_FORCE and one.level and one.grounds],
        "others": tuple(one for one in found.decisions if one.kind is not Kind.CREDIT),
        "given": (*GIVEN, CARRIED_OVER),
        "carried_over": CARRIED_OVER,
        "fields": Values(fields),
        "errors": errors,
        "key": next_key(fields, errors),
    }
    return await page.show("my_career.html", status, **context, **CONTEXT)
