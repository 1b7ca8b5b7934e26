"""What heads of units say of the trainings proposed for their people."""

from dataclasses import replace
from typing import Annotated

from pydantic import BaseModel

from adapters.database.desk.accounts import Visitor
from adapters.database.reads import group_boards
from api.errors import NOT_FOUND
from api.orders import tell
from api.paging import ByRank
from api.routes.appraisals import IdempotencyKey, Key
from api.security import Signed, actor
from api.services import Jenjang, Services
from api.strict import CLOSED, json_router
from appraisal.commands import Receipt
from appraisal.training.heads_word import SayWords, Word
from appraisal.training.nomination import NominationOrder
from workflows.identity import nomination_id
from workflows.nomination import NominationWorkflow

router = json_router(tags=("calibrations and nominations",))


class Spoken(BaseModel):
    """What a head says of proposals; all of it counts or nothing."""

    words: tuple[Word, ...]


async def heads_board(
    jenjang: Services, visitor: Visitor, cycle: str, after: tuple[int, str] | None, size: int
) -> group_boards.HeadsBoard:
    """The proposals for the visitor's people; NOT_FOUND for whoever leads nobody in this cycle, or is not asked."""
    async with jenjang.reading() as session:
        found = await group_boards.heads_board(session, cycle, visitor.id, after, size)
    if found is None:
        raise NOT_FOUND
    return found


@router.get("/nominations/{cycle}/words")
async def proposed(cycle: Key, visitor: Signed, jenjang: Jenjang, paging: ByRank) -> group_boards.HeadsBoard:
    """The proposals for the people whom the visitor leads, with what was said of them."""
    found = await heads_board(jenjang, visitor, cycle, paging.after, paging.read)
    return replace(found, proposals=paging.cut(found.proposals, lambda one: one.key))


@router.post("/nominations/{cycle}/words")
async def say(
    cycle: Key,
    spoken: Annotated[Spoken, CLOSED],
    visitor: Signed,
    jenjang: Jenjang,
    idempotency_key: IdempotencyKey = None,
) -> Receipt:
    """Agree with proposals for the own people, or object with a reason, before HR decides."""
    await heads_board(jenjang, visitor, cycle, None, 1)
    order = NominationOrder(SayWords(spoken.words), actor(visitor))
    return await tell(jenjang, visitor, nomination_id(cycle), NominationWorkflow.perform, order, idempotency_key)
