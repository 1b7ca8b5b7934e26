"""What development plans follow from: closed years, hours, careers, and what people have made of them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from pydantic import TypeAdapter
from sqlalchemy import func, select

from adapters.database.columns import table_of
from adapters.database.documents import CASE
from adapters.database.engine import Session
from adapters.database.periods import in_force
from adapters.database.reads import career
from adapters.database.reads.career import Official
from adapters.database.reads.lines import around
from adapters.database.reads.seats import granted_hours
from adapters.database.reads.serving import ASSIGNMENT, DEFINITIVE
from adapters.database.reads.standing import standing
from adapters.database.tables import development, process
from appraisal.development.development import Known, proposed
from appraisal.development.plan import Deed, Entry, Item, Plan, Side, plan_of
from appraisal.parties import Parties
from appraisal.training.training import Facts, facts
from appraisal.vocabulary import Outcome

ENTRY = table_of(development.DevelopmentEntry)
APPRAISAL, CYCLE = table_of(process.Appraisal), table_of(process.Cycle)
ITEMS: TypeAdapter[tuple[Item, ...]] = TypeAdapter(tuple[Item, ...])


@dataclass(frozen=True, slots=True)
class Planned:
    """Somebody in office with the plan of a year."""

    official: Official
    plan: Plan

    @property
    def person(self) -> str:
        return self.official.career.person


async def usual_year(session: Session, today: date) -> int:
    """The year that is being planned: the one after the newest year of which something is closed, or this one."""
    query = select(func.max(CYCLE.c.year)).where(CYCLE.c.phase == "closed")
    return max(today.year, (await session.scalar(query) or 0) + 1)


async def plans(session: Session, people: Collection[str], year: int, on: date) -> tuple[Planned, ...]:
    """The plans of those of these people who are in office on that day and are appraised, by name."""
    found = await career.officials(session, on, people)
    shown = (await career.current(session)).policy.own_box
    rated, had = await _rated(session, people, year), await hours_had(session, people, year)
    entries = await _entries(session, people, year)
    return tuple(
        Planned(one, plan_of(year, proposed(known), entries.get(who, ())))
        for one in found
        for who in (one.career.person,)
        for known in (Known(one.career.employment, rated.get(who), had.get(who, 0), one.career, shown),)
    )


async def hours_had(session: Session, people: Collection[str], year: int) -> dict[str, int]:
    """The hours (JP) of these people in that year: what the ledger counts, and what seats grant. All that plans know of it."""
    granted = await granted_hours(session, people)
    return {who: dict(years).get(year, 0) for who, years in granted.items()}


async def parties(session: Session, people: Collection[str], today: date, at: datetime) -> Mapping[str, Parties]:
    """Who stands how to these people today: superiors, who acts for them, and the head."""
    known = await around(session, people, today, at)
    lines = {who: known.line(who) for who in people}
    return {
        who: Parties(who, line.pool_unit_id, line.superiors, line.head_id, acting=line.acting)
        for who, line in lines.items()
        if line is not None
    }


async def reports_of(session: Session, superior: str, today: date, at: datetime) -> tuple[str, ...]:
    """Who answers to this person today, or to somebody for whom this person acts."""
    acting = (await standing(session, today, at)).acting
    whose = {superior, *(official for official, one in acting.items() if one.by == superior)}
    query = select(ASSIGNMENT.c.person_id).where(
        ASSIGNMENT.c.supervisor_id.in_(sorted(whose)), in_force(ASSIGNMENT, today), DEFINITIVE
    )
    return tuple(sorted({who for who in await session.scalars(query) if who != superior}))


async def _rated(session: Session, people: Collection[str], year: int) -> dict[str, tuple[int, Facts]]:
    """The newest rated year of each before that year."""
    query = select(APPRAISAL.c.id, APPRAISAL.c.employee_id, CYCLE.c.year).join(
        CYCLE, CYCLE.c.id == APPRAISAL.c.cycle_id
    )
    query = query.where(APPRAISAL.c.employee_id.in_(sorted(people)), APPRAISAL.c.outcome == Outcome.RATED)
    rows = await session.execute(query.where(CYCLE.c.year < year).order_by(CYCLE.c.year, CYCLE.c.starts_at))
    newest = {row.employee_id: (row.id, row.year) for row in rows}
    ids = [case for case, _ in newest.values()]
    read = await session.execute(select(APPRAISAL.c.id, APPRAISAL.c.document).where(APPRAISAL.c.id.in_(ids)))
    documents = {row.id: row.document for row in read}
    return {who: (of, facts(CASE.validate_python(documents[case]))) for who, (case, of) in newest.items()}


async def _entries(session: Session, people: Collection[str], year: int) -> dict[str, tuple[Entry, ...]]:
    query = select(ENTRY).where(ENTRY.c.person_id.in_(sorted(people)), ENTRY.c.year == year)
    found: dict[str, list[Entry]] = defaultdict(list)
    for row in await session.execute(query.order_by(ENTRY.c.number)):
        told = (ITEMS.validate_python(row.items), row.reason, Side(row.side), row.done_by, row.done_at)
        found[row.person_id].append(Entry(row.number, Deed(row.deed), *told))
    return {who: tuple(entries) for who, entries in found.items()}
