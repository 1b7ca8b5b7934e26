"""What the people of the agency or of a unit need, for HR: as a page and as a file."""

from typing import Annotated, Any

from fastapi import Query, Response

from adapters.database.reads import directory
from api import development, export
from api.development import Filter, Listed, State
from api.export import Listing, Pages, Row
from api.pages import development_words
from api.pages.render import OverseerPage, Page
from api.pages.routing import page_router
from api.pages.words import N_
from api.paging import NAMED, AfterName, place_of
from api.routes.development import WantedYear, usual_year
from api.security import scope
from appraisal.development.development import Source

router = page_router()
ON_A_PAGE = 40
Choice = Annotated[str, Query(max_length=20)]


@router.get("/development")
async def show(
    page: OverseerPage,
    last: AfterName,
    year: WantedYear = None,
    unit: Choice = "",
    source: Choice = "",
    state: Choice = "",
) -> Response:
    """The needs that fit, by name, a page at a time."""
    wanted = await _wanted(page, year, unit, source, state)
    async with page.jenjang.reading() as session:
        after = await place_of(session, last)
    found = await development.listed(page.jenjang, page.person, wanted, after, ON_A_PAGE)
    units, own = await _units(page), scope(page.person)
    context: dict[str, Any] = {
        "wanted": wanted,
        "rows": found.rows,
        "further": NAMED.written(found.after[1]) if found.after else "",
        "paged": after is not None,
        "units": units,
        "choices": sorted(
            ((key, name) for key, name in units.items() if own is None or key in own), key=lambda one: one[1]
        ),
        "development_words": development_words,
    }
    return await page.show("needs.html", **context)


async def _needs(
    page: OverseerPage, year: WantedYear = None, unit: Choice = "", source: Choice = "", state: Choice = ""
) -> Pages:
    wanted = await _wanted(page, year, unit, source, state)
    units = await _units(page)
    first = await development.listed(page.jenjang, page.person, wanted, None, export.PAGE)

    def told(one: Listed) -> Row:
        item, _ = one.item, page.gettext
        why = development_words.need(page.words, item.need)
        how = _(development_words.WAYS[item.way]) if item.way else ""
        where = (one.name, one.title, units.get(one.unit, ""), _(development_words.SOURCES[item.need.source]))
        return (*where, why, how, item.by, _(development_words.STATES[one.state]))

    async def pages() -> Pages:
        found = first
        while True:
            yield [told(one) for one in found.rows]
            if found.after is None:
                return
            found = await development.listed(page.jenjang, page.person, wanted, found.after, export.PAGE)

    return pages()


async def _wanted(page: Page, year: int | None, unit: str, source: str, state: str) -> Filter:
    """What the filter says; what it cannot mean counts as no choice."""
    of = Source(source) if source in tuple(Source) else None
    far = State(state) if state in tuple(State) else None
    return Filter(year or await usual_year(page.jenjang), unit, of, far)


async def _units(page: Page) -> dict[str, str]:
    async with page.jenjang.reading() as session:
        return await directory.unit_names(session, page.jenjang.today())


COLUMNS = (
    *(N_("Employee"), N_("Position"), N_("Unit"), N_("Where it comes from"), N_("Need")),
    *(N_("Kind of development"), N_("By when"), N_("State")),
)
LISTS = (Listing("/development", N_("Development needs"), COLUMNS, _needs),)
