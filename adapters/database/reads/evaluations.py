"""The evaluations of periods, read by everybody who may."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, or_, select

from adapters.database.columns import table_of
from adapters.database.documents import EVALUATION as WHOLE
from adapters.database.engine import Session
from adapters.database.reads.offices import within
from adapters.database.tables import organisation, periods
from appraisal.periods.evaluation import Evaluation, Stage

EVALUATION, PERSON = table_of(periods.Evaluation), table_of(organisation.Person)


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """One line of a list of evaluations, with the employee's name. `number` counts the periods of the cycle from 1."""

    id: str
    cycle_id: str
    employee_id: str
    employee: str
    number: int
    stage: str
    ends_at: datetime
    last_day: date
    due_at: datetime | None
    reported: bool
    results_rating: str | None
    behaviour_rating: str | None
    predicate: str | None
    revision: int


@dataclass(frozen=True, slots=True)
class PeriodFigures:
    """How far the evaluations of one period are: so many people, reports, ratings, and those still open."""

    number: int
    people: int
    reported: int
    rated: int
    open: int


def _rows() -> Select[Any]:
    named = {"employee": PERSON.c.name.label("employee")}
    query = select(*(named[f.name] if f.name in named else EVALUATION.c[f.name] for f in fields(PeriodRow)))
    return query.select_from(EVALUATION).join(PERSON, PERSON.c.id == EVALUATION.c.employee_id)


async def evaluations_of(session: Session, cycle: str, employee: str) -> tuple[PeriodRow, ...]:
    """The periods of one employee that have begun, in order."""
    mine = _rows().where(EVALUATION.c.cycle_id == cycle, EVALUATION.c.employee_id == employee)
    return tuple(PeriodRow(*row) for row in await session.execute(mine.order_by(EVALUATION.c.number)))


async def year_of(session: Session, cycle: str, employee: str) -> tuple[Evaluation, ...]:
    """The same as whole states."""
    mine = (EVALUATION.c.cycle_id == cycle, EVALUATION.c.employee_id == employee)
    found = await session.scalars(select(EVALUATION.c.document).where(*mine).order_by(EVALUATION.c.number))
    return tuple(WHOLE.validate_python(document) for document in found)


async def waiting_periods(session: Session, person: str, now: datetime, limit: int = 50) -> tuple[PeriodRow, ...]:
    """What waits for this person, the longest due first: ratings, and reports of periods that are over."""
    due = or_(EVALUATION.c.stage == Stage.RATING, EVALUATION.c.ends_at <= now)
    query = _rows().where(EVALUATION.c.holder_id == person, due)
    found = await session.execute(query.order_by(EVALUATION.c.due_at, EVALUATION.c.id).limit(limit))
    return tuple(PeriodRow(*row) for row in found)


async def evaluation(session: Session, evaluation_id: str) -> Evaluation | None:
    """The whole state as last stored."""
    document = await session.scalar(select(EVALUATION.c.document).where(EVALUATION.c.id == evaluation_id))
    return WHOLE.validate_python(document) if document else None


async def figures(session: Session, cycle: str, units: tuple[str, ...] | None = None) -> tuple[PeriodFigures, ...]:
    """The periods of a cycle that have begun, counted, in these units or in all."""
    counted = (func.count().filter(what) for what in (EVALUATION.c.reported, EVALUATION.c.predicate.is_not(None)))
    still = func.count().filter(EVALUATION.c.stage != Stage.CLOSED)
    query = select(EVALUATION.c.number, func.count(), *counted, still)
    query = query.where(EVALUATION.c.cycle_id == cycle, *within(EVALUATION.c.unit_id, units))
    rows = await session.execute(query.group_by(EVALUATION.c.number).order_by(EVALUATION.c.number))
    return tuple(PeriodFigures(*row) for row in rows)
