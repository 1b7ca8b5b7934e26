"""Decisions for many at once: the calibration of a unit by its head, the nominations of a cycle by HR."""

from dataclasses import replace
from typing import Annotated, Any

from pydantic import BaseModel

from adapters.database.desk.accounts import Visitor
from adapters.database.reads import directory, group_boards
from adapters.database.reads.leniency import reviews
from api.errors import NOT_FOUND
from api.orders import tell
from api.paging import ByRank
from api.routes.appraisals import IdempotencyKey, Key
from api.routes.cycles import known
from api.security import Officer, Signed, actor, hats
from api.services import Jenjang, Services
from api.strict import CLOSED, json_router
from appraisal.access import Action, can
from appraisal.calibration.calibration import Adjustment, Apply, CalibrationOrder, SetUnitResult
from appraisal.calibration.leniency import Leniency, in_unit
from appraisal.commands import Receipt
from appraisal.errors import NotAllowed, ReviewsHimself
from appraisal.training.nomination import Decide, NominationDecision, NominationOrder, RefreshProposals
from appraisal.vocabulary import UnitResult
from workflows.calibration import CalibrationWorkflow
from workflows.identity import calibration_id, nomination_id
from workflows.nomination import NominationWorkflow

router = json_router(tags=("calibrations and nominations",))


class Result(BaseModel):
    """Capaian kinerja organisasi of a unit, and why."""

    result: UnitResult
    reason: str


class Calibrated(BaseModel):
    """A head's decision on everybody who was on the page: changes with reasons, all others as reviewed."""

    members: tuple[str, ...]
    adjustments: tuple[Adjustment, ...] = ()
    justification: str = ""


class Decided(BaseModel):
    """HR's answers to proposals; all of them count or none."""

    decisions: tuple[NominationDecision, ...]


async def board(jenjang: Services, visitor: Visitor, cycle: str, unit: str) -> group_boards.CalibrationBoard:
    """The calibration for whoever may see it; NOT_FOUND for everybody else."""
    async with jenjang.reading() as session:
        found = await group_boards.calibration_board(session, cycle, unit, visitor.id)
    if found is None or not can(actor(visitor), Action.VIEW_CALIBRATION, found.calibration.parties).allowed:
        raise NOT_FOUND
    return found


async def session_board(jenjang: Services, visitor: Visitor, cycle: str, unit: str) -> group_boards.CalibrationBoard:
    """The same for those who calibrate and HR: what is proposed, voted or estimated is for nobody else."""
    found = await board(jenjang, visitor, cycle, unit)
    require(visitor, Action.ATTEND_CALIBRATION, found)
    return found


async def leniencies(jenjang: Services, cycle: str, unit: str) -> tuple[Leniency, ...]:
    """The reviewers of a unit, for whoever may see its calibration."""
    async with jenjang.reading() as session:
        return in_unit(await reviews(session, cycle), unit)


def require(visitor: Visitor, action: Action, found: group_boards.CalibrationBoard) -> None:
    """NotAllowed, with the table's own words, unless the visitor may do this to the calibration.

    Whoever is calibrated here may at most look, and sees everybody but himself. Rule: nobody_judges_himself.
    """
    decision = can(actor(visitor), action, found.calibration.parties)
    if not decision.allowed:
        raise NotAllowed(f"This is not yours to do: {decision.reason}.", "", "Ask the head of the unit, or HR.")
    if found.among and action is not Action.ATTEND_CALIBRATION:
        raise ReviewsHimself("You are one of those to be calibrated.", "", "Your superior or another officer does it.")


@router.get("/calibrations")
async def calibrations(visitor: Signed, jenjang: Jenjang, cycle: str = "") -> tuple[dict[str, Any], ...]:
    """The calibrations that the visitor leads or was handed; for HR officers all of them, of the agency or of the unit."""
    async with jenjang.reading() as session:
        return await directory.calibrations(session, None if visitor.hr else hats(visitor), cycle, visitor.units)


@router.get("/calibrations/{cycle}/{unit}")
async def calibration(cycle: Key, unit: Key, visitor: Signed, jenjang: Jenjang) -> group_boards.CalibrationBoard:
    """Everybody who waits to be calibrated, with the distribution against the guideline."""
    return await board(jenjang, visitor, cycle, unit)


@router.get("/calibrations/{cycle}/{unit}/reviewers")
async def reviewers(cycle: Key, unit: Key, visitor: Signed, jenjang: Jenjang) -> tuple[Leniency, ...]:
    """How generously whoever reviewed in this unit rates, estimated from all reviews of the cycle: for information only.

    In steps between two ratings, with the standard error; empty where nothing can be told from chance.
    """
    await session_board(jenjang, visitor, cycle, unit)
    return await leniencies(jenjang, cycle, unit)


@router.post("/calibrations/{cycle}/{unit}/unit-result")
async def set_unit_result(
    cycle: Key,
    unit: Key,
    result: Annotated[Result, CLOSED],
    visitor: Signed,
    jenjang: Jenjang,
    idempotency_key: IdempotencyKey = None,
) -> Receipt:
    """Record the unit's own result, which the guideline depends on."""
    require(visitor, Action.SET_UNIT_RESULT, await board(jenjang, visitor, cycle, unit))
    order = CalibrationOrder(SetUnitResult(result.result, result.reason), actor(visitor))
    process = calibration_id(cycle, unit)
    return await tell(jenjang, visitor, process, CalibrationWorkflow.perform, order, idempotency_key)


@router.post("/calibrations/{cycle}/{unit}/decision")
async def calibrate(
    cycle: Key,
    unit: Key,
    decided: Annotated[Calibrated, CLOSED],
    visitor: Signed,
    jenjang: Jenjang,
    idempotency_key: IdempotencyKey = None,
) -> Receipt:
    """Apply the calibration to all who are on the board, or to none."""
    require(visitor, Action.DECIDE_CALIBRATION, await board(jenjang, visitor, cycle, unit))
    order = CalibrationOrder(Apply(decided.adjustments, decided.members, decided.justification), actor(visitor))
    process = calibration_id(cycle, unit)
    return await tell(jenjang, visitor, process, CalibrationWorkflow.perform, order, idempotency_key)


@router.get("/nominations/{cycle}")
async def nominations(
    cycle: Key, visitor: Officer, jenjang: Jenjang, paging: ByRank, undecided: bool = False
) -> group_boards.NominationBoard:
    """Proposals by rank, each with its reason, and the seats of each course."""
    async with jenjang.reading() as session:
        found = await group_boards.nomination_board(session, cycle, paging.after, paging.read, undecided)
    if found is None:
        raise NOT_FOUND
    return replace(found, proposals=paging.cut(found.proposals, lambda one: one.key))


@router.post("/nominations/{cycle}/proposals")
async def propose(cycle: Key, visitor: Officer, jenjang: Jenjang, idempotency_key: IdempotencyKey = None) -> Receipt:
    """Propose anew for everybody who waits and is undecided."""
    await known(jenjang, cycle)
    order = NominationOrder(RefreshProposals(), actor(visitor))
    return await tell(jenjang, visitor, nomination_id(cycle), NominationWorkflow.perform, order, idempotency_key)


@router.post("/nominations/{cycle}/decisions")
async def nominate(
    cycle: Key,
    decided: Annotated[Decided, CLOSED],
    visitor: Officer,
    jenjang: Jenjang,
    idempotency_key: IdempotencyKey = None,
) -> Receipt:
    """Decide proposals; the seats of every course are respected, or nothing is decided."""
    await known(jenjang, cycle)
    order = NominationOrder(Decide(decided.decisions), actor(visitor))
    return await tell(jenjang, visitor, nomination_id(cycle), NominationWorkflow.perform, order, idempotency_key)
