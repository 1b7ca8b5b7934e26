"""Calibration of a unit by its head: change ratings with reasons, look at what would come of it, apply to all or none."""

import uuid
from typing import Annotated, Any

from fastapi import Depends, Query, Request, Response

from adapters.database import directory
from api import orders
from api.errors import Problem, problem_of
from api.pages import calibration_view, refusals, terms
from api.pages.calibration_view import FORM, Row, View
from api.pages.forms import Fields, key_of
from api.pages.render import MyPage, Page
from api.pages.routing import page_router
from api.routes import groups
from api.routes.appraisals import Key
from api.security import actor, hats
from appraisal.access import Action
from appraisal.calibration import Apply, CalibrationOrder, SetUnitResult
from appraisal.distribution import SOURCE
from appraisal.errors import AppraisalError, StaleBoard
from appraisal.text import reason
from appraisal.vocabulary import Rating, UnitResult
from workflows.calibration import CalibrationWorkflow
from workflows.identity import calibration_id

router = page_router()
MOST_FIELDS = 20_000


async def many(request: Request) -> Fields:
    """The fields of a form with a few for each member."""
    async with request.form(max_files=0, max_fields=MOST_FIELDS) as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


Many = Annotated[Fields, Depends(many)]


Cycle = Annotated[str, Query(max_length=12)]


@router.get("/calibrations")
async def mine(page: MyPage, cycle: Cycle = "") -> Response:
    """The calibrations that the visitor leads or was handed; for HR all of them, of the agency or of the unit."""
    return await page.show("calibrations.html", terms=terms, **await led(page, cycle))


async def led(page: Page, cycle: str) -> dict[str, Any]:
    """These calibrations, with the names of their units, cycles and heads."""
    async with page.jenjang.reading() as session:
        who = page.person
        rows = await directory.calibrations(session, None if who.hr else hats(who), cycle, who.units)
        units = await directory.unit_names(session, page.jenjang.today())
        cycles = {row["id"]: row["name"] for row in await directory.cycles(session)}
        heads = await directory.person_names(session, tuple({row["head_id"] for row in rows if row["head_id"]}))
    return {"rows": rows, "units": units, "cycles": cycles, "heads": heads}


@router.get("/calibrations/{cycle}/{unit}")
async def show(cycle: Key, unit: Key, page: MyPage) -> Response:
    """One calibration."""
    view = await calibration_view.load(page, cycle, unit)
    return await whole(page, view, await draft(page, view), {})


@router.get("/calibrations/{cycle}/{unit}/moving")
async def moving(cycle: Key, unit: Key, page: MyPage) -> Response:
    """Whether the members of the last round have been told; once they have, the page again."""
    board = await groups.board(page.jenjang, page.person, cycle, unit)
    if board.calibration.moving:
        return page.fragment("_calibration_moving.html", url=f"/calibrations/{cycle}/{unit}")
    return page.go(f"/calibrations/{cycle}/{unit}", page.gettext("All members have been moved on."))


@router.post("/calibrations/{cycle}/{unit}/recount")
async def recount(cycle: Key, unit: Key, page: MyPage, fields: Many) -> Response:
    """The distribution as it would be, while ratings are being changed. What is typed is kept as a draft."""
    view = await calibration_view.load(page, cycle, unit)
    await _keep(page, view, fields)
    return page.fragment("_distribution.html", view=view, source=SOURCE, **view.drawn(page, view.rows(fields)))


@router.post("/calibrations/{cycle}/{unit}")
async def edit(cycle: Key, unit: Key, page: MyPage, fields: Many) -> Response:
    """Keep what was typed and show it again: back from the confirmation, or a recount without JavaScript."""
    view = await calibration_view.load(page, cycle, unit)
    await _keep(page, view, fields)
    return page.go(view.url + "#members")


@router.post("/calibrations/{cycle}/{unit}/confirmation")
async def confirm(cycle: Key, unit: Key, page: MyPage, fields: Many) -> Response:
    """Before and after, once more, before it is applied to everybody."""
    view = await calibration_view.load(page, cycle, unit)
    await _keep(page, view, fields)
    rows = view.rows(fields)
    errors = _unreasoned(page, rows)
    if errors:
        return await whole(page, view, fields, errors, 422)
    if _members(fields) != _present(view):
        return await _stale(page, view, fields)
    context: dict[str, Any] = {
        "rows": rows,
        "fields": fields,
        "source": SOURCE,
        "key": uuid.uuid4().hex,
        "present": _present(view),
    }
    return await page.show("calibration_confirm.html", view=view, **context, **view.drawn(page, rows))


@router.post("/calibrations/{cycle}/{unit}/decision")
async def decide(cycle: Key, unit: Key, page: MyPage, fields: Many) -> Response:
    """Apply to all members, or to none."""
    view = await calibration_view.load(page, cycle, unit)
    groups.require(page.person, Action.DECIDE_CALIBRATION, view.board)
    changed = tuple(row for row in view.rows(fields) if row.changed)
    justification = fields.get("justification", "")
    order = Apply(tuple(row.adjustment for row in changed), _members(fields), justification)
    try:
        await _give(page, view, CalibrationOrder(order, actor(page.person)), fields)
    except StaleBoard:
        return await _stale(page, await calibration_view.load(page, cycle, unit), fields)
    except (AppraisalError, Problem) as failed:
        return await _refused(page, view, fields, failed, changed)
    await page.jenjang.drafts.discard(page.person.id, view.board.calibration.id, FORM)
    count = len(order.members)
    return page.go(view.url, page.gettext("The calibration is applied to all %(count)s members.", count=count))


@router.post("/calibrations/{cycle}/{unit}/unit-result")
async def set_result(cycle: Key, unit: Key, page: MyPage, fields: Many) -> Response:
    """Who is above the head sets the unit's own result, on which the guideline depends; or HR records it for him."""
    view = await calibration_view.load(page, cycle, unit)
    groups.require(page.person, Action.SET_UNIT_RESULT, view.board)
    result, why = fields.get("unit_result", ""), fields.get("unit_reason", "")
    errors = {}
    if result not in tuple(UnitResult):
        errors["unit_result"] = page.gettext("Choose the result of the unit.")
    if not why.strip():
        errors["unit_reason"] = page.gettext("Say on what this result rests.")
    if not errors:
        try:
            await _give(
                page, view, CalibrationOrder(SetUnitResult(UnitResult(result), why), actor(page.person)), fields
            )
            return page.go(view.url, page.gettext("The result of the unit is recorded."))
        except (AppraisalError, Problem) as failed:
            errors["unit_reason"] = refusals.sentence(page.words, failed)
    return await whole(page, view, fields, errors, 422)


async def _give(page: Page, view: View, order: CalibrationOrder, fields: Fields) -> None:
    state, perform = view.board.calibration, CalibrationWorkflow.perform
    process = calibration_id(state.cycle, state.unit)
    await orders.tell(page.jenjang, page.person, process, perform, order, key_of(fields))


async def whole(page: Page, view: View, fields: Fields, errors: dict[str, str], status: int = 200) -> Response:
    """The page, with its forms as they were filled in."""
    rows = view.rows(fields)
    context: dict[str, Any] = {
        "view": view,
        "rows": rows,
        "fields": fields,
        "errors": errors,
        "key": uuid.uuid4().hex,
        "present": _present(view),
        "ratings": tuple(Rating),
        "source": SOURCE,
        "terms": terms,
    }
    return await page.show("calibration.html", status, **context, **view.drawn(page, rows))


async def _stale(page: Page, view: View, fields: Fields) -> Response:
    """Somebody came or went meanwhile: everything typed stays, and it says who is new."""
    await _keep(page, view, fields)
    seen = _members(fields)
    new = [member.name for member in view.board.members if member.employee not in seen]
    text = page.gettext(
        "Somebody has arrived or moved on since you opened this page. Your changes are kept below; look once more."
    )
    if new:
        text += " " + page.gettext("New: %(names)s.", names="; ".join(new))
    return await whole(page, view, fields, {"": text}, 412)


async def _refused(
    page: Page, view: View, fields: Fields, failed: AppraisalError | Problem, rows: tuple[Row, ...]
) -> Response:
    problem = problem_of(failed)
    number = problem.where.removeprefix("adjustments[").partition("]")[0]
    at = f"w_{rows[int(number)].member.employee}" if number.isdecimal() and int(number) < len(rows) else ""
    where = "justification" if problem.where == "justification" else at
    return await whole(page, view, fields, {where: refusals.sentence(page.words, problem)}, problem.status)


def _unreasoned(page: Page, rows: tuple[Row, ...]) -> dict[str, str]:
    """Changes without a usable reason, each named, all at once."""
    errors = {}
    for row in rows:
        if row.changed:
            try:
                reason(row.reason)
            except AppraisalError as refusal:
                errors[f"w_{row.member.employee}"] = f"{row.member.name}: {refusals.sentence(page.words, refusal)}"
    return errors


def _members(fields: Fields) -> tuple[str, ...]:
    """Who was on the page that was looked at."""
    return tuple(fields.get("members", "").split())


def _present(view: View) -> tuple[str, ...]:
    return tuple(sorted(member.employee for member in view.board.members))


async def draft(page: Page, view: View) -> Fields:
    """What the visitor has typed so far."""
    drafts = await page.jenjang.drafts.read(page.person.id, view.board.calibration.id)
    return {name: value for name, value in drafts.get(FORM, {}).items() if isinstance(value, str)}


async def _keep(page: Page, view: View, fields: Fields) -> None:
    """Only what differs from the review is kept, so that a draft stays small."""
    if not view.decides:
        return
    rows = view.rows(fields)
    body = {f"r_{row.member.employee}": str(row.results) for row in rows if row.changed}
    body |= {f"b_{row.member.employee}": str(row.behaviour) for row in rows if row.changed}
    body |= {f"w_{row.member.employee}": row.reason for row in rows if row.reason}
    body |= {"justification": fields["justification"]} if fields.get("justification") else {}
    await page.jenjang.drafts.save(page.person.id, view.board.calibration.id, FORM, body, page.now)
