"""What the record says about a change of superior: the facts that the rules ask for, and what became of an order."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlalchemy import func, select

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.periods import in_force
from adapters.database.reads.lines import reporting_line
from adapters.database.reads.serving import ASSIGNMENT, DEFINITIVE, PERSON
from adapters.database.tables import superiors
from appraisal.people.superiors import Ground

CHANGE = table_of(superiors.SuperiorChange)
BEFORE = PERSON.alias("before")
SUPERIOR = PERSON.alias("superior")


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One person of an order, with the names of all three."""

    order_id: str
    person_id: str
    person: str
    before_id: str | None
    before: str | None
    superior_id: str
    superior: str
    effective_on: date
    reason: str
    ordered_by: str
    ordered_at: datetime


@dataclass(frozen=True, slots=True)
class GoneRow:
    """Somebody who has left, and how many people answer to him still."""

    id: str
    name: str
    reports: int


async def ground(session: Session, people: Sequence[str], superior: str, on: date) -> Ground:
    """The facts of that day about these people and about those above their new superior."""
    theirs = (ASSIGNMENT.c.person_id.in_(people), DEFINITIVE)
    current = select(ASSIGNMENT.c.person_id, ASSIGNMENT.c.supervisor_id).where(*theirs, in_force(ASSIGNMENT, on))
    later = select(ASSIGNMENT.c.person_id).where(*theirs, ASSIGNMENT.c.valid_from > on).distinct()
    line = await reporting_line(session, superior, on)
    return Ground(
        known=await session.scalar(select(PERSON.c.id).where(PERSON.c.id == superior)) is not None,
        line=line.superiors if line else None,
        before={row.person_id: row.supervisor_id for row in await session.execute(current)},
        later=tuple(await session.scalars(later.order_by(ASSIGNMENT.c.person_id))),
    )


async def reports_of(session: Session, superior: str, on: date) -> tuple[str, ...]:
    """Everybody who answers to this person directly on that day by a definitive assignment, by name."""
    query = select(PERSON.c.id).join(ASSIGNMENT, ASSIGNMENT.c.person_id == PERSON.c.id)
    query = query.where(ASSIGNMENT.c.supervisor_id == superior, DEFINITIVE, in_force(ASSIGNMENT, on))
    return tuple(await session.scalars(query.order_by(PERSON.c.name, PERSON.c.id)))


async def gone_superiors(session: Session, on: date, limit: int = 50) -> tuple[GoneRow, ...]:
    """People without a position on that day to whom others answer still, by name."""
    theirs = ASSIGNMENT.alias("theirs")
    serves = select(theirs.c.id).where(theirs.c.person_id == ASSIGNMENT.c.supervisor_id, in_force(theirs, on)).exists()
    query = select(PERSON.c.id, PERSON.c.name, func.count()).select_from(ASSIGNMENT)
    query = query.join(PERSON, PERSON.c.id == ASSIGNMENT.c.supervisor_id)
    query = query.where(DEFINITIVE, in_force(ASSIGNMENT, on), ~serves).group_by(PERSON.c.id, PERSON.c.name)
    found = await session.execute(query.order_by(PERSON.c.name, PERSON.c.id).limit(limit))
    return tuple(GoneRow(*row) for row in found)


async def changes(session: Session, order: str) -> tuple[ChangeRow, ...]:
    """What an order has changed, by name; empty where there is no such order."""
    named = {"person": PERSON.c.name, "before": BEFORE.c.name, "superior": SUPERIOR.c.name}
    columns = (named[f.name] if f.name in named else CHANGE.c[f.name] for f in fields(ChangeRow))
    query = select(*columns).select_from(CHANGE).join(PERSON, PERSON.c.id == CHANGE.c.person_id)
    query = query.join(SUPERIOR, SUPERIOR.c.id == CHANGE.c.superior_id)
    query = query.outerjoin(BEFORE, BEFORE.c.id == CHANGE.c.before_id).where(CHANGE.c.order_id == order)
    return tuple(ChangeRow(*row) for row in await session.execute(query.order_by(PERSON.c.name, PERSON.c.id)))
