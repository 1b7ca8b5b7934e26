"""Who stands how to a case, as the organisation is today: what the table of rights is asked with."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, literal, or_, select

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.tables import organisation, process
from appraisal.parties import Parties
from appraisal.people.acting import Acting
from appraisal.vocabulary import AssignmentKind

ASSIGNMENT, APPRAISAL = table_of(organisation.Assignment), table_of(process.Appraisal)
KNOWN = (
    *("id", "step", "revision", "opens_at", "unit_id"),
    *("supervisor_id", "superior_id", "head_id", "escalated_to", "handed_to_hr", "taken_by", "acting", "earlier"),
    *("handed_to_unit_hr", "rater_id", "decider_id"),
)
FACTS = select(*(APPRAISAL.c[name] for name in KNOWN)).where(
    APPRAISAL.c.cycle_id == bindparam("cycle"), APPRAISAL.c.employee_id == bindparam("employee")
)
HIGHEST = 8
"""Levels of superiors that are looked at; more than any agency has."""


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What must be known of a case before anybody may see it."""

    id: str
    step: str
    revision: int
    opens_at: datetime | None
    parties: Parties


async def case_facts(session: Session, cycle: str, employee: str) -> CaseFacts | None:
    """The facts of this case as its process knows them, or None if there is no such case."""
    row = (await session.execute(FACTS, {"cycle": cycle, "employee": employee})).first()
    if row is None:
        return None
    line = tuple(person for person in (row.supervisor_id, row.superior_id) if person)
    called = (row.escalated_to, row.handed_to_hr, row.taken_by)
    acting = tuple(Acting(*one) for one in row.acting)
    called_in = {"handed_to_unit_hr": row.handed_to_unit_hr, "rater": row.rater_id, "decider": row.decider_id}
    parties = Parties(employee, row.unit_id, line, row.head_id, *called, acting, tuple(row.earlier), **called_in)
    return CaseFacts(row.id, row.step, row.revision, row.opens_at, parties)


async def superiors(session: Session, person: str, today: date) -> tuple[str, ...]:
    """The chain of superiors as of today, nearest first."""
    now = ASSIGNMENT.c
    valid = (
        now.kind == AssignmentKind.DEFINITIF,
        now.valid_from <= today,
        or_(now.valid_to.is_(None), now.valid_to > today),
        now.supervisor_id.is_not(None),
    )
    first = select(now.supervisor_id.label("id"), literal(1).label("level")).where(now.person_id == person, *valid)
    chain = first.cte("chain", recursive=True)
    above = select(now.supervisor_id, chain.c.level + 1).where(
        now.person_id == chain.c.id, chain.c.level < HIGHEST, *valid
    )
    chain = chain.union_all(above)
    found = await session.scalars(select(chain.c.id).order_by(chain.c.level))
    return tuple(dict.fromkeys(found))
