"""API keys for programs of one's own; and for HR of the agency, everybody's."""

from fastapi import Response

from api import entrance
from api.entrance import LONGEST_KEY
from api.errors import Problem, problem_of
from api.pages import refusals
from api.pages.forms import Fields, Sent
from api.pages.render import MyPage, OfficerPage, Page
from api.pages.routing import page_router
from api.pages.security_words import SCOPES
from api.routes.appraisals import Key
from api.scopes import Scope
from appraisal.errors import AppraisalError

router = page_router()
SPANS = (30, 90, 180, LONGEST_KEY)
"""Days to choose from."""


@router.get("/account/keys")
async def show(page: MyPage) -> Response:
    """The own keys, and the form for another one."""
    return await _own(page, {}, {}, 200)


@router.post("/account/keys")
async def make(page: MyPage, fields: Sent) -> Response:
    """A new key. Its secret is on the page that follows, and nowhere else afterwards."""
    days = int(fields["days"]) if fields.get("days", "") in map(str, SPANS) else 0
    chosen = [scope for scope in Scope if f"scope_{scope}" in fields]
    try:
        made = await entrance.make_key(page.request, page.jenjang, page.person, fields.get("name", ""), chosen, days)
    except (AppraisalError, Problem) as failed:
        problem = problem_of(failed)
        return await _own(page, fields, {problem.where: refusals.sentence(page.words, problem)}, problem.status)
    return await _own(page, {}, {}, 200, made[1])


@router.post("/account/keys/{key}/end")
async def end(key: Key, page: MyPage) -> Response:
    """End an own key."""
    await entrance.end_key(page.request, page.jenjang, page.person, key)
    return page.go("/account/keys", page.gettext("The key opens nothing any more."))


@router.get("/security/keys")
async def everybody(page: OfficerPage) -> Response:
    """All keys, with their owners."""
    return await page.show("all_keys.html", keys=await page.jenjang.credentials.keys(page.now), scopes=SCOPES)


@router.post("/security/keys/{key}/end")
async def end_of_another(key: Key, page: OfficerPage) -> Response:
    """End anybody's key."""
    await entrance.end_key(page.request, page.jenjang, page.person, key)
    return page.go("/security/keys", page.gettext("The key opens nothing any more."))


async def _own(page: Page, fields: Fields, errors: dict[str, str], status: int, secret: str = "") -> Response:
    keys = await page.jenjang.credentials.keys(page.now, page.person.account)
    context = {"keys": keys, "values": fields, "errors": errors, "secret": secret}
    return await page.show("keys.html", status, scopes=SCOPES, spans=SPANS, **context)
