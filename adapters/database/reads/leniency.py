"""What each reviewer of a cycle has given, summed up in the database: as reviewed, before any calibration."""

from sqlalchemy import func, select

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.tables import process
from appraisal.calibration.leniency import Reviews, summed
from appraisal.vocabulary import Rating

APPRAISAL = table_of(process.Appraisal)


async def reviews(session: Session, cycle: str) -> tuple[Reviews, ...]:
    """The reviews on record in this cycle, by unit and by whoever gave them."""
    document = APPRAISAL.c.document
    by = document["reviewed_by"].as_string()
    results, behaviour = (document["review"][name].as_string() for name in ("results", "behaviour"))
    given = (APPRAISAL.c.unit_id, by, results, behaviour)
    query = select(*given, func.count()).where(APPRAISAL.c.cycle_id == cycle, results.is_not(None), by.is_not(None))
    rows = await session.execute(query.group_by(*given))
    return summed((unit, who, Rating(one), Rating(other), people) for unit, who, one, other, people in rows)
