"""What pages and the API show of single cases and of lists of them. Lists page by key, never by offset."""

from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, select, tuple_

from adapters.database.columns import before, table_of
from adapters.database.documents import CASE, NOMINATION
from adapters.database.engine import Session
from adapters.database.reads.offices import within
from adapters.database.tables import organisation, periods, process
from appraisal.case import Case
from appraisal.parties import HR
from appraisal.privacy.disclosure import STILL_CHANGING
from appraisal.training.nomination import Nomination
from appraisal.vocabulary import GROUP_STEPS, Step

APPRAISAL, CYCLE = table_of(process.Appraisal), table_of(process.Cycle)
EVENT, NOTICE = table_of(process.Event), table_of(process.Notice)
EVALUATION = table_of(periods.Evaluation)
NOMINATIONS = table_of(process.Nomination)
PERSON = table_of(organisation.Person)
HOLDER = PERSON.alias("holder")
TOLD = tuple(column for column in NOTICE.c if not column.name.endswith("_settled_at"))
"""What a notice tells its recipient; how far its sending is, is nobody's news."""
HANDED_ON = (Step.APPROVAL, Step.REVIEW, Step.ENDORSEMENT, Step.OBJECTION)
"""Steps that somebody else may do as well once they are late."""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of a list of cases, with the names of the employee and of the holder."""

    id: str
    cycle_id: str
    employee_id: str
    employee: str
    unit_id: str
    step: str
    holder_id: str | None
    holder: str | None
    escalated_to: str | None
    taken_by: str | None
    held: bool
    since: datetime
    opens_at: datetime | None
    due_at: datetime | None
    ends_at: datetime | None
    next_alarm: str | None
    next_at: datetime | None
    predicate: str | None
    outcome: str | None
    revision: int


def as_told(rows: tuple[CaseRow, ...], reader: str) -> tuple[CaseRow, ...]:
    """The rows as this reader may have them: no list tells anybody the own rating while it may change."""
    kept = [row.employee_id == reader and row.step in STILL_CHANGING for row in rows]
    return tuple(replace(row, predicate=None) if keep else row for row, keep in zip(rows, kept, strict=True))


@dataclass(frozen=True, slots=True)
class After:
    """Where the last page ended: the key of its last row."""

    due_at: datetime
    id: str


def _rows() -> Select[Any]:
    named = {"employee": PERSON.c.name.label("employee"), "holder": HOLDER.c.name.label("holder")}
    query = select(*(named[f.name] if f.name in named else APPRAISAL.c[f.name] for f in fields(CaseRow)))
    query = query.select_from(APPRAISAL).join(PERSON, PERSON.c.id == APPRAISAL.c.employee_id)
    return query.outerjoin(HOLDER, HOLDER.c.id == APPRAISAL.c.holder_id)


async def _list(session: Session, query: Select[Any], after: After | None, limit: int) -> tuple[CaseRow, ...]:
    if after:
        due_at = literal(after.due_at, APPRAISAL.c.due_at.type)
        query = query.where(tuple_(APPRAISAL.c.due_at, APPRAISAL.c.id) > tuple_(due_at, after.id))
    found = await session.execute(query.order_by(APPRAISAL.c.due_at, APPRAISAL.c.id).limit(limit))
    return tuple(CaseRow(*row) for row in found)


async def waiting_for(
    session: Session,
    people: tuple[str, ...],
    after: After | None = None,
    limit: int = 50,
    units: tuple[str, ...] = (),
) -> tuple[CaseRow, ...]:
    """What these people (a person, and 'hr' or 'hr/{unit}' for officers) must do, may prepare or were handed, most overdue
    first. `units` are those of an officer of a unit."""
    held = _rows().where(APPRAISAL.c.holder_id.in_(people), APPRAISAL.c.step.not_in(GROUP_STEPS))
    handed = _rows().where(APPRAISAL.c.escalated_to.in_(people), APPRAISAL.c.step.in_(HANDED_ON))
    prepared = _rows().where(APPRAISAL.c.preparer_id.in_(people))
    for_hr = _rows().where(APPRAISAL.c.handed_to_hr.is_(True), APPRAISAL.c.step.in_(HANDED_ON))
    called = (APPRAISAL.c.handed_to_unit_hr.is_(True), APPRAISAL.c.step.in_(HANDED_ON))
    of_units = _rows().where(*within(APPRAISAL.c.unit_id, units), *called)
    more = (for_hr, _rows().where(_abandoned())) if HR in people else (of_units,) if units else ()
    queries = (held, handed, prepared, *more)
    found = {row.id: row for query in queries for row in await _list(session, query, after, limit)}
    return tuple(sorted(found.values(), key=lambda row: (row.due_at, row.id))[:limit])


def _abandoned() -> ColumnElement[bool]:
    """Cases that wait for somebody who is not there: HR's business until the organisation names one."""
    return and_(APPRAISAL.c.holder_id.is_(None), APPRAISAL.c.step.in_((Step.APPROVAL, Step.REVIEW)))


async def cases_of_cycle(
    session: Session,
    cycle: str,
    step: str | None = None,
    unit: str | None = None,
    overdue_at: datetime | None = None,
    after: After | None = None,
    limit: int = 50,
    units: tuple[str, ...] | None = None,
) -> tuple[CaseRow, ...]:
    """Open cases of a cycle, in these units or in all, the longest due first; closed ones when `step` asks for them."""
    query = _rows().where(APPRAISAL.c.cycle_id == cycle, *within(APPRAISAL.c.unit_id, units))
    query = query.where(APPRAISAL.c.step == step) if step else query.where(APPRAISAL.c.step != Step.CLOSED)
    if unit:
        query = query.where(APPRAISAL.c.unit_id == unit)
    if overdue_at:
        query = query.where(APPRAISAL.c.due_at < overdue_at)
    if step == Step.CLOSED:
        query = query.where(APPRAISAL.c.due_at.is_(None))  # always so; said for the sake of the index
        query = query.where(APPRAISAL.c.id > after.id) if after else query
        found = await session.execute(query.order_by(APPRAISAL.c.id).limit(limit))
        return tuple(CaseRow(*row) for row in found)
    return await _list(session, query, after, limit)


async def cases_of_person(session: Session, employee: str) -> tuple[CaseRow, ...]:
    """All cases of one employee, newest cycle first."""
    query = _rows().join(CYCLE, CYCLE.c.id == APPRAISAL.c.cycle_id).where(APPRAISAL.c.employee_id == employee)
    found = await session.execute(query.order_by(CYCLE.c.starts_at.desc()).limit(50))
    return tuple(CaseRow(*row) for row in found)


async def case_of(session: Session, cycle: str, employee: str) -> Case | None:
    """The case of this employee in this cycle as last stored."""
    theirs = (APPRAISAL.c.cycle_id == cycle, APPRAISAL.c.employee_id == employee)
    document = await session.scalar(select(APPRAISAL.c.document).where(*theirs))
    return CASE.validate_python(document) if document else None


async def case(session: Session, case_id: str) -> Case | None:
    """The whole state as last stored."""
    document = await session.scalar(select(APPRAISAL.c.document).where(APPRAISAL.c.id == case_id))
    return CASE.validate_python(document) if document else None


async def nomination(session: Session, cycle: str) -> Nomination | None:
    """The nomination of a cycle as last stored."""
    document = await session.scalar(select(NOMINATIONS.c.document).where(NOMINATIONS.c.cycle_id == cycle))
    return NOMINATION.validate_python(document) if document else None


async def events(session: Session, subject: str) -> tuple[dict[str, Any], ...]:
    """The record of a process in order, hashes included."""
    found = await session.execute(select(EVENT).where(EVENT.c.subject == subject).order_by(EVENT.c.revision))
    return tuple(dict(row) for row in found.mappings())


async def revision_of(session: Session, subject: str, command_id: str) -> int | None:
    """The revision that an order made of its process, once it is on record."""
    query = select(EVENT.c.revision).where(EVENT.c.subject == subject, EVENT.c.command_id == command_id)
    return await session.scalar(query)


async def notices(
    session: Session, recipients: tuple[str, ...], limit: int = 100, last: tuple[datetime, str] | None = None
) -> tuple[dict[str, Any], ...]:
    """The newest notices to a person (and to 'hr' for officers), with the employee each is about and where that case stands."""
    about = func.coalesce(APPRAISAL.c.employee_id, EVALUATION.c.employee_id)
    case = (APPRAISAL.c.cycle_id, about.label("employee_id"), APPRAISAL.c.step, APPRAISAL.c.due_at)
    query = (
        select(*TOLD, *case, PERSON.c.name.label("employee"))
        .outerjoin(APPRAISAL, APPRAISAL.c.id == NOTICE.c.subject)
        .outerjoin(EVALUATION, EVALUATION.c.id == NOTICE.c.subject)
        .outerjoin(PERSON, PERSON.c.id == about)
        .where(NOTICE.c.recipient.in_(recipients), *before(last, NOTICE.c.created_at, NOTICE.c.id))
        .order_by(NOTICE.c.created_at.desc(), NOTICE.c.id.desc())
        .limit(limit)
    )
    return tuple(dict(row) for row in (await session.execute(query)).mappings())
