"""HR stops and starts the clock of a calibration or of the nomination from its own page, with a reason."""

from fastapi import Response

from api.errors import Problem
from api.pages import calibration_board, calibration_view, nominations, refusals
from api.pages.forms import Fields, Reader, Sent, key_of
from api.pages.remedies import end_of
from api.pages.render import MyPage, OfficerPage, Page
from api.pages.routing import page_router
from api.routes import group_holds, groups
from api.routes.appraisals import Key
from appraisal.access import Action
from appraisal.commands import Hold, Release
from appraisal.errors import AppraisalError

router = page_router()
FIELDS = {"reason": "hold_reason", "until": "hold_day"}
"""Where the rules point to -> the field of the form."""


@router.post("/calibrations/{cycle}/{unit}/hold")
async def hold_calibration(cycle: Key, unit: Key, page: MyPage, fields: Sent) -> Response:
    """The clock of the calibration stands still."""
    return await _calibration(page, cycle, unit, fields, Action.HOLD)


@router.post("/calibrations/{cycle}/{unit}/release")
async def release_calibration(cycle: Key, unit: Key, page: MyPage, fields: Sent) -> Response:
    """It goes on."""
    return await _calibration(page, cycle, unit, fields, Action.RELEASE)


@router.post("/nominations/{cycle}/hold")
async def hold_nomination(cycle: Key, page: OfficerPage, fields: Sent) -> Response:
    """The clock of the nomination stands still."""
    return await _nomination(page, cycle, fields, Action.HOLD)


@router.post("/nominations/{cycle}/release")
async def release_nomination(cycle: Key, page: OfficerPage, fields: Sent) -> Response:
    """It goes on."""
    return await _nomination(page, cycle, fields, Action.RELEASE)


async def _calibration(page: Page, cycle: str, unit: str, fields: Fields, action: Action) -> Response:
    view = await calibration_view.load(page, cycle, unit)
    groups.require(page.person, Action.HOLD_GROUP, view.board)
    wish, errors = _read(page, fields, action)
    status = 422
    try:
        if wish is not None:
            await group_holds.tell_calibration(page.jenjang, page.person, cycle, unit, wish, key_of(fields))
            return page.go(view.url, _done(page, action))
    except (AppraisalError, Problem) as failed:
        errors, status = refusals.beside(page.words, failed, FIELDS)
        view = await calibration_view.load(page, cycle, unit)
    return await calibration_board.whole(page, view, fields, errors, status)


async def _nomination(page: Page, cycle: str, fields: Fields, action: Action) -> Response:
    wish, errors = _read(page, fields, action)
    status = 422
    try:
        if wish is not None:
            await group_holds.tell_nomination(page.jenjang, page.person, cycle, wish, key_of(fields))
            return page.go(f"/nominations/{cycle}", _done(page, action))
    except (AppraisalError, Problem) as failed:
        errors, status = refusals.beside(page.words, failed, FIELDS)
    return await nominations.whole(page, cycle, fields, errors, None, False, status)


def _read(page: Page, fields: Fields, action: Action) -> tuple[Hold | Release | None, dict[str, str]]:
    reader, day = Reader(fields, page.words), fields.get("hold_day", "")
    why, until = reader.reason("hold_reason", page.gettext("Reason")), end_of(day, page.words.zone)
    if day and until is None:
        reader.errors["hold_day"] = page.gettext("Choose a day.")
    if reader.errors:
        return None, reader.errors
    return Hold(why, until) if action is Action.HOLD else Release(why), {}


def _done(page: Page, action: Action) -> str:
    if action is Action.HOLD:
        return page.gettext("The clock stands still.")
    return page.gettext("The clock goes on; what lay ahead is later by the time that it stood still.")
