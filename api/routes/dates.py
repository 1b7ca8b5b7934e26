"""Other dates for a cycle that runs: look at what would change, then order it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import Query, Response
from pydantic import BaseModel

from adapters.database.documents import TIMETABLE
from adapters.database.reads import board
from api.orders import order_cycle
from api.policies import PolicyName, PolicyNumber, policy_named
from api.routes.appraisals import IdempotencyKey, Key
from api.routes.cycles import dates, known
from api.security import Officer, actor
from api.services import Jenjang, Services
from api.strict import CLOSED, json_router
from appraisal.access import Actor
from appraisal.cycle import NewDates, Phase
from appraisal.rescheduling import ahead, demand_phase
from appraisal.timetable import Timetable, Window
from appraisal.vocabulary import STAGES, Step
from workflows.cycle import CycleWorkflow

router = json_router("/cycles/{cycle}/dates", ("cycles",))


class OtherDates(BaseModel):
    """The policy whose dates and ladder hold from now on, and why. Without `policy_version` it is the newest."""

    policy: PolicyName
    policy_version: PolicyNumber | None = None
    reason: str


class Ordered(BaseModel):
    """The cycle's revision that holds the change, null while it is not on record yet; how it goes on, the cycle tells."""

    revision: int | None


@dataclass(frozen=True, slots=True)
class StepDates:
    """One step before and after, None where the cycle does not have it then; and how many open cases stand at it now."""

    step: Step
    before: Window | None
    after: Window | None
    cases: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What would change, in the dates of the agency. `cases` are open; `units` have dates of their own.

    `calendar` is the version of the days off that the new dates are made with, `unconfirmed` the years that are not certain.
    """

    name: str
    version: int
    starts_at: datetime
    closes_before: datetime
    closes_after: datetime
    grace: timedelta
    steps: tuple[StepDates, ...]
    cases: int
    units: int
    calendar: int
    unconfirmed: tuple[int, ...]

    @property
    def timetable(self) -> Timetable:
        """The new dates as a whole."""
        windows = tuple(one.after for one in self.steps if one.after)
        return Timetable(windows, self.grace, self.closes_after)


@router.get("/preview")
async def preview(
    cycle: Key,
    visitor: Officer,
    jenjang: Jenjang,
    policy: Annotated[PolicyName, Query()],
    policy_version: Annotated[PolicyNumber | None, Query()] = None,
) -> Preview:
    """What this policy would change, step by step. Nothing happens yet."""
    return await looked_at(jenjang, cycle, policy, policy_version)


@router.post("", status_code=202)
async def change(
    cycle: Key,
    wanted: Annotated[OtherDates, CLOSED],
    visitor: Officer,
    jenjang: Jenjang,
    response: Response,
    idempotency_key: IdempotencyKey = None,
) -> Ordered:
    """Change the dates of a running cycle. Everybody with an open case, each calibration and the nomination then follow."""
    ordered = await order(jenjang, actor(visitor), cycle, wanted, idempotency_key)
    response.headers["Location"] = f"/api/v1/cycles/{cycle}"
    return ordered


async def at_work(jenjang: Services, cycle: str) -> dict[str, Any]:
    """The cycle, if it runs on record; NOT_FOUND, AlreadyClosed or StillStarting otherwise."""
    found = await known(jenjang, cycle)
    demand_phase(Phase(found["phase"]))
    return found


async def looked_at(jenjang: Services, cycle: str, policy: str, version: int | None = None) -> Preview:
    """The dates before and after; NOT_FOUND, or a refusal where the cycle cannot have these dates."""
    found = await at_work(jenjang, cycle)
    wanted = await policy_named(jenjang, policy, version)
    new = await dates(jenjang, wanted, found["starts_at"], found["year"])
    ahead(new, jenjang.now())
    async with jenjang.reading() as session:
        counts = {one.step: one.cases for one in await board.by_step(session, cycle, jenjang.now())}
    old: Timetable = TIMETABLE.validate_python(found["timetable"])
    before, after = ({window.step: window for window in table.windows} for table in (old, new.timetable))
    known = [step for step in STAGES if step in before or step in after]
    steps = tuple(StepDates(step, before.get(step), after.get(step), counts.get(step, 0)) for step in known)
    return Preview(
        policy,
        wanted.version,
        found["starts_at"],
        old.closes,
        new.timetable.closes,
        new.timetable.grace,
        steps,
        sum(one.cases for one in steps),
        sum(len(own.units) for own in new.units),
        new.calendar or 0,
        new.unconfirmed,
    )


async def order(jenjang: Services, who: Actor, cycle: str, wanted: OtherDates, key: str | None) -> Ordered:
    """Give the cycle's process the new dates. The same key again gets the same answer and changes nothing."""
    await known(jenjang, cycle)
    policy = await policy_named(jenjang, wanted.policy, wanted.policy_version)
    new = NewDates(policy, wanted.reason, who)
    return Ordered(revision=await order_cycle(jenjang, who, cycle, CycleWorkflow.reschedule, new, key))
