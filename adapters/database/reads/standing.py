"""Who heads each unit and who acts for whom, resolved when it is asked: from assignments and from appointments."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Row, select

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.periods import in_force
from adapters.database.tables import appointments, departures, organisation
from appraisal.people.acting import Acting, ActingKind
from appraisal.people.departure import FOR_A_TIME
from appraisal.vocabulary import AssignmentKind, PositionKind

POSITION, ASSIGNMENT = table_of(organisation.Position), table_of(organisation.Assignment)
APPOINTMENT, DEPARTURE = table_of(appointments.Appointment), table_of(departures.Departure)

_RANK = {
    AssignmentKind.DEFINITIF: 0,
    AssignmentKind.PLT: 1,
    AssignmentKind.PLH: 2,
    ActingKind.PLT: 1,
    ActingKind.PLH: 2,
    ActingKind.DELEGATE: 3,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """`heads`: unit to person, acting ones where the post is vacant. `acting`: official to who acts for him. `away`: who is
    not there for a time."""

    heads: dict[str, str]
    acting: dict[str, Acting]
    away: frozenset[str]


async def standing(session: Session, on: date, at: datetime | None) -> Standing:
    """As of this day; appointments as of this instant, and none of them without one."""
    query = select(ASSIGNMENT, POSITION.c.unit_id).join(POSITION, POSITION.c.id == ASSIGNMENT.c.position_id)
    query = query.where(in_force(ASSIGNMENT, on), POSITION.c.kind == PositionKind.STRUKTURAL)
    away = await away_on(session, on)
    held = (
        row for row in await session.execute(query) if row.kind == AssignmentKind.DEFINITIF or row.person_id not in away
    )
    assigned = sorted(held, key=_by_assignment)
    found = await _appointed(session, on, at) if at is not None else []
    appointed = [row for row in found if row.person_id not in away]
    heads: dict[str, str] = {}
    for row in (*assigned, *(row for row in appointed if row.unit_id)):
        heads.setdefault(row.unit_id, row.person_id)
    return Standing(heads, _acting(assigned, appointed) if at is not None else {}, away)


async def away_on(session: Session, on: date) -> frozenset[str]:
    """Who is suspended or on leave on that day."""
    ahead = DEPARTURE.c.returns_on.is_(None) | (DEPARTURE.c.returns_on > on)
    query = select(DEPARTURE.c.person_id).where(
        DEPARTURE.c.cause.in_(FOR_A_TIME), DEPARTURE.c.effective_on <= on, ahead
    )
    return frozenset(await session.scalars(query))


async def _appointed(session: Session, on: date, at: datetime) -> list[Row[tuple[object, ...]]]:
    """The appointments in force at this instant of people who hold a position, Plt first."""
    query = select(APPOINTMENT, POSITION.c.unit_id).outerjoin(POSITION, POSITION.c.id == APPOINTMENT.c.position_id)
    holds = select(ASSIGNMENT.c.id).where(ASSIGNMENT.c.person_id == APPOINTMENT.c.person_id, in_force(ASSIGNMENT, on))
    return sorted(await session.execute(query.where(appointed_at(at), holds.exists())), key=_by_appointment)


def appointed_at(at: datetime) -> ColumnElement[bool]:
    """Appointments whose period holds this instant: begins_at <= at < ends_at."""
    return (APPOINTMENT.c.begins_at <= at) & (APPOINTMENT.c.ends_at > at)


def _acting(assigned: list[Row[tuple[object, ...]]], appointed: list[Row[tuple[object, ...]]]) -> dict[str, Acting]:
    """Who acts for officials that still hold their office. A Plt goes before a Plh, and both before a delegate."""
    holders: dict[str, str] = {}
    found: dict[str, Acting] = {}
    for row in assigned:
        if row.kind == AssignmentKind.DEFINITIF:
            holders.setdefault(row.position_id, row.person_id)
    for row in (*assigned, *appointed):
        by_person = row.kind == ActingKind.DELEGATE
        official = row.represented_id if by_person else holders.get(row.position_id)
        if row.kind != AssignmentKind.DEFINITIF and official not in (None, row.person_id):
            found.setdefault(official, Acting(official, row.person_id, row.signs if by_person else True))
    return found


def _by_assignment(row: Row[tuple[object, ...]]) -> tuple[int, int, str]:
    """Definitive before acting, then the newest, then any fixed order."""
    return _RANK[row.kind], -row.valid_from.toordinal(), row.id


def _by_appointment(row: Row[tuple[object, ...]]) -> tuple[int, float, str]:
    return _RANK[row.kind], -row.begins_at.timestamp(), row.id
