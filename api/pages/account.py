"""What one may change about the own account: password, language, and where one is signed in."""

from fastapi import Response

from adapters.database.desk.accounts import SHORTEST_PASSWORD
from api.errors import NOT_YOURS
from api.pages import navigation
from api.pages.forms import Sent
from api.pages.navigation import own_address
from api.pages.render import MyPage, Page
from api.pages.routing import page_router
from api.pages.words import LANGUAGES
from api.routes.appraisals import Key
from api.routes.sign_ins import end

router = page_router()


@router.post("/language")
async def choose_language(page: MyPage, fields: Sent) -> Response:
    """The other language from now on."""
    if fields.get("language") in LANGUAGES:
        await page.jenjang.accounts.choose_language(page.person.account, fields["language"])
    return page.go(own_address(fields.get("next", ""), "/"))


@router.get("/account")
async def account(page: MyPage, welcome: bool = False, next: str = "") -> Response:
    """Password and language; then on to the page that somebody came for."""
    return await _account(page, welcome, own_address(next, ""), {})


@router.post("/account/password")
async def choose_password(page: MyPage, fields: Sent) -> Response:
    """A new password, typed twice. Whatever was opened with the old one ends, but for this session."""
    if not _may_have_password(page):
        raise NOT_YOURS
    password, errors, wanted = fields.get("password", ""), {}, own_address(fields.get("next", ""), "")
    if len(password) < SHORTEST_PASSWORD:
        errors["password"] = page.gettext("A password needs at least %(count)s characters.", count=SHORTEST_PASSWORD)
    elif password != fields.get("again", ""):
        errors["again"] = page.gettext("The two passwords are not the same.")
    if errors:
        return await _account(page, False, wanted, errors)
    me = page.person
    await page.jenjang.accounts.set_password(me.account, password[:200], me.credential, origin=page.origin)
    return page.go(
        wanted or navigation.home(me),
        page.gettext("Your password is set. You can sign in with it from now on. Other devices are signed out."),
    )


@router.get("/account/sign-ins")
async def sign_ins(page: MyPage) -> Response:
    """Where one is signed in."""
    found = await page.jenjang.credentials.sign_ins(page.person.account, page.now)
    return await page.show("sign_ins.html", sign_ins=found)


@router.post("/account/sign-ins/end")
async def end_others(page: MyPage) -> Response:
    """End all but this one."""
    me = page.person
    await page.jenjang.credentials.end_others(me.account, me.credential, page.now, page.origin)
    return page.go("/account/sign-ins", page.gettext("All other devices are signed out."))


@router.post("/account/sign-ins/{sign_in}/end")
async def end_one(sign_in: Key, page: MyPage) -> Response:
    """End one of them."""
    await end(sign_in, page.person, page.request, page.jenjang)
    return page.go("/account/sign-ins", page.gettext("That device is signed out."))


async def _account(page: Page, welcome: bool, wanted: str, errors: dict[str, str]) -> Response:
    shown = {"shortest": SHORTEST_PASSWORD, "with_password": _may_have_password(page)}
    return await page.show(
        "account.html", 422 if errors else 200, welcome=welcome, wanted=wanted, errors=errors, **shown
    )


def _may_have_password(page: Page) -> bool:
    """Whether a password would open this account: see `adapters.database.desk.register.OFFICERS`."""
    me = page.person
    return page.jenjang.settings.all_passwords or me.person is None or me.in_office
