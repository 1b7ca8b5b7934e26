"""Launching a cycle: fill in, look at all its dates and at who takes part, then start it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import Depends, Request, Response
from starlette.datastructures import FormData

from adapters.database.ids import new_id
from adapters.database.reads import directory
from adapters.database.reads.invited import invited
from api.errors import Problem, problem_of
from api.pages import refusals, terms
from api.pages.drawing import time_line
from api.pages.render import OfficerPage, Page
from api.pages.routing import page_router
from api.policies import policy_named, policy_names
from api.routes import cycles
from api.routes.cycles import NewCycle
from api.security import actor
from appraisal.errors import AppraisalError
from appraisal.people.organisation import Line

router = page_router()
MOST_UNITS = 2000
NEXT_YEAR_FROM = timedelta(days=90)
FIELDS = {"policy": "policy", "policy_version": "policy", "year": "year", "name": "name"}
FIELDS |= {"starts_at": "starts_on", "units": "units"}
"""Where the rules point to -> the field of the form."""


@dataclass(frozen=True, slots=True)
class Order:
    """The launch as typed."""

    year: str
    name: str
    policy: str
    starts_on: str
    units: tuple[str, ...]
    cycle: str
    policy_version: str = ""


async def _sent(request: Request) -> Order:
    async with request.form(max_files=0, max_fields=MOST_UNITS) as form:
        units = tuple(unit for unit in form.getlist("units") if isinstance(unit, str) and unit.isalnum())
        year, name, policy, day, cycle = (_text(form, n) for n in ("year", "name", "policy", "starts_on", "cycle"))
        version = _text(form, "policy_version")
    return Order(year, name, policy, day, units, cycle, version)


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value.strip()[:200] if isinstance(value, str) else ""


Sent = Annotated[Order, Depends(_sent)]


@router.get("/cycles/new")
async def fill_in(page: OfficerPage) -> Response:
    """The form, with a proposal: towards its end, a year is no longer what one launches."""
    year = str((page.jenjang.today() + NEXT_YEAR_FROM).year)
    name = page.gettext("Performance appraisal %(year)s", year=year)
    return await _form(page, Order(year, name, "annual", "", (), ""), {})


@router.post("/cycles/new")
async def look(page: OfficerPage, order: Sent) -> Response:
    """What would be launched: every date, and how many take part. Nothing has happened yet."""
    new, errors = await _read(page, order)
    if new is None:
        return await _form(page, order, errors)
    if order.cycle:  # back from the preview to change something
        return await _form(page, order, {}, 200)
    starts_at = new.starts_at or page.now
    try:
        policy = await policy_named(page.jenjang, new.policy)
        dates = await cycles.dates(page.jenjang, policy, starts_at, new.year)
    except AppraisalError as refusal:
        return await _form(page, order, _told(page, problem_of(refusal)))
    people = await _people(page, new.units)
    drawn: dict[str, Any] = {
        "line": time_line(dates.timetable, starts_at),
        "starts_at": starts_at,
        "policy_version": policy.version,
        "timetable": dates.timetable,
        "unconfirmed": dates.unconfirmed,
        "own_dates": sum(len(own.units) for own in dates.units),
    }
    return await page.show("launch_preview.html", order=order, cycle=new_id(), people=people, terms=terms, **drawn)


@router.post("/cycles")
async def launch(page: OfficerPage, order: Sent) -> Response:
    """Start it. A second click finds the first one's cycle."""
    new, errors = await _read(page, order)
    if new is None:
        return await _form(page, order, errors)
    wanted = new_id()
    if order.cycle.isalnum() and len(order.cycle) == len(wanted):
        wanted = order.cycle
    try:
        cycle = (await cycles.begin(page.jenjang, actor(page.person), new, wanted)).id
    except (AppraisalError, Problem) as failed:
        return await _form(page, order, _told(page, problem_of(failed)))
    return page.go(f"/cycles/{cycle}?launched=true", page.gettext("%(name)s is being launched.", name=new.name))


async def _form(page: Page, order: Order, errors: dict[str, str], status: int | None = None) -> Response:
    policies = await policy_names(page.jenjang)
    offices = await _people(page, ())
    status = status or (422 if errors else 200)
    return await page.show(
        "launch.html", status, order=order, errors=errors, policies=policies, offices=offices["units"], terms=terms
    )


async def _read(page: Page, order: Order) -> tuple[NewCycle | None, dict[str, str]]:
    errors: dict[str, str] = {}
    if not (order.year.isascii() and order.year.isdecimal() and len(order.year) == 4):
        errors["year"] = page.gettext("Write the year with four digits, like 2027.")
    if not order.name:
        errors["name"] = page.gettext("Give the cycle a name by which people know it.")
    if order.policy not in await policy_names(page.jenjang):
        errors["policy"] = page.gettext("Choose a policy.")
    starts_at = None
    try:
        starts_at = await _start(page, order) if order.starts_on and not errors else None
    except ValueError:
        errors["starts_on"] = page.gettext("Write the day like 2027-01-04.")
    if errors:
        return None, errors
    return NewCycle(
        year=int(order.year),
        name=order.name,
        policy=order.policy,
        policy_version=version_of(order.policy_version),
        starts_at=starts_at,
        units=order.units,
    ), {}


def version_of(text: str) -> int | None:
    """The version of the policy that was looked at, which is the one that is meant; None where none was."""
    return int(text) or None if text.isascii() and text.isdecimal() and len(text) <= 6 else None


async def _start(page: Page, order: Order) -> datetime:
    """The hour at which the office opens on the day that was chosen; today means now."""
    day = date.fromisoformat(order.starts_on)
    policy = await policy_named(page.jenjang, order.policy, version_of(order.policy_version))
    opens = datetime.combine(day, policy.hours()[0], ZoneInfo(policy.zone))
    return page.now if day == page.jenjang.today() else opens


def _told(page: Page, problem: Problem) -> dict[str, str]:
    """The refusal beside its field. A date that does not fit names the step that it is about."""
    where = problem.where.partition(".")[0]
    return {FIELDS.get(where, "policy" if where in ("steps", "closes") else ""): refusals.sentence(page.words, problem)}


async def _people(page: Page, units: tuple[str, ...]) -> dict[str, Any]:
    """Who would take part, by unit, and what would keep their cases from moving."""
    today = page.jenjang.today()
    async with page.jenjang.reading() as session:
        found = await invited(session, units, (), today)
        names = await directory.unit_names(session, today)
        alone = tuple(person for person, line in found.items() if not line.superiors)
        people = await directory.person_names(session, alone[:50])
    return {
        "count": len(found),
        "units": _offices(found, names),
        "alone": sorted(people.values()),
        "lonely": len(alone),
    }


def _offices(found: dict[str, Line], names: dict[str, str]) -> tuple[dict[str, Any], ...]:
    counts = Counter(line.pool_unit_id for line in found.values())
    headless = {line.pool_unit_id for line in found.values() if line.head_id is None}
    rows = (
        {"id": unit, "name": names.get(unit, unit), "people": counts[unit], "headless": unit in headless}
        for unit in counts
    )
    return tuple(sorted(rows, key=lambda row: str(row["name"])))
