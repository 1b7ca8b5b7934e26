"""Support staff: the question why they look, and the search while they do."""

from typing import Annotated

from fastapi import Query, Response

from adapters.database.desk.looks import LONGEST_REASON
from adapters.database.reads import directory
from api.errors import problem_of
from api.pages import refusals
from api.pages.forms import Sent
from api.pages.navigation import LOOK, LOOK_FOR
from api.pages.render import Page, SupportPage
from api.pages.routing import page_router
from api.routes import support
from api.routes.support import LONGEST_SEARCH
from appraisal.errors import AppraisalError

router = page_router()


@router.get(LOOK)
async def ask(page: SupportPage) -> Response:
    """Why one looks, before anything is shown."""
    return page.go(LOOK_FOR) if page.person.looking else await _ask(page, "", {})


@router.post(LOOK)
async def begin(page: SupportPage, fields: Sent) -> Response:
    """Look on from now on, for this reason."""
    reason = fields.get("reason", "")
    try:
        await support.look(page.jenjang, page.person, reason, page.origin)
    except AppraisalError as failed:
        return await _ask(page, reason, {"reason": refusals.sentence(page.words, problem_of(failed))}, 422)
    return page.go(LOOK_FOR)


@router.get(LOOK_FOR)
async def search(page: SupportPage, search: Annotated[str, Query(max_length=LONGEST_SEARCH)] = "") -> Response:
    """Cases by name or by their id."""
    if page.person.looking is None:
        return page.go(LOOK)
    found = await support.found(page.jenjang, page.person, search)
    async with page.jenjang.reading() as session:
        units = await directory.unit_names(session, page.jenjang.today())
    return await page.show("support_cases.html", found=found, search=search.strip(), units=units, most=support.MOST)


@router.post("/support/end")
async def end(page: SupportPage) -> Response:
    """Back to the own work."""
    me = page.person
    await page.jenjang.looks.end(me.account, me.credential, page.now, page.origin)
    return page.go("/", page.gettext("The look is ended."))


async def _ask(page: Page, reason: str, errors: dict[str, str], status: int = 200) -> Response:
    shown = {"longest": LONGEST_REASON, "lasts": page.words.span(page.jenjang.settings.support_look)}
    return await page.show("support.html", status, reason=reason, errors=errors, **shown)
