"""Every list of the pages as a file, XLSX and CSV: with the rights, the filter and the rows of its page."""

from typing import Annotated, Literal

from fastapi import Depends, Response
from fastapi.responses import StreamingResponse

from api import export
from api.export import Listing, Pages
from api.pages import development_list, lists_of_cases, lists_of_people, lists_of_trainings, siasn
from api.pages.render import OpenPage, Page
from api.pages.routing import page_router

router = page_router()
LISTS: tuple[Listing, ...] = (
    *(*lists_of_cases.LISTS, *lists_of_people.LISTS, *lists_of_trainings.LISTS, *siasn.LISTS),
    *development_list.LISTS,
)
Kind = Literal["xlsx", "csv"]
TYPES = {"xlsx": export.XLSX, "csv": "text/csv; charset=utf-8"}


def _offer(listing: Listing) -> None:
    """The files of this list, below the address of its page."""

    @router.get(listing.path + "/export.{kind}")
    async def file(kind: Kind, page: OpenPage, pages: Annotated[Pages, Depends(listing.rows)]) -> Response:
        heading, write = tuple(map(page.gettext, listing.columns)), export.as_xlsx if kind == "xlsx" else export.as_csv
        headers = {"content-disposition": f'attachment; filename="{_name(page, listing)}.{kind}"'}
        content = write(heading, pages, page.words.zone)
        return StreamingResponse(content, media_type=TYPES[kind], headers=headers)


def _name(page: Page, listing: Listing) -> str:
    """'jenjang-hari-libur-2026-11-30'."""
    title = "-".join(page.gettext(listing.title).lower().split())
    return f"jenjang-{title}-{page.jenjang.today().isoformat()}"


for one in LISTS:
    _offer(one)
