"""HR opens a closed case again while its cycle runs."""

from typing import Annotated

from pydantic import BaseModel

from adapters.database.desk.accounts import Visitor
from api import orders
from api.routes.appraisals import IdempotencyKey, Key
from api.security import Signed, actor
from api.services import Jenjang, Services
from api.strict import CLOSED, json_router
from appraisal.access import Action, demand
from appraisal.commands import Receipt
from appraisal.reopening import Reopen
from appraisal.vocabulary import Step
from workflows.cycle import CycleWorkflow
from workflows.identity import cycle_id

router = json_router(tags=("remedies",))


class GoesOnAt(BaseModel):
    """The step at which the case goes on, and why."""

    step: Step
    reason: str


@router.post("/appraisals/{cycle}/{employee}/reopening")
async def reopen(
    cycle: Key,
    employee: Key,
    wish: Annotated[GoesOnAt, CLOSED],
    visitor: Signed,
    jenjang: Jenjang,
    idempotency_key: IdempotencyKey = None,
) -> Receipt:
    """The case goes on at a step that it had reached; its outcome is taken back, and the cycle waits for it."""
    return await tell(jenjang, visitor, (cycle, employee), wish.step, wish.reason, idempotency_key)


async def tell(
    jenjang: Services, visitor: Visitor, case: tuple[str, str], step: Step, why: str, key: str | None
) -> Receipt:
    """Give the order to the cycle's process, which knows the dates that hold now."""
    facts, who = await orders.visible(jenjang, visitor, *case), actor(visitor)
    demand(who, Action.REOPEN, facts.parties)
    order = Reopen(case[1], step, why, who)
    return await orders.tell(jenjang, visitor, cycle_id(case[0]), CycleWorkflow.reopen, order, key)
