"""HR's board: every open case of every running cycle, who holds it, what the clock does next, and what is wrong with it."""

from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, select, tuple_

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.reads.case_rows import After
from adapters.database.reads.offices import within
from adapters.database.tables import organisation, process, watch
from appraisal.vocabulary import Step
from appraisal.watch import DISAGREE, MACHINE, Kind

APPRAISAL, NOTICE = table_of(process.Appraisal), table_of(process.Notice)
PERSON, TROUBLE = table_of(organisation.Person), table_of(watch.Trouble)
HOLDER = PERSON.alias("holder")
UNRESOLVED = TROUBLE.c.resolved_at.is_(None)
PEOPLE_HOLD = (Step.APPROVAL, Step.REVIEW, Step.CALIBRATION)
"""Steps that a superior holds, and that nobody holds where there is none."""
SETTLING = timedelta(seconds=5)
"""Writers may commit in another order than their clocks tell; what is younger than this is compared row by row."""


class Stuck(StrEnum):
    """Why a case does not move: a person, the machine, a disagreement of process and record; or nobody is there to act."""

    LATE = "late"
    MACHINE = "machine"
    DISAGREE = "disagree"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the board is filtered by; what is empty lets everything through. `holder` is a part of a name.

    `units` are those of an officer of a unit, beyond which he sees nothing; None for the agency's.
    """

    cycle: str = ""
    unit: str = ""
    step: str = ""
    stuck: str = ""
    days: int = 0
    holder: str = ""
    units: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class OpenCase:
    """One line of the board. `notices` and `escalated` count what the clock has done so far."""

    id: str
    cycle_id: str
    employee_id: str
    employee: str
    unit_id: str
    step: str
    holder_id: str | None
    holder: str | None
    escalated_to: str | None
    since: datetime
    due_at: datetime
    ends_at: datetime | None
    next_alarm: str | None
    next_at: datetime | None
    notices: int
    escalated: int
    revision: int
    held: bool
    held_until: datetime | None
    troubles: tuple["Trouble", ...] = ()


@dataclass(frozen=True, slots=True)
class Trouble:
    """What the watch has found about a process, and since when."""

    subject: str
    kind: str
    detail: str
    attempts: int
    first_seen: datetime
    last_seen: datetime

    @property
    def machine(self) -> bool:
        return self.kind in MACHINE

    @property
    def mendable(self) -> bool:
        """Whether there is a way to mend it; a failing machine needs somebody who looks at the error."""
        return self.kind in DISAGREE


@dataclass(frozen=True, slots=True)
class Counts:
    """The board in a few numbers; a case may count in several of them."""

    open: int
    late: int
    machine: int
    disagree: int
    nobody: int


def _columns() -> list[Any]:
    told = select(func.count()).where(NOTICE.c.subject == APPRAISAL.c.id).correlate(APPRAISAL).scalar_subquery()
    named = {
        "employee": func.coalesce(PERSON.c.name, APPRAISAL.c.employee_id).label("employee"),
        "holder": HOLDER.c.name.label("holder"),
        "notices": told.label("notices"),
    }
    names = [field.name for field in fields(OpenCase) if field.name != "troubles"]
    return [named[name] if name in named else APPRAISAL.c[name] for name in names]


def page(wanted: Wanted, now: datetime, after: After | None, limit: int) -> Select[Any]:
    """The query behind one page, the longest due first. It follows an index that ends in (due_at, id)."""
    query = select(*_columns()).select_from(APPRAISAL)
    query = query.outerjoin(PERSON, PERSON.c.id == APPRAISAL.c.employee_id)
    query = query.outerjoin(HOLDER, HOLDER.c.id == APPRAISAL.c.holder_id)
    query = query.where(APPRAISAL.c.due_at.is_not(None), *_conditions(wanted, now))
    if after:
        due_at = literal(after.due_at, APPRAISAL.c.due_at.type)
        query = query.where(tuple_(APPRAISAL.c.due_at, APPRAISAL.c.id) > tuple_(due_at, after.id))
    return query.order_by(APPRAISAL.c.due_at, APPRAISAL.c.id).limit(limit)


def _conditions(wanted: Wanted, now: datetime) -> tuple[ColumnElement[bool], ...]:
    t = APPRAISAL.c
    named = select(PERSON.c.id).where(func.lower(PERSON.c.name).contains(wanted.holder.lower(), autoescape=True))
    given: tuple[tuple[object, ColumnElement[bool]], ...] = (
        (wanted.cycle, t.cycle_id == wanted.cycle),
        (wanted.unit, t.unit_id == wanted.unit),
        (wanted.step, t.step == wanted.step),
        (wanted.days, t.since <= now - timedelta(days=wanted.days)),
        (wanted.holder, t.holder_id.in_(named)),
        (wanted.stuck == Stuck.LATE, and_(t.due_at < now, t.held.is_(False))),
        (wanted.stuck == Stuck.MACHINE, t.id.in_(_troubled(MACHINE))),
        (wanted.stuck == Stuck.DISAGREE, t.id.in_(_troubled(DISAGREE))),
        (wanted.stuck == Stuck.NOBODY, and_(t.holder_id.is_(None), t.step.in_(PEOPLE_HOLD))),
    )
    return (*within(t.unit_id, wanted.units), *(condition for asked, condition in given if asked))


def _troubled(kinds: tuple[Kind, ...]) -> Select[Any]:
    return select(TROUBLE.c.subject).where(UNRESOLVED, TROUBLE.c.kind.in_(kinds))


async def open_cases(
    session: Session, wanted: Wanted, now: datetime, after: After | None = None, limit: int = 50
) -> tuple[OpenCase, ...]:
    """One page of the board."""
    rows = (await session.execute(page(wanted, now, after, limit))).all()
    found = await _troubles_of(session, tuple(row.id for row in rows))
    return tuple(replace(OpenCase(*row), troubles=found.get(row.id, ())) for row in rows)


async def _troubles_of(session: Session, ids: tuple[str, ...]) -> dict[str, tuple[Trouble, ...]]:
    found: dict[str, tuple[Trouble, ...]] = {}
    for trouble in await _troubles(session, TROUBLE.c.subject.in_(ids)):
        found[trouble.subject] = (*found.get(trouble.subject, ()), trouble)
    return found


async def troubles_elsewhere(session: Session, limit: int = 100) -> tuple[Trouble, ...]:
    """Troubles of whatever is no open case on record: processes without a record, groups, cycles, imports."""
    known = select(APPRAISAL.c.id).where(APPRAISAL.c.id == TROUBLE.c.subject, APPRAISAL.c.due_at.is_not(None))
    return await _troubles(session, ~known.exists(), limit)


async def _troubles(session: Session, which: ColumnElement[bool], limit: int = 1000) -> tuple[Trouble, ...]:
    columns = (TROUBLE.c[field.name] for field in fields(Trouble))
    query = select(*columns).where(UNRESOLVED, which).order_by(TROUBLE.c.kind, TROUBLE.c.subject).limit(limit)
    return tuple(Trouble(*row) for row in await session.execute(query))


async def counts(session: Session, now: datetime, units: tuple[str, ...] | None = None) -> Counts:
    """How many cases are open, in these units or in all, and how many of them are stuck for which reason."""
    t = APPRAISAL.c
    is_open = select(func.count()).select_from(APPRAISAL).where(t.due_at.is_not(None), *within(t.unit_id, units))
    alone = is_open.where(t.holder_id.is_(None), t.step.in_(PEOPLE_HOLD))
    numbers = (is_open, is_open.where(t.due_at < now, t.held.is_(False)), alone)
    whole = (await session.execute(select(*(number.scalar_subquery() for number in numbers)))).one()
    kinds = select(TROUBLE.c.subject, TROUBLE.c.kind).where(UNRESOLVED)
    if units is not None:
        kinds = kinds.join(APPRAISAL, t.id == TROUBLE.c.subject).where(*within(t.unit_id, units))
    found = [(row.subject, row.kind) for row in await session.execute(kinds)]
    machine, disagree = ({subject for subject, kind in found if kind in kinds} for kinds in (MACHINE, DISAGREE))
    return Counts(whole[0], whole[1], len(machine), len(disagree), whole[2])


async def fingerprint(session: Session) -> tuple[Any, ...]:
    """Something that is another after every change of a case or a trouble, found without reading them all."""
    newest = select(func.max(APPRAISAL.c.updated_at)).scalar_subquery()
    trouble = select(func.max(TROUBLE.c.changed_at)).scalar_subquery()
    latest, changed = (await session.execute(select(newest, trouble))).one()
    if latest is None:
        return (changed,)
    recent = select(APPRAISAL.c.id, APPRAISAL.c.revision).where(APPRAISAL.c.updated_at > latest - SETTLING)
    return (changed, latest, frozenset((row.id, row.revision) for row in await session.execute(recent)))
