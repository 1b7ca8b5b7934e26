"""Signing in, in one step or two, and out; and the first page."""

from urllib.parse import quote, unquote

from fastapi import Response

from adapters.database.desk.accounts import LIFETIMES, LINK, PENDING, SESSION, Visitor
from adapters.database.desk.identities import Opener
from adapters.guesses import TooManyTries
from api.errors import headers_of, too_many
from api.pages import navigation, refusals, sending_again
from api.pages.forms import Fields, Sent
from api.pages.navigation import own_address
from api.pages.render import OpenPage, Page
from api.pages.routing import page_router
from api.pages.words import LANGUAGES
from api.security import COOKIE, cookie_name
from api.single_sign_on import way_out

router = page_router()
WANTED = "jenjang_next"
"""A cookie with the page that somebody came for. Whoever must first ask HR for a link comes back to it by that link."""
HALF = "jenjang_half"
"""A cookie of whoever has done the first step and not the second."""


@router.get("/")
async def first(page: OpenPage) -> Response:
    """To where this visitor starts."""
    return page.go(navigation.home(page.visitor) if page.visitor else "/sign-in")


@router.get("/sign-in")
async def sign_in_form(page: OpenPage, next: str = "", lang: str = "") -> Response:
    """Login and password."""
    wanted = own_address(next, "")
    response = await page.show("sign_in.html", wanted=wanted, lang=lang, login="", kept="", ended=False, errors={})
    if wanted:
        seconds, secure = int(LIFETIMES[LINK].total_seconds()), page.jenjang.settings.secure_cookies
        response.set_cookie(WANTED, quote(wanted), max_age=seconds, httponly=True, samesite="lax", secure=secure)
    return response


@router.post("/sign-in")
async def sign_in(page: OpenPage, fields: Sent) -> Response:
    """Go on to the second step or in; or say that the two do not fit. Which of them is wrong is nobody's business."""
    login, password = fields.get("login", "").strip()[:254], fields.get("password", "")[:200]
    page.speak(fields.get("lang"))
    try:
        account = await page.jenjang.accounts.sign_in(login, password, page.origin)
    except TooManyTries as refused:
        return await _again(page, "sign_in.html", fields, refused, login=login)
    if account is None:
        told = page.gettext("Login and password do not fit. Check both, or ask HR for a sign-in link.")
        return await _again(page, "sign_in.html", fields, told, "login", login=login)
    if fields.get("lang") in LANGUAGES:
        await page.jenjang.accounts.choose_language(account, fields["lang"])
    return await enter(page, account, "password", own_address(fields.get("next", ""), ""), fields.get("kept", ""))


@router.get("/sign-in/code")
async def code_form(page: OpenPage) -> Response:
    """The second step, for whoever has done the first."""
    if await _half(page) is None:
        return page.go("/sign-in")
    return await page.show("sign_in_code.html", wanted="", kept="", errors={})


@router.post("/sign-in/code")
async def send_code(page: OpenPage, fields: Sent) -> Response:
    """A code of the app, or a recovery code. Each opens once."""
    half = await _half(page)
    if half is None:
        return page.go("/sign-in", page.gettext("That took too long. Please sign in again."), "warning")
    page.speak(half.language)
    try:
        right = await page.jenjang.second_steps.passes(half.account, fields.get("code", "")[:40], page.now, page.origin)
    except TooManyTries as refused:
        return await _again(page, "sign_in_code.html", fields, refused)
    if not right:
        told = page.gettext("This code does not fit, or was used already. Wait for the next one of the app.")
        return await _again(page, "sign_in_code.html", fields, told, "code")
    secret = page.request.cookies[cookie_name(_secure(page), HALF)]
    await page.jenjang.accounts.revoke(secret, page.now)
    opener, wanted = await page.jenjang.identities.forget(secret), own_address(fields.get("next", ""), "")
    return await open_session(page, half.account, "code", wanted, fields.get("kept", ""), opener)


@router.get("/sign-in/link/{secret}")
async def link_form(secret: str, page: OpenPage) -> Response:
    """Whose link this is. Looking does not use it up: mail programs look too."""
    whose = await page.jenjang.accounts.visitor(secret, (LINK,), *page.jenjang.present())
    return await page.show("sign_in_link.html", 200 if whose else 404, whose=whose)


@router.post("/sign-in/link/{secret}")
async def use_link(secret: str, page: OpenPage) -> Response:
    """Use the link up and go on; then offer to choose a password."""
    account = await page.jenjang.accounts.use_link(secret, page.now, page.origin)
    if account is None:
        return await page.show("sign_in_link.html", 404, whose=None)
    wanted = own_address(unquote(page.request.cookies.get(WANTED, "")), "")
    url = "/account?welcome=1" + (f"&next={quote(wanted, safe='')}" if wanted else "")
    return await enter(page, account, "link", url)


@router.post("/sign-out")
async def sign_out(page: OpenPage) -> Response:
    """End this session, here, on the server, and at the provider that opened it."""
    name, further = cookie_name(_secure(page)), None
    secret = page.request.cookies.get(name)
    if secret:
        await page.jenjang.accounts.revoke(secret, page.now, page.origin)
        further = await way_out(page.jenjang, secret)
    page.visitor, response = None, page.go("/sign-in")
    if further:
        # Not a redirect: a form may lead to this site only, also where it is sent on from.
        response = await page.show("signed_out.html", address=further)
    page.tell(response, page.gettext("You are signed out."))
    response.delete_cookie(name, httponly=True, samesite="lax", secure=_secure(page))
    return response


async def enter(
    page: Page, account: str, how: str, wanted: str, kept: str = "", opener: Opener | None = None
) -> Response:
    """After the first step: to the second where the account has one, else in."""
    if await page.jenjang.second_steps.since(account) is None:
        return await open_session(page, account, how, wanted, kept, opener)
    secret = await page.jenjang.accounts.issue(account, PENDING, page.now, origin=page.origin, how=how)
    if opener:
        await page.jenjang.identities.remember(secret, opener, page.now)
    response = await page.show("sign_in_code.html", wanted=wanted, kept=kept, errors={})
    _set_cookie(page, response, HALF, secret, int(LIFETIMES[PENDING].total_seconds()))
    return response


async def open_session(
    page: Page, account: str, how: str, wanted: str, kept: str = "", opener: Opener | None = None
) -> Response:
    """A new session in place of the one that the browser had; then to the page that somebody came for, or back to the form
    that was sent when the session had ended."""
    before = page.request.cookies.get(cookie_name(_secure(page)))
    if before:
        await page.jenjang.accounts.revoke(before, page.now, page.origin)
    secret = await page.jenjang.accounts.issue(account, SESSION, page.now, origin=page.origin, how=how)
    if opener:
        await page.jenjang.identities.remember(secret, opener, page.now)
    form = sending_again.unpacked(kept)
    if form:
        page.visitor = await page.jenjang.accounts.visitor(secret, (SESSION,), *page.jenjang.present())
        page.speak(page.visitor.language if page.visitor else None)
    response = await page.show("send_again.html", form=form) if form else page.go(wanted or "/")
    for name in (WANTED, cookie_name(_secure(page), HALF)):
        response.delete_cookie(name, httponly=True, samesite="lax", secure=_secure(page))
    _set_cookie(page, response, COOKIE, secret, int(page.jenjang.accounts.terms.lifetime.total_seconds()))
    return response


async def _half(page: Page) -> Visitor | None:
    """Who has done the first step in this browser."""
    secret = page.request.cookies.get(cookie_name(_secure(page), HALF), "")
    return await page.jenjang.accounts.visitor(secret, (PENDING,), *page.jenjang.present()) if secret else None


async def _again(
    page: Page, template: str, fields: Fields, why: TooManyTries | str, field: str = "", **context: object
) -> Response:
    """The form once more, with what is wrong; what was kept on the way stays kept."""
    problem = too_many(why) if isinstance(why, TooManyTries) else None
    errors = {field: why if isinstance(why, str) else refusals.sentence(page.words, too_many(why))}
    carried = {"wanted": own_address(fields.get("next", ""), ""), "kept": fields.get("kept", ""), "ended": False}
    status = problem.status if problem else 401
    response = await page.show(template, status, lang=fields.get("lang", ""), errors=errors, **carried, **context)
    if problem:
        response.headers.update(headers_of(problem))
    return response


def _secure(page: Page) -> bool:
    return page.jenjang.settings.secure_cookies


def _set_cookie(page: Page, response: Response, name: str, secret: str, seconds: int) -> None:
    secure = _secure(page)
    response.set_cookie(
        cookie_name(secure, name), secret, max_age=seconds, httponly=True, samesite="lax", secure=secure
    )
