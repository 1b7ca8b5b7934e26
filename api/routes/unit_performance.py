"""The performance of units: their indicators quarter by quarter, and their results; read by the unit and those above it."""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, Field

from adapters.database.desk.accounts import Visitor
from adapters.database.engine import Session
from adapters.database.reads import directory
from adapters.database.reads import unit_performance as record
from adapters.database.reads.unit_performance import InCycle
from api.errors import NOT_FOUND, NOT_YOURS
from api.orders import order_id
from api.routes.appraisals import IdempotencyKey, Key
from api.routes.work import Year
from api.security import Signed, actor
from api.services import Jenjang, Services
from api.strict import CLOSED, json_router
from appraisal.access import Action, can
from appraisal.group import GroupPhase
from appraisal.parties import Parties
from appraisal.unit.performance import Actual, Followed, ended, entered
from appraisal.vocabulary import UnitResult

router = json_router("/units/{unit}", ("performance of units",))


class Entry(BaseModel):
    """What an indicator has reached at the end of a quarter (1 to 4), counted from the beginning of the year."""

    quarter: int
    value: Decimal
    evidence: str = Field(default="", max_length=1000)
    remark: str = Field(default="", max_length=4000)


@dataclass(frozen=True, slots=True)
class Result:
    """The result of a unit in one cycle. `by` recorded it, `for_whom` decided where somebody else did; `sets` says whether
    the visitor may set it now."""

    cycle: str
    cycle_name: str
    phase: GroupPhase
    result: UnitResult | None
    sets: bool
    reason: str = ""
    by: str = ""
    for_whom: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Performance:
    """A unit's performance in one year. `enters` says whether the visitor may enter values, `ended` for which quarters."""

    unit: str
    name: str
    year: int
    head: str | None
    enters: bool
    ended: tuple[int, ...]
    indicators: tuple[Followed, ...]
    results: tuple[Result, ...]


async def people_of(session: Session, jenjang: Services, visitor: Visitor, unit: str) -> Parties:
    """The people of a unit for whoever works in it, is above it or HR for it; NOT_FOUND for everybody else."""
    found = (await record.people_of(session, (unit,), jenjang.today(), jenjang.now())).get(unit)
    if found is None:
        raise NOT_FOUND
    if can(actor(visitor), Action.VIEW_UNIT, found).allowed:
        return found
    if unit not in await record.own_units(session, visitor.id, jenjang.today()):
        raise NOT_FOUND
    return found


async def readable(session: Session, jenjang: Services, visitor: Visitor, year: int) -> tuple[str, ...]:
    """The units with indicators in that year whose performance the visitor may read."""
    units = await record.measured_units(session, year)
    own = await record.own_units(session, visitor.id, jenjang.today())
    people = await record.people_of(session, units, jenjang.today(), jenjang.now())
    who = actor(visitor)
    return tuple(unit for unit in people if unit in own or can(who, Action.VIEW_UNIT, people[unit]).allowed)


async def read(jenjang: Services, visitor: Visitor, unit: str, year: int) -> Performance:
    """The performance of this unit in this year."""
    async with jenjang.reading() as session:
        people = await people_of(session, jenjang, visitor, unit)
        names = await directory.unit_names(session, jenjang.today())
        indicators = await record.followed(session, (unit,), year)
        cycles = (await record.in_cycles(session, (unit,), year)).get(unit, ())
        results = [await _result(session, visitor, one) for one in cycles]
    enters = can(actor(visitor), Action.RECORD_ACTUAL, people).allowed
    over = ended(year, jenjang.today())
    return Performance(unit, names.get(unit, unit), year, people.head, enters, over, indicators, tuple(results))


async def enter(
    jenjang: Services, visitor: Visitor, unit: str, indicator: str, entry: Entry, key: str | None
) -> Followed:
    """Keep what this indicator has reached; a value for the same quarter corrects the one before, which stays on record."""
    async with jenjang.reading() as session:
        people = await people_of(session, jenjang, visitor, unit)
        if await record.one_followed(session, unit, indicator) is None:
            raise NOT_FOUND
    if not can(actor(visitor), Action.RECORD_ACTUAL, people).allowed:
        raise NOT_YOURS
    now, today = jenjang.present()
    given = Actual(entry.quarter, 0, entry.value, entry.evidence, entry.remark, visitor.id, now)
    row = order_id(visitor, f"{indicator}.{key}" if key else None)
    await jenjang.performance.enter(row, unit, indicator, lambda known: entered(known, given, today), now)
    async with jenjang.reading() as session:
        found = await record.one_followed(session, unit, indicator)
    assert found is not None, "indicators are never deleted"
    return found


async def _result(session: Session, visitor: Visitor, one: InCycle) -> Result:
    state, running = one.calibration, one.calibration.phase in (GroupPhase.WAITING, GroupPhase.OPEN)
    sets = running and can(actor(visitor), Action.SET_UNIT_RESULT, state.parties).allowed
    shown = Result(one.cycle, one.cycle_name, state.phase, state.unit_result, sets)
    told = await record.set_by(session, state.id) if state.unit_result else None
    if told is None:
        return shown
    return replace(shown, reason=told["reason"], by=told["actor"], for_whom=told["on_behalf_of"], at=told["at"])


@router.get("/performance")
async def performance(unit: Key, year: Year, visitor: Signed, jenjang: Jenjang) -> Performance:
    """The indicators of the unit with all that was entered for them, and its result in each cycle of the year."""
    return await read(jenjang, visitor, unit, year)


@router.post("/indicators/{indicator}/actuals", status_code=201)
async def actual(
    unit: Key,
    indicator: Key,
    entry: Annotated[Entry, CLOSED],
    visitor: Signed,
    jenjang: Jenjang,
    idempotency_key: IdempotencyKey = None,
) -> Followed:
    """Enter what the indicator has reached at the end of a quarter, or correct it: for the unit's head and for HR."""
    return await enter(jenjang, visitor, unit, indicator, entry, idempotency_key)
