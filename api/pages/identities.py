"""Accounts at the agency's provider that open accounts here, for HR."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import Query, Response

from adapters.database.desk.identities import IdentityRow
from adapters.database.reads import directory
from api.pages.render import OfficerPage, Page
from api.pages.routing import page_router
from api.pages.sign_on_words import FOUND_BY
from api.paging import AT, AfterInstant
from api.routes.appraisals import Key
from api.routes.identities import ended

router = page_router()
PAGE = 40


@router.get("/people/identities")
async def show(page: OfficerPage, after: AfterInstant, search: Annotated[str, Query(max_length=100)] = "") -> Response:
    """Links, also those that have ended, the newest first."""
    found = await page.jenjang.identities.listed(search.strip(), after, PAGE + 1)
    enders = await enders_of(page, found)
    shown, further = AT.cut(found, PAGE, lambda row: (row.linked_at, row.id))
    context: dict[str, Any] = {"found": shown, "further": further}
    return await page.show(
        "identities.html", search=search, paged=after is not None, enders=enders, found_by=FOUND_BY, **context
    )


async def enders_of(page: Page, found: Sequence[IdentityRow]) -> dict[str, str]:
    """Names of the people who have ended links; an officer without a person has none."""
    async with page.jenjang.reading() as session:
        return await directory.person_names(session, tuple({row.ended_by for row in found if row.ended_by}))


@router.post("/people/identities/{identity}/end")
async def end(identity: Key, page: OfficerPage) -> Response:
    """End a link, and the sessions that it opened."""
    await ended(page.jenjang, page.person, identity, page.origin)
    text = page.gettext("The link is ended, and with it every session that it opened.")
    return page.go("/people/identities", text)
