"""Who has looked at whose case: the employee's own page, and HR's list with its filter and the archive for auditors."""

from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Query, Response

from adapters.database.desk.readings import Wanted, listed
from adapters.database.reads import directory
from api.pages.render import MyPage, OfficerPage
from api.pages.routing import page_router
from api.pages.words import N_
from api.routes.appraisals import Key
from api.routes.audit import LOOKS, AfterLook, of_case
from appraisal.privacy.reading import Ground

router = page_router()
PAGE, MOST = 50, 100
GROUNDS = {
    Ground.OWN: N_("own case"),
    Ground.SUPERIOR: N_("superior"),
    Ground.HEAD: N_("head of the unit"),
    Ground.HR: N_("HR"),
    Ground.SUPPORT: N_("support"),
    Ground.OTHER: N_("another ground"),
}


@router.get("/appraisals/{cycle}/{employee}/readings")
async def of_one(cycle: Key, employee: Key, page: MyPage) -> Response:
    """Who has looked at this case, for the employee and HR."""
    found = await of_case(page.jenjang, page.person, cycle, employee, MOST)
    async with page.jenjang.reading() as session:
        names = await directory.person_names(session, (employee,))
    context: dict[str, Any] = {
        "rows": found,
        "grounds": GROUNDS,
        "back": f"/appraisals/{cycle}/{employee}",
        "name": names.get(employee),
    }
    return await page.show("readings_of_case.html", **context)


@router.get("/readings")
async def everything(
    page: OfficerPage,
    after: AfterLook,
    employee: Annotated[str, Query(max_length=12)] = "",
    reader: Annotated[str, Query(max_length=64)] = "",
    ground: Annotated[str, Query(max_length=12)] = "",
    since: str = "",
    until: str = "",
) -> Response:
    """All looks, the newest first."""
    days = (_day(since), _day(until))
    wanted = Wanted(employee, reader, "", ground, *days)
    async with page.jenjang.reading() as session:
        found = await listed(session, wanted, after, PAGE + 1)
        names = await directory.person_names(session, tuple(one for one in (employee, reader) if one))
        cycles = await directory.cycles(session)
    kept = {"employee": employee, "reader": reader, "ground": ground, "since": since, "until": until}
    rows, further = LOOKS.cut(found, PAGE, lambda row: row.key)
    context: dict[str, Any] = {
        "rows": rows,
        "further": _address(kept, further) if further else "",
        "first": _address(kept, "") if after else "",
        "kept": kept,
        "names": names,
        "cycles": cycles,
        "grounds": GROUNDS,
        "days": days,
    }
    return await page.show("readings.html", **context)


def _address(kept: dict[str, str], after: str) -> str:
    """The list with this filter, from this place on."""
    query = {name: value for name, value in (*kept.items(), ("after", after)) if value}
    return f"/readings?{urlencode(query)}"


def _day(text: str) -> date | None:
    """A day as browsers send it; anything else does not filter."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
