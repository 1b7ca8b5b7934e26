"""Results on their way to SIASN, for HR: what was sent, what waits, what failed and why; and sending, once or again."""

from dataclasses import asdict
from functools import partial
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, Request, Response

from adapters.database.reads import directory, siasn_list
from adapters.database.reads.siasn_list import PushRow, Wanted
from api import export
from api.errors import Problem, problem_of
from api.export import Listing, Pages, Row
from api.pages import refusals, siasn_words
from api.pages.choosing import Ticked, is_key, ticked
from api.pages.forms import next_key
from api.pages.render import OfficerPage, Page
from api.pages.routing import page_router
from api.pages.words import N_
from api.routes.appraisals import Key
from api.routes.cycles import known
from api.routes.siasn import RESULTS, After, Asked, One, ToSend, overview, place, send
from appraisal.cycle import Phase
from appraisal.errors import AppraisalError
from appraisal.siasn.push import OWNERS, YEAR, Matter, Which

router = page_router()
PAGE = 50


async def _chosen(request: Request) -> Ticked:
    return await ticked(request, "result", PAGE + 10, 40)


@router.get("/cycles/{cycle}/siasn")
async def results(cycle: Key, page: OfficerPage, asked: Asked, after: After) -> Response:
    """The figures, the reasons, and a page of the results."""
    return await _show(page, cycle, asked, after, {}, 200)


@router.post("/cycles/{cycle}/siasn")
async def order(cycle: Key, page: OfficerPage, chosen: Annotated[Ticked, Depends(_chosen)]) -> Response:
    """Send those that are ticked, or all of a kind. A second click is the same order."""
    which, about = chosen.fields.get("which", ""), chosen.fields.get("matter", "")
    if which in tuple(Which):
        wanted = ToSend(which=Which(which), matter=Matter(about) if about in tuple(Matter) else None)
    else:
        wanted = ToSend(chosen=tuple(_named(chosen.values)))
    try:
        done = await send(page.jenjang, page.person, cycle, wanted, chosen.fields.get("key") or None)
    except (AppraisalError, Problem) as failed:
        problem = problem_of(failed)
        errors = {"": refusals.sentence(page.words, problem)}
        return await _show(page, cycle, Wanted(), None, errors, problem.status)
    told = page.gettext("On their way to SIASN: %(count)s results.", count=page.words.number(done.waiting))
    return page.go(f"/cycles/{cycle}/siasn", told)


def _named(values: tuple[str, ...]) -> list[One]:
    """The ticked results, as person/period, person/course/training or person/talent; what cannot be one is left out."""
    return [one for one in map(_ticked, dict.fromkeys(values)) if one]


def _ticked(value: str) -> One | None:
    match value.split("/"):
        case [who, period] if is_key(who) and period in _PERIODS:
            return One(employee=who, period=int(period))
        case [who, Matter.COURSE, course] if is_key(who) and is_key(course):
            return One(employee=who, matter=Matter.COURSE, course=course)
        case [who, Matter.TALENT] if is_key(who):
            return One(employee=who, matter=Matter.TALENT)
    return None


_PERIODS = tuple(map(str, range(13)))


async def _show(page: Page, cycle: str, asked: Wanted, after: Any, errors: dict[str, str], status: int) -> Response:
    found = await known(page.jenjang, cycle)
    seen = await overview(page.jenjang, cycle, asked, after, PAGE + 1)
    lines, place_after = RESULTS.cut(seen.results, PAGE, place)
    there = f"/cycles/{cycle}/siasn?{urlencode({**asdict(asked), 'after': place_after})}#results"
    further = there if place_after else ""
    async with page.jenjang.reading() as session:
        units = await directory.unit_names(session, page.jenjang.today())
        officers = await directory.person_names(session, tuple({one.asked_by or "" for one in lines}))
    shown: dict[str, Any] = {"seen": seen, "lines": lines, "further": further, "asked": asked, "after": after}
    names: dict[str, Any] = {"units": units, "officers": officers, "said": siasn_words, "owners": OWNERS}
    names |= {"about": partial(_about, page), "tick": _tick}
    doing: dict[str, Any] = {"key": next_key({}, errors), "closed": found["phase"] == Phase.CLOSED, "errors": errors}
    return await page.show("siasn.html", status, cycle=found, **shown, **names, **doing)


def _tick(row: PushRow) -> str:
    """How the form of the list names a result."""
    which = {
        Matter.RATING: str(row.period),
        Matter.COURSE: f"{row.matter}/{row.course_id}",
        Matter.TALENT: str(row.matter),
    }
    return f"{row.person_id}/{which[row.matter]}"


def _about(page: Page, row: PushRow) -> str:
    """What a result is about, in the reader's words."""
    if row.matter is Matter.COURSE:
        return page.gettext("Course: %(course)s", course=row.course)
    if row.matter is Matter.TALENT:
        return page.gettext("Box of the talent map")
    return page.gettext("the year") if row.period == YEAR else page.gettext("Period %(number)s", number=row.period)


async def _rows(cycle: Key, page: OfficerPage, asked: Asked) -> Pages:
    await known(page.jenjang, cycle)
    async with page.jenjang.reading() as session:
        units = await directory.unit_names(session, page.jenjang.today())

    async def read(last: PushRow | None) -> tuple[PushRow, ...]:
        async with page.jenjang.reading() as session:
            return await siasn_list.listed(session, cycle, asked, last.key if last else None, export.PAGE)

    return export.paged(read, lambda row: _told(page, row, units))


def _told(page: Page, row: PushRow, units: dict[str, str]) -> Row:
    what, remedy = siasn_words.FAILURES[row.failure] if row.failure else ("", "")
    owner = page.gettext(siasn_words.OWNERS[row.owner]) if row.owner else ""
    why = tuple(page.gettext(text) if text else "" for text in (what, remedy))
    how = page.gettext(siasn_words.STANDS[row.stand or "new"])
    when = (row.asked_at, row.tried_at, row.sent_at, row.tries)
    return (
        row.employee,
        units.get(row.unit_id, ""),
        _about(page, row),
        how,
        *when,
        owner,
        *why,
        row.answer,
        row.digest,
    )


COLUMNS = (
    *(N_("Employee"), N_("Unit"), N_("Result of"), N_("State"), N_("Asked for"), N_("Last tried"), N_("Arrived")),
    *(N_("Tries"), N_("Whose turn"), N_("What is wrong"), N_("What to do"), N_("SIASN's answer"), N_("Digest")),
)
LISTS = (Listing("/cycles/{cycle}/siasn", N_("Sent to SIASN"), COLUMNS, _rows),)
