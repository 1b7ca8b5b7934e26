"""Open evaluations of periods whose supervisor is not the one that their process knows."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.reads.lines import organisation, reporting_lines
from adapters.database.tables import periods
from appraisal.parties import Parties
from appraisal.people.organisation import Line
from appraisal.periods.evaluation import Stage

EVALUATION = table_of(periods.Evaluation)
KNOWN = tuple(
    EVALUATION.c[name]
    for name in ("id", "revision", "employee_id", "unit_id", "last_day", "supervisor_id", "superior_id", "acting")
)


async def moved_evaluations(session: Session, today: date, at: datetime) -> tuple[tuple[str, int, Parties], ...]:
    """(id, revision, parties) of each: those of today while the period lasts, afterwards whoever was above on its last day."""
    rows = (await session.execute(select(*KNOWN).where(EVALUATION.c.stage != Stage.CLOSED))).all()
    people = {row.employee_id for row in rows}
    now = await reporting_lines(session, today, people, at) if people else {}
    found = []
    for day in sorted({row.last_day for row in rows}):
        lines = await _lines_then(session, day, today, at, now) if day < today else now
        found += [(row, lines.get(row.employee_id)) for row in rows if row.last_day == day]
    told = [(row, _parties(row, line)) for row, line in found if line]
    return tuple((row.id, row.revision, parties) for row, parties in told if _kept(parties) != _known(row))


async def _lines_then(session: Session, day: date, today: date, at: datetime, now: dict[str, Line]) -> dict[str, Line]:
    """The lines of that day, as far as they still stand."""
    still = await organisation(session, today, at)
    then = await reporting_lines(session, day, now.keys())
    return {person: still.left_of(then.get(person, line), line) for person, line in now.items()}


def _parties(row: Row[Any], line: Line) -> Parties:
    return Parties(row.employee_id, row.unit_id, line.superiors, line.head_id, acting=line.acting)


def _kept(parties: Parties) -> tuple[object, ...]:
    return parties.line[:2], [[one.represented, one.by, one.signs] for one in parties.acting]


def _known(row: Row[Any]) -> tuple[object, ...]:
    return tuple(person for person in (row.supervisor_id, row.superior_id) if person), row.acting
