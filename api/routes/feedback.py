"""Feedback at any time, and notes of talks: on record with author and time, shown to the employee."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, Field

from adapters.database.desk.accounts import Visitor
from adapters.database.desk.feedback import FeedbackRow
from adapters.database.reads import case_rows
from api import orders
from api.errors import NOT_FOUND
from api.routes.appraisals import IdempotencyKey, Key
from api.security import Signed, actor
from api.services import Jenjang, Services
from api.strict import CLOSED, json_router
from appraisal.access import Action, can, demand
from appraisal.case import Case
from appraisal.periods.feedback import Feedback, FeedbackKind, given

router = json_router("/appraisals/{cycle}/{employee}/feedback", ("feedback",))


class Words(BaseModel):
    """What is said. `about` is `target/{number}` or `behaviour/{value}`; a note of a talk may be about the whole."""

    kind: FeedbackKind = FeedbackKind.FEEDBACK
    about: str = Field(default="", max_length=12)
    text: str = Field(max_length=4000)


@dataclass(frozen=True, slots=True)
class Told:
    """All that was said in a year, the newest first, and whether this visitor may add to it."""

    rows: tuple[FeedbackRow, ...]
    may_add: bool


async def give(
    jenjang: Services, visitor: Visitor, case: tuple[str, str], said: Feedback, key: str | None
) -> tuple[FeedbackRow, ...]:
    """Keep it and tell the employee; all that was said, with it. A refusal changes nothing."""
    facts = await orders.visible(jenjang, visitor, *case)
    demand(actor(visitor), Action.GIVE_FEEDBACK, facts.parties)
    row = orders.order_id(visitor, f"{facts.id}.{key}" if key else None)
    one = given(said, await _case(jenjang, facts.id))
    await jenjang.feedback.give(facts.id, case[1], row, one, visitor.id, jenjang.now())
    return await jenjang.feedback.of_case(facts.id)


async def told(jenjang: Services, visitor: Visitor, case: tuple[str, str]) -> Told:
    """What was said of the work of this year, to everybody who may see the case."""
    facts = await orders.visible(jenjang, visitor, *case)
    may_add = can(actor(visitor), Action.GIVE_FEEDBACK, facts.parties).allowed
    return Told(await jenjang.feedback.of_case(facts.id), may_add and facts.step != "closed")


async def _case(jenjang: Services, case_id: str) -> Case:
    async with jenjang.reading() as session:
        found = await case_rows.case(session, case_id)
    if found is None:
        raise NOT_FOUND
    return found


@router.get("")
async def read(cycle: Key, employee: Key, visitor: Signed, jenjang: Jenjang) -> tuple[FeedbackRow, ...]:
    """What was said, the newest first."""
    return (await told(jenjang, visitor, (cycle, employee))).rows


@router.post("", status_code=201)
async def say(
    cycle: Key,
    employee: Key,
    words: Annotated[Words, CLOSED],
    visitor: Signed,
    jenjang: Jenjang,
    idempotency_key: IdempotencyKey = None,
) -> tuple[FeedbackRow, ...]:
    """Say something of the work at any time while the year is open; the employee is told."""
    said = Feedback(words.kind, words.text, words.about)
    return await give(jenjang, visitor, (cycle, employee), said, idempotency_key)
