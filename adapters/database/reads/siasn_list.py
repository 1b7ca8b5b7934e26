"""The results of a cycle and how each stands towards SIASN: for HR's page, its file, and orders that mean many."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CompoundSelect, Select, String, and_, cast, exists, func, literal, or_, select, tuple_, union_all

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.reads.hours import ENROLMENT, TRAINING
from adapters.database.tables import career, organisation, periods, process, siasn
from appraisal.career.career import Kind
from appraisal.siasn.push import OWNERS, YEAR, Chosen, Failure, Matter, Owner, Stand
from appraisal.training.enrolment import Stage

APPRAISAL, EVALUATION, CYCLE = table_of(process.Appraisal), table_of(periods.Evaluation), table_of(process.Cycle)
DECISION = table_of(career.CareerDecision)
WHICH = ("person_id", "matter", "period", "course_id")
"""What tells one result of a cycle from another."""
PUSH, PERSON = table_of(siasn.Push), table_of(organisation.Person)


@dataclass(frozen=True, slots=True)
class PushRow:
    """One result: ratings of the year where `period` is 0, a course, or the box of the year, as `matter` says.

    Without a `stand` it was never sent; `owner`: whose turn it is.
    """

    employee: str
    person_id: str
    period: int
    matter: Matter
    course_id: str
    course: str
    unit_id: str
    stand: Stand | None
    failure: Failure | None
    owner: Owner | None
    tries: int
    asked_by: str | None
    asked_at: datetime | None
    tried_at: datetime | None
    sent_at: datetime | None
    digest: str
    answer: str

    @property
    def key(self) -> Chosen:
        """Where the next page of the list begins: after this one. A name has no place in an address."""
        return Chosen(self.person_id, self.period, self.matter, self.course_id)


@dataclass(frozen=True, slots=True)
class Figures:
    """How many results of a cycle stand how; and of those that wait or are listed, how many for which reason."""

    new: int
    waiting: int
    sent: int
    listed: int
    reasons: tuple[tuple[Stand, Failure, int], ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """The part of a list that somebody asks for: 'new', or how they stand; for which reason; about what."""

    stand: str = ""
    failure: str = ""
    matter: str = ""


def _results(cycle: str) -> CompoundSelect[Any]:
    """Every result of the cycle: of the year, of periods that were rated, courses that were attended, confirmed boxes."""
    years, rated, seat, decided = APPRAISAL.c, EVALUATION.c, ENROLMENT.c, DECISION.c
    theirs = (seat.cycle_id == years.cycle_id) & (seat.employee_id == years.employee_id)
    same = (
        PUSH.c.cycle_id == seat.cycle_id,
        PUSH.c.person_id == seat.employee_id,
        PUSH.c.course_id == seat.training_id,
    )
    told = exists().where(*same, PUSH.c.matter == Matter.COURSE)
    year = select(cast(CYCLE.c.year, String)).where(CYCLE.c.id == cycle).scalar_subquery()
    boxed = (decided.person_id == years.employee_id) & (decided.kind == Kind.BOX) & (decided.about == year)
    return union_all(
        select(years.employee_id, *_about(Matter.RATING), years.unit_id).where(years.cycle_id == cycle),
        select(rated.employee_id, *_about(Matter.RATING, rated.number), rated.unit_id).where(
            rated.cycle_id == cycle, rated.results_rating.is_not(None)
        ),
        select(years.employee_id, *_about(Matter.COURSE, course=seat.training_id), years.unit_id)
        .join(ENROLMENT, theirs)
        # One that was on its way before the attendance was taken back stays to be seen.
        .where(years.cycle_id == cycle, or_(seat.stage == Stage.ATTENDED, told))
        .distinct(),
        select(years.employee_id, *_about(Matter.TALENT), years.unit_id)
        .join(DECISION, boxed)
        .where(years.cycle_id == cycle)
        .distinct(),
    )


def _about(matter: Matter, period: Any = None, course: Any = None) -> tuple[Any, ...]:
    """What tells one result of somebody from another."""
    return (
        literal(str(matter)).label("matter"),
        (literal(YEAR) if period is None else period).label("period"),
        (literal("") if course is None else course).label("course_id"),
    )


def subjects(cycle: str) -> Select[Any]:
    """The results of the cycle: name, person, which one, unit, the name of a course, and the push if there is one."""
    found = _results(cycle).subquery()
    which = (found.c.employee_id.label("person_id"), *(found.c[name] for name in WHICH[1:]))
    same = (PUSH.c[column.name] == column for column in which)
    pushed = and_(PUSH.c.cycle_id == cycle, *same)
    kept = ("stand", "failure", "tries", "asked_by", "asked_at", "tried_at", "sent_at", "digest", "answer")
    key = (PERSON.c.name, *which, found.c.unit_id, TRAINING.c.name.label("course"))
    joined = found.join(PERSON, PERSON.c.id == found.c.employee_id).outerjoin(PUSH, pushed)
    joined = joined.outerjoin(TRAINING, TRAINING.c.id == found.c.course_id)
    return select(*key, *(PUSH.c[name] for name in kept)).select_from(joined)


async def listed(
    session: Session, cycle: str, wanted: Wanted, after: Chosen | None = None, limit: int = 50
) -> tuple[PushRow, ...]:
    """The results by name, how each stands and why."""
    query = subjects(cycle)
    name, *which = query.selected_columns[: len(WHICH) + 1]
    if wanted.matter:
        query = query.where(which[1] == wanted.matter)
    if wanted.stand:
        query = query.where(PUSH.c.stand.is_(None) if wanted.stand == "new" else PUSH.c.stand == wanted.stand)
    if wanted.failure:
        query = query.where(PUSH.c.failure == wanted.failure)
    if after:
        last = select(PERSON.c.name).where(PERSON.c.id == after.person).scalar_subquery()
        query = query.where(tuple_(name, *which) > tuple_(last, *_values(after)))
    return tuple(_row(row) for row in await session.execute(query.order_by(name, *which).limit(limit)))


async def one(session: Session, cycle: str, chosen: Chosen) -> PushRow | None:
    """One result of the cycle."""
    query = subjects(cycle)
    pairs = zip(query.selected_columns[1:], _values(chosen), strict=False)
    row = (await session.execute(query.where(*(column == value for column, value in pairs)))).first()
    return _row(row) if row else None


async def results(session: Session, cycle: str) -> frozenset[Chosen]:
    """Every result that the cycle has."""
    return frozenset(chosen_of(row) for row in await session.execute(subjects(cycle)))


def chosen_of(row: Any) -> Chosen:
    """Which result a row of `subjects` is."""
    return Chosen(row.person_id, row.period, Matter(row.matter), row.course_id)


def _values(one: Chosen) -> tuple[Any, ...]:
    """The same in the order of WHICH."""
    return one.person, one.matter, one.period, one.course


async def of_order(session: Session, order: str) -> int:
    """How many results go out by this order."""
    return await session.scalar(select(func.count()).where(PUSH.c.order_id == order)) or 0


async def figures(session: Session, cycle: str, matter: str = "") -> Figures:
    """The counts of the cycle, of what is about this `matter` alone where it is said."""
    found = _results(cycle).subquery()
    query = select(PUSH.c.stand, PUSH.c.failure, func.count()).where(PUSH.c.cycle_id == cycle)
    every = select(func.count()).select_from(found)
    if matter:
        query, every = query.where(PUSH.c.matter == matter), every.where(found.c.matter == matter)
    rows = (await session.execute(query.group_by(PUSH.c.stand, PUSH.c.failure).order_by(PUSH.c.stand))).all()
    each = {how: sum(count for stand, _, count in rows if stand == how) for how in Stand}
    results = await session.scalar(every) or 0
    reasons = tuple((Stand(how), Failure(why), count) for how, why, count in rows if why)
    told = (each[Stand.WAITING], each[Stand.SENT], each[Stand.LISTED])
    return Figures(max(results - sum(told), 0), *told, reasons)


def _row(row: Any) -> PushRow:
    how = Stand(row.stand) if row.stand else None
    why = Failure(row.failure) if row.failure else None
    told = (row.tries or 0, row.asked_by, row.asked_at, row.tried_at, row.sent_at, row.digest or "", row.answer or "")
    owner = OWNERS[why] if why else None
    about = (row.person_id, row.period, Matter(row.matter), row.course_id, row.course or "")
    return PushRow(*(row.name, *about, row.unit_id), how, why, owner, *told)
