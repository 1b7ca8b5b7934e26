"""The end of a cycle for HR: how each open case leaves if nobody acts any more, the signature, and what became of it."""

from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, Query, Response

from api.closing_report import why
from api.errors import Problem, problem_of
from api.pages import closing_words, refusals, terms
from api.pages.drawing import Bar, stacked
from api.pages.forms import Fields, Reader, Sent, next_key
from api.pages.labels import EXITS
from api.pages.render import OfficerPage, Page
from api.pages.routing import page_router
from api.paging import NAMED, After, place_of
from api.routes.appraisals import Key
from api.routes.closing import ToSign, Whole, signed, whole
from api.security import actor
from appraisal.errors import AlreadyClosed, AppraisalError
from appraisal.vocabulary import Exit

router = page_router()
PAGE = 25
COLOURS: dict[Exit, str] = {
    Exit.COMPLETED: "s-age-1",
    Exit.LAPSED: "s-age-0",
    Exit.UNFINISHED: "s-age-2",
    Exit.UNRATEABLE: "s-closed",
    Exit.CLOSING: "s-age-3",
    Exit.UNDECIDED: "s-overdue",
}
DIGEST = 64
"""Characters of a digest."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the list is shown, and where the last page ended."""

    exit: Annotated[str, Query(max_length=12)] = ""
    unit: Annotated[str, Query(max_length=12)] = ""
    after: After = ""

    def url(self, cycle: str, **more: str) -> str:
        """This filter as an address."""
        given = {"exit": self.exit, "unit": self.unit, **more}
        query = urlencode({name: value for name, value in given.items() if value})
        return f"/cycles/{cycle}/closing" + (f"?{query}" if query else "")


Filter = Annotated[Asked, Depends()]


@router.get("/cycles/{cycle}/closing")
async def show(cycle: Key, page: OfficerPage, asked: Filter) -> Response:
    """The list, drawn and by name, with the form to sign it while the cycle runs."""
    return await _show(page, cycle, asked, {}, {})


@router.post("/cycles/{cycle}/closing")
async def sign(cycle: Key, page: OfficerPage, fields: Sent) -> Response:
    """Sign the list that was seen. A second click is the same signature; a list that has changed is shown anew."""
    reader = Reader(fields, page.words)
    remark = reader.text("remark", page.gettext("Remark"), required=False)
    if reader.errors:
        return await _show(page, cycle, Asked(), fields, reader.errors, 422)
    try:
        # What the form sends back need not be a digest: then it is no list of now, which the process says.
        order = ToSign.model_construct(digest=fields.get("digest", "")[:DIGEST], remark=remark)
        ordered = await signed(page.jenjang, actor(page.person), cycle, order, next_key(fields, {}))
    except AlreadyClosed:
        raise
    except (AppraisalError, Problem) as failed:
        problem = problem_of(failed)
        return await _show(page, cycle, Asked(), fields, {"": refusals.sentence(page.words, problem)}, problem.status)
    text = page.gettext("The list is signed.")
    if ordered.revision is None:
        text = page.gettext("The signature has been taken and is being stored. It shows here in a moment.")
    return page.go(f"/cycles/{cycle}/closing", text)


async def _show(
    page: Page, cycle: str, asked: Asked, fields: Fields, errors: dict[str, str], status: int = 200
) -> Response:
    found = await whole(page.jenjang, cycle)
    async with page.jenjang.reading() as session:
        after = await place_of(session, NAMED.read(asked.after))
    fitting = found.page(asked.exit, asked.unit, after, PAGE + 1)
    lines, further = NAMED.cut(fitting, PAGE, lambda line: line.employee_id)
    series = tuple((COLOURS[way], page.gettext(EXITS[way])) for way in Exit)
    shown: dict[str, Any] = {
        "cycle": found.cycle,
        "found": found,
        "asked": asked,
        "series": series,
        "counts": {way: found.left.get(way, 0) + found.exits.get(way, 0) for way in Exit},
        "units": _units(found, series),
        "lines": tuple((line, why(page.words, line)) for line in lines),
        "further": asked.url(cycle, after=further) + "#cases" if further else "",
        "open_cases": sum(found.exits.values()),
        "signing": not found.final and page.now < found.cycle["closes_at"],
        "key": next_key(fields, errors),
        "names": {unit.unit_id: unit.unit for unit in found.units},
        "terms": terms,
        "said": closing_words,
    }
    return await page.show("closing.html", status, fields=fields, errors=errors, **shown)


def _units(found: Whole, series: tuple[tuple[str, str], ...]) -> tuple[Bar, ...]:
    """Each unit with all its cases, however they leave or have left."""
    counts = {one.unit_id: tuple(one.left.get(way, 0) + one.exits.get(way, 0) for way in Exit) for one in found.units}
    most = max((sum(ways) for ways in counts.values()), default=0)
    cycle = found.cycle["id"]
    return tuple(
        Bar(one.unit, stacked(series, counts[one.unit_id], most), f"{Asked(unit=one.unit_id).url(cycle)}#cases")
        for one in found.units
    )
