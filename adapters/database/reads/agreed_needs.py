"""What agreed development plans ask of the seats of a cycle."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import distinct, func, select

from adapters.database.columns import table_of
from adapters.database.documents import POLICY
from adapters.database.engine import Session
from adapters.database.reads.development import ENTRY, plans
from adapters.database.tables import process
from appraisal.development.plan import BOTH, Deed, wanted
from appraisal.training.training import Need

CYCLE = table_of(process.Cycle)
AT_ONCE = 200
"""People whose plans are read together: each needs the document of a case."""


async def agreed_needs(
    session: Session, cycle: str, people: Collection[str], year: int, on: date
) -> dict[str, tuple[Need, ...]]:
    """The needs that these people and their superiors have agreed on for this year, with the weight of the cycle's policy."""
    document = await session.scalar(select(CYCLE.c.policy).where(CYCLE.c.id == cycle))
    weight = POLICY.validate_python(document).agreed_need if document else 0
    if not weight:
        return {}
    both = select(ENTRY.c.person_id).where(ENTRY.c.year == year, ENTRY.c.deed == Deed.AGREED)
    both = both.group_by(ENTRY.c.person_id).having(func.count(distinct(ENTRY.c.side)) == len(BOTH))
    known = set(people)
    agreed = [who for who in (await session.scalars(both.order_by(ENTRY.c.person_id))) if who in known]
    found: dict[str, tuple[Need, ...]] = {}
    for first in range(0, len(agreed), AT_ONCE):
        some = await plans(session, agreed[first : first + AT_ONCE], year, on)
        found |= {one.person: wanted(one.plan, weight) for one in some}
    return found
