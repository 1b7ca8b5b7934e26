"""Reports of a wrong superior, as HR and whoever has reported read them."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from adapters.database.columns import before, behind, table_of
from adapters.database.engine import Session
from adapters.database.tables import organisation, superiors
from appraisal.people.superior_report import ReportPhase

PERSON, REPORT = table_of(organisation.Person), table_of(superiors.SuperiorReport)
BEFORE, PROPOSED, SUPERIOR = PERSON.alias("before"), PERSON.alias("proposed"), PERSON.alias("superior")


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One report with the names of everybody in it; `superior` is whom HR has named."""

    id: str
    person_id: str
    person: str
    before_id: str | None
    before: str | None
    proposed_id: str | None
    proposed: str | None
    words: str
    phase: str
    reported_at: datetime
    due_at: datetime
    reminded: int
    superior_id: str | None
    superior: str | None
    reason: str
    decided_at: datetime | None
    revision: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many reports wait for HR, and how many of them longer than they should."""

    open: int
    late: int


def _rows() -> Select[Any]:
    named = {
        "person": PERSON.c.name,
        "before": BEFORE.c.name,
        "proposed": PROPOSED.c.name,
        "superior": SUPERIOR.c.name,
    }
    query = select(*(named[f.name] if f.name in named else REPORT.c[f.name] for f in fields(ReportRow)))
    query = query.select_from(REPORT).join(PERSON, PERSON.c.id == REPORT.c.person_id)
    for other, column in ((BEFORE, "before_id"), (PROPOSED, "proposed_id"), (SUPERIOR, "superior_id")):
        query = query.outerjoin(other, other.c.id == REPORT.c[column])
    return query


async def open_reports(
    session: Session, limit: int | None = 200, last: tuple[datetime, str] | None = None
) -> tuple[ReportRow, ...]:
    """What waits for HR, the longest due first."""
    key = (REPORT.c.due_at, REPORT.c.id)
    query = _rows().where(REPORT.c.phase == ReportPhase.OPEN, *behind(last, *key)).order_by(*key)
    return tuple(ReportRow(*row) for row in await session.execute(query.limit(limit)))


async def reports_by(
    session: Session, person: str, limit: int | None = 50, last: tuple[datetime, str] | None = None
) -> tuple[ReportRow, ...]:
    """What this person has reported, the newest first."""
    key = (REPORT.c.reported_at, REPORT.c.id)
    query = _rows().where(REPORT.c.person_id == person, *before(last, *key))
    query = query.order_by(*(column.desc() for column in key)).limit(limit)
    return tuple(ReportRow(*row) for row in await session.execute(query))


async def report(session: Session, report_id: str) -> ReportRow | None:
    row = (await session.execute(_rows().where(REPORT.c.id == report_id))).first()
    return ReportRow(*row) if row else None


async def open_report_of(session: Session, person: str) -> ReportRow | None:
    """The one report of this person that waits, if there is one."""
    query = _rows().where(REPORT.c.person_id == person, REPORT.c.phase == ReportPhase.OPEN)
    row = (await session.execute(query.limit(1))).first()
    return ReportRow(*row) if row else None


async def waiting(session: Session, now: datetime) -> Waiting:
    late = func.count().filter(REPORT.c.due_at <= now)
    found = await session.execute(select(func.count(), late).where(REPORT.c.phase == ReportPhase.OPEN))
    return Waiting(*found.one())
