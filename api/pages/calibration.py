"""Calibration of a unit by its heads: propose ratings with reasons, look at what would come of it, apply to all or none."""

from typing import Annotated, Any

from fastapi import Query, Response

from adapters.database.reads import directory
from api import orders
from api.errors import Problem, problem_of
from api.pages import calibration_board, calibration_view, refusals, terms
from api.pages.calibration_view import Row, View
from api.pages.forms import Fields, key_of
from api.pages.render import MyPage, Page
from api.pages.routing import page_router
from api.routes import groups
from api.routes.appraisals import Key
from api.security import actor, hats
from appraisal.access import Action
from appraisal.calibration.calibration import Apply, CalibrationOrder, SetUnitResult
from appraisal.errors import AppraisalError, StaleBoard
from appraisal.vocabulary import UnitResult
from workflows.calibration import CalibrationWorkflow
from workflows.identity import calibration_id

router = page_router()


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
    return await calibration_board.whole(page, await calibration_view.load(page, cycle, unit), {}, {})


@router.get("/calibrations/{cycle}/{unit}/moving")
async def moving(cycle: Key, unit: Key, page: MyPage) -> Response:
    """Whether the members of the last decision, or of its undo, have been told; once they have, the page again."""
    board = await groups.board(page.jenjang, page.person, cycle, unit)
    if board.calibration.moving or board.calibration.undoing:
        return page.fragment("_calibration_moving.html", url=f"/calibrations/{cycle}/{unit}")
    return page.go(f"/calibrations/{cycle}/{unit}", page.gettext("All members have been told."))


@router.post("/calibrations/{cycle}/{unit}/board")
async def save(cycle: Key, unit: Key, page: MyPage, fields: calibration_board.Many) -> Response:
    """Keep what one is changing, for all heads of the session; answered with the distribution and what others have done."""
    before = await calibration_view.load(page, cycle, unit)
    seen = calibration_board.seen_of(before, fields)
    try:
        view, conflicts = await calibration_board.keep(page, before, fields)
    except AppraisalError as refusal:
        return page.fragment("_session_refused.html", 422, told=refusals.told(page.words, problem_of(refusal)))
    mine = fields if conflicts else {}
    rows = view.rows(mine)
    theirs = {one.employee for one in view.working.since(seen) if one.by != page.person.id}
    told = {one.employee for one in conflicts}
    shown = [row for row in rows if row.member.employee in theirs | told]
    context = {
        **calibration_board.context_of(page, view, mine, rows),
        "conflicts": calibration_board.by_member(conflicts),
        "shown": shown,
    }
    return page.fragment("_session_saved.html", 412 if conflicts else 200, **context)


async def _kept(page: Page, view: View, fields: Fields) -> tuple[View, Response | None]:
    """What was typed on the board of all heads; or the page again, where it is refused or somebody else was faster."""
    try:
        kept, conflicts = await calibration_board.keep(page, view, fields)
    except AppraisalError as refusal:
        errors = calibration_board.at_field(page, refusal, ())
        return view, await calibration_board.whole(page, view, fields, errors, 422)
    return kept, await calibration_board.overtaken(page, kept, fields, conflicts) if conflicts else None


@router.post("/calibrations/{cycle}/{unit}")
async def edit(cycle: Key, unit: Key, page: MyPage, fields: calibration_board.Many) -> Response:
    """Keep what was typed and show it again: without JavaScript, or back from the confirmation."""
    view = await calibration_view.load(page, cycle, unit)
    theirs = fields.get("theirs")
    if theirs is not None:  # what somebody else has left there is taken, so nothing of it is sent
        fields = {name: value for name, value in fields.items() if name[2:] != theirs and name != theirs}
    view, refused = await _kept(page, view, fields)
    if refused:
        return refused
    return page.go(view.url + "#members")


@router.post("/calibrations/{cycle}/{unit}/confirmation")
async def confirm(cycle: Key, unit: Key, page: MyPage, fields: calibration_board.Many) -> Response:
    """Before and after, once more, before it is applied to everybody."""
    view = await calibration_view.load(page, cycle, unit)
    view, refused = await _kept(page, view, fields)
    if refused:
        return refused
    rows = view.rows({})
    errors = calibration_board.unreasoned(page, view, rows)
    if errors:
        return await calibration_board.whole(page, view, fields, errors, 422)
    if calibration_board.members_of(fields) != calibration_board.present_of(view):
        return await calibration_board.stale(page, view, fields)
    return await page.show("calibration_confirm.html", **calibration_board.context_of(page, view, {}, rows))


@router.post("/calibrations/{cycle}/{unit}/decision")
async def decide(cycle: Key, unit: Key, page: MyPage, fields: calibration_board.Many) -> Response:
    """Apply what stands on the board to all members, or to none."""
    view = await calibration_view.load(page, cycle, unit)
    groups.require(page.person, Action.DECIDE_CALIBRATION, view.board)
    changed: tuple[Row, ...] = ()
    try:
        if view.decidable:
            view, conflicts = await calibration_board.keep(page, view, fields)
            if conflicts or calibration_board.overtaken_silently(view, fields):
                return await calibration_board.overtaken(page, view, fields, conflicts)
        changed = tuple(row for row in view.rows({}) if row.adjusted)
        order = Apply(
            tuple(row.adjustment for row in changed), calibration_board.members_of(fields), view.justification({})
        )
        await _give(page, view, CalibrationOrder(order, actor(page.person)), fields)
    except StaleBoard:
        return await calibration_board.stale(page, await calibration_view.load(page, cycle, unit), fields)
    except (AppraisalError, Problem) as failed:
        return await calibration_board.whole(
            page, view, fields, calibration_board.at_field(page, failed, changed), problem_of(failed).status
        )
    count = len(order.members)
    return page.go(view.url, page.gettext("The calibration is applied to all %(count)s members.", count=count))


@router.post("/calibrations/{cycle}/{unit}/unit-result")
async def set_result(cycle: Key, unit: Key, page: MyPage, fields: calibration_board.Many) -> Response:
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
    return await calibration_board.whole(page, view, fields, errors, 422)


async def _give(page: Page, view: View, order: CalibrationOrder, fields: Fields) -> None:
    state, perform = view.board.calibration, CalibrationWorkflow.perform
    process = calibration_id(state.cycle, state.unit)
    await orders.tell(page.jenjang, page.person, process, perform, order, key_of(fields))
