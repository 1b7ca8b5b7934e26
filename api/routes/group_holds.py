"""HR stops the clock of a unit's calibration or of the nomination, and lets it go on."""

from typing import Annotated

from pydantic import AwareDatetime, BaseModel

from adapters.database.desk.accounts import Visitor
from api.orders import tell
from api.routes import groups
from api.routes.appraisals import IdempotencyKey, Key
from api.routes.cycles import known
from api.security import Officer, Signed, actor
from api.services import Jenjang, Services
from api.strict import CLOSED, json_router
from appraisal.access import Action
from appraisal.calibration.calibration import CalibrationOrder
from appraisal.commands import Hold, Receipt, Release
from appraisal.training.nomination import NominationOrder
from workflows.calibration import CalibrationWorkflow
from workflows.identity import calibration_id, nomination_id
from workflows.nomination import NominationWorkflow

router = json_router(tags=("calibrations and nominations",))


class Stopped(BaseModel):
    """Why the clock stands still, and until when if that is known; never past the closing of the cycle."""

    reason: str
    until: AwareDatetime | None = None


class GoesOn(BaseModel):
    """Why the clock goes on."""

    reason: str


@router.post("/calibrations/{cycle}/{unit}/hold")
async def hold_calibration(
    cycle: Key,
    unit: Key,
    wish: Annotated[Stopped, CLOSED],
    visitor: Signed,
    jenjang: Jenjang,
    idempotency_key: IdempotencyKey = None,
) -> Receipt:
    """While it is held no alarm rings, its window does not end, and nobody decides."""
    return await tell_calibration(jenjang, visitor, cycle, unit, Hold(wish.reason, wish.until), idempotency_key)


@router.post("/calibrations/{cycle}/{unit}/release")
async def release_calibration(
    cycle: Key,
    unit: Key,
    wish: Annotated[GoesOn, CLOSED],
    visitor: Signed,
    jenjang: Jenjang,
    idempotency_key: IdempotencyKey = None,
) -> Receipt:
    """It goes on; what lay ahead is later by the time that it stood still."""
    return await tell_calibration(jenjang, visitor, cycle, unit, Release(wish.reason), idempotency_key)


@router.post("/nominations/{cycle}/hold")
async def hold_nomination(
    cycle: Key,
    wish: Annotated[Stopped, CLOSED],
    visitor: Officer,
    jenjang: Jenjang,
    idempotency_key: IdempotencyKey = None,
) -> Receipt:
    """While it is held no alarm rings, its window does not end, and nobody decides."""
    return await tell_nomination(jenjang, visitor, cycle, Hold(wish.reason, wish.until), idempotency_key)


@router.post("/nominations/{cycle}/release")
async def release_nomination(
    cycle: Key,
    wish: Annotated[GoesOn, CLOSED],
    visitor: Officer,
    jenjang: Jenjang,
    idempotency_key: IdempotencyKey = None,
) -> Receipt:
    """It goes on; what lay ahead is later by the time that it stood still."""
    return await tell_nomination(jenjang, visitor, cycle, Release(wish.reason), idempotency_key)


async def tell_calibration(
    jenjang: Services, visitor: Visitor, cycle: str, unit: str, wish: Hold | Release, key: str | None
) -> Receipt:
    """Give the order to the calibration, if the visitor may."""
    groups.require(visitor, Action.HOLD_GROUP, await groups.board(jenjang, visitor, cycle, unit))
    order, process = CalibrationOrder(wish, actor(visitor)), calibration_id(cycle, unit)
    return await tell(jenjang, visitor, process, CalibrationWorkflow.perform, order, key)


async def tell_nomination(
    jenjang: Services, visitor: Visitor, cycle: str, wish: Hold | Release, key: str | None
) -> Receipt:
    """Give the order to the nomination of a cycle that exists."""
    await known(jenjang, cycle)
    order = NominationOrder(wish, actor(visitor))
    return await tell(jenjang, visitor, nomination_id(cycle), NominationWorkflow.perform, order, key)
