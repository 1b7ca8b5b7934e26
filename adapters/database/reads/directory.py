"""Who is who: people, units, indicators, trainings, cycles, as lists and forms need them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import or_, select, tuple_

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.periods import in_force
from adapters.database.reads.offices import within
from adapters.database.reads.serving import ASSIGNMENT, IN_OFFICE, PERSON, POSITION, called, serving
from adapters.database.tables import desk, organisation, process
from appraisal.cycle import Phase
from appraisal.vocabulary import WAY, Step

UNIT_PERIOD = table_of(organisation.UnitPeriod)
INDICATOR, TRAINING = table_of(organisation.Indicator), table_of(organisation.Training)
CYCLE, ACCOUNT = table_of(process.Cycle), table_of(desk.Account)
CYCLE_SHOWN = tuple(column for column in CYCLE.c if column.name != "document")
ROSTER_IMPORT, CALIBRATION = table_of(process.RosterImport), table_of(process.Calibration)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line of the list of people."""

    id: str
    name: str
    employment: str
    title: str
    unit_id: str
    supervisor_id: str | None
    has_account: bool
    has_reports: bool


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator that a target can be tied to."""

    id: str
    code: str
    name: str
    unit_of_measure: str
    target: Decimal


async def unit_names(session: Session, on: date) -> dict[str, str]:
    """Names of all units on that day."""
    query = select(UNIT_PERIOD.c.unit_id, UNIT_PERIOD.c.name).where(in_force(UNIT_PERIOD, on))
    return {row.unit_id: row.name for row in await session.execute(query)}


async def person_names(session: Session, people: tuple[str, ...]) -> dict[str, str]:
    """Names of these people; ids that are nobody's are left out."""
    found = await session.execute(select(PERSON.c.id, PERSON.c.name).where(PERSON.c.id.in_(people)))
    return {row.id: row.name for row in found}


async def people(
    session: Session,
    on: date,
    search: str = "",
    after: tuple[str, str] | None = None,
    limit: int = 50,
    units: tuple[str, ...] | None = None,
) -> tuple[PersonRow, ...]:
    """People with an assignment on that day, in these units or in all, by name; `after` is (name, id) of the last row."""
    joined = IN_OFFICE.outerjoin(ACCOUNT, ACCOUNT.c.person_id == PERSON.c.id)
    columns = (PERSON.c.id, PERSON.c.name, PERSON.c.employment, POSITION.c.title, POSITION.c.unit_id)
    below = ASSIGNMENT.alias("below")
    leads = select(below.c.id).where(below.c.supervisor_id == PERSON.c.id, in_force(below, on)).exists()
    query = select(*columns, ASSIGNMENT.c.supervisor_id, ACCOUNT.c.id.is_not(None), leads).select_from(joined)
    query = query.where(serving(on), *within(POSITION.c.unit_id, units))
    if search:
        query = query.where(called(search))
    if after:
        query = query.where(tuple_(PERSON.c.name, PERSON.c.id) > tuple_(*after))
    found = await session.execute(query.order_by(PERSON.c.name, PERSON.c.id).limit(limit))
    return tuple(PersonRow(*row) for row in found)


async def indicators(session: Session, unit: str, year: int) -> tuple[IndicatorRow, ...]:
    """The unit's indicators of that year by code."""
    query = select(*(INDICATOR.c[name] for name in IndicatorRow.__dataclass_fields__))
    query = query.where(INDICATOR.c.unit_id == unit, INDICATOR.c.year == year).order_by(INDICATOR.c.code)
    return tuple(IndicatorRow(*row) for row in await session.execute(query))


async def training_name(session: Session, training: str) -> str | None:
    """What the catalogue calls this training, of whatever year it is: a cycle fills the next one's seats."""
    found: str | None = await session.scalar(select(TRAINING.c.name).where(TRAINING.c.id == training))
    return found


async def cycles(session: Session) -> tuple[dict[str, Any], ...]:
    """All cycles, newest first."""
    found = await session.execute(select(*CYCLE_SHOWN).order_by(CYCLE.c.starts_at.desc(), CYCLE.c.id))
    return tuple(dict(row) for row in found.mappings())


async def cycle(session: Session, cycle_id: str) -> dict[str, Any] | None:
    """One cycle with its frozen policy and dates."""
    found = (await session.execute(select(*CYCLE_SHOWN).where(CYCLE.c.id == cycle_id))).mappings().first()
    return dict(found) if found else None


async def steps_of(session: Session, cycle_id: str = "", stood_at: Collection[str] = ()) -> tuple[Step, ...]:
    """The open steps to which this cycle can bring a case, or any that has not closed; and those at which one stands."""
    which = CYCLE.c.id == cycle_id if cycle_id else CYCLE.c.phase != Phase.CLOSED
    found = [dates for dates in await session.scalars(select(CYCLE.c.timetable).where(which)) if dates]
    dated = {window["step"] for dates in found for window in dates["windows"]} | set(stood_at)
    return tuple(step for step in WAY if step is not Step.ENDORSEMENT or step in dated)


async def roster_import(session: Session, batch: str) -> dict[str, Any] | None:
    """One import with its problems and differences; None before its file has been read."""
    found = (await session.execute(select(ROSTER_IMPORT).where(ROSTER_IMPORT.c.id == batch))).mappings().first()
    return dict(found) if found else None


async def roster_imports(session: Session, limit: int = 20) -> tuple[dict[str, Any], ...]:
    """The newest imports without their details."""
    columns = ("id", "kind", "filename", "effective_on", "phase", "created_at")
    query = (
        select(*(ROSTER_IMPORT.c[name] for name in columns)).order_by(ROSTER_IMPORT.c.created_at.desc()).limit(limit)
    )
    return tuple(dict(row) for row in (await session.execute(query)).mappings())


async def calibrations(
    session: Session, people: tuple[str, ...] | None, cycle: str, units: tuple[str, ...] = ()
) -> tuple[dict[str, Any], ...]:
    """Calibrations that these people lead or were handed, whose head answers to them, and those of these units (people None:
    all), soonest due first."""
    columns = [column for column in CALIBRATION.c if column.name != "document"]
    query = select(*columns).order_by(CALIBRATION.c.due_at, CALIBRATION.c.id).limit(500)
    if people is not None:
        columns_of = (CALIBRATION.c.head_id, CALIBRATION.c.escalated_to, CALIBRATION.c.superior_id)
        theirs = (column.in_(people) for column in columns_of)
        query = query.where(or_(*theirs, *((CALIBRATION.c.unit_id.in_(units),) if units else ())))
    query = query.where(CALIBRATION.c.cycle_id == cycle) if cycle else query
    return tuple(dict(row) for row in (await session.execute(query)).mappings())
