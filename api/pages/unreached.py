"""People whom mail does not reach, for HR: it puts their addresses right."""

import re
from typing import Annotated

from fastapi import Query, Response

from adapters.database.unreached import unreached
from api.pages.render import OfficerPage
from api.pages.routing import page_router
from api.pages.words import Words

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
async def show(
    page: OfficerPage,
    after_name: Annotated[str, Query(max_length=200)] = "",
    after_id: Annotated[str, Query(max_length=12)] = "",
) -> Response:
    """By name, until a later mail arrives."""
    async with page.jenjang.reading() as session:
        found = await unreached(session, (after_name, after_id) if after_id else None, PAGE + 1)
    further = found[PAGE - 1] if len(found) > PAGE else None
    return await page.show("unreached.html", found=found[:PAGE], further=further, paged=bool(after_id), why=why)
