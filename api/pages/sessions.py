"""A calibration as a session, on its pages: undoing a decision, and the silent first votes."""

from typing import Any

from fastapi import Response

from adapters.database.reads import directory
from api.errors import Problem, problem_of
from api.pages import calibration_board, calibration_view, refusals
from api.pages.calibration_board import Many
from api.pages.forms import Fields, Reader, Sent, key_of
from api.pages.render import MyPage, Page
from api.pages.routing import page_router
from api.routes import sessions
from api.routes.appraisals import Key
from appraisal.calibration.session import AskForVotes, OpenVotes, Undo
from appraisal.calibration.votes import Vote
from appraisal.errors import AppraisalError
from appraisal.vocabulary import Rating

router = page_router()


@router.post("/calibrations/{cycle}/{unit}/undo")
async def undo(cycle: Key, unit: Key, page: MyPage, fields: Sent) -> Response:
    """Take the last decision back for everybody, or for nobody."""
    reader = Reader(fields, page.words)
    why = reader.reason("undo_reason", page.gettext("Reason"))
    if reader.errors:
        view = await calibration_view.load(page, cycle, unit)
        return await calibration_board.whole(page, view, fields, reader.errors, 422)
    done = page.gettext("The decision is being undone; everybody who was told of it is told.")
    return await _order(page, cycle, unit, Undo(why), fields, "undo_reason", done)


@router.post("/calibrations/{cycle}/{unit}/votes/invitation")
async def ask(cycle: Key, unit: Key, page: MyPage, fields: Sent) -> Response:
    """Ask the reviewers for a first view."""
    view = await calibration_view.load(page, cycle, unit)
    done = page.gettext("The reviewers have been asked.")
    return await _order(page, cycle, unit, AskForVotes(sessions.reviewers(view.board)), fields, "", done)


@router.post("/calibrations/{cycle}/{unit}/votes/opening")
async def open_votes(cycle: Key, unit: Key, page: MyPage, fields: Sent) -> Response:
    """Show the first views."""
    done = page.gettext("The first views are open; nobody can give one any more.")
    return await _order(page, cycle, unit, OpenVotes(), fields, "", done)


@router.get("/calibrations/{cycle}/{unit}/ballot")
async def ballot(cycle: Key, unit: Key, page: MyPage) -> Response:
    """The form of somebody who was asked for a view."""
    return await _ballot(page, cycle, unit, {}, {})


@router.post("/calibrations/{cycle}/{unit}/ballot")
async def vote(cycle: Key, unit: Key, page: MyPage, fields: Many) -> Response:
    """Keep the views, unseen by the others."""
    found, mine = await sessions.invited(page.jenjang, page.person, cycle, unit)
    errors, votes = {}, []
    for member in mine.members:
        results, behaviour = (fields.get(f"{letter}_{member.employee}", "") for letter in "rb")
        if results in tuple(Rating) and behaviour in tuple(Rating):
            votes.append(Vote(member.employee, Rating(results), Rating(behaviour)))
        elif results or behaviour:
            text = page.gettext("%(name)s: choose both ratings, or neither.", name=member.name)
            errors[f"r_{member.employee}"] = text
    if errors:
        return await _ballot(page, cycle, unit, fields, errors, 422)
    try:
        await sessions.cast(page.jenjang, page.person, found, tuple(votes))
    except AppraisalError as refusal:
        failed = problem_of(refusal)
        return await _ballot(page, cycle, unit, fields, {"": refusals.sentence(page.words, failed)}, failed.status)
    done = page.gettext("Your views are kept. Until they are opened you can change them, and nobody else sees them.")
    return page.go(f"/calibrations/{cycle}/{unit}/ballot", done)


async def _order(
    page: Page, cycle: str, unit: str, command: Undo | AskForVotes | OpenVotes, fields: Fields, field: str, done: str
) -> Response:
    view = await calibration_view.load(page, cycle, unit)
    try:
        await sessions.give(page.jenjang, page.person, view.board, command, key_of(fields))
    except (AppraisalError, Problem) as failed:
        errors, status = {field: refusals.sentence(page.words, failed)}, problem_of(failed).status
        return await calibration_board.whole(page, view, fields, errors, status)
    return page.go(view.url, done)


async def _ballot(
    page: Page, cycle: str, unit: str, fields: Fields, errors: dict[str, str], status: int = 200
) -> Response:
    found, mine = await sessions.invited(page.jenjang, page.person, cycle, unit)
    said = {f"{letter}_{one.employee}": str(getattr(one, name)) for one in mine.votes for letter, name in LETTERS}
    async with page.jenjang.reading() as session:
        units = await directory.unit_names(session, page.jenjang.today())
    shown: dict[str, Any] = {"state": found.calibration, "mine": mine, "unit": units.get(unit, unit)}
    context = {**shown, "fields": fields or said, "errors": errors, "ratings": tuple(Rating)}
    return await page.show("session_ballot.html", status, **context)


LETTERS = (("r", "results"), ("b", "behaviour"))
"""The fields of a member, as in the form of the calibration."""
