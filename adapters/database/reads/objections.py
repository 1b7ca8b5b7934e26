"""Objections as lists and figures read them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.reads.offices import within
from adapters.database.tables import organisation, process
from appraisal.objection.objections import ObjectionEnd
from appraisal.vocabulary import Predicate

APPRAISAL, PERSON = table_of(process.Appraisal), table_of(organisation.Person)
OPEN = "open"
COUNTED = (OPEN, *ObjectionEnd)


@dataclass(frozen=True, slots=True)
class Changed:
    """One rating that an objection has changed."""

    employee_id: str
    employee: str
    before: Predicate
    after: Predicate


async def counts(session: Session, cycle: str, units: tuple[str, ...] | None = None) -> Mapping[str, int]:
    """The objections of a cycle, or of these units in it, by what became of them; `open` are those that wait."""
    t = APPRAISAL.c
    query = select(t.objection, func.count()).where(t.cycle_id == cycle, *within(t.unit_id, units))
    query = query.where(t.objection.is_not(None)).group_by(t.objection)
    found = {row[0]: row[1] for row in await session.execute(query)}
    return {one: found.get(one, 0) for one in COUNTED}


@dataclass(frozen=True, slots=True)
class Objected:
    """The predicates of a calibration pool without and with what objections have changed, and whose, by name."""

    before: Mapping[Predicate, int]
    now: Mapping[Predicate, int]
    changed: tuple[Changed, ...]


async def objected(session: Session, cycle: str, unit: str) -> Objected:
    """A unit's figures after objections, of everybody who has a predicate."""
    now, found = await _spread(session, cycle, unit), await changed(session, cycle, (unit,))
    moved = Counter(one.after for one in found)
    moved.subtract(one.before for one in found)
    return Objected({one: people - moved[one] for one, people in now.items()}, now, found)


async def changed(session: Session, cycle: str, units: tuple[str, ...] | None = None) -> tuple[Changed, ...]:
    """The ratings that objections have changed in a cycle, or in these units of it, by name."""
    t = APPRAISAL.c
    name = func.coalesce(PERSON.c.name, t.employee_id).label("employee")
    query = select(t.employee_id, name, t.predicate_objected, t.predicate)
    query = query.outerjoin(PERSON, PERSON.c.id == t.employee_id)
    query = query.where(t.cycle_id == cycle, *within(t.unit_id, units), t.predicate_objected.is_not(None))
    rows = await session.execute(query.order_by(name, t.employee_id))
    return tuple(Changed(who, called, Predicate(before), Predicate(after)) for who, called, before, after in rows)


async def _spread(session: Session, cycle: str, unit: str) -> dict[Predicate, int]:
    t = APPRAISAL.c
    query = select(t.predicate, func.count()).where(t.cycle_id == cycle, t.unit_id == unit, t.predicate.is_not(None))
    found = {row[0]: row[1] for row in await session.execute(query.group_by(t.predicate))}
    return {one: found.get(one, 0) for one in Predicate}
