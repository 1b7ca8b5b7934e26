"""The calendar for HR: the days off of a year with their sources, how units work, and which cycles were planned with what."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Query, Response

from adapters.database.engine import Session
from adapters.database.reads import calendars, directory
from api.errors import Problem, problem_of
from api.pages import refusals, terms
from api.pages.forms import Fields, Sent
from api.pages.render import OfficerPage, Page
from api.pages.routing import page_router
from api.routes.appraisals import Key
from api.routes.schedules import Week, take_away, work_like
from appraisal.cycle import Phase
from appraisal.errors import AppraisalError
from appraisal.policy.almanac import Almanac, DayKind, Holiday
from appraisal.policy.dates import FIVE, SIX, Zone

router = page_router()
FIRST, LAST = 2000, 2100
Year = Annotated[int | None, Query(ge=FIRST, le=LAST)]


@dataclass(frozen=True, slots=True)
class Frozen:
    """A cycle that runs, the version of the calendar that it was planned with, and days that were decided on since."""

    id: str
    name: str
    version: int
    unconfirmed: tuple[int, ...]
    since: int
    running: bool


@router.get("/calendar")
async def show(page: OfficerPage, year: Year = None) -> Response:
    """The year as a cycle that is launched now would count it."""
    return await _whole(page, year, {}, {}, 200)


@router.post("/calendar/units")
async def work(page: OfficerPage, fields: Sent) -> Response:
    """How a unit works from now on."""
    week = fields.get("week", "")
    chosen = Week(week=int(week) if week in (str(FIVE), str(SIX)) else 0, zone=fields.get("zone", "")[:40] or None)
    if not fields.get("unit"):
        return await _whole(page, None, fields, {"unit": page.gettext("Choose a unit.")})
    try:
        await work_like(page.jenjang, page.person.id, fields["unit"], chosen)
    except (AppraisalError, Problem) as refused:
        problem = problem_of(refused)
        wrong = {problem.where or "unit": refusals.sentence(page.words, problem)}
        return await _whole(page, None, fields, wrong, problem.status)
    return page.go(
        "/calendar#units", page.gettext("From now on the unit works like this. Running cycles keep their dates.")
    )


@router.post("/calendar/units/{unit}/end")
async def work_as_above(unit: Key, page: OfficerPage) -> Response:
    """The unit works as the unit above it does."""
    await take_away(unit, page.person, page.jenjang)
    return page.go("/calendar#units", page.gettext("The unit works as the unit above it does."))


async def _whole(page: Page, year: int | None, fields: Fields, errors: dict[str, str], status: int = 422) -> Response:
    today = page.jenjang.today()
    chosen = year or today.year
    async with page.jenjang.reading() as session:
        almanac = await calendars.almanac_of(session, (chosen,))
        days = await days_of(session, almanac, chosen)
        decrees = await calendars.decrees(session)
        units = await calendars.unit_weeks(session, today)
        cycles = await _frozen(page, session)
        names = await directory.person_names(session, tuple(one.changed_by for one in units if one.changed_by))
    shown: dict[str, Any] = {
        "almanac": almanac,
        "days": days,
        "decrees": decrees,
        "own": tuple(one for one in units if one.of == one.unit),
        "units": tuple((one.unit, one.name) for one in units),
        "zones": tuple((zone.name, zone.name) for zone in Zone),
        "cycles": cycles,
        "names": names,
        "years": tuple(one for one in range(chosen - 1, chosen + 2) if FIRST <= one <= LAST),
    }
    return await page.show("calendar.html", status, year=chosen, fields=fields, errors=errors, terms=terms, **shown)


async def days_of(session: Session, almanac: Almanac, year: int) -> tuple[Holiday, ...]:
    """The days off of this year, and after them the working days that a decree has made of days off."""
    worked = await calendars.decreed(session)
    return (*almanac.days, *(one for one in worked if one.day.year == year and one.kind is DayKind.HARI_KERJA))


async def _frozen(page: Page, session: Session) -> tuple[Frozen, ...]:
    """The cycles that have not closed, newest first."""
    found = []
    for cycle in await directory.cycles(session):
        version, closes = cycle["calendar_version"], cycle["closes_at"]
        if cycle["phase"] == Phase.CLOSED or version is None or closes is None:
            continue
        since = await calendars.decided_since(session, version, cycle["starts_at"].date(), closes.date())
        years, running = tuple(cycle["unconfirmed_years"] or ()), cycle["phase"] == Phase.RUNNING
        found.append(Frozen(cycle["id"], cycle["name"], version, years, since, running))
    return tuple(found)
