"""What the record says about people who go: the facts that the rules ask for, the orders, and what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, select

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.periods import in_force
from adapters.database.reads.serving import ASSIGNMENT, DEFINITIVE, PERSON
from adapters.database.tables import appointments, departures, process
from appraisal.people.departure import FOR_A_TIME, Ground

DEPARTURE, RESULT = table_of(departures.Departure), table_of(departures.DepartureResult)
APPOINTMENT, APPRAISAL = table_of(appointments.Appointment), table_of(process.Appraisal)
CYCLE = table_of(process.Cycle)


@dataclass(frozen=True, slots=True)
class DepartureRow:
    """One person of an order. `away` says that the return is ahead, `settled_at` when all that follows had been tried."""

    order_id: str
    person_id: str
    person: str
    cause: str
    effective_on: date
    returns_on: date | None
    own_cases: str
    reason: str
    ordered_by: str
    ordered_at: datetime
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class ResultRow:
    """What an order did to one case, with the name of its cycle, or to one appointment; `refused` is empty where it was done."""

    subject: str
    person_id: str
    person: str
    cycle_id: str | None
    cycle: str | None
    treatment: str
    refused: str


async def ground(session: Session, people: Sequence[str], on: date, until: date | None) -> Ground:
    """The facts about these people on that day, and about absences that touch the time until then."""
    theirs = (ASSIGNMENT.c.person_id.in_(people), DEFINITIVE)
    serving = select(ASSIGNMENT.c.person_id).where(*theirs, in_force(ASSIGNMENT, on))
    later = select(ASSIGNMENT.c.person_id).where(ASSIGNMENT.c.person_id.in_(people), ASSIGNMENT.c.valid_from > on)
    away = select(DEPARTURE.c.person_id).where(DEPARTURE.c.person_id.in_(people), DEPARTURE.c.cause.in_(FOR_A_TIME))
    away = away.where(or_(DEPARTURE.c.returns_on.is_(None), DEPARTURE.c.returns_on > on))
    away = away.where(or_(DEPARTURE.c.returns_on.is_(None), DEPARTURE.c.returns_on > DEPARTURE.c.effective_on))
    if until is not None:
        away = away.where(DEPARTURE.c.effective_on < until)
    found = [tuple(await session.scalars(query)) for query in (serving, later, away)]
    return Ground(*found)


async def departures_of(session: Session, order: str) -> tuple[DepartureRow, ...]:
    """The people of an order by name; empty where there is no such order."""
    return await _rows(session, DEPARTURE.c.order_id == order)


async def away_or_going(session: Session, on: date) -> tuple[DepartureRow, ...]:
    """Who is away on that day or later, and who goes for good on a later day; the next first."""
    ahead = or_(DEPARTURE.c.returns_on.is_(None), DEPARTURE.c.returns_on > on)
    still = DEPARTURE.c.cause.in_(FOR_A_TIME) & ahead
    goes = or_(DEPARTURE.c.returns_on.is_(None), DEPARTURE.c.returns_on > DEPARTURE.c.effective_on)
    return await _rows(session, or_(still, DEPARTURE.c.effective_on > on) & goes)


async def _rows(session: Session, which: ColumnElement[bool]) -> tuple[DepartureRow, ...]:
    columns = (PERSON.c.name if f.name == "person" else DEPARTURE.c[f.name] for f in fields(DepartureRow))
    query = select(*columns).select_from(DEPARTURE).join(PERSON, PERSON.c.id == DEPARTURE.c.person_id).where(which)
    found = await session.execute(query.order_by(DEPARTURE.c.effective_on, PERSON.c.name, PERSON.c.id))
    return tuple(DepartureRow(*row) for row in found)


async def results(session: Session, order: str) -> tuple[ResultRow, ...]:
    """What became of the cases and appointments, those that refused first."""
    named = {"person": PERSON.c.name, "cycle_id": APPRAISAL.c.cycle_id, "cycle": CYCLE.c.name}
    columns = (named[f.name] if f.name in named else RESULT.c[f.name] for f in fields(ResultRow))
    query = select(*columns).select_from(RESULT).join(PERSON, PERSON.c.id == RESULT.c.person_id)
    query = query.outerjoin(APPRAISAL, APPRAISAL.c.id == RESULT.c.subject)
    query = query.outerjoin(CYCLE, CYCLE.c.id == APPRAISAL.c.cycle_id).where(RESULT.c.order_id == order)
    found = await session.execute(query.order_by(RESULT.c.refused == "", PERSON.c.name, RESULT.c.subject))
    return tuple(ResultRow(*row) for row in found)
