"""Signing in at the agency's provider: there and back."""

import secrets
from typing import Annotated

import structlog
from fastapi import Query, Response
from fastapi.responses import RedirectResponse

from adapters.database.desk.identities import WAY_TAKES, Errand, Opener
from adapters.database.desk.security_record import Deed
from adapters.single_sign_on.provider import Provider, Way
from adapters.single_sign_on.refusals import Refusal, Refused
from api.errors import NOT_FOUND, Problem
from api.pages import refusals
from api.pages.navigation import own_address
from api.pages.render import OpenPage, Page
from api.pages.routing import page_router
from api.pages.signing_in import enter
from api.pages.words import LANGUAGES
from api.security import cookie_name

log = structlog.get_logger(__name__)
router = page_router()
STATUS: dict[Refusal, int] = {Refusal.DOWN: 503, Refusal.STALE: 400, Refusal.ELSEWHERE: 409}
"""What is not named here is forbidden (403)."""
RECORDED = (Refusal.UNTRUSTED, Refusal.UNKNOWN, Refusal.SHUT, Refusal.ELSEWHERE)
"""What the security record is told of; the others come about by themselves, and strangers could flood it with them."""
Short = Annotated[str, Query(max_length=2000)]


@router.get("/sign-in/sso")
async def go_there(page: OpenPage, next: Short = "", lang: str = "", other: bool = False) -> Response:
    """To the provider; as somebody `other` than who is signed in there."""
    provider, way = _provider(page), Way()
    errand = Errand(way, own_address(next, ""), lang if lang in LANGUAGES else "")
    try:
        address = await provider.way_there(way, other)
    except Refused as refused:
        return await _refused(page, errand, refused)
    # A second window of the same browser must not make the first one a stranger.
    browser = page.request.cookies.get(_cookie(page), "") or secrets.token_urlsafe(32)
    await page.jenjang.identities.sent(errand, browser, page.now)
    response = RedirectResponse(address, 303)
    seconds, secure = int(WAY_TAKES.total_seconds()), page.jenjang.settings.secure_cookies
    response.set_cookie(_cookie(page), browser, max_age=seconds, httponly=True, samesite="lax", secure=secure)
    return response


@router.get("/sign-in/sso/return")
async def come_back(
    page: OpenPage,
    state: Short = "",
    code: Short = "",
    error: Short = "",
    iss: Annotated[str | None, Query(max_length=500)] = None,
) -> Response:
    """Back from the provider: a session for whom it names, or a page that says what to do."""
    identities, provider = page.jenjang.identities, _provider(page)
    errand = await identities.back(state, page.request.cookies.get(_cookie(page), ""), page.now)
    try:
        if errand is None:
            raise Refused(Refusal.STALE, "no such way")
        if error or not code:
            raise Refused(Refusal.DECLINED, "the provider says no")
        identity = await provider.who(code, errand.way, iss)
        link, account = await identities.opened_by(identity, page.now, page.origin)
    except Refused as refused:
        return await _refused(page, errand, refused)
    if errand.language:
        await page.jenjang.accounts.choose_language(account, errand.language)
    return await enter(page, account, "sso", errand.wanted, opener=Opener(link, identity.token))


def _provider(page: Page) -> Provider:
    if page.jenjang.provider is None:
        raise NOT_FOUND
    return page.jenjang.provider


def _cookie(page: Page) -> str:
    """The cookie that says that who comes back is who was sent."""
    return f"{cookie_name(page.jenjang.settings.secure_cookies)}_sso"


async def _refused(page: Page, errand: Errand | None, refused: Refused) -> Response:
    """The sign-in page with what went wrong: whoever has a password can still use it."""
    log.warning("single sign-on refused", refusal=refused.refusal, why=refused.why)
    if refused.refusal in RECORDED:
        await page.jenjang.security.add(Deed.REFUSED, page.now, origin=page.origin, about="sso")
    problem = Problem(STATUS.get(refused.refusal, 403), refused.refusal, "")
    if errand and errand.language:
        page.speak(errand.language)
    told, asked = refusals.told(page.words, problem), {"login": "", "kept": "", "ended": False, "errors": {}}
    more = {"wanted": errand.wanted if errand else "", "lang": errand.language if errand else ""}
    return await page.show("sign_in.html", problem.status, problem=problem, told=told, **asked, **more)
