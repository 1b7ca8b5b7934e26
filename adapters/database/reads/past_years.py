"""What people were rated in the cycles before: beside a rating, for whoever calibrates it."""

from collections.abc import Collection

from sqlalchemy import select

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.tables import process
from appraisal.vocabulary import Outcome, Predicate

APPRAISAL, CYCLE = table_of(process.Appraisal), table_of(process.Cycle)
MOST = 3
"""Years shown of each person."""


async def past_years(
    session: Session, cycle: str, people: Collection[str]
) -> dict[str, tuple[tuple[int, Predicate], ...]]:
    """Year and predicate of each person's closed, rated cases in other cycles, newest first; the others are left out."""
    query = select(APPRAISAL.c.employee_id, CYCLE.c.year, APPRAISAL.c.predicate)
    query = query.join(CYCLE, CYCLE.c.id == APPRAISAL.c.cycle_id)
    query = query.where(
        APPRAISAL.c.cycle_id != cycle, APPRAISAL.c.employee_id.in_(people), APPRAISAL.c.outcome == Outcome.RATED
    )
    found: dict[str, tuple[tuple[int, Predicate], ...]] = {}
    for who, year, predicate in await session.execute(query.order_by(CYCLE.c.year.desc(), CYCLE.c.starts_at.desc())):
        found[who] = (*found.get(who, ()), (year, Predicate(predicate)))[:MOST]
    return found
