"""The two plans for the seats of a nomination, kept when they are made."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete

from adapters.database.documents import COMPARISON, SEAT
from adapters.database.engine import Sessions
from adapters.database.reads.seat_market import market_of
from adapters.database.reads.seat_plans import PLAN, SEATS
from adapters.database.upsert import insert_missing
from appraisal.seats.figures import Plans
from appraisal.seats.market import Market, Proposal


class SqlSeatPlans:
    """Implements activities.ports.SeatPlans."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def market(self, cycle: str, at: datetime) -> Market:
        return await market_of(self._sessions, cycle, at)

    async def keep(self, cycle: str, revision: int, at: datetime, plans: Plans) -> None:
        optimum = {proposal.employee: proposal for proposal in plans.optimum}
        document = COMPARISON.dump_python(plans.comparison, mode="json")
        async with self._sessions.begin() as session:
            await session.execute(delete(PLAN).where(PLAN.c.cycle_id == cycle))
            await session.execute(delete(SEATS).where(SEATS.c.cycle_id == cycle))
            row = {"cycle_id": cycle, "revision": revision, "made_at": at, "document": document}
            await insert_missing(session, PLAN, [row])
            await insert_missing(session, SEATS, [_row(cycle, rule, optimum[rule.employee]) for rule in plans.rule])


def _row(cycle: str, rule: Proposal, optimum: Proposal) -> dict[str, Any]:
    return {
        "cycle_id": cycle,
        "employee_id": rule.employee,
        "rank": rule.rank,
        "differs": rule.training != optimum.training,
        "rule": SEAT.dump_python(rule, mode="json"),
        "optimum": SEAT.dump_python(optimum, mode="json"),
    }
