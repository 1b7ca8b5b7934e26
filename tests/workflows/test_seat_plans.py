"""Two plans for the seats, on the real server: kept, compared, one taken; and what comes free goes on by itself."""

from sqlalchemy import update
from temporalio.testing import WorkflowEnvironment

from adapters.database.engine import Sessions
from adapters.database.reads.seat_plans import plans_of
from appraisal.training.nomination import Basis, ComparePlans, NominationOrder, TakePlan
from appraisal.training.training import NoTraining
from appraisal.vocabulary import Step
from tests.workflows.grouping import Agency, agency, refused, replays, soon, until
from tests.workflows.test_nomination import OFFICER, THREE, TRAINING, board, proposals, start
from workflows.nomination import NominationWorkflow


async def test_both_plans_are_kept_one_is_taken_and_a_seat_that_comes_free_is_proposed_by_itself(
    server: WorkflowEnvironment, sessions: Sessions
) -> None:
    here = agency(server.client, sessions)

    async def order(command: ComparePlans | TakePlan, seen: int | None = None) -> None:
        await handle.execute_update(NominationWorkflow.perform, NominationOrder(command, OFFICER, seen))

    async with here.working():
        await here.start_cases(THREE, 6)
        handle = await start(here, soon(Step.NOMINATION))
        before = await proposals(here, 3)
        assert await refused(order(TakePlan(Basis.OPTIMUM))) == "NothingToDecide"
        await order(ComparePlans())
        seen = (await board(here)).nomination
        async with here.sessions.begin() as session:
            plans = await plans_of(session, here.cycle, seen.plans)
        assert plans is not None
        assert (plans.comparison.optimum.seats, plans.comparison.people) == (2, 3)
        assert plans.comparison.bound == plans.comparison.optimum.points == plans.comparison.rule.points
        assert (await board(here)).proposals == before.proposals, "a comparison changes no proposal"
        assert await refused(order(TakePlan(Basis.OPTIMUM), seen.revision - 1)) == "StaleNomination"
        await order(TakePlan(Basis.OPTIMUM), seen.revision)
        taken = await board(here)
        assert taken.nomination.basis is Basis.OPTIMUM
        assert [row.training for row in taken.proposals] == ["t1", "t1", None]
        assert taken.proposals[2].code == NoTraining.OUTWEIGHED
        async with here.sessions.begin() as session:
            await session.execute(update(TRAINING).where(TRAINING.c.id == "t1").values(seats=3))
        await until(lambda: everybody_has_one(here))
        assert await here.kinds(handle.id) == ["nomination_prepared", "step_opened", "plans_compared", "plan_taken"]
        await replays(handle)
        await handle.terminate()


async def everybody_has_one(here: Agency) -> bool:
    return all(row.training == "t1" for row in (await board(here)).proposals)
