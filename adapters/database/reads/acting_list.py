"""Who acts for whom now and soon, as lists and forms need it."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, or_, select

from adapters.database.columns import behind, table_of
from adapters.database.engine import Session
from adapters.database.periods import in_force
from adapters.database.reads.serving import IN_OFFICE, called, serving
from adapters.database.tables import appointments, organisation
from appraisal.vocabulary import AssignmentKind, PositionKind

APPOINTMENT = table_of(appointments.Appointment)
PERSON, POSITION = table_of(organisation.Person), table_of(organisation.Position)
ASSIGNMENT, UNIT_PERIOD = table_of(organisation.Assignment), table_of(organisation.UnitPeriod)
REPRESENTED = PERSON.alias("represented")


@dataclass(frozen=True, slots=True)
class AppointmentRow:
    """One appointment. `represented` is a delegate's official; a Plt or Plh has a `position` in a unit."""

    id: str
    kind: str
    person_id: str
    person: str
    position_id: str | None
    position: str | None
    unit_id: str | None
    represented_id: str | None
    represented: str | None
    signs: bool
    begins_at: datetime
    ends_at: datetime
    reason: str
    appointed_by: str
    revision: int


@dataclass(frozen=True, slots=True)
class PositionRow:
    """A position that leads a unit, and who holds it, if anybody does."""

    id: str
    title: str
    unit: str
    holder: str | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could act."""

    id: str
    name: str
    title: str
    unit: str


def _rows() -> Select[Any]:
    named = {
        "person": PERSON.c.name,
        "position": POSITION.c.title,
        "unit_id": POSITION.c.unit_id,
        "represented": REPRESENTED.c.name,
    }
    columns = (named[f.name] if f.name in named else APPOINTMENT.c[f.name] for f in fields(AppointmentRow))
    query = select(*columns).select_from(APPOINTMENT).join(PERSON, PERSON.c.id == APPOINTMENT.c.person_id)
    query = query.outerjoin(POSITION, POSITION.c.id == APPOINTMENT.c.position_id)
    return query.outerjoin(REPRESENTED, REPRESENTED.c.id == APPOINTMENT.c.represented_id)


async def appointments_of(
    session: Session,
    at: datetime,
    person: str | None = None,
    limit: int | None = 200,
    last: tuple[datetime, str] | None = None,
) -> tuple[AppointmentRow, ...]:
    """Appointments that hold now or later, the first to end first; those of a person, or everybody's. No `limit`: all."""
    query = _rows().where(APPOINTMENT.c.ends_at > at, APPOINTMENT.c.begins_at < APPOINTMENT.c.ends_at)
    if person is not None:
        query = query.where(or_(APPOINTMENT.c.person_id == person, APPOINTMENT.c.represented_id == person))
    key = (APPOINTMENT.c.ends_at, APPOINTMENT.c.id)
    found = await session.execute(query.where(*behind(last, *key)).order_by(*key).limit(limit))
    return tuple(AppointmentRow(*row) for row in found)


async def appointment(session: Session, appointment_id: str) -> AppointmentRow | None:
    row = (await session.execute(_rows().where(APPOINTMENT.c.id == appointment_id))).first()
    return AppointmentRow(*row) if row else None


async def leading_positions(session: Session, on: date) -> tuple[PositionRow, ...]:
    """Every position that leads a unit, by unit, with its definitive holder."""
    held = and_(
        ASSIGNMENT.c.position_id == POSITION.c.id,
        ASSIGNMENT.c.kind == AssignmentKind.DEFINITIF,
        in_force(ASSIGNMENT, on),
    )
    query = select(POSITION.c.id, POSITION.c.title, UNIT_PERIOD.c.name, PERSON.c.name.label("holder"))
    query = query.select_from(POSITION).join(UNIT_PERIOD, UNIT_PERIOD.c.unit_id == POSITION.c.unit_id)
    query = query.outerjoin(ASSIGNMENT, held).outerjoin(PERSON, PERSON.c.id == ASSIGNMENT.c.person_id)
    query = query.where(POSITION.c.kind == PositionKind.STRUKTURAL, in_force(UNIT_PERIOD, on))
    rows = await session.execute(query.order_by(UNIT_PERIOD.c.name, POSITION.c.title))
    return tuple(PositionRow(*row) for row in rows)


async def candidates(
    session: Session, on: date, search: str, near: str | None, limit: int = 20
) -> tuple[Candidate, ...]:
    """Who could act: people by a part of their name; without one, those who work under or beside `near`."""
    query = select(PERSON.c.id, PERSON.c.name, POSITION.c.title, UNIT_PERIOD.c.name.label("unit"))
    joined = IN_OFFICE.join(UNIT_PERIOD, and_(UNIT_PERIOD.c.unit_id == POSITION.c.unit_id, in_force(UNIT_PERIOD, on)))
    query = query.select_from(joined).where(serving(on))
    if search:
        query = query.where(called(search))
    elif near is not None:
        own = select(ASSIGNMENT.c.supervisor_id).where(ASSIGNMENT.c.person_id == near, in_force(ASSIGNMENT, on))
        beside = ASSIGNMENT.c.supervisor_id.in_(own)
        query = query.where(or_(ASSIGNMENT.c.supervisor_id == near, beside, PERSON.c.id.in_(own)))
    else:
        return ()
    found = await session.execute(
        query.where(PERSON.c.id != (near or "")).order_by(PERSON.c.name, PERSON.c.id).limit(limit)
    )
    return tuple(Candidate(*row) for row in found)
