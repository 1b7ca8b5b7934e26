"""A unit stands still, or the whole agency: one order stops cases and calibration (and the nomination), one releases them."""

from typing import Annotated

from fastapi import Query, Response
from pydantic import AwareDatetime, BaseModel

from adapters.database.ids import new_id
from adapters.database.reads import bulk as orders_of_many
from adapters.database.reads import standstill
from adapters.database.reads.standstill import Standstill, Touched
from api.errors import NOT_FOUND
from api.routes.appraisals import Key
from api.routes.cycles import known
from api.routes.dates import at_work
from api.routes.group_holds import GoesOn
from api.routes.remedies import NewKey, Ordered, OrderKey, started
from api.security import Officer, actor
from api.services import Jenjang, Services
from api.strict import CLOSED, json_router
from appraisal.access import Actor
from appraisal.bulk import BulkOrder, Scope
from appraisal.commands import Hold, Release
from appraisal.errors import InvalidBulk, NothingToDecide, NotOnHold, UnderWay
from appraisal.holds import demand_end

router = json_router("/cycles/{cycle}/standstills", ("remedies",))


class StandsStill(BaseModel):
    """Which unit (a calibration pool; empty: the whole agency), why, and until when if that is known."""

    unit: str = ""
    reason: str
    until: AwareDatetime | None = None


@router.get("")
async def orders(cycle: Key, visitor: Officer, jenjang: Jenjang) -> tuple[Standstill, ...]:
    """The last orders, the newest first, with what still stands still by each."""
    await known(jenjang, cycle)
    async with jenjang.reading() as session:
        return await standstill.standstills(session, cycle)


@router.get("/preview")
async def preview(
    cycle: Key, visitor: Officer, jenjang: Jenjang, unit: Annotated[str, Query(max_length=12)] = ""
) -> Touched:
    """What an order would stop now. Nothing happens yet."""
    await at_work(jenjang, cycle)
    return await looked_at(jenjang, cycle, unit)


@router.post("", status_code=202)
async def stop(
    cycle: Key,
    wanted: Annotated[StandsStill, CLOSED],
    visitor: Officer,
    jenjang: Jenjang,
    response: Response,
    idempotency_key: NewKey = None,
) -> Ordered:
    """Stop all of it. Who refuses is named in the result, at /api/v1/remedies/{id}."""
    order = await order_stop(jenjang, actor(visitor), cycle, wanted, idempotency_key or new_id())
    response.headers["Location"] = f"/api/v1/remedies/{order}"
    return Ordered(id=order)


@router.post("/{order}/release", status_code=202)
async def release(
    cycle: Key,
    order: OrderKey,
    wanted: Annotated[GoesOn, CLOSED],
    visitor: Officer,
    jenjang: Jenjang,
    response: Response,
    idempotency_key: NewKey = None,
) -> Ordered:
    """Let everything go on that still stands still by this order; what was held for another reason stays held."""
    made = await order_release(jenjang, actor(visitor), cycle, order, wanted.reason, idempotency_key or new_id())
    response.headers["Location"] = f"/api/v1/remedies/{made}"
    return Ordered(id=made)


async def looked_at(jenjang: Services, cycle: str, unit: str) -> Touched:
    """What an order would stop of a cycle that runs; a refusal where it has no such unit."""
    async with jenjang.reading() as session:
        found = await standstill.touched(session, Scope(cycle, unit))
    if unit and not (found.groups or found.cases or found.held):
        raise InvalidBulk("This cycle has nothing open of such a unit.", "unit", "Choose one of the cycle's units.")
    return found


async def order_stop(jenjang: Services, who: Actor, cycle: str, wanted: StandsStill, order: str) -> str:
    """The order's id. The same id again is the same order; a refusal stops nothing."""
    if await _ordered_before(jenjang, order):
        return order
    found, unit = await at_work(jenjang, cycle), wanted.unit
    demand_end(wanted.until, jenjang.now(), found["closes_at"])
    if not (await looked_at(jenjang, cycle, unit)).anything:
        raise NothingToDecide("Everything there stands still already, or has ended.", "unit", "Choose another unit.")
    await started(jenjang, BulkOrder(order, Hold(wanted.reason, wanted.until), who, (), Scope(cycle, unit)))
    return order


async def order_release(jenjang: Services, who: Actor, cycle: str, of: str, why: str, order: str) -> str:
    """The id of the order that releases. NOT_FOUND, UnderWay and NotOnHold release nothing."""
    if await _ordered_before(jenjang, order):
        return order
    async with jenjang.reading() as session:
        found = await standstill.standstill(session, cycle, of)
    if found is None:
        raise NOT_FOUND
    if not found.done:
        raise UnderWay("The order is still being carried out.", "", "Wait until everybody has been told.")
    if not found.stands:
        raise NotOnHold("Nothing stands still by this order any more.", "", "Load the page again.")
    await started(jenjang, BulkOrder(order, Release(why), who, (), Scope(cycle, found.unit, of)))
    return order


async def _ordered_before(jenjang: Services, order: str) -> bool:
    """An order is on record before anybody hears of it."""
    async with jenjang.reading() as session:
        return await orders_of_many.bulk(session, order) is not None
