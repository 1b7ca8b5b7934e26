"""The cycle as HR sees it: how many cases stand where, for how long, and how many are late."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, Row, case, func, select

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.reads import objections
from adapters.database.reads.directory import steps_of, unit_names
from adapters.database.reads.offices import within
from adapters.database.tables import process
from appraisal.vocabulary import Outcome, Predicate, Step

APPRAISAL = table_of(process.Appraisal)
Units = tuple[str, ...] | None
"""The units that are counted; None for all."""
AGES = (timedelta(days=3), timedelta(days=7), timedelta(days=14))
"""Limits between the groups of age that the board draws; the last group is older than the last limit."""


@dataclass(frozen=True, slots=True)
class StepCount:
    """The cases at one step; `ages` counts them by how long they have waited there, youngest group first."""

    step: str
    cases: int
    overdue: int
    escalated: int
    ages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class UnitCount:
    """The cases of one unit by step."""

    unit_id: str
    unit: str
    steps: dict[str, int]
    overdue: int


async def by_step(session: Session, cycle: str, now: datetime, units: Units = None) -> tuple[StepCount, ...]:
    """One row for each step of the cycle, also where nobody is."""
    t = APPRAISAL.c
    limits = [now - age for age in AGES]
    older = [func.sum(case((t.since < limit, 1), else_=0)) for limit in limits]
    late = func.sum(case(((t.due_at < now) & (t.step != Step.CLOSED), 1), else_=0))
    handed = func.sum(case((t.escalated_to.is_not(None), 1), else_=0))
    query = select(t.step, func.count(), late, handed, *older).where(*_of(cycle, units)).group_by(t.step)
    found = {row[0]: row for row in await session.execute(query)}
    return tuple(_step_count(step, found.get(step)) for step in (*await steps_of(session, cycle, found), Step.CLOSED))


def _step_count(step: Step, row: Row[Any] | None) -> StepCount:
    if row is None:
        return StepCount(step, 0, 0, 0, (0,) * (len(AGES) + 1))
    _, cases, late, handed, *older = (value or 0 for value in row)
    edges = (cases, *older, 0)
    return StepCount(step, cases, late, handed, tuple(more - fewer for more, fewer in pairwise(edges)))


async def by_unit(session: Session, cycle: str, now: datetime, units: Units = None) -> tuple[UnitCount, ...]:
    """One row for each unit that has cases, by name."""
    t = APPRAISAL.c
    late = func.sum(case(((t.due_at < now) & (t.step != Step.CLOSED), 1), else_=0))
    query = select(t.unit_id, t.step, func.count(), late).where(*_of(cycle, units)).group_by(t.unit_id, t.step)
    names = await unit_names(session, now.date())
    steps: dict[str, dict[str, int]] = {}
    overdue: dict[str, int] = {}
    for unit, step, cases, behind in await session.execute(query):
        steps.setdefault(unit, {})[step] = cases
        overdue[unit] = overdue.get(unit, 0) + (behind or 0)
    rows = (UnitCount(unit, names.get(unit, unit), found, overdue[unit]) for unit, found in steps.items())
    return tuple(sorted(rows, key=lambda row: row.unit))


async def totals(session: Session, cycle: str, units: Units = None) -> dict[str, Any]:
    """The cycle in a few numbers: cases closed, escalated, returned, changed by calibration, nominated, and predicates."""
    t = APPRAISAL.c

    def counted(condition: Any) -> Any:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    numbers = {
        "closed": counted(t.step == Step.CLOSED),
        "unrated": counted(t.outcome == Outcome.UNRATED),
        "escalated": counted(t.escalated > 0),
        "returned": counted(t.returned > 0),
        "calibrated": counted(t.calibrated.is_(True)),
        "nominated": counted(t.training_id.is_not(None)),
    }
    query = select(*(expression.label(name) for name, expression in numbers.items())).where(*_of(cycle, units))
    row = (await session.execute(query)).mappings().one()
    by_predicate = (
        select(t.predicate, func.count()).where(*_of(cycle, units), t.predicate.is_not(None)).group_by(t.predicate)
    )
    found = {row[0]: row[1] for row in await session.execute(by_predicate)}
    predicates = {predicate: found.get(predicate, 0) for predicate in Predicate}
    return {**row, "predicates": predicates, "objections": await objections.counts(session, cycle, units)}


def _of(cycle: str, units: Units) -> tuple[ColumnElement[bool], ...]:
    return (APPRAISAL.c.cycle_id == cycle, *within(APPRAISAL.c.unit_id, units))
