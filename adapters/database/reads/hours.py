"""The hours of training (JP) that people have: what the ledger counts, and what seats grant of which nobody knows the end yet."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, exists, func, select

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.tables import enrolments, organisation, process
from appraisal.training.enrolment import RECORDED
from appraisal.training.hours import YearOfHours
from appraisal.vocabulary import Employment

ENROLMENT, ENTRY = table_of(enrolments.Enrolment), table_of(enrolments.HoursEntry)
PROPOSAL, TRAINING = table_of(process.Proposal), table_of(organisation.Training)
PERSON = table_of(organisation.Person)


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One line of somebody's ledger, with the name of the course."""

    course: str
    year: int
    hours: int
    reason: str
    entered_at: datetime


def open_seats() -> Select[Any]:
    """(employee, year, hours) of every approved seat of which is not recorded yet whether the employee was there."""
    same = (ENROLMENT.c[name] == PROPOSAL.c[name] for name in ("cycle_id", "employee_id", "round"))
    recorded = exists().where(*same, ENROLMENT.c.stage.in_(RECORDED))
    query = select(PROPOSAL.c.employee_id, TRAINING.c.year, TRAINING.c.hours)
    query = query.join_from(PROPOSAL, TRAINING, TRAINING.c.id == PROPOSAL.c.training_id)
    return query.where(PROPOSAL.c.decision == "approved", ~recorded)


def counted() -> Select[Any]:
    """The same of every line of the ledger."""
    return select(ENTRY.c.person_id.label("employee_id"), ENTRY.c.year, ENTRY.c.hours)


async def years_of(session: Session, person: str, *also: int) -> tuple[YearOfHours, ...]:
    """The hours of this person by year, the newest first; of these years also where there are none."""
    employment = await session.scalar(select(PERSON.c.employment).where(PERSON.c.id == person))
    sums = []
    for rows in (counted().where(ENTRY.c.person_id == person), open_seats().where(PROPOSAL.c.employee_id == person)):
        part = rows.subquery()
        query = select(part.c.year, func.sum(part.c.hours)).group_by(part.c.year)
        sums.append({year: int(hours) for year, hours in await session.execute(query)})
    counts, grants = sums
    known = Employment(employment or Employment.PNS)
    return tuple(
        YearOfHours(year, known, counts.get(year, 0), grants.get(year, 0))
        for year in sorted({*counts, *grants, *also}, reverse=True)
    )


async def ledger_of(session: Session, person: str) -> tuple[LedgerLine, ...]:
    """Every line of this person's ledger, the newest first."""
    query = select(TRAINING.c.name, ENTRY.c.year, ENTRY.c.hours, ENTRY.c.reason, ENTRY.c.entered_at)
    query = query.join_from(ENTRY, TRAINING, TRAINING.c.id == ENTRY.c.training_id).where(ENTRY.c.person_id == person)
    rows = await session.execute(query.order_by(ENTRY.c.entered_at.desc(), ENTRY.c.enrolment_id))
    return tuple(LedgerLine(*row) for row in rows)
