"""What people and the clock did in a cycle, counted from the record itself."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Result, and_, func, select

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.tables import process

EVENT, APPRAISAL = table_of(process.Event), table_of(process.Appraisal)


@dataclass(frozen=True, slots=True)
class Acts:
    """Events of the cycle's cases by kind, escalations by rung of the ladder, and closed cases by the way they left."""

    by_kind: dict[str, int]
    escalated_by_level: dict[str, int]
    exits_by_kind: dict[str, int]


async def acts(session: Session, cycle: str) -> Acts:
    """The counts of one cycle."""
    kinds = await session.execute(select(EVENT.c.kind, func.count()).where(_of(cycle)).group_by(EVENT.c.kind))
    climbs = await session.scalars(select(EVENT.c.changes).where(_of(cycle), EVENT.c.kind == "escalated"))
    levels = Counter(str(now) for changes in climbs for name, _, now in changes if name == "level")
    left = select(APPRAISAL.c.exit, func.count()).where(APPRAISAL.c.cycle_id == cycle, APPRAISAL.c.exit.is_not(None))
    exits = await session.execute(left.group_by(APPRAISAL.c.exit))
    return Acts(
        _counts(kinds),
        dict(sorted(levels.items())),
        _counts(exits),
    )


def _counts(found: Result[Any]) -> dict[str, int]:
    return {str(kind): int(count) for kind, count in sorted(tuple(row) for row in found)}


def _of(cycle: str) -> ColumnElement[bool]:
    """The events of the cycle's cases: a stretch of the primary key. '0' is what follows '/'."""
    return and_(EVENT.c.subject >= f"appraisal/{cycle}/", EVENT.c.subject < f"appraisal/{cycle}0")
