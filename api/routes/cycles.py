"""Cycles: launch one, watch it."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import Query, Response
from pydantic import BaseModel, Field
from temporalio.service import RPCError, RPCStatusCode

from adapters.database.reads import board, calendars, case_rows, directory
from adapters.database.reads.acts import Acts
from adapters.database.reads.acts import acts as counted
from adapters.database.reads.invited import invited
from api.errors import NOT_FOUND
from api.orders import ACCEPTING, order_id, unreachable
from api.paging import ByInstant
from api.policies import PolicyName, PolicyNumber, policy_named
from api.routes.appraisals import IdempotencyKey, Key
from api.routes.work import after, place
from api.security import Officer, Overseer, Signed, actor, scope
from api.services import Jenjang, Services
from api.strict import CLOSED, json_router
from appraisal.access import Actor
from appraisal.cycle import Cycle, Launch, launched
from appraisal.errors import InvalidLaunch
from appraisal.policy.dates import Dates, calendar_years
from appraisal.policy.dates import dates as planned_dates
from appraisal.policy.policy import Policy
from appraisal.vocabulary import Step
from runtime.processes import start_once
from workflows.cycle import CycleWorkflow
from workflows.identity import cycle_id

router = json_router("/cycles", ("cycles",))


class NewCycle(BaseModel):
    """A cycle to launch under this policy; without `units` and `people` everybody takes part.

    `policy_version` is the version that was looked at, for which the newest stands in.
    """

    year: int
    name: str = Field(max_length=200)
    policy: PolicyName = "annual"
    policy_version: PolicyNumber | None = None
    starts_at: datetime | None = None
    units: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


class Launched(BaseModel):
    """The id of the new cycle, and what its dates were checked with.

    In an unconfirmed year the days off are estimates or incomplete: import the decree (kind `holidays`) first if the
    dates matter. A cycle keeps the dates of its launch until it is given others.
    """

    id: str
    calendar_version: int
    unconfirmed_years: tuple[int, ...]


@router.post("", status_code=202)
async def launch(
    new: Annotated[NewCycle, CLOSED],
    visitor: Officer,
    jenjang: Jenjang,
    response: Response,
    idempotency_key: IdempotencyKey = None,
) -> Launched:
    """Launch a cycle. Dates and people are checked first; the cases then start in the background, as the cycle shows.

    The same key again is the same launch: it gets the same id, and nothing else begins.
    """
    launched = await begin(jenjang, actor(visitor), new, order_id(visitor, idempotency_key))
    response.headers["Location"] = f"/api/v1/cycles/{launched.id}"
    return launched


async def begin(jenjang: Services, who: Actor, new: NewCycle, cycle: str) -> Launched:
    """Check the order and start the process of this new `cycle`; InvalidLaunch or InvalidPolicy changes nothing.

    Whoever asks a second time with the same id finds the first one's cycle, and begins nothing.
    """
    asked = await _asked_before(jenjang, cycle)
    state = asked or launched(await _order(jenjang, who, new, cycle), jenjang.now())
    order = state.launch
    planned = await dates(jenjang, order.policy, order.starts_at, order.year)
    if asked is None:
        await _start(jenjang, state, planned)
    return Launched(id=cycle, calendar_version=planned.calendar or 0, unconfirmed_years=planned.unconfirmed)


async def _asked_before(jenjang: Services, cycle: str) -> Cycle | None:
    """What was launched under this id: it stands, also where the same order would be refused by now."""
    try:
        return await jenjang.temporal.get_workflow_handle(cycle_id(cycle)).query(
            CycleWorkflow.cycle, rpc_timeout=ACCEPTING
        )
    except RPCError as failed:
        if failed.status is RPCStatusCode.NOT_FOUND:
            return None
        raise unreachable(failed) from failed


async def _order(jenjang: Services, who: Actor, new: NewCycle, cycle: str) -> Launch:
    policy = await policy_named(jenjang, new.policy, new.policy_version)
    starts_at = new.starts_at or jenjang.now()
    if starts_at.tzinfo is None:
        raise InvalidLaunch("The start has no time zone.", "starts_at", "Write it like 2027-01-04T07:30:00+07:00.")
    return Launch(cycle, new.year, new.name, policy, starts_at, who, new.units, new.people)


async def _start(jenjang: Services, state: Cycle, planned: Dates) -> None:
    if planned.timetable.window(Step.TARGETS).due <= jenjang.now():
        raise InvalidLaunch(
            "Targets would be due before the cycle starts.", "starts_at", "Choose a later start or year."
        )
    async with jenjang.reading() as session:
        if not await invited(session, state.launch.units, state.launch.people, jenjang.today()):
            raise InvalidLaunch("Nobody would take part.", "units", "Import people first, or choose other units.")
    await start_once(jenjang.temporal, CycleWorkflow.run, state, cycle_id(state.id), jenjang.settings.task_queue)


async def dates(jenjang: Services, policy: Policy, starts_at: datetime, year: int) -> Dates:
    """The dates that a cycle under this policy would have if it were launched now."""
    async with jenjang.reading() as session:
        almanac = await calendars.almanac_of(session, calendar_years(year))
        schedules = await calendars.unit_schedules(session, jenjang.today())
    return planned_dates(policy, starts_at, year, almanac, schedules)


@router.get("")
async def cycles(visitor: Signed, jenjang: Jenjang) -> tuple[dict[str, Any], ...]:
    """All cycles, newest first."""
    async with jenjang.reading() as session:
        return await directory.cycles(session)


async def known(jenjang: Services, cycle: str) -> dict[str, Any]:
    """The cycle, or NOT_FOUND."""
    async with jenjang.reading() as session:
        found = await directory.cycle(session, cycle)
    if found is None:
        raise NOT_FOUND
    return found


@router.get("/{cycle}")
async def cycle(cycle: Key, visitor: Overseer, jenjang: Jenjang) -> dict[str, Any]:
    """One cycle with counts and ageing by step and by unit; an officer of a unit has the counts of its cases."""
    found, seen = await known(jenjang, cycle), scope(visitor)
    async with jenjang.reading() as session:
        steps = await board.by_step(session, cycle, jenjang.now(), seen)
        units = await board.by_unit(session, cycle, jenjang.now(), seen)
        totals = await board.totals(session, cycle, seen)
    return {**found, "steps": steps, "units": units, "totals": totals}


@router.get("/{cycle}/acts")
async def acts(cycle: Key, visitor: Officer, jenjang: Jenjang) -> Acts:
    """What people and the clock did: events by kind, escalations by level, closed cases by the way they left."""
    await known(jenjang, cycle)
    async with jenjang.reading() as session:
        return await counted(session, cycle)


@router.get("/{cycle}/cases")
async def cases(
    cycle: Key,
    visitor: Overseer,
    jenjang: Jenjang,
    paging: ByInstant,
    step: Step | None = None,
    unit: Annotated[str | None, Query(max_length=12)] = None,
    overdue: bool = False,
) -> tuple[case_rows.CaseRow, ...]:
    """Cases of a cycle with holder and since when, the longest due first; closed ones by id where `step` asks for them."""
    await known(jenjang, cycle)
    behind, last = jenjang.now() if overdue else None, after(paging.after)
    async with jenjang.reading() as session:
        rows = await case_rows.cases_of_cycle(session, cycle, step, unit, behind, last, paging.read, scope(visitor))
    return case_rows.as_told(paging.cut(rows, place), visitor.id)
