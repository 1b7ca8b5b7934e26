"""What frees cases: one remedy for one case, or one for many."""

from typing import Annotated, Any

from fastapi import Header, Path, Response
from pydantic import BaseModel, Field
from temporalio.common import WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError

from adapters.database.ids import new_id
from adapters.database.reads import bulk as orders_of_many
from api.errors import NOT_FOUND
from api.routes.appraisals import At, Taken
from api.security import Overseer, actor, scope
from api.services import Jenjang, Services
from api.strict import CLOSED, json_router
from appraisal.bulk import BulkOrder, ordered
from appraisal.commands import Remedy
from appraisal.errors import InvalidBulk
from workflows.bulk import BulkWorkflow
from workflows.identity import bulk_id

router = json_router(tags=("remedies",))

OneRemedy = Annotated[Remedy, Field(discriminator="kind")]
OrderKey = Annotated[str, Path(pattern="^[A-Za-z0-9-]{1,32}$")]
NewKey = Annotated[str | None, Header(alias="Idempotency-Key", pattern="^[A-Za-z0-9-]{1,32}$")]


class ManyCases(BaseModel):
    """One remedy for these cases, each by the id of its process (`appraisal/{cycle}/{employee}`)."""

    remedy: OneRemedy
    cases: tuple[Annotated[str, Field(max_length=64)], ...]


class Ordered(BaseModel):
    """The id of the order; how it goes is at /api/v1/remedies/{id}."""

    id: str


@router.post("/appraisals/{cycle}/{employee}/remedy")
async def free(remedy: Annotated[OneRemedy, CLOSED], at: At) -> Taken:
    """Nudge, extend, hold, release, take over, send back or close this case."""
    return await at.give(remedy)


@router.post("/remedies", status_code=202)
async def free_many(
    many: Annotated[ManyCases, CLOSED],
    visitor: Overseer,
    jenjang: Jenjang,
    response: Response,
    idempotency_key: NewKey = None,
) -> Ordered:
    """The same for up to 5000 cases. Each takes it once; those that refuse are named in the result."""
    order = BulkOrder(idempotency_key or new_id(), many.remedy, actor(visitor), many.cases)
    await begin(jenjang, order, scope(visitor))
    response.headers["Location"] = f"/api/v1/remedies/{order.id}"
    return Ordered(id=order.id)


async def begin(jenjang: Services, order: BulkOrder, units: tuple[str, ...] | None) -> None:
    """Check the order and start its process; the same id again changes nothing. InvalidBulk names what is wrong.

    `units` are those of an officer of a unit, to whom other cases are unknown.
    """
    ordered(order, jenjang.now())
    async with jenjang.reading() as session:
        known = await orders_of_many.employees(session, order.cases, units)
    unknown = next((case for case in order.cases if case not in known), None)
    if unknown is not None:
        raise InvalidBulk(f"There is no case {unknown}.", "cases", "Load the board again and choose from it.")
    await started(jenjang, order)


async def started(jenjang: Services, order: BulkOrder) -> None:
    """Start the order's process, unless there is one of this id; what is wrong with the order itself is refused."""
    state = ordered(order, jenjang.now())
    try:
        await jenjang.temporal.start_workflow(
            BulkWorkflow.run,
            state,
            id=bulk_id(order.id),
            task_queue=jenjang.settings.task_queue,
            id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
        )
    except WorkflowAlreadyStartedError:
        return


@router.get("/remedies/{order}")
async def result(order: OrderKey, visitor: Overseer, jenjang: Jenjang) -> dict[str, Any]:
    """How far the order is: cases that took the remedy, and each that refused it with the reason's code.

    An officer of a unit sees the own orders.
    """
    async with jenjang.reading() as session:
        found = await orders_of_many.bulk(session, order, None if visitor.hr else visitor.id)
    if found is None:
        raise NOT_FOUND
    return found
