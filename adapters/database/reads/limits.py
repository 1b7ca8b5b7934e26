"""The budget and the quotas of a year, as the rules need them."""

from sqlalchemy import select

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.tables.training import TrainingLimits
from appraisal.training.limits import NO_LIMITS, Limits

LIMITS = table_of(TrainingLimits)


async def limits_of(session: Session, year: int) -> Limits:
    """What HR has set for this year; no limits where nothing was set."""
    row = (await session.execute(select(LIMITS).where(LIMITS.c.year == year))).first()
    return NO_LIMITS if row is None else Limits(row.budget, row.quotas)
