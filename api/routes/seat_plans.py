"""Two plans for the seats of a nomination, side by side: HR has them made, compares, and takes one as the basis."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Annotated

from fastapi import Response
from pydantic import BaseModel

from adapters.database.reads import seat_plans
from adapters.database.reads.case_rows import nomination as stored
from adapters.database.reads.seat_plans import PlannedSeat
from api import orders
from api.errors import NOT_FOUND
from api.paging import ByRank
from api.routes.appraisals import IdempotencyKey, IfMatch, Key, revision_of
from api.routes.cycles import known
from api.security import Officer, actor
from api.services import Jenjang, Services
from api.strict import CLOSED, json_router
from appraisal.seats.figures import Comparison
from appraisal.training.nomination import Basis, ComparePlans, Nomination, NominationOrder, TakePlan
from workflows.identity import nomination_id
from workflows.nomination import NominationWorkflow

router = json_router("/nominations/{cycle}", ("calibrations and nominations",))


@dataclass(frozen=True, slots=True)
class Shown:
    """The plans that a nomination has, None before they are made; `gaps` by plan: 0.01 is one per cent below the bound."""

    revision: int
    basis: Basis
    made_at: datetime | None
    comparison: Comparison | None
    gaps: dict[Basis, Decimal]


@dataclass(frozen=True, slots=True)
class Differences:
    """A page of those for whom the plans differ."""

    people: tuple[PlannedSeat, ...]


class Chosen(BaseModel):
    """The plan that undecided proposals are to follow."""

    basis: Basis


class Asked(BaseModel):
    """The order is on record at this revision; or, with 202, accepted: the plans appear at `status_url`."""

    revision: int | None
    status_url: str


async def shown(jenjang: Services, cycle: str) -> tuple[Nomination, Shown]:
    """The nomination and its plans; NOT_FOUND where there is no nomination."""
    async with jenjang.reading() as session:
        nomination = await stored(session, cycle)
        if nomination is None:
            raise NOT_FOUND
        plans = await seat_plans.plans_of(session, cycle, nomination.plans)
    found = plans.comparison if plans else None
    gaps = {Basis.RULE: found.gap(found.rule), Basis.OPTIMUM: found.gap(found.optimum)} if found else {}
    return nomination, Shown(nomination.revision, nomination.basis, plans.made_at if plans else None, found, gaps)


@router.get("/plans")
async def plans(cycle: Key, visitor: Officer, jenjang: Jenjang, response: Response) -> Shown:
    """Both plans in numbers: seats, needs met, units, cost, and the bound that no plan exceeds."""
    nomination, found = await shown(jenjang, cycle)
    response.headers["ETag"] = f'"{nomination.revision}"'
    return found


@router.get("/plans/differences")
async def differences(cycle: Key, visitor: Officer, jenjang: Jenjang, paging: ByRank) -> Differences:
    """Whom the plans treat differently, by rank, each with both reasons."""
    nomination, found = await shown(jenjang, cycle)
    if found.comparison is None:
        raise NOT_FOUND
    async with jenjang.reading() as session:
        people = await seat_plans.differences(session, nomination.cycle, paging.after, paging.read)
    return Differences(paging.cut(people, lambda one: one.key))


@router.post("/plans")
async def compare(
    cycle: Key, visitor: Officer, jenjang: Jenjang, response: Response, idempotency_key: IdempotencyKey = None
) -> Asked:
    """Make both plans for the undecided. With many people it takes longer than an answer: then 202, and they appear."""
    await known(jenjang, cycle)
    order = NominationOrder(ComparePlans(), actor(visitor))
    accepted = await orders.ask(
        jenjang, visitor, nomination_id(cycle), NominationWorkflow.perform, order, idempotency_key
    )
    url = f"/api/v1/nominations/{cycle}/plans"
    if accepted.receipt is None:
        response.status_code = 202
        response.headers["Location"] = url
    return Asked(revision=accepted.receipt.revision if accepted.receipt else None, status_url=url)


@router.post("/basis")
async def take(
    cycle: Key,
    chosen: Annotated[Chosen, CLOSED],
    visitor: Officer,
    jenjang: Jenjang,
    idempotency_key: IdempotencyKey = None,
    if_match: IfMatch = None,
) -> Asked:
    """Let the undecided proposals follow this plan. With `If-Match`, only if nobody has decided since that revision."""
    await known(jenjang, cycle)
    order = NominationOrder(TakePlan(chosen.basis), actor(visitor), revision_of(if_match))
    done = await orders.tell(jenjang, visitor, nomination_id(cycle), NominationWorkflow.perform, order, idempotency_key)
    return Asked(revision=done.revision, status_url=f"/api/v1/nominations/{cycle}/plans")
