"""People by name, and the way in for each of them."""

from typing import Annotated, Any

from fastapi import Query, Response

from adapters.database.desk.accounts import LIFETIMES, LINK
from adapters.database.reads import directory, superior_ground
from api.errors import NOT_FOUND
from api.pages import terms
from api.pages.render import OfficerPage, OverseerPage
from api.pages.routing import page_router
from api.paging import NAMED, AfterName, place_of
from api.routes.appraisals import Key
from api.security import scope

router = page_router()
PAGE = 40


@router.get("/people")
async def show(
    page: OverseerPage,
    last: AfterName,
    search: Annotated[str, Query(max_length=100)] = "",
) -> Response:
    """People with a position today, by name; for an officer of a unit those who work there."""
    today = page.jenjang.today()
    async with page.jenjang.reading() as session:
        after = await place_of(session, last)
        found = await directory.people(session, today, search.strip(), after, PAGE + 1, scope(page.person))
        units = await directory.unit_names(session, today)
        above = tuple({row.supervisor_id for row in found if row.supervisor_id})
        superiors = await directory.person_names(session, above)
        gone = await superior_ground.gone_superiors(session, today) if page.person.hr else ()
    shown, further = NAMED.cut(found, PAGE, lambda row: row.id)
    context: dict[str, Any] = {"people": shown, "further": further, "units": units, "gone": gone}
    return await page.show(
        "people.html", search=search, paged=after is not None, superiors=superiors, terms=terms, **context
    )


@router.post("/people/{person}/link")
async def make_link(person: Key, page: OfficerPage) -> Response:
    """A sign-in link for a person. It is shown now and never again."""
    account = await page.jenjang.accounts.of_person(person, page.now)
    if account is None:
        raise NOT_FOUND
    async with page.jenjang.reading() as session:
        names = await directory.person_names(session, (person,))
    secret = await page.jenjang.accounts.issue(account, LINK, page.now, origin=page.origin, by=page.person.id)
    url = f"{page.jenjang.settings.public_url}/sign-in/link/{secret}"
    context: dict[str, Any] = {
        "name": names.get(person, ""),
        "person": person,
        "url": url,
        "until": page.now + LIFETIMES[LINK],
    }
    if page.partial:
        return page.fragment("_sign_in_link_made.html", **context)
    return await page.show("sign_in_link_made.html", **context)
