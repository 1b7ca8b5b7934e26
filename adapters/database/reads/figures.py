"""What the board draws: how old open cases are, how long steps take and how many are in time, and who has how many."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, select

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.reads.board import AGES, Units
from adapters.database.reads.directory import steps_of
from adapters.database.reads.offices import within
from adapters.database.tables import organisation, process, watch
from appraisal.parties import HR, unit_hr

APPRAISAL, PASSAGE = table_of(process.Appraisal), table_of(watch.Passage)
PERSON = table_of(organisation.Person)
HEAVIEST = 20


@dataclass(frozen=True, slots=True)
class Ageing:
    """The open cases at one step; `ages` counts them by how long they have waited, youngest group first."""

    step: str
    late: int
    ages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Pace:
    """Steps that are over, of one kind or in one unit: how many, how many of them in time, and the median of their days."""

    key: str
    done: int
    in_time: int
    median_days: float


@dataclass(frozen=True, slots=True)
class Load:
    """What waits for one person."""

    person_id: str
    name: str
    cases: int
    late: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that is drawn, as of one instant."""

    at: datetime
    ageing: tuple[Ageing, ...]
    by_step: tuple[Pace, ...]
    by_unit: tuple[Pace, ...]
    load: tuple[Load, ...]


async def figures(session: Session, now: datetime, cycle: str = "", units: Units = None) -> Figures:
    """The figures of one cycle, or of all that are running (of all that ever were, for steps that are over)."""
    return Figures(
        now,
        await ageing(session, now, cycle, units),
        await pace(session, PASSAGE.c.step, cycle, units),
        await pace(session, PASSAGE.c.unit_id, cycle, units),
        await load(session, now, cycle, units),
    )


async def ageing(session: Session, now: datetime, cycle: str, units: Units = None) -> tuple[Ageing, ...]:
    """One row for each open step, also where nobody is."""
    t = APPRAISAL.c
    older = [func.sum(case((t.since < now - age, 1), else_=0)) for age in AGES]
    late = func.sum(case((t.due_at < now, 1), else_=0))
    query = select(t.step, late, func.count(), *older).where(t.due_at.is_not(None), *_of(t, cycle, units))
    found = {row[0]: tuple(row[1:]) for row in await session.execute(query.group_by(t.step))}
    rows = []
    for step in await steps_of(session, cycle, found):
        behind, *edges = found.get(step, (0, 0, *(0 for _ in AGES)))
        rows.append(Ageing(step, behind, tuple(a - b for a, b in zip(edges, (*edges[1:], 0), strict=True))))
    return tuple(rows)


async def pace(session: Session, group: Any, cycle: str, units: Units = None) -> tuple[Pace, ...]:
    """The median by counting through the sorted rows: neither database needs to know what a median is."""
    t = PASSAGE.c
    place = func.row_number().over(partition_by=group, order_by=t.seconds).label("place")
    whole = func.count().over(partition_by=group).label("whole")
    numbered = select(group.label("key"), t.seconds, t.in_time, place, whole).where(*_of(t, cycle, units)).subquery()
    n = numbered.c
    middle = case(((2 * n.place >= n.whole) & (2 * n.place <= n.whole + 2), n.seconds), else_=None)
    in_time = func.sum(case((n.in_time.is_(True), 1), else_=0))
    query = select(n.key, func.count(), in_time, func.avg(middle)).group_by(n.key).order_by(n.key)
    return tuple(
        Pace(key, done, punctual, round(float(median) / 86400, 2))
        for key, done, punctual, median in await session.execute(query)
    )


async def load(session: Session, now: datetime, cycle: str, units: Units = None) -> tuple[Load, ...]:
    """Those with the most to do, the heaviest first. HR's officers together are no person."""
    t = APPRAISAL.c
    late = func.sum(case((t.due_at < now, 1), else_=0))
    people = (t.holder_id != HR, t.holder_id.not_like(unit_hr("%")), t.holder_id != t.employee_id)
    held = (t.due_at.is_not(None), t.holder_id.is_not(None), *people)
    query = select(t.holder_id, func.count().label("cases"), late.label("late")).where(*held, *_of(t, cycle, units))
    heaviest = query.group_by(t.holder_id).order_by(func.count().desc(), t.holder_id).limit(HEAVIEST).subquery()
    named = select(heaviest, PERSON.c.name).outerjoin(PERSON, PERSON.c.id == heaviest.c.holder_id)
    rows = await session.execute(named.order_by(heaviest.c.cases.desc(), heaviest.c.holder_id))
    return tuple(Load(row.holder_id, row.name or row.holder_id, row.cases, row.late) for row in rows)


def _of(table: Any, cycle: str, units: Units) -> tuple[Any, ...]:
    return (*((table.cycle_id == cycle,) if cycle else ()), *within(table.unit_id, units))
