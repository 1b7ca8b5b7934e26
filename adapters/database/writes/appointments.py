"""Writing who acts for whom. Refusals are the rules'; here are the facts they ask for."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import select, text, update

from adapters.database import chain
from adapters.database.announcing import announce
from adapters.database.columns import table_of
from adapters.database.engine import Session, Sessions
from adapters.database.periods import in_force
from adapters.database.tables import appointments, organisation
from adapters.database.upsert import upsert
from appraisal.people.acting import ActingKind
from appraisal.people.appointment import Appoint, Appointment, Ground, allow, check, notices
from appraisal.vocabulary import AssignmentKind, PositionKind

APPOINTMENT = table_of(appointments.Appointment)
PERSON, POSITION = table_of(organisation.Person), table_of(organisation.Position)
ASSIGNMENT = table_of(organisation.Assignment)


class SqlAppointments:
    """Implements activities.ports.Appointments. `today` tells the agency's present day."""

    def __init__(self, sessions: Sessions, today: Callable[[], date]) -> None:
        self._sessions, self._today = sessions, today

    async def make(self, appointment: Appointment) -> None:
        order, made = appointment.order, appointment.events[0]
        async with self._sessions.begin() as session:
            await _one_at_a_time(session)
            if await session.scalar(select(APPOINTMENT.c.id).where(APPOINTMENT.c.id == order.id)):
                return
            ground = await _ground(session, order, self._today())
            check(order, made.at)
            allow(order, ground)
            await chain.append(session, appointment.id, appointment.events)
            await upsert(session, APPOINTMENT, _row(appointment), newer="revision")
            await announce(session, appointment.id, notices(appointment, order.represented or ground.holder), made.at)

    async def end(self, appointment: Appointment) -> None:
        order, at = appointment.order, appointment.events[-1].at
        async with self._sessions.begin() as session:
            if await chain.append(session, appointment.id, appointment.events):
                ended = {"ends_at": appointment.ends_at, "revision": appointment.revision}
                await session.execute(update(APPOINTMENT).where(APPOINTMENT.c.id == order.id).values(**ended))
                holder = order.represented or await _holder(session, order.position, self._today())
                await announce(session, appointment.id, notices(appointment, holder), at)


async def _ground(session: Session, order: Appoint, today: date) -> Ground:
    people = [person for person in (order.person, order.represented) if person]
    holding = select(ASSIGNMENT.c.person_id).where(ASSIGNMENT.c.person_id.in_(people), in_force(ASSIGNMENT, today))
    leading = select(POSITION.c.id).where(POSITION.c.id == order.position, POSITION.c.kind == PositionKind.STRUKTURAL)
    return Ground(
        known=tuple(await session.scalars(select(PERSON.c.id).where(PERSON.c.id.in_(people)))),
        serving=tuple(await session.scalars(holding)),
        position_leads=await session.scalar(leading) is not None,
        holder=await _holder(session, order.position, today),
        overlapping=tuple(await session.scalars(_overlapping(order))),
    )


async def _holder(session: Session, position: str | None, today: date) -> str | None:
    """Whoever holds the position definitively on that day."""
    held = (ASSIGNMENT.c.position_id == position, ASSIGNMENT.c.kind == AssignmentKind.DEFINITIF)
    holding = select(ASSIGNMENT.c.person_id).where(*held, in_force(ASSIGNMENT, today)).order_by(ASSIGNMENT.c.id)
    found: str | None = await session.scalar(holding.limit(1)) if position else None
    return found


def _overlapping(order: Appoint) -> Any:
    """Appointments for the same position or person whose period has an instant in common with this one."""
    delegate = order.kind is ActingKind.DELEGATE
    same = (
        APPOINTMENT.c.represented_id == order.represented if delegate else APPOINTMENT.c.position_id == order.position
    )
    together = (APPOINTMENT.c.begins_at < order.ends_at, APPOINTMENT.c.ends_at > order.begins_at)
    return select(APPOINTMENT.c.id).where(same, *together, APPOINTMENT.c.begins_at < APPOINTMENT.c.ends_at)


async def _one_at_a_time(session: Session) -> None:
    """Two appointments for one position must not both find it free. SQLite's write lock does it already."""
    if session.dialect.name == "postgresql":
        await session.execute(text("LOCK TABLE appointment IN SHARE ROW EXCLUSIVE MODE"))


def _row(appointment: Appointment) -> dict[str, Any]:
    order = appointment.order
    return {
        "id": order.id,
        "kind": order.kind,
        "person_id": order.person,
        "position_id": order.position,
        "represented_id": order.represented,
        "signs": order.signs,
        "begins_at": appointment.begins_at,
        "ends_at": appointment.ends_at,
        "reason": order.reason,
        "appointed_by": order.actor.id,
        "revision": appointment.revision,
    }
