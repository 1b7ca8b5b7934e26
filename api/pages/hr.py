"""The cycle as HR sees it: all cycles, and for each how many cases stand where, which are late, and why."""

from typing import Any

from fastapi import Response

from adapters.database.reads import board, directory, evaluations
from api.errors import NOT_FOUND
from api.pages import terms
from api.pages.case_list import Filter, listed
from api.pages.dates import last_change
from api.pages.drawing import Bar, stacked
from api.pages.labels import STEPS
from api.pages.render import OverseerPage, Page
from api.pages.routing import page_router
from api.routes.appraisals import Key
from api.security import scope
from appraisal.cycle import Phase
from appraisal.vocabulary import WAY, Step

router = page_router()
STARTING = (Phase.PLANNING, Phase.STARTING)
"""Phases in which cases are still being started."""


@router.get("/cycles")
async def cycles(page: OverseerPage) -> Response:
    """All cycles, newest first."""
    async with page.jenjang.reading() as session:
        found = await directory.cycles(session)
        anybody = await directory.people(session, page.jenjang.today(), limit=1)
    return await page.show("cycles.html", cycles=found, anybody=bool(anybody), terms=terms)


@router.get("/cycles/{cycle}")
async def show(cycle: Key, page: OverseerPage, wanted: Filter, launched: bool = False) -> Response:
    """One cycle: counts and ageing drawn, and the cases behind them."""
    found = await _known(page, cycle, launched)
    if found is None or found["phase"] in STARTING:
        return await page.show("launching.html", cycle=cycle, **await _progress(page, cycle, found))
    seen = scope(page.person)
    async with page.jenjang.reading() as session:
        steps = await board.by_step(session, cycle, page.now, seen)
        units = await board.by_unit(session, cycle, page.now, seen)
        totals = await board.totals(session, cycle, seen)
        periods = await evaluations.figures(session, cycle, seen)
    drawn: dict[str, Any] = {
        "steps": _steps(page, cycle, steps),
        "units": _units(page, cycle, units),
        "series": _series(page),
    }
    open_cases = sum(one.cases for one in steps if one.step in WAY)
    numbers: dict[str, Any] = {"totals": totals, "late": sum(one.overdue for one in steps), "cases_open": open_cases}
    named = {one.step: STEPS[one.step] for one in steps}
    cases, changed = await listed(page, cycle, wanted), await last_change(page, cycle)
    lists: dict[str, Any] = {
        "cases": cases,
        "unit_names": units,
        "changed": changed,
        "periods": periods,
        "filter_steps": named,
    }
    return await page.show("cycle.html", cycle=found, terms=terms, **drawn, **numbers, **lists)


@router.get("/cycles/{cycle}/progress")
async def progress(cycle: Key, page: OverseerPage) -> Response:
    """How far a launch is; once everybody's case has started, on to the board."""
    found = await _known(page, cycle, launched=True)
    if found and found["phase"] not in STARTING:
        return page.go(f"/cycles/{cycle}", page.gettext("All cases have been started."))
    return page.fragment("_launching.html", cycle=cycle, **await _progress(page, cycle, found))


async def _known(page: Page, cycle: str, launched: bool) -> dict[str, Any] | None:
    """The cycle; None while a launch just ordered is not on record yet."""
    async with page.jenjang.reading() as session:
        found = await directory.cycle(session, cycle)
    if found is None and not launched:
        raise NOT_FOUND
    return found


async def _progress(page: Page, cycle: str, found: dict[str, Any] | None) -> dict[str, Any]:
    async with page.jenjang.reading() as session:
        steps = await board.by_step(session, cycle, page.now)
    return {"known": found, "started": sum(one.cases for one in steps)}


def _series(page: Page) -> dict[str, tuple[tuple[str, str], ...]]:
    ages = tuple((f"s-age-{n}", page.gettext(name)) for n, name in enumerate(terms.AGES))
    states = (("s-closed", page.gettext("closed")), ("s-open", page.gettext("open, in time")))
    return {"ages": ages, "states": (*states, ("s-overdue", page.gettext("late")))}


def _steps(page: Page, cycle: str, found: tuple[board.StepCount, ...]) -> tuple[Bar, ...]:
    """The open steps, with the ages of their cases."""
    rows = tuple(one for one in found if one.step in WAY)
    most = max(one.cases for one in rows)
    series = _series(page)["ages"]
    return tuple(
        Bar(page.gettext(STEPS[one.step]), stacked(series, one.ages, most), _link(cycle, step=one.step), one.overdue)
        for one in rows
    )


def _units(page: Page, cycle: str, found: tuple[board.UnitCount, ...]) -> tuple[Bar, ...]:
    """The units, with what is closed, open and late."""
    series = _series(page)["states"]
    most = max((sum(one.steps.values()) for one in found), default=0)
    return tuple(_unit(one, series, most, _link(cycle, unit=one.unit_id)) for one in found)


def _unit(one: board.UnitCount, series: tuple[tuple[str, str], ...], most: int, url: str) -> Bar:
    closed = one.steps.get(Step.CLOSED, 0)
    counts = (closed, sum(one.steps.values()) - closed - one.overdue, one.overdue)
    return Bar(one.unit, stacked(series, counts, most), url, one.overdue)


def _link(cycle: str, **query: str) -> str:
    ((name, value),) = query.items()
    return f"/cycles/{cycle}?{name}={value}#cases"
