"""The two plans for the seats of a nomination, as last made."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select, tuple_

from adapters.database.columns import table_of
from adapters.database.documents import COMPARISON, SEAT
from adapters.database.engine import Session
from adapters.database.tables import organisation, process, seat_plans
from appraisal.seats.figures import Comparison
from appraisal.seats.market import Proposal

PLAN, SEATS = table_of(seat_plans.SeatPlan), table_of(seat_plans.PlannedSeat)
APPRAISAL, PERSON = table_of(process.Appraisal), table_of(organisation.Person)


@dataclass(frozen=True, slots=True)
class SeatPlans:
    """Both plans in numbers, as they were made; `revision` is that of the nomination that has them."""

    revision: int
    made_at: datetime
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class PlannedSeat:
    """One person for whom the plans differ."""

    employee: str
    name: str
    unit: str | None
    rank: int
    rule: Proposal
    optimum: Proposal

    @property
    def key(self) -> tuple[int, str]:
        """Where the list goes on after this one."""
        return self.rank, self.employee


async def plans_of(session: Session, cycle: str, revision: int) -> SeatPlans | None:
    """The plans that a nomination of this revision has; None where there are none, or only older ones."""
    row = (await session.execute(select(PLAN).where(PLAN.c.cycle_id == cycle, PLAN.c.revision == revision))).first()
    return SeatPlans(row.revision, row.made_at, COMPARISON.validate_python(row.document)) if row else None


async def optimum_of(session: Session, cycle: str) -> dict[str, Proposal]:
    """The optimiser's plan, by employee."""
    rows = await session.execute(select(SEATS.c.employee_id, SEATS.c.optimum).where(SEATS.c.cycle_id == cycle))
    return {row.employee_id: SEAT.validate_python(row.optimum) for row in rows}


async def differences(
    session: Session, cycle: str, after: tuple[int, str] | None, size: int
) -> tuple[PlannedSeat, ...]:
    """Those for whom the plans differ, `size` of them after this key (rank, employee)."""
    rows = await session.execute(differing(cycle, after, size))
    return tuple(
        PlannedSeat(
            *(row.employee_id, row.name or row.employee_id, row.unit_id, row.rank),
            *(SEAT.validate_python(row.rule), SEAT.validate_python(row.optimum)),
        )
        for row in rows
    )


def differing(cycle: str, after: tuple[int, str] | None, size: int) -> Select[Any]:
    """The query behind one page of differences; it follows the index `ix_planned_seat_differs`."""
    case = (APPRAISAL.c.cycle_id == SEATS.c.cycle_id) & (APPRAISAL.c.employee_id == SEATS.c.employee_id)
    query = select(SEATS, PERSON.c.name, APPRAISAL.c.unit_id)
    query = query.join_from(SEATS, PERSON, PERSON.c.id == SEATS.c.employee_id, isouter=True).join(
        APPRAISAL, case, isouter=True
    )
    query = query.where(SEATS.c.cycle_id == cycle, SEATS.c.differs.is_(True))
    query = query.where(tuple_(SEATS.c.rank, SEATS.c.employee_id) > tuple_(*after)) if after else query
    return query.order_by(SEATS.c.rank, SEATS.c.employee_id).limit(size)
