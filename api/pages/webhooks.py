"""Programs that listen, for HR: add one, try it out, see what arrived, switch it off."""

from fastapi import Response

from adapters.database.reads import directory
from api.errors import problem_of
from api.pages import refusals
from api.pages.forms import Fields, Sent
from api.pages.render import OfficerPage, Page
from api.pages.routing import page_router
from api.routes.appraisals import Key
from api.routes.webhooks import LAST, keys_at_hand, known, renewed, switch_off, tried
from appraisal.errors import AppraisalError

router = page_router()


@router.get("/webhooks")
async def overview(page: OfficerPage) -> Response:
    """All programs, and the form for another one."""
    return await _all(page, {}, {}, 200)


@router.post("/webhooks")
async def add(page: OfficerPage, fields: Sent) -> Response:
    """Add one. Its secret is on the page that follows, and nowhere else afterwards."""
    try:
        with keys_at_hand():
            made, secret = await page.jenjang.hooks.add(fields.get("url", "").strip(), page.person.id, page.now)
    except AppraisalError as refusal:
        problem = problem_of(refusal)
        return await _all(page, fields, {"url": refusals.sentence(page.words, problem)}, problem.status)
    return await _one(page, made, secret)


@router.get("/webhooks/{hook}")
async def show(hook: Key, page: OfficerPage) -> Response:
    """One program and the last messages to it."""
    return await _one(page, hook)


@router.post("/webhooks/{hook}/secret")
async def renew(hook: Key, page: OfficerPage, fields: Sent) -> Response:
    """Another secret, on the page that follows and nowhere else afterwards."""
    return await _one(page, hook, await renewed(page.jenjang, hook, fields.get("at_once") == "yes"))


@router.post("/webhooks/{hook}/test")
async def test(hook: Key, page: OfficerPage) -> Response:
    """Send a message that tells nothing, now."""
    done = await tried(page.jenjang, hook)
    if done.sent_at:
        return page.go(f"/webhooks/{hook}", page.gettext("The test message has arrived."))
    return page.go(
        f"/webhooks/{hook}", page.gettext("The test message did not arrive: %(error)s", error=done.error), "warning"
    )


@router.post("/webhooks/{hook}/off")
async def end(hook: Key, page: OfficerPage) -> Response:
    """Nothing is sent to it any more."""
    await switch_off(hook, page.person, page.jenjang)
    return page.go("/webhooks", page.gettext("The program is switched off."))


async def _all(page: Page, fields: Fields, errors: dict[str, str], status: int) -> Response:
    hooks = await page.jenjang.hooks.all()
    return await page.show("webhooks.html", status, hooks=hooks, url=fields.get("url", "")[:500], errors=errors)


async def _one(page: Page, hook: str, secret: str = "") -> Response:
    found, last = await known(page.jenjang, hook), await page.jenjang.hooks.last(hook, LAST)
    async with page.jenjang.reading() as session:
        names = await directory.person_names(session, (found.added_by,) if found.added_by else ())
    return await page.show("webhook.html", hook=found, last=last, secret=secret, names=names)
