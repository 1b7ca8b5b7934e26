"""HR's board: what is stuck and why, live while one looks, and the way to mend it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, Query, Request, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent

from adapters.database.engine import Session
from adapters.database.reads import case_rows, data_requests, directory, open_cases, superior_reports
from adapters.database.reads.open_cases import OpenCase, Stuck, Wanted
from api.errors import Problem
from api.pages import board_words, labels, remedies
from api.pages.render import OfficerPage, OverseerPage, Page
from api.pages.routing import page_router
from api.paging import AT, After
from api.routes import board
from api.routes.board import MOST
from api.routes.work import after
from api.security import actor, scope
from appraisal.vocabulary import WAY
from appraisal.watch import is_case, is_shared

router = page_router()
PAGE = 25
WAITED = (3, 7, 14, 30)
"""Days among which one can choose."""
NOTHING_CHOSEN = Problem(422, "nothing_chosen", "No case was chosen.", "case", "Tick at least one case in the list.")


@dataclass(frozen=True, slots=True)
class Asked:
    """The filter as its form sends it, and where the last page ended. What makes no sense counts as empty."""

    cycle: Annotated[str, Query(max_length=12)] = ""
    unit: Annotated[str, Query(max_length=12)] = ""
    step: Annotated[str, Query(max_length=20)] = ""
    stuck: Annotated[str, Query(max_length=20)] = ""
    days: Annotated[str, Query(max_length=4)] = ""
    holder: Annotated[str, Query(max_length=100)] = ""
    after: After = ""
    wanted: Wanted = field(init=False)

    def __post_init__(self) -> None:
        known = self.days.isascii() and self.days.isdecimal()
        step = self.step if self.step in WAY else ""
        stuck = self.stuck if self.stuck in tuple(Stuck) else ""
        wanted = Wanted(self.cycle, self.unit, step, stuck, int(self.days) if known else 0, self.holder.strip())
        object.__setattr__(self, "wanted", wanted)

    def url(self, path: str = "/board", **more: str) -> str:
        """This filter as an address."""
        w = self.wanted
        given = {"cycle": w.cycle, "unit": w.unit, "step": w.step, "stuck": w.stuck, "holder": w.holder}
        given |= {"days": str(w.days) if w.days else "", **more}
        query = urlencode({name: value for name, value in given.items() if value})
        return f"{path}?{query}" if query else path

    @property
    def here(self) -> str:
        """The part of this very page that is brought up to date."""
        return self.url("/board/part", after=self.after)


async def _limited(page: OverseerPage, asked: Annotated[Asked, Depends()]) -> Asked:
    """The filter within what the visitor may see at all."""
    object.__setattr__(asked, "wanted", replace(asked.wanted, units=scope(page.person)))
    return asked


Filter = Annotated[Asked, Depends(_limited)]


@router.get("/board")
async def show(page: OverseerPage, asked: Filter) -> Response:
    """The board, with its filter."""
    return await whole(page, asked, remedies.for_many({}, {}))


async def whole(page: Page, asked: Asked, remedy: dict[str, Any], status: int = 200) -> Response:
    """The whole page, with the form of remedies as it was filled in."""
    async with page.jenjang.reading() as session:
        cycles = await directory.cycles(session)
        steps = await directory.steps_of(session, asked.wanted.cycle)
        reports = await superior_reports.waiting(session, page.now) if page.person.hr else None
        questions = await data_requests.waiting(session, scope(page.person), page.now)
    running = tuple(cycle for cycle in cycles if cycle["phase"] != "closed")
    shown: dict[str, Any] = {"cycles": running, "reports": reports, "questions": questions, "waited": WAITED}
    shown |= {"steps": {step: labels.STEPS[step] for step in steps}}
    return await page.show("board.html", status, **shown, **await _part(page, asked), **remedy)


@router.get("/board/part")
async def part(page: OverseerPage, asked: Filter) -> Response:
    """Counts and rows alone: what is fetched again when something has changed."""
    return page.fragment("_board_part.html", **await _part(page, asked))


@router.get("/board/live", response_class=EventSourceResponse)
async def live(page: OverseerPage) -> AsyncIterator[ServerSentEvent]:
    """A word each time that a case or a trouble has changed; whoever hears it fetches the part again."""
    async for beat in page.jenjang.live.changes():
        yield ServerSentEvent(event="board", raw_data=str(beat))


@router.post("/board/look")
async def look(page: OfficerPage) -> Response:
    """Compare processes and record now."""
    found = await board.looked(page.jenjang)
    text = page.gettext(
        "Looked at %(running)s processes and %(rows)s open cases: %(machine)s fail, %(disagree)s disagree.",
        running=page.words.number(found.running),
        rows=page.words.number(found.rows),
        machine=page.words.number(found.machine),
        disagree=page.words.number(found.disagree),
    )
    return page.go("/board", text, "warning" if found.machine or found.disagree else "success")


async def _chosen(request: Request) -> tuple[str, ...]:
    """The case whose own button was pressed, else those that are ticked."""
    async with request.form(max_files=0, max_fields=MOST + 10) as form:
        return tuple(str(case)[:64] for case in form.getlist("only") or form.getlist("case"))


@router.post("/board/repairs")
async def mend(page: OfficerPage, cases: Annotated[tuple[str, ...], Depends(_chosen)]) -> Response:
    """Mend what was chosen."""
    if not cases or not all(is_case(case) or is_shared(case) for case in cases):
        raise NOTHING_CHOSEN
    done = (await board.mended(page.jenjang, actor(page.person), cases, None)).done
    counted = {what: sum(one is what for _, one in done) for _, what in done}
    told = ", ".join(f"{page.gettext(board_words.MENDED[what])}: {count}" for what, count in counted.items())
    return page.go("/board", page.gettext("Done. %(told)s.", told=told))


@dataclass(frozen=True, slots=True)
class Line:
    """One case as the board tells it; `late` is positive once it is overdue."""

    case: OpenCase
    unit: str
    handed_to: str
    late: timedelta
    waited: timedelta

    @property
    def mendable(self) -> bool:
        return any(trouble.mendable for trouble in self.case.troubles)


async def _part(page: Page, asked: Asked) -> dict[str, Any]:
    counts = await page.jenjang.live.counts(page.now, asked.wanted.units)
    async with page.jenjang.reading() as session:
        units = await directory.unit_names(session, page.jenjang.today())
        found = await lines(page, session, units, asked.wanted, after(AT.read(asked.after)), PAGE + 1)
        elsewhere = await open_cases.troubles_elsewhere(session) if page.person.hr else ()
    shown, further = AT.cut(found, PAGE, lambda line: (line.case.due_at, line.case.id))
    return {
        "asked": asked,
        "counts": counts,
        "lines": shown,
        "elsewhere": elsewhere,
        "units": {
            unit: name for unit, name in sorted(units.items(), key=lambda one: one[1]) if page.person.oversees(unit)
        },
        "further": asked.url(after=further) + "#cases" if further else "",
        "said": board_words,
    }


async def lines(
    page: Page, session: Session, units: dict[str, str], wanted: Wanted, last: case_rows.After | None, limit: int
) -> tuple[Line, ...]:
    """So many of the cases after that one, with the names of units and of those handed to."""
    found = await open_cases.open_cases(session, wanted, page.now, last, limit)
    handed = await directory.person_names(session, tuple({case.escalated_to for case in found if case.escalated_to}))
    return tuple(_line(page, case, units, handed) for case in found)


def _line(page: Page, case: OpenCase, units: dict[str, str], handed: dict[str, str]) -> Line:
    to = case.escalated_to or ""
    unit = units.get(case.unit_id, case.unit_id)
    return Line(case, unit, handed.get(to, to), page.now - case.due_at, page.now - case.since)
