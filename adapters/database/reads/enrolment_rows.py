"""Seats in trainings as people read them: the own ones, those of the line, HR's list, and what came of a course."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from adapters.database.columns import behind
from adapters.database.engine import Session
from adapters.database.reads.hours import ENROLMENT, PERSON, PROPOSAL, TRAINING
from adapters.database.reads.serving import ASSIGNMENT, serving
from appraisal.training.enrolment import Stage, Taught

NOWHERE = "invalid@invalid"
"""Calendars want an address for every guest."""


@dataclass(frozen=True, slots=True)
class EnrolmentRow:
    """One line of a list of seats. `successor` is who got it where it was given back, `nobody_left` that nobody did."""

    id: str
    cycle_id: str
    employee_id: str
    employee: str
    training_id: str
    course: str
    starts_on: date
    ends_on: date
    stage: str
    closed: bool
    asked: bool
    record_from: datetime
    respond_by: datetime
    answers_by: datetime
    hours: int
    certificate: str
    own_view: str | None
    superiors_view: str | None
    successor: str | None
    nobody_left: bool

    @property
    def key(self) -> tuple[date, str]:
        """Where the next page of a list goes on."""
        return self.starts_on, self.id


@dataclass(frozen=True, slots=True)
class WithoutTraining:
    """What a nomination decided for somebody who got no training, and why."""

    cycle_id: str
    code: str
    parameters: dict[str, str]
    reason: str
    decision: str
    decision_reason: str


@dataclass(frozen=True, slots=True)
class View:
    """What somebody said about a course a year later; `own` where it was whoever attended it."""

    employee: str
    own: bool
    helped: str
    words: str


@dataclass(frozen=True, slots=True)
class CourseFigures:
    """A course with its seats by stage, and how many say that it helped: employees and superiors together by answer."""

    id: str
    name: str
    starts_on: date
    stages: dict[str, int]
    own_views: dict[str, int]
    superiors_views: dict[str, int]


SUCCESSOR = PERSON.alias("successor")
OWN = {
    "employee": PERSON.c.name.label("employee"),
    "course": TRAINING.c.name.label("course"),
    "ends_on": TRAINING.c.ends_on,
    "successor": SUCCESSOR.c.name.label("successor"),
}


def _rows() -> Select[Any]:
    query = select(*(OWN[f.name] if f.name in OWN else ENROLMENT.c[f.name] for f in fields(EnrolmentRow)))
    query = query.select_from(ENROLMENT).join(PERSON, PERSON.c.id == ENROLMENT.c.employee_id)
    query = query.join(TRAINING, TRAINING.c.id == ENROLMENT.c.training_id)
    return query.outerjoin(SUCCESSOR, SUCCESSOR.c.id == ENROLMENT.c.successor_id)


def _wanted(view: ColumnElement[Any]) -> ColumnElement[bool]:
    """Seats on which somebody should look back whose view this is."""
    c = ENROLMENT.c
    return and_(c.asked.is_(True), c.closed.is_(False), c.stage == Stage.ATTENDED, view.is_(None))


def _under(superior: str, today: date) -> Select[Any]:
    return select(ASSIGNMENT.c.person_id).where(serving(today), ASSIGNMENT.c.supervisor_id == superior)


async def _found(session: Session, query: Select[Any], limit: int) -> tuple[EnrolmentRow, ...]:
    rows = await session.execute(query.order_by(ENROLMENT.c.starts_on, ENROLMENT.c.id).limit(limit))
    return tuple(EnrolmentRow(*row) for row in rows)


async def own(session: Session, person: str, limit: int = 200) -> tuple[EnrolmentRow, ...]:
    """The seats of this person, by the first day of the course."""
    return await _found(session, _rows().where(ENROLMENT.c.employee_id == person), limit)


async def of_line(
    session: Session, superior: str, today: date, limit: int = 50, last: tuple[date, str] | None = None
) -> tuple[EnrolmentRow, ...]:
    """The seats of everybody who answers to this person today."""
    query = _rows().where(ENROLMENT.c.employee_id.in_(_under(superior, today)))
    return await _found(session, query.where(*behind(last, ENROLMENT.c.starts_on, ENROLMENT.c.id)), limit)


async def waiting(session: Session, person: str, today: date, limit: int = 50) -> tuple[EnrolmentRow, ...]:
    """What waits for this person: own invitations, and looking back on own trainings and on those of the line."""
    c = ENROLMENT.c
    mine = (c.employee_id == person, or_(c.stage == Stage.INVITED, _wanted(c.own_view)))
    theirs = (c.employee_id.in_(_under(person, today)), _wanted(c.superiors_view))
    found = [await _found(session, _rows().where(*which), limit) for which in (mine, theirs)]
    return (*found[0], *found[1])[:limit]


async def listed(
    session: Session, training: str, stage: str, after: tuple[date, str] | None, limit: int
) -> tuple[EnrolmentRow, ...]:
    """A page of all seats, of this course and at this stage where one is given."""
    c, query = ENROLMENT.c, _rows()
    chosen = ((c.training_id, training), (c.stage, stage))
    query = query.where(*(column == value for column, value in chosen if value))
    return await _found(session, query.where(*behind(after, c.starts_on, c.id)), limit)


async def courses(session: Session) -> tuple[CourseFigures, ...]:
    """Every course of which a seat was given, by its first day, with what became of its seats."""
    c = ENROLMENT.c
    query = select(TRAINING.c.id, TRAINING.c.name, TRAINING.c.starts_on)
    query = query.where(TRAINING.c.id.in_(select(c.training_id))).order_by(TRAINING.c.starts_on, TRAINING.c.id)
    known = (await session.execute(query)).all()
    counts = [await _counts(session, column) for column in (c.stage, c.own_view, c.superiors_view)]
    return tuple(CourseFigures(*row, *(one.get(row.id, {}) for one in counts)) for row in known)


async def views(session: Session, training: str) -> tuple[View, ...]:
    """What was said about this course, by the name of whoever attended it."""
    c = ENROLMENT.c
    said = or_(c.own_view.is_not(None), c.superiors_view.is_not(None))
    query = select(PERSON.c.name, c.document).join_from(ENROLMENT, PERSON, PERSON.c.id == c.employee_id)
    rows = await session.execute(query.where(c.training_id == training, said).order_by(PERSON.c.name, c.id))
    found = ((row.name, whose, row.document[whose]) for row in rows for whose in ("own_view", "superiors_view"))
    return tuple(View(name, whose == "own_view", one["helped"], one["words"]) for name, whose, one in found if one)


async def _counts(session: Session, column: ColumnElement[Any]) -> dict[str, dict[str, int]]:
    training, found = ENROLMENT.c.training_id, dict[str, dict[str, int]]()
    query = select(training, column, func.count()).where(column.is_not(None)).group_by(training, column)
    for course, value, count in await session.execute(query):
        found.setdefault(course, {})[value] = count
    return found


async def without_training(session: Session, person: str) -> tuple[WithoutTraining, ...]:
    """The nominations that left this person without a training."""
    p = PROPOSAL.c
    names = (p.cycle_id, p.code, p.parameters, p.reason, p.decision, p.decision_reason)
    query = select(*names).where(p.employee_id == person, p.decision.is_not(None), p.training_id.is_(None))
    rows = await session.execute(query.order_by(p.decided_at.desc()))
    return tuple(WithoutTraining(row[0], row[1], dict(row[2]), *row[3:]) for row in rows)


async def taught_now(session: Session, training: str) -> Taught | None:
    """The course as the catalogue has it by now."""
    t = TRAINING.c
    query = select(t.name, t.hours, t.year, t.starts_on, t.ends_on, t.place).where(t.id == training)
    row = (await session.execute(query)).first()
    return Taught(*row) if row else None


async def address_of(session: Session, person: str) -> tuple[str, str]:
    """Name and mail address of this person; an address that leads nowhere where none is on record."""
    row = (await session.execute(select(PERSON.c.name, PERSON.c.email).where(PERSON.c.id == person))).one()
    return row.name, row.email or NOWHERE
