"""The evaluations of a cycle's periods: read, plan, report and rate them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Path
from pydantic import BaseModel, Field

from adapters.database.desk.accounts import Visitor
from adapters.database.reads import case_rows, evaluations
from adapters.database.reads.evaluations import PeriodFigures, PeriodRow
from api import orders
from api.errors import NOT_FOUND
from api.routes.appraisals import IdempotencyKey, Key
from api.security import Overseer, Signed, actor, scope
from api.services import Jenjang, Services
from api.strict import CLOSED, json_router
from appraisal.access import Action, can
from appraisal.assessment import Realisation, Review
from appraisal.commands import Receipt
from appraisal.periods.evaluation import Evaluation, PeriodOrder, PlanActions, RatePeriod, ReportPeriod, agreed
from appraisal.periods.evaluation_rules import BELONGS_TO
from appraisal.targets import MOST, Plan
from workflows.identity import appraisal_id, period_id
from workflows.period import PeriodWorkflow

router = json_router(tags=("periods",))
Where = tuple[str, str, int]
Wish = Callable[[Plan | None], PlanActions | ReportPeriod | RatePeriod]
"""A command, once the targets are known by which the period is measured."""
Number = Annotated[int, Path(ge=1, le=12)]
Text = Annotated[str, Field(max_length=4000)]
PERIODS = "/appraisals/{cycle}/{employee}/periods"


class Actions(BaseModel):
    """What will be done in the period (rencana aksi), one text for each target."""

    actions: tuple[Text, ...] = Field(max_length=MOST)


class PeriodReport(BaseModel):
    """What was done and reached until the end of the period, one entry for each target."""

    actions: tuple[Text, ...] = Field(max_length=MOST)
    realisations: tuple[Realisation, ...] = Field(max_length=MOST)


@dataclass(frozen=True, slots=True)
class Whole:
    """An evaluation with what is not kept in it. `plan` is None while no targets have been agreed."""

    evaluation: Evaluation
    plan: Plan | None
    holder: str | None
    allowed: tuple[str, ...]


async def whole(jenjang: Services, visitor: Visitor, cycle: str, employee: str, number: int) -> Whole:
    """For everybody who may see the annual case, and for those who saw the period; NOT_FOUND for all others."""
    async with jenjang.reading() as session:
        found = await evaluations.evaluation(session, period_id(cycle, employee, number))
        case = await case_rows.case(session, appraisal_id(cycle, employee))
    who = actor(visitor)
    if found is None or case is None:
        raise NOT_FOUND
    if not can(who, Action.VIEW, found.parties).allowed:
        await orders.visible(jenjang, visitor, cycle, employee)
    kinds = (kind for kind, stage in BELONGS_TO.items() if stage is found.stage)
    allowed = tuple(kind for kind in kinds if can(who, Action(kind), found.parties).allowed)
    return Whole(found, found.plan or agreed(case), found.holder, allowed)


async def give(jenjang: Services, visitor: Visitor, where: Where, wish: Wish, key: str | None) -> Receipt:
    """Give an evaluation this command, and wait until it is on record. The same key again gets the same answer."""
    found = await whole(jenjang, visitor, *where)
    order = PeriodOrder(wish(found.plan), actor(visitor))
    return await orders.tell(jenjang, visitor, found.evaluation.id, PeriodWorkflow.perform, order, key)


@dataclass(frozen=True, slots=True)
class Door:
    """One person's way to one evaluation."""

    where: Where
    visitor: Visitor
    jenjang: Services
    key: str | None

    async def give(self, wish: Wish) -> Receipt:
        return await give(self.jenjang, self.visitor, self.where, wish, self.key)


async def door(
    cycle: Key,
    employee: Key,
    number: Number,
    visitor: Signed,
    jenjang: Jenjang,
    idempotency_key: IdempotencyKey = None,
) -> Door:
    return Door((cycle, employee, number), visitor, jenjang, idempotency_key)


At = Annotated[Door, Depends(door)]


@router.get("/periods")
async def waiting(visitor: Signed, jenjang: Jenjang) -> tuple[PeriodRow, ...]:
    """What waits for the visitor, the longest due first: reports of periods that are over, and ratings."""
    async with jenjang.reading() as session:
        return await evaluations.waiting_periods(session, visitor.id, jenjang.now())


@router.get("/cycles/{cycle}/periods")
async def figures(cycle: Key, visitor: Overseer, jenjang: Jenjang) -> tuple[PeriodFigures, ...]:
    """How many have reported and were rated, by period; an officer of a unit sees that unit."""
    async with jenjang.reading() as session:
        return await evaluations.figures(session, cycle, scope(visitor))


@router.get(PERIODS)
async def all_of(cycle: Key, employee: Key, visitor: Signed, jenjang: Jenjang) -> tuple[PeriodRow, ...]:
    """The periods of this employee that have begun, in order."""
    await orders.visible(jenjang, visitor, cycle, employee)
    async with jenjang.reading() as session:
        return await evaluations.evaluations_of(session, cycle, employee)


@router.get(f"{PERIODS}/{{number}}")
async def one(at: At) -> Whole:
    """One period, and what the visitor may do in it now."""
    return await whole(at.jenjang, at.visitor, *at.where)


@router.post(f"{PERIODS}/{{number}}/actions")
async def plan_actions(wish: Annotated[Actions, CLOSED], at: At) -> Receipt:
    """The employee says what will be done for each target in this period, as often as it changes."""
    return await at.give(lambda plan: PlanActions(plan, wish.actions))


@router.post(f"{PERIODS}/{{number}}/report")
async def report(told: Annotated[PeriodReport, CLOSED], at: At) -> Receipt:
    """The employee hands in what was done and reached; with evidence where the policy asks for it."""
    return await at.give(lambda plan: ReportPeriod(plan, told.actions, told.realisations))


@router.post(f"{PERIODS}/{{number}}/rating")
async def rate(review: Annotated[Review, CLOSED], at: At) -> Receipt:
    """The two ratings of whoever was the superior at the end of the period, each with its reason."""
    return await at.give(lambda plan: RatePeriod(plan, review))
