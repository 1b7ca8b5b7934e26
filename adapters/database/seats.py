"""The catalogue as a nomination sees it: courses, seats given away, hours that people have had."""

from datetime import date
from typing import Any

from sqlalchemy import Row, func, select, union_all

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.hours import counted, open_seats
from adapters.database.tables import organisation, process
from appraisal.training import Course

CYCLE, PROPOSAL = table_of(process.Cycle), table_of(process.Proposal)
TRAINING = table_of(organisation.Training)


async def courses_for(session: Session, cycle: str, today: date | None, lock: bool = False) -> tuple[Course, ...]:
    """The courses of the year after the cycle's, or of its own year where the catalogue has none of the next.

    With `today`, without those that have begun. With `lock`, nobody else gives seats away until the transaction ends.
    """
    year = (await session.execute(select(CYCLE.c.year).where(CYCLE.c.id == cycle))).scalar_one_or_none()
    query = select(TRAINING).order_by(TRAINING.c.id)
    rows = (await session.execute(query.with_for_update() if lock else query)).all()
    following = tuple(row for row in rows if year is not None and row.year == year + 1)
    offered = following or tuple(row for row in rows if year is None or row.year == year)
    return tuple(_course(row) for row in offered if today is None or row.starts_on > today)


async def seats_taken(session: Session) -> dict[str, int]:
    """Seats given away by approved proposals of all cycles, per training."""
    query = select(PROPOSAL.c.training_id, func.count()).where(
        PROPOSAL.c.decision == "approved", PROPOSAL.c.training_id.is_not(None)
    )
    rows = await session.execute(query.group_by(PROPOSAL.c.training_id))
    return dict(rows.all())


async def granted_hours(session: Session) -> dict[str, tuple[tuple[int, int], ...]]:
    """The hours (JP) that each employee has: counted by the ledger, or granted and not attended yet: (year, hours)."""
    both = union_all(open_seats(), counted()).subquery()
    query = select(both.c.employee_id, both.c.year, func.sum(both.c.hours)).group_by(both.c.employee_id, both.c.year)
    found: dict[str, tuple[tuple[int, int], ...]] = {}
    for employee, year, hours in await session.execute(query.order_by(both.c.employee_id, both.c.year)):
        found[employee] = (*found.get(employee, ()), (year, int(hours)))
    return found


def _course(row: Row[Any]) -> Course:
    topics = tuple(topic.strip().upper() for topic in row.topics.split(";") if topic.strip())
    return Course(row.id, row.name, topics, row.hours, row.seats, row.year)
