"""The catalogue as a nomination sees it: courses, seats given away, hours that people have had."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, Select, func, select, union_all

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.reads.hours import counted, open_seats
from adapters.database.reads.serving import IN_OFFICE, PERSON, POSITION, serving
from adapters.database.tables import organisation, process
from appraisal.training.course import Attendee, Course, CourseKind, Eligibility
from appraisal.training.limits import Given
from appraisal.vocabulary import Employment, PositionKind

CYCLE, PROPOSAL = table_of(process.Cycle), table_of(process.Proposal)
APPRAISAL, TRAINING = table_of(process.Appraisal), table_of(organisation.Training)
APPROVED = PROPOSAL.join(TRAINING, TRAINING.c.id == PROPOSAL.c.training_id)
IS_APPROVED = PROPOSAL.c.decision == "approved"
CASE_OF_PROPOSAL = (APPRAISAL.c.cycle_id == PROPOSAL.c.cycle_id) & (APPRAISAL.c.employee_id == PROPOSAL.c.employee_id)


async def courses_for(session: Session, cycle: str, today: date | None, lock: bool = False) -> tuple[Course, ...]:
    """The courses of the year after the cycle's, or of its own year where the catalogue has none of the next.

    With `today`, without those that have begun or are withdrawn. With `lock`, nobody else gives seats away until the
    transaction ends.
    """
    year = (await session.execute(select(CYCLE.c.year).where(CYCLE.c.id == cycle))).scalar_one_or_none()
    query = select(TRAINING).order_by(TRAINING.c.id)
    rows = (await session.execute(query.with_for_update() if lock else query)).all()
    following = tuple(row for row in rows if year is not None and row.year == year + 1)
    offered = following or tuple(row for row in rows if year is None or row.year == year)
    return tuple(course_of(row) for row in offered if today is None or (row.starts_on > today and not row.withdrawn))


async def seats_taken(session: Session) -> dict[str, int]:
    """Seats given away by approved proposals of all cycles, per training."""
    query = select(PROPOSAL.c.training_id, func.count()).where(IS_APPROVED, PROPOSAL.c.training_id.is_not(None))
    rows = await session.execute(query.group_by(PROPOSAL.c.training_id))
    return dict(rows.all())


async def seats_free(session: Session, cycle: str) -> int:
    """Seats that a nomination has to give away: fewer after a decision, more when one is given back or added."""
    courses, taken = await courses_for(session, cycle, None), await seats_taken(session)
    return sum(max(course.seats - taken.get(course.id, 0), 0) for course in courses if not course.withdrawn)


async def given_away(session: Session, year: int) -> Given:
    """What has been given away: seats by training, and of the courses of this year what they cost and how many each unit has."""
    query = select(APPRAISAL.c.unit_id, func.count(), func.sum(TRAINING.c.price))
    query = (
        query.select_from(APPROVED).outerjoin(APPRAISAL, CASE_OF_PROPOSAL).where(IS_APPROVED, TRAINING.c.year == year)
    )
    rows = (await session.execute(query.group_by(APPRAISAL.c.unit_id))).all()
    spent = sum((Decimal(cost) for _, _, cost in rows), Decimal(0))
    return Given(await seats_taken(session), spent, {unit or "": count for unit, count, _ in rows})


async def granted_hours(
    session: Session, people: Select[Any] | Collection[str]
) -> dict[str, tuple[tuple[int, int], ...]]:
    """The hours (JP) that these people have: counted by the ledger, or granted and not attended yet: (year, hours)."""
    both = union_all(open_seats(), counted()).subquery()
    query = select(both.c.employee_id, both.c.year, func.sum(both.c.hours))
    query = query.where(both.c.employee_id.in_(people)).group_by(both.c.employee_id, both.c.year)
    found: dict[str, tuple[tuple[int, int], ...]] = {}
    for employee, year, hours in await session.execute(query.order_by(both.c.employee_id, both.c.year)):
        found[employee] = (*found.get(employee, ()), (year, int(hours)))
    return found


async def attendees(session: Session, people: Select[Any] | Collection[str], on: date) -> dict[str, Attendee]:
    """These people (ids, or a query for them) as the catalogue asks: position and golongan of that day, courses given."""
    given: dict[str, tuple[Course, ...]] = {}
    approved = select(PROPOSAL.c.employee_id, TRAINING).select_from(APPROVED)
    approved = approved.where(IS_APPROVED, PROPOSAL.c.employee_id.in_(people))
    for row in await session.execute(approved.order_by(TRAINING.c.starts_on, TRAINING.c.id)):
        given[row.employee_id] = (*given.get(row.employee_id, ()), course_of(row))
    held = select(PERSON.c.id, PERSON.c.grade, POSITION.c.kind).select_from(IN_OFFICE)
    rows = await session.execute(held.where(serving(on), PERSON.c.id.in_(people)))
    found = {row.id: Attendee(PositionKind(row.kind), row.grade, given.get(row.id, ())) for row in rows}
    return {who: Attendee(given=courses) for who, courses in given.items()} | found


def course_of(row: Row[Any]) -> Course:
    """A row of the catalogue."""
    return Course(
        *(row.id, row.name, _words(row.topics.upper()), row.hours, row.seats, row.year, row.starts_on, row.ends_on),
        *(CourseKind(row.kind) if row.kind else None, Decimal(row.price), row.provider),
        Eligibility(
            tuple(map(Employment, _words(row.employments))),
            tuple(map(PositionKind, _words(row.positions))),
            _words(row.lowest_grades),
        ),
        row.withdrawn,
    )


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(";") if word.strip())
