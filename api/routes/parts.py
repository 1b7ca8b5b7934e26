"""What an earlier superior says of the part of the year that he saw, before the employee moved."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field

from adapters.database.desk.accounts import Visitor
from adapters.database.reads import case_rows, directory
from api import orders
from api.errors import NOT_FOUND
from api.routes.appraisals import At, Key, Taken
from api.security import Signed
from api.services import Jenjang, Services
from api.strict import CLOSED, json_router
from appraisal import commands
from appraisal.access import Action
from appraisal.people.parts import Part
from appraisal.targets import Plan
from appraisal.vocabulary import Rating, Step

router = json_router("/appraisals/{cycle}/{employee}/parts", ("appraisals",))


class Saying(BaseModel):
    """What was seen in the part that began on the day `since`; ratings are a proposal and may be left out."""

    since: date
    text: str = Field(max_length=4000)
    results: Rating | None = None
    behaviour: Rating | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What an earlier superior may see of the case: whose it is, where it stands, the own parts, and the targets."""

    employee: str
    step: Step
    parts: tuple[Part, ...]
    plan: Plan | None
    revision: int


async def seen(jenjang: Services, visitor: Visitor, cycle: str, employee: str) -> Seen:
    """The parts in which the visitor was the superior; NOT_FOUND where there are none."""
    facts = await orders.visible(jenjang, visitor, cycle, employee, Action.STATE_PART)
    async with jenjang.reading() as session:
        case = await case_rows.case(session, facts.id)
        names = await directory.person_names(session, (employee,))
    mine = tuple(part for part in case.parts[:-1] if part.superior == visitor.id) if case else ()
    if case is None or not mine:
        raise NOT_FOUND
    return Seen(names.get(employee, ""), case.step, mine, case.plan, case.revision)


@router.get("")
async def read(cycle: Key, employee: Key, visitor: Signed, jenjang: Jenjang) -> Seen:
    """The parts in which the visitor was the superior, with the targets."""
    return await seen(jenjang, visitor, cycle, employee)


@router.post("")
async def state(saying: Annotated[Saying, CLOSED], at: At) -> Taken:
    """Say it, or say it anew, until the superior of today has handed in the review."""
    return await at.give(commands.StatePart(saying.since, saying.text, saying.results, saying.behaviour))
