"""Setting the second step of signing in up: an app that shows codes, and codes for when it is lost."""

import segno
from fastapi import Response
from markupsafe import Markup

from adapters.guesses import TooManyTries
from adapters.one_time_codes import address_for_app
from adapters.sealing import CannotOpen
from api.errors import NO_KEY, Problem, too_many
from api.pages import navigation, refusals
from api.pages.forms import Sent
from api.pages.render import MyPage, Page
from api.pages.routing import page_router

router = page_router()
STILL_NEEDED = Problem(
    409, "second_step_needed", "HR needs the second step.", "", "Ask another officer to reset it if the app is lost."
)


@router.get(navigation.SECOND_STEP)
async def show(page: MyPage) -> Response:
    """Whether a code is asked for, and what one can do about it."""
    return await _page(page)


@router.post(navigation.SECOND_STEP)
async def begin(page: MyPage) -> Response:
    """Make a secret for the app."""
    try:
        await page.jenjang.second_steps.begin(page.person.account, page.now)
    except CannotOpen:
        raise NO_KEY from None
    return page.go(navigation.SECOND_STEP)


@router.post("/account/second-step/confirmation")
async def confirm(page: MyPage, fields: Sent) -> Response:
    """The first code of the app: from now on one is asked for. The recovery codes are shown, this once."""
    me, code = page.person, fields.get("code", "")[:40]
    try:
        codes = await page.jenjang.second_steps.confirm(me.account, code, me.credential, page.now, page.origin)
    except TooManyTries as refused:
        return await _refused(page, too_many(refused))
    return await page.show("recovery_codes.html", codes=codes, first=True) if codes else await _wrong(page)


@router.post("/account/second-step/recovery-codes")
async def renew(page: MyPage, fields: Sent) -> Response:
    """Other recovery codes, for whoever has the app."""
    try:
        if not await _passes(page, fields.get("code", "")):
            return await _wrong(page)
    except TooManyTries as refused:
        return await _refused(page, too_many(refused))
    codes = await page.jenjang.second_steps.renew_codes(page.person.account, page.now, page.origin)
    return await page.show("recovery_codes.html", codes=codes, first=False)


@router.post("/account/second-step/removal")
async def remove(page: MyPage, fields: Sent) -> Response:
    """Ask for no code any more, where none is needed."""
    if _needed(page):
        raise STILL_NEEDED
    try:
        if not await _passes(page, fields.get("code", "")):
            return await _wrong(page)
    except TooManyTries as refused:
        return await _refused(page, too_many(refused))
    me = page.person
    await page.jenjang.second_steps.remove(me.account, page.now, keep=me.credential, origin=page.origin)
    return page.go("/account", page.gettext("The second step is removed. A password is enough from now on."))


async def _passes(page: Page, code: str) -> bool:
    return await page.jenjang.second_steps.passes(page.person.account, code[:40], page.now, page.origin)


async def _wrong(page: Page) -> Response:
    told = page.gettext("This code does not fit, or was used already. Wait for the next one of the app.")
    return await _page(page, {"code": told}, 422)


async def _refused(page: Page, problem: Problem) -> Response:
    return await _page(page, {"code": refusals.sentence(page.words, problem)}, problem.status)


def _needed(page: Page) -> bool:
    """Whether this account may not do without: an office that the settings want it for."""
    return page.jenjang.accounts.terms.officers_need_second_step and page.person.in_office


async def _page(page: Page, errors: dict[str, str] | None = None, status: int = 200) -> Response:
    steps, account = page.jenjang.second_steps, page.person.account
    since, secret = await steps.since(account), await steps.unconfirmed(account)
    picture = ""
    if secret:
        code = segno.make(address_for_app(secret, page.person.name), error="m", micro=False)
        drawn = code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True)
        picture = Markup(drawn)  # noqa: S704 - black and white squares, and no text of anybody
    left = await steps.codes_left(account) if since else 0
    context = {"since": since, "secret": secret, "picture": picture, "left": left, "needed": _needed(page)}
    return await page.show("second_step.html", status, errors=errors or {}, **context)
