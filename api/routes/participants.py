"""Who takes part in a running cycle: whoever was forgotten at its launch, or is new since, can be let in."""

from typing import Annotated

from fastapi import Query, Response
from pydantic import BaseModel, Field

from adapters.database.reads import joiners
from adapters.database.reads.joiners import CandidateRow
from api.orders import order_cycle
from api.paging import ByName, place_of
from api.routes.appointments import Name
from api.routes.appraisals import IdempotencyKey, Key
from api.routes.cycles import known
from api.routes.dates import Ordered
from api.security import Officer, actor
from api.services import Jenjang, Services
from api.strict import CLOSED, json_router
from appraisal.access import Actor
from appraisal.cycle import NewParticipants
from workflows.cycle import CycleWorkflow

router = json_router("/cycles/{cycle}/participants", ("cycles",))


class NewPeople(BaseModel):
    """These `people` take part from now on, and why. All of them, or nobody."""

    people: tuple[Name, ...]
    reason: str = Field(default="", max_length=4000)


@router.get("/candidates")
async def candidates(
    cycle: Key,
    visitor: Officer,
    jenjang: Jenjang,
    paging: ByName,
    search: Annotated[str, Query(max_length=100)] = "",
) -> tuple[CandidateRow, ...]:
    """PNS and PPPK with a position today who do not take part, by name; `search` is a part of the name."""
    await known(jenjang, cycle)
    async with jenjang.reading() as session:
        last = await place_of(session, paging.after)
        rows = await joiners.candidates(session, cycle, jenjang.today(), search.strip(), paging.read, last)
    return paging.cut(rows, lambda row: row.id)


@router.post("", status_code=202)
async def admit(
    cycle: Key,
    wanted: Annotated[NewPeople, CLOSED],
    visitor: Officer,
    jenjang: Jenjang,
    response: Response,
    idempotency_key: IdempotencyKey = None,
) -> Ordered:
    """Let people take part. Their cases start in the background, with at least the grace of the policy for the targets."""
    ordered = await order(jenjang, actor(visitor), cycle, wanted, idempotency_key)
    response.headers["Location"] = f"/api/v1/cycles/{cycle}"
    return ordered


async def order(jenjang: Services, who: Actor, cycle: str, wanted: NewPeople, key: str | None) -> Ordered:
    """Give the order to the cycle's process. The same key again gets the same answer and changes nothing."""
    await known(jenjang, cycle)
    new = NewParticipants(wanted.people, wanted.reason, who)
    return Ordered(revision=await order_cycle(jenjang, who, cycle, CycleWorkflow.admit, new, key))
