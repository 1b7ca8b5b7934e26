"""Signing in and out, the first page, and what one may change about the own account."""

from urllib.parse import quote, unquote

from fastapi import Response

from adapters.database.desk.accounts import LIFETIMES, LINK, SESSION, SHORTEST_PASSWORD
from api.pages import navigation
from api.pages.forms import Sent
from api.pages.navigation import own_address
from api.pages.render import MyPage, OpenPage, Page
from api.pages.routing import page_router
from api.pages.words import LANGUAGES
from api.security import cookie_name

router = page_router()
WANTED = "jenjang_next"
"""A cookie with the page that somebody came for. Whoever must first ask HR for a link comes back to it by that link."""


@router.get("/")
async def first(page: OpenPage) -> Response:
    """To where this visitor starts."""
    return page.go(navigation.home(page.visitor) if page.visitor else "/sign-in")


@router.get("/sign-in")
async def sign_in_form(page: OpenPage, next: str = "", lang: str = "") -> Response:
    """Login and password."""
    wanted = own_address(next, "")
    response = await page.show("sign_in.html", wanted=wanted, lang=lang, login="", errors={})
    if wanted:
        seconds, secure = int(LIFETIMES[LINK].total_seconds()), page.jenjang.settings.secure_cookies
        response.set_cookie(WANTED, quote(wanted), max_age=seconds, httponly=True, samesite="lax", secure=secure)
    return response


@router.post("/sign-in")
async def sign_in(page: OpenPage, fields: Sent) -> Response:
    """Open a session, or say that the two do not fit; which of them is wrong is nobody's business."""
    login, wanted = fields.get("login", "").strip(), own_address(fields.get("next", ""), "")
    account = await page.jenjang.accounts.sign_in(login[:254], fields.get("password", "")[:200])
    if account is None:
        page.speak(fields.get("lang"))
        errors = {"login": page.gettext("Login and password do not fit. Check both, or ask HR for a sign-in link.")}
        return await page.show(
            "sign_in.html", 401, wanted=wanted, lang=fields.get("lang", ""), login=login, errors=errors
        )
    if fields.get("lang") in LANGUAGES:
        await page.jenjang.accounts.choose_language(account, fields["lang"])
    return await _opened(page, account, wanted or "/")


@router.get("/sign-in/link/{secret}")
async def link_form(secret: str, page: OpenPage) -> Response:
    """Whose link this is. Looking does not use it up: mail programs look too."""
    whose = await page.jenjang.accounts.visitor(secret, (LINK,), *page.jenjang.present())
    return await page.show("sign_in_link.html", 200 if whose else 404, whose=whose)


@router.post("/sign-in/link/{secret}")
async def use_link(secret: str, page: OpenPage) -> Response:
    """Use the link up and open a session; then offer to choose a password."""
    account = await page.jenjang.accounts.use_link(secret, page.now)
    if account is None:
        return await page.show("sign_in_link.html", 404, whose=None)
    wanted = own_address(unquote(page.request.cookies.get(WANTED, "")), "")
    return await _opened(page, account, "/account?welcome=1" + (f"&next={quote(wanted, safe='')}" if wanted else ""))


async def _opened(page: Page, account: str, url: str) -> Response:
    secret = await page.jenjang.accounts.issue(account, SESSION, page.now)
    secure = page.jenjang.settings.secure_cookies
    response = page.go(url)
    response.delete_cookie(WANTED, httponly=True, samesite="lax", secure=secure)
    seconds = int(LIFETIMES[SESSION].total_seconds())
    response.set_cookie(cookie_name(secure), secret, max_age=seconds, httponly=True, samesite="lax", secure=secure)
    return response


@router.post("/sign-out")
async def sign_out(page: OpenPage) -> Response:
    """End this session, here and on the server."""
    secure = page.jenjang.settings.secure_cookies
    secret = page.request.cookies.get(cookie_name(secure))
    if secret:
        await page.jenjang.accounts.revoke(secret, page.now)
    response = page.go("/sign-in", page.gettext("You are signed out."))
    response.delete_cookie(cookie_name(secure), httponly=True, samesite="lax", secure=secure)
    return response


@router.post("/language")
async def choose_language(page: MyPage, fields: Sent) -> Response:
    """The other language from now on."""
    if fields.get("language") in LANGUAGES:
        await page.jenjang.accounts.choose_language(page.person.account, fields["language"])
    return page.go(own_address(fields.get("next", ""), "/"))


@router.get("/account")
async def account(page: MyPage, welcome: bool = False, next: str = "") -> Response:
    """Password and language; then on to the page that somebody came for."""
    return await page.show(
        "account.html", welcome=welcome, wanted=own_address(next, ""), shortest=SHORTEST_PASSWORD, errors={}
    )


@router.post("/account/password")
async def choose_password(page: MyPage, fields: Sent) -> Response:
    """A new password, typed twice."""
    password, errors, wanted = fields.get("password", ""), {}, own_address(fields.get("next", ""), "")
    if len(password) < SHORTEST_PASSWORD:
        errors["password"] = page.gettext("A password needs at least %(count)s characters.", count=SHORTEST_PASSWORD)
    elif password != fields.get("again", ""):
        errors["again"] = page.gettext("The two passwords are not the same.")
    if errors:
        return await page.show(
            "account.html", 422, welcome=False, wanted=wanted, shortest=SHORTEST_PASSWORD, errors=errors
        )
    await page.jenjang.accounts.set_password(page.person.account, password[:200])
    return page.go(
        wanted or navigation.home(page.person),
        page.gettext("Your password is set. You can sign in with it from now on."),
    )
