"""Two plans for the seats of a nomination: by the rule, and the one that meets the most needs in all."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from temporalio import activity

from appraisal.seats.errors import NoPlanInTime
from appraisal.seats.figures import Comparison, Plans, compared
from appraisal.seats.market import Market
from appraisal.seats.prices import Network, Solved, network, optimum
from appraisal.seats.rule import propose

Result = TypeVar("Result")


class SeatPlans(Protocol):
    """What the plans are made of, and where they are kept."""

    async def market(self, cycle: str, at: datetime) -> Market:
        """Whoever waits and is undecided, the courses that have not begun, and what limits them."""

    async def keep(self, cycle: str, revision: int, at: datetime, plans: Plans) -> None:
        """Keep these plans in place of earlier ones, in one transaction; harmless to repeat."""


class Optimiser(Protocol):
    """Solves the program of the seats outside this process."""

    async def solve(self, net: Network, within: timedelta) -> Solved | None:
        """Its answer; None where it has none in this time."""


@dataclass(frozen=True, slots=True)
class Planning:
    """Both plans for a cycle at this instant, for the nomination that will have this revision then."""

    cycle: str
    revision: int
    at: datetime
    within: timedelta
    alive_every: timedelta


class SeatPlanActivities:
    """Safe to repeat: the same people and courses give the same plans."""

    def __init__(self, plans: SeatPlans, optimiser: Optimiser) -> None:
        self._plans, self._optimiser = plans, optimiser

    @activity.defn
    async def plan_seats(self, planning: Planning) -> Comparison:
        """Make both plans and keep them. Rules run in a thread and the solver in a program of its own: the loop goes on."""
        return await _reporting(self._made(planning), planning.alive_every)

    async def _made(self, planning: Planning) -> Comparison:
        market = await self._plans.market(planning.cycle, planning.at)
        rule = await asyncio.to_thread(propose, market)
        net = await asyncio.to_thread(network, market)
        solved = await self._optimiser.solve(net, planning.within)
        if solved is None:
            what = f"No plan was found within {planning.within.total_seconds():.0f} seconds."
            raise NoPlanInTime(what, "", "Go on with the rule's proposals, or try again later.")
        best = await asyncio.to_thread(optimum, market, net, solved)
        plans = compared(market, rule, best)
        await self._plans.keep(planning.cycle, planning.revision, planning.at, plans)
        return plans.comparison


async def _reporting(work: Awaitable[Result], every: timedelta) -> Result:
    """The result, with a heartbeat every so often; the work ends with whoever waits for it."""
    task = asyncio.ensure_future(work)
    try:
        while not (await asyncio.wait({task}, timeout=every.total_seconds()))[0]:
            activity.heartbeat()
        return task.result()
    finally:
        task.cancel()
