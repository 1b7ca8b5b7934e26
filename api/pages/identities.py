"""Accounts at the agency's provider that open accounts here, for HR."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from fastapi import Query, Response

from adapters.database import directory
from adapters.database.desk.identities import IdentityRow
from api.pages.render import OfficerPage, Page
from api.pages.routing import page_router
from api.pages.sign_on_words import FOUND_BY
from api.routes.appraisals import Key
from api.routes.identities import ended

router = page_router()
PAGE = 40


@router.get("/people/identities")
async def show(
    page: OfficerPage,
    search: Annotated[str, Query(max_length=100)] = "",
    after_linked: datetime | None = None,
    after_id: Annotated[str, Query(max_length=12)] = "",
) -> Response:
    """Links, also those that have ended, the newest first."""
    after = (after_linked, after_id) if after_linked else None
    found = await page.jenjang.identities.listed(search.strip(), after, PAGE + 1)
    enders = await enders_of(page, found)
    context: dict[str, Any] = {"found": found[:PAGE], "further": found[PAGE - 1] if len(found) > PAGE else None}
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
