"""The own due dates in a calendar of one's own: a secret address, made and ended here, and what a calendar finds there."""

from hashlib import sha256
from typing import Annotated

from fastapi import Header, Response

from adapters.database.desk.accounts import FEED
from adapters.ics import as_feed
from api.errors import NOT_FOUND
from api.pages.due_dates import due_dates
from api.pages.render import MyPage, OpenPage, Page
from api.pages.routing import page_router
from api.pages.words import N_
from api.services import Jenjang

router = page_router()
NAME = N_("Jenjang: my due dates")
LONGEST_SECRET = 100


@router.get("/account/calendar")
async def show(page: MyPage) -> Response:
    """Whether there is an address, and making one. The secret in it cannot be shown again."""
    return await _show(page)


@router.post("/account/calendar")
async def make(page: MyPage) -> Response:
    """A new address; the one before opens nothing any more."""
    secret = await page.jenjang.credentials.make_feed(_whose(page), page.now, page.origin)
    return await _show(page, f"{page.jenjang.settings.public_url}/due-dates/{secret}.ics")


@router.post("/account/calendar/end")
async def end(page: MyPage) -> Response:
    """No address from now on."""
    await page.jenjang.credentials.end_feed(_whose(page), page.now, page.origin)
    return page.go("/account/calendar", page.gettext("The address opens nothing any more."))


@router.get("/due-dates/{secret}.ics")
async def feed(
    secret: str, page: OpenPage, jenjang: Jenjang, if_none_match: Annotated[str, Header(max_length=1000)] = ""
) -> Response:
    """The due dates of whoever made this address, for programs that know no sign-in. 304 while nothing has changed."""
    visitor = await jenjang.accounts.visitor(secret[:LONGEST_SECRET], (FEED,), *jenjang.present())
    if visitor is None or visitor.person is None:
        raise NOT_FOUND
    page.speak(visitor.language)
    dates = await due_dates(jenjang, visitor, page.words)
    tag = f'W/"{sha256(repr((page.words, dates)).encode()).hexdigest()[:32]}"'
    headers = {"ETag": tag}
    if tag in (one.strip() for one in if_none_match.split(",")):
        return Response(status_code=304, headers=headers)
    content = as_feed(page.gettext(NAME), dates, page.words.zone, page.now)
    return Response(content, media_type="text/calendar", headers=headers)


def _whose(page: Page) -> str:
    """Only people have due dates; accounts for officers alone have none."""
    if page.person.person is None:
        raise NOT_FOUND
    return page.person.account


async def _show(page: Page, address: str = "") -> Response:
    known = await page.jenjang.credentials.feed(_whose(page), page.now)
    return await page.show("calendar_feed.html", address=address, known=known)
