"""For HR of the agency: the security record, and shutting out whoever has lost a device."""

from typing import Annotated, Any

from fastapi import Query, Response

from adapters.database.desk.security_record import Deed
from adapters.database.reads import directory
from api import entrance
from api.errors import NOT_FOUND
from api.pages.render import OfficerPage
from api.pages.routing import page_router
from api.pages.security_words import DEEDS, WAYS
from api.paging import AT, AfterInstant
from api.routes.appraisals import Key

router = page_router()
PAGE = 50


@router.get("/security")
async def show(
    page: OfficerPage,
    after: AfterInstant,
    deed: Annotated[str, Query(max_length=30)] = "",
    person: Annotated[str, Query(max_length=12)] = "",
) -> Response:
    """Everything that opened or shut an account, the newest first."""
    chosen = Deed(deed) if deed in tuple(Deed) else None
    found = await page.jenjang.security.listed(PAGE + 1, chosen, person, after)
    rows, further = AT.cut(found, PAGE, lambda row: (row.at, row.id))
    async with page.jenjang.reading() as session:
        name = (await directory.person_names(session, (person,))).get(person, person) if person else ""
    context: dict[str, Any] = {
        "chosen": deed,
        "person": person,
        "name": name,
        "further": further,
        "paged": after is not None,
    }
    return await page.show("security.html", rows=rows, deeds=DEEDS, ways=WAYS, **context)


@router.get("/people/{person}/access")
async def access(person: Key, page: OfficerPage) -> Response:
    """What is open for one person, or for an officer's account."""
    known = await page.jenjang.accounts.known(person)
    async with page.jenjang.reading() as session:
        names = await directory.person_names(session, (person,))
    if known is None and person not in names:
        raise NOT_FOUND
    account, credentials = known or "", page.jenjang.credentials
    context: dict[str, Any] = {
        "sign_ins": await credentials.sign_ins(account, page.now),
        "keys": await credentials.keys(page.now, account),
        "since": await page.jenjang.second_steps.since(account),
        "own": account == page.person.account,
    }
    return await page.show("access.html", person=person, name=names.get(person, person), **context)


@router.post("/people/{person}/access/end")
async def end_everything(person: Key, page: OfficerPage) -> Response:
    """End all of it."""
    await entrance.end_everything(page.request, page.jenjang, page.person, person)
    return page.go(
        f"/people/{person}/access", page.gettext("Everything is ended. Only a new sign-in opens the account.")
    )


@router.post("/people/{person}/second-step/reset")
async def reset_second_step(person: Key, page: OfficerPage) -> Response:
    """For whoever has lost the app."""
    await entrance.reset_second_step(page.request, page.jenjang, page.person, person)
    return page.go(
        f"/people/{person}/access", page.gettext("The second step is reset. It is set up anew at the next sign-in.")
    )
