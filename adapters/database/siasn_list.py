"""The results of a cycle and how each stands towards SIASN: for HR's page, its file, and orders that mean many."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CompoundSelect, Select, and_, func, literal, select, tuple_, union_all

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.tables import organisation, periods, process, siasn
from appraisal.siasn_push import OWNERS, YEAR, Chosen, Failure, Owner, Stand

APPRAISAL, EVALUATION = table_of(process.Appraisal), table_of(periods.Evaluation)
PUSH, PERSON = table_of(siasn.Push), table_of(organisation.Person)


@dataclass(frozen=True, slots=True)
class PushRow:
    """One result: of the year where `period` is 0. Without a `stand` it was never sent; `owner`: whose turn it is."""

    employee: str
    person_id: str
    period: int
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
    def key(self) -> tuple[str, int]:
        """Where the next page of the list begins: after this one. A name has no place in an address."""
        return self.person_id, self.period


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
    """The part of a list that somebody asks for: 'new', or how they stand; for which reason."""

    stand: str = ""
    failure: str = ""


def _results(cycle: str) -> CompoundSelect[Any]:
    """Every result of the cycle, those of periods that were rated included."""
    years, rated = APPRAISAL.c, EVALUATION.c
    return union_all(
        select(years.employee_id, literal(YEAR).label("period"), years.unit_id).where(years.cycle_id == cycle),
        select(rated.employee_id, rated.number, rated.unit_id).where(
            rated.cycle_id == cycle, rated.results_rating.is_not(None)
        ),
    )


def subjects(cycle: str) -> Select[Any]:
    """The results of the cycle: name, person, period, unit, and the push if there is one."""
    found = _results(cycle).subquery()
    pushed = and_(PUSH.c.cycle_id == cycle, PUSH.c.person_id == found.c.employee_id, PUSH.c.period == found.c.period)
    kept = ("stand", "failure", "tries", "asked_by", "asked_at", "tried_at", "sent_at", "digest", "answer")
    key = (PERSON.c.name, found.c.employee_id.label("person_id"), found.c.period, found.c.unit_id)
    joined = found.join(PERSON, PERSON.c.id == found.c.employee_id).outerjoin(PUSH, pushed)
    return select(*key, *(PUSH.c[name] for name in kept)).select_from(joined)


async def listed(
    session: Session, cycle: str, wanted: Wanted, after: tuple[str, int] | None = None, limit: int = 50
) -> tuple[PushRow, ...]:
    """The results by name, how each stands and why."""
    query = subjects(cycle)
    name, person, period = query.selected_columns[:3]
    if wanted.stand:
        query = query.where(PUSH.c.stand.is_(None) if wanted.stand == "new" else PUSH.c.stand == wanted.stand)
    if wanted.failure:
        query = query.where(PUSH.c.failure == wanted.failure)
    if after:
        last = select(PERSON.c.name).where(PERSON.c.id == after[0]).scalar_subquery()
        query = query.where(tuple_(name, person, period) > tuple_(last, *after))
    return tuple(_row(row) for row in await session.execute(query.order_by(name, person, period).limit(limit)))


async def one(session: Session, cycle: str, person: str, period: int) -> PushRow | None:
    """One result of the cycle."""
    query = subjects(cycle)
    theirs = (query.selected_columns[1] == person, query.selected_columns[2] == period)
    row = (await session.execute(query.where(*theirs))).first()
    return _row(row) if row else None


async def results(session: Session, cycle: str) -> frozenset[Chosen]:
    """Every result that the cycle has."""
    return frozenset(Chosen(row.person_id, row.period) for row in await session.execute(subjects(cycle)))


async def of_order(session: Session, order: str) -> int:
    """How many results go out by this order."""
    return await session.scalar(select(func.count()).where(PUSH.c.order_id == order)) or 0


async def figures(session: Session, cycle: str) -> Figures:
    """The counts of the cycle."""
    query = select(PUSH.c.stand, PUSH.c.failure, func.count()).where(PUSH.c.cycle_id == cycle)
    rows = (await session.execute(query.group_by(PUSH.c.stand, PUSH.c.failure).order_by(PUSH.c.stand))).all()
    each = {how: sum(count for stand, _, count in rows if stand == how) for how in Stand}
    results = await session.scalar(select(func.count()).select_from(_results(cycle).subquery())) or 0
    reasons = tuple((Stand(how), Failure(why), count) for how, why, count in rows if why)
    told = (each[Stand.WAITING], each[Stand.SENT], each[Stand.LISTED])
    return Figures(max(results - sum(told), 0), *told, reasons)


def _row(row: Any) -> PushRow:
    how = Stand(row.stand) if row.stand else None
    why = Failure(row.failure) if row.failure else None
    told = (row.tries or 0, row.asked_by, row.asked_at, row.tried_at, row.sent_at, row.digest or "", row.answer or "")
    return PushRow(row.name, row.person_id, row.period, row.unit_id, how, why, OWNERS[why] if why else None, *told)
