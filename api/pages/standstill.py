"""A unit stands still, or the agency: say which, why and how long, look at what it touches, order it, and end it in one click."""

from typing import Any

from fastapi import Response

from adapters.database.ids import new_id
from adapters.database.reads import board, standstill
from api.errors import Problem, problem_of
from api.pages import refusals
from api.pages.board_remedies import group_of, on_record
from api.pages.forms import Fields, Reader, Sent, key_of
from api.pages.remedies import end_of
from api.pages.render import OfficerPage, Page
from api.pages.routing import page_router
from api.routes.appraisals import Key
from api.routes.dates import at_work
from api.routes.remedies import OrderKey
from api.routes.standstill import StandsStill, looked_at, order_release, order_stop
from api.security import actor
from appraisal.errors import AlreadyClosed, AppraisalError, StillStarting
from appraisal.holds import demand_end

router = page_router()
AGENCY = "all"
"""What the form sends for the whole agency: nothing chosen must not mean everything."""
FIELDS = {"unit": "unit", "reason": "reason", "until": "day"}
PASSED_ON = (AlreadyClosed, StillStarting)
"""Refusals that no other entry in the form would help with."""


@router.get("/cycles/{cycle}/standstill")
async def fill_in(cycle: Key, page: OfficerPage) -> Response:
    """The form, and above it what stands still now."""
    return await _form(page, cycle, {}, {}, 200)


@router.post("/cycles/{cycle}/standstill/preview")
async def look(cycle: Key, page: OfficerPage, fields: Sent) -> Response:
    """What would stand still. Nothing has happened yet."""
    found = await at_work(page.jenjang, cycle)
    if fields.get("back"):
        return await _form(page, cycle, fields, {}, 200)
    wanted, errors = _read(page, fields)
    try:
        if wanted is None:
            return await _form(page, cycle, fields, errors)
        demand_end(wanted.until, page.now, found["closes_at"])
        touched = await looked_at(page.jenjang, cycle, wanted.unit)
    except PASSED_ON:
        raise
    except (AppraisalError, Problem) as failed:
        return await _form(page, cycle, fields, *refusals.beside(page.words, failed, FIELDS))
    units = dict(await _units(page, cycle))
    groups = tuple((*group_of(page, one.id, units), one) for one in touched.groups)
    shown: dict[str, Any] = {"found": touched, "groups": groups, "unit": units.get(wanted.unit, wanted.unit)}
    return await page.show(
        "standstill_preview.html", cycle=found, wanted=wanted, fields=fields, key=_key(fields), **shown
    )


@router.post("/cycles/{cycle}/standstill")
async def stop(cycle: Key, page: OfficerPage, fields: Sent) -> Response:
    """Order it. A second click is the same order."""
    wanted, errors = _read(page, fields)
    try:
        if wanted is None:
            return await _form(page, cycle, fields, errors)
        order = await order_stop(page.jenjang, actor(page.person), cycle, wanted, _key(fields))
    except PASSED_ON:
        raise
    except (AppraisalError, Problem) as failed:
        return await _form(page, cycle, fields, *refusals.beside(page.words, failed, FIELDS))
    await on_record(page, order)
    return page.go(f"/board/remedies/{order}")


@router.post("/cycles/{cycle}/standstill/{order}/release")
async def release(cycle: Key, order: OrderKey, page: OfficerPage, fields: Sent) -> Response:
    """Let everything go on that stands still by this order."""
    reader = Reader(fields, page.words)
    name = f"why-{order}"
    why = reader.reason(name, page.gettext("Reason"))
    if reader.errors:
        return await _form(page, cycle, fields, reader.errors)
    try:
        made = await order_release(page.jenjang, actor(page.person), cycle, order, why, _key(fields))
    except AppraisalError as failed:
        problem = problem_of(failed)
        return await _form(page, cycle, fields, {"": refusals.sentence(page.words, problem)}, problem.status)
    await on_record(page, made)
    return page.go(f"/board/remedies/{made}")


def _key(fields: Fields) -> str:
    """The order's id: made with the form, so that the form sent twice is one order."""
    return key_of(fields)[:32]


def _read(page: Page, fields: Fields) -> tuple[StandsStill | None, dict[str, str]]:
    reader, unit, day = Reader(fields, page.words), fields.get("unit", "")[:12], fields.get("day", "")
    if not unit:
        reader.errors["unit"] = page.gettext("Choose a unit.")
    why, until = reader.reason("reason", page.gettext("Reason")), end_of(day, page.words.zone)
    if day and until is None:
        reader.errors["day"] = page.gettext("Choose a day.")
    if reader.errors:
        return None, reader.errors
    return StandsStill(unit="" if unit == AGENCY else unit, reason=why, until=until), {}


async def _units(page: Page, cycle: str) -> tuple[tuple[str, str], ...]:
    async with page.jenjang.reading() as session:
        return tuple((one.unit_id, one.unit) for one in await board.by_unit(session, cycle, page.now))


async def _form(page: Page, cycle: str, fields: Fields, errors: dict[str, str], status: int = 422) -> Response:
    found = await at_work(page.jenjang, cycle)
    units = await _units(page, cycle)
    async with page.jenjang.reading() as session:
        orders = await standstill.standstills(session, cycle)
    options = ((AGENCY, page.gettext("The whole agency")), *units)
    shown: dict[str, Any] = {"orders": orders, "options": options, "names": dict(units), "key": new_id()}
    return await page.show("standstill.html", status, cycle=found, fields=fields, errors=errors, **shown)
