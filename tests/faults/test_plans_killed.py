"""The worker dies while the two plans for the seats are made: they arrive once, the same as if nothing had happened.

Each call to the world beyond the activity is a place to die at, before it and after it is done. Then once in a real process.
"""

import asyncio
import signal
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from temporalio.testing import ActivityEnvironment, WorkflowEnvironment

from activities.seat_plans import Planning, SeatPlanActivities
from adapters.database.engine import Sessions
from adapters.database.reads.seat_plans import PLAN, SEATS, plans_of
from adapters.database.writes.seat_plans import SqlSeatPlans
from adapters.seat_optimiser import asked, solved
from adapters.seat_solver import solve
from appraisal.seats.figures import Comparison, Plans
from appraisal.seats.market import Market
from appraisal.seats.prices import Network, Solved
from appraisal.training.limits import Limits
from appraisal.training.nomination import ComparePlans, NominationOrder
from appraisal.vocabulary import Step
from runtime.children import Child
from runtime.settings import Settings
from tests.builders import START
from tests.faults.killed_unit import Killed, Mortal
from tests.keys import KEYS
from tests.rules.test_seat_rule import SHORT, TIME, candidate
from tests.workflows.grouping import Agency, agency, soon, until
from tests.workflows.test_nomination import OFFICER, THREE, board, start
from workflows.nomination import NominationWorkflow

CALLS, NEVER = 3, 1000
"""Reading the market, solving, keeping the plans."""
MARKET = Market(tuple(candidate(name, TIME, unit="u1") for name in "abc"), (SHORT,), Limits(None, {"u1": 1}))


class World(Mortal):
    """A worker that dies at its n-th call; the database is real, the solver's answer is the same each time."""

    def __init__(self, sessions: Sessions, point: int) -> None:
        super().__init__(point // 2 + 1, bool(point % 2))
        self.real = SqlSeatPlans(sessions)
        self.deaths = 0

    async def market(self, cycle: str, at: datetime) -> Market:
        async def read() -> Market:
            return MARKET

        return await self.called(read())

    async def solve(self, net: Network, within: timedelta) -> Solved:
        async def answer() -> Solved:
            return solved(net, solve({**asked(net), "seconds": within.total_seconds()}))

        return await self.called(answer())

    async def keep(self, cycle: str, revision: int, at: datetime, plans: Plans) -> None:
        await self.called(self.real.keep(cycle, revision, at, plans))

    async def plan(self, cycle: str) -> Comparison:
        """What the activity answers in the end: whoever dies is followed by another attempt."""
        planning = Planning(cycle, 1, START, timedelta(seconds=10), timedelta(seconds=3))
        while True:
            try:
                return await ActivityEnvironment().run(SeatPlanActivities(self, self).plan_seats, planning)
            except Killed:
                self.deaths += 1


async def kept(sessions: Sessions, cycle: str) -> tuple[list[int], list[str]]:
    """The revisions of the plans that a cycle has, and the people in them."""
    async with sessions() as session:
        plans = await session.scalars(select(PLAN.c.revision).where(PLAN.c.cycle_id == cycle))
        seats = select(SEATS.c.employee_id).where(SEATS.c.cycle_id == cycle).order_by(SEATS.c.employee_id)
        return list(plans), list(await session.scalars(seats))


@pytest.mark.every_database
async def test_the_plans_arrive_once_wherever_the_worker_dies(sessions: Sessions) -> None:
    undisturbed = await World(sessions, NEVER).plan("c0")
    for point in range(2 * CALLS):
        world, cycle = World(sessions, point), f"c{point + 1}"
        assert await world.plan(cycle) == undisturbed
        assert world.deaths == 1, f"the worker was to die at point {point}"
        assert await kept(sessions, cycle) == ([1], ["a", "b", "c"])
        async with sessions() as session:
            found = await plans_of(session, cycle, 1)
        assert found is not None
        assert found.comparison == undisturbed


@pytest.mark.slow
async def test_a_worker_that_is_killed_while_the_solver_works_makes_the_plans_once(
    server: WorkflowEnvironment, sessions: Sessions, database_url: str, tmp_path: Path
) -> None:
    here = agency(server.client, sessions)
    settings = Settings(
        database_url=database_url,
        task_queue=here.queue,
        temporal_address=server.client.service_client.config.target_host,
        payload_keys=KEYS,
        worker_metrics_port=0,
        temporal_metrics_port=0,
    )
    argv = (sys.executable, "-m", "console.main", "worker")
    worker = Child("worker", argv, env=settings.environment(), log=tmp_path / "worker.jsonl")
    await worker.start()
    try:
        async with asyncio.timeout(60):
            await here.start_cases(THREE, 6)
        handle = await start(here, soon(Step.NOMINATION, 300, 400))
        await until(lambda: opened(here, handle.id), 60)
        order = NominationOrder(ComparePlans(), OFFICER)
        asked_for = asyncio.create_task(handle.execute_update(NominationWorkflow.perform, order))
        await until(lambda: solving(worker.pid), 60)
        worker.send(signal.SIGKILL)
        await worker.wait()
        await worker.start()
        async with asyncio.timeout(90):
            await asked_for
        assert (await here.kinds(handle.id)).count("plans_compared") == 1
        revisions, people = await kept(sessions, here.cycle)
        assert (len(revisions), people) == (1, sorted(THREE))
        await handle.terminate()
    finally:
        await worker.stop(10)


async def opened(here: Agency, nomination: str) -> bool:
    """Whether the nomination is open and has proposed for everybody."""
    found = await board(here) if "step_opened" in await here.kinds(nomination) else None
    return found is not None and len(found.proposals) == len(THREE)


async def solving(pid: int) -> bool:
    """Whether a program of this process's own runs: the solver."""
    return bool(children_of(pid))


def children_of(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
