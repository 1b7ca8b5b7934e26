"""People whom mail does not reach, for HR: it puts their addresses right."""

import re

from fastapi import Response

from adapters.database.reads.unreached import unreached
from api.pages.render import OfficerPage
from api.pages.routing import page_router
from api.pages.words import Words
from api.paging import NAMED, AfterName, place_of

router = page_router()
PAGE = 40
CODE = re.compile(r"\d{3}$")


def why(words: Words, error: str) -> str:
    """Why the mail was given up, in words; `error` is a type and, where the server gave one, its code."""
    code = CODE.search(error)
    if code:
        return words.gettext("the mail server of the address refused it (%(code)s)", code=code[0])
    return words.gettext("this is no address that mail can be sent to")


@router.get("/people/unreached")
async def show(page: OfficerPage, last: AfterName) -> Response:
    """By name, until a later mail arrives."""
    async with page.jenjang.reading() as session:
        found = await unreached(session, await place_of(session, last), PAGE + 1)
    shown, further = NAMED.cut(found, PAGE, lambda row: row.id)
    return await page.show("unreached.html", found=shown, further=further, paged=last is not None, why=why)
