"""The cascade of a unit: as a tree that one walks, and as the matrix of roles and results, also for a spreadsheet."""

from collections.abc import AsyncIterator
from typing import Any

from fastapi import Response
from fastapi.responses import StreamingResponse

from adapters.database.reads import directory
from api import export
from api.pages.render import MyPage, Page
from api.pages.routing import page_router
from api.routes import cascade
from api.routes.appraisals import Key
from api.routes.cascade import Leader, Unit
from api.routes.cycles import known
from appraisal.unit.cascade import Link, Matrix

router = page_router()


@router.get("/cycles/{cycle}/units/{unit}/cascade")
async def tree(cycle: Key, unit: Key, page: MyPage) -> Response:
    """From the indicators of the unit to the targets of its people."""
    found = await cascade.unit_of(page.jenjang, page.person, cycle, unit)
    return await _show(page, "cascade.html", cycle, unit, found)


@router.get("/cycles/{cycle}/units/{unit}/matrix")
async def matrix(cycle: Key, unit: Key, page: MyPage, leader: Leader = None) -> Response:
    """One leader's results, and who has which part in them."""
    found = await cascade.unit_of(page.jenjang, page.person, cycle, unit)
    return await _show(page, "matrix.html", cycle, unit, found, cascade.matrix_of(found, leader))


@router.get("/cycles/{cycle}/units/{unit}/matrix.xlsx")
async def matrix_xlsx(cycle: Key, unit: Key, page: MyPage, leader: Leader = None) -> Response:
    """The same for a spreadsheet."""
    found = await cascade.unit_of(page.jenjang, page.person, cycle, unit)
    of_leader, names = cascade.matrix_of(found, leader), await _names(page, found)
    results = tuple(f"{n}. {result.title}" for n, result in enumerate(of_leader.results, start=1))
    heading = (page.gettext("Employee"), *results, page.gettext("Other targets"), page.gettext("Waiting upstream"))

    async def rows() -> AsyncIterator[list[export.Row]]:
        yield [
            (names[row.employee], *(_told(page, cell) for cell in (*row.cells, row.other, row.waiting)))
            for row in of_leader.rows
        ]

    content = export.as_xlsx(heading, rows(), page.words.zone)
    named = {"content-disposition": f'attachment; filename="matriks-peran-hasil-{cycle}-{unit}.xlsx"'}
    return StreamingResponse(content, media_type=export.XLSX, headers=named)


async def _show(page: Page, template: str, cycle: str, unit: str, found: Unit, of: Matrix | None = None) -> Response:
    shown = await known(page.jenjang, cycle)
    context: dict[str, Any] = {
        "cycle": shown,
        "unit": unit,
        "found": found,
        "names": await _names(page, found),
        "matrix": of,
    }
    return await page.show(template, url=f"/cycles/{cycle}/units/{unit}", **context)


async def _names(page: Page, found: Unit) -> dict[str, str]:
    names = {plan.employee: plan.name for plan in found.plans}
    others = tuple(sorted(found.leaders - names.keys()))
    async with page.jenjang.reading() as session:
        return await directory.person_names(session, others) | names


def _told(page: Page, cell: tuple[Link, ...]) -> str:
    lines = (
        f"{link.target.title} ({page.words.number(link.target.value)} {link.target.unit_of_measure})" for link in cell
    )
    return "\n".join(lines)
