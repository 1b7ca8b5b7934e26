"""The clock of a group that stands still on the real server, whatever happens to the worker meanwhile."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from temporalio.client import WorkflowHandle, WorkflowUpdateStage
from temporalio.testing import WorkflowEnvironment

from adapters.database.engine import Sessions
from appraisal.access import Actor
from appraisal.calibration.calibration import Apply, CalibrationOrder
from appraisal.commands import Hold, Release
from appraisal.group import GroupPhase
from appraisal.training.nomination import NominationOrder
from appraisal.vocabulary import Alarm, Step
from runtime.processes import TemporalCases
from tests.builders import HEAD
from tests.workflows import test_nomination
from tests.workflows.grouping import DyingCases, agency, refused, replays, soon, until
from tests.workflows.test_calibration import Handle, at_step, start, state
from workflows.calibration import CalibrationWorkflow
from workflows.nomination import NominationWorkflow

OFFICER = Actor("olga", hr=True)
FLOOD, DRY = "Banjir: kantor ditutup.", "Kantor dibuka."


async def give(handle: Handle, wish: Hold | Release | Apply, key: str, actor: Actor = OFFICER) -> object:
    return await handle.execute_update(CalibrationWorkflow.perform, CalibrationOrder(wish, actor), id=key)


async def test_a_window_does_not_end_during_a_hold_though_the_worker_died_and_ends_later_by_the_time_lost(
    server: WorkflowEnvironment, sessions: Sessions
) -> None:
    here = agency(server.client, sessions)
    async with here.working():
        await here.start_cases(("ani",), 4)
        handle = await start(here, soon(Step.CALIBRATION, end=2.5))
        first = await give(handle, Hold(FLOOD), "olga/k1")
        before = await state(handle)
    await asyncio.sleep(3)  # nobody works, and the window would have ended
    async with here.working():
        assert await give(handle, Hold(FLOOD), "olga/k1") == first, "the same key again is the same order"
        assert await refused(give(handle, Hold(FLOOD), "olga/k2")) == "OnHold"
        assert await refused(give(handle, Apply((), ("ani",)), "dewi/k1", Actor(HEAD))) == "OnHold"
        now = await state(handle)
        assert (now.phase, now.next_alarm) == (GroupPhase.OPEN, (now.schedule.closes, Alarm.CLOSE))
        assert await at_step(here, "ani", Step.CALIBRATION)
        await give(handle, Release(DRY), "olga/k3")
        after = await state(handle)
        lost = after.schedule.window.end - before.schedule.window.end
        assert timedelta(seconds=3) < lost < timedelta(seconds=20)
        assert await handle.result() is GroupPhase.DONE
        assert await at_step(here, "ani", Step.ACKNOWLEDGEMENT)
    assert await here.kinds(handle.id) == [
        *("calibration_prepared", "step_opened", "hold", "release", "window_ended", "lapsed", "members_moved"),
        "group_done",
    ]
    await replays(handle)


async def test_a_hold_that_comes_while_members_are_told_stops_nobody_who_has_been_decided_on(
    server: WorkflowEnvironment, sessions: Sessions
) -> None:
    here = agency(server.client, sessions)
    people = tuple(f"m{number:02}" for number in range(14))
    dying = DyingCases(TemporalCases(server.client, here.queue), lives=11)
    async with here.working(dying):
        await here.start_cases((*people, "late"), 3)
        await asyncio.gather(*(here.go_on(who, 3, 4) for who in people))
        handle = await start(here, soon(Step.CALIBRATION))
        await give(handle, Apply((), people), "dewi/k1", Actor(HEAD))
        await dying.dying.wait()
        order, accepted = CalibrationOrder(Hold(FLOOD), OFFICER), WorkflowUpdateStage.ACCEPTED
        held_up = await handle.start_update(CalibrationWorkflow.perform, order, wait_for_stage=accepted)
    async with here.working():
        await held_up.result()
        for person in people:
            await until(lambda person=person: at_step(here, person, Step.ACKNOWLEDGEMENT), 30)  # type: ignore[misc]
        held = await state(handle)
        assert (held.phase, held.moving, held.held is not None) == (GroupPhase.OPEN, False, True)
        await give(handle, Release(DRY), "olga/k2")
        await here.go_on("late", 3, 4)
        await give(handle, Apply((), ("late",)), "dewi/k2", Actor(HEAD))
        assert await handle.result() is GroupPhase.DONE
    await replays(handle)


@pytest.mark.parametrize("ends", [None, 4.0], ids=["without-an-end", "with-an-end-that-nobody-noticed"])
async def test_a_cycle_that_closes_ends_the_hold_and_settles_whoever_is_there(
    server: WorkflowEnvironment, sessions: Sessions, ends: float | None
) -> None:
    here = agency(server.client, sessions)
    async with here.working():
        await here.start_cases(("ani",), 4)
        handle = await start(here, soon(Step.CALIBRATION, end=5, closes=6))
        by = datetime.now(UTC) + timedelta(seconds=ends) if ends else None
        await give(handle, Hold(FLOOD, by), "olga/k1")
    await asyncio.sleep(6)
    async with here.working():
        assert await handle.result() is GroupPhase.DONE
        assert await at_step(here, "ani", Step.ACKNOWLEDGEMENT)
    kinds = ["closed_with_cycle", "lapsed", "members_moved", "group_done"]
    assert (await here.kinds(handle.id))[-4:] == kinds
    await replays(handle)


async def test_a_nomination_goes_on_by_itself_when_its_hold_ends(
    server: WorkflowEnvironment, sessions: Sessions
) -> None:
    here = agency(server.client, sessions)
    async with here.working():
        await here.start_cases(("ani",), 6)
        handle = await test_nomination.start(here, soon(Step.NOMINATION, end=6))
        shown = await test_nomination.proposals(here, 1)
        by = datetime.now(UTC) + timedelta(seconds=4)
        await tell(handle, Hold(FLOOD, by), "olga/k1")
        assert await refused(test_nomination.ask(handle, *test_nomination.as_proposed(shown))) == "OnHold"
        before = await handle.query(NominationWorkflow.nomination)
    await asyncio.sleep(4.5)
    async with here.working():
        assert before.next_alarm == (by, Alarm.RELEASE)
        await until(lambda: released(handle))
        await test_nomination.ask(handle, *test_nomination.as_proposed(shown))
        assert await handle.result() is GroupPhase.DONE
    kinds = await here.kinds(handle.id)
    assert kinds[:4] == ["nomination_prepared", "step_opened", "hold", "released"]
    assert kinds[4:] == ["nominations_decided", "members_moved", "group_done"]
    await replays(handle)


async def released(handle: WorkflowHandle[NominationWorkflow, GroupPhase]) -> bool:
    return (await handle.query(NominationWorkflow.nomination)).held is None


async def tell(handle: WorkflowHandle[NominationWorkflow, GroupPhase], wish: Hold | Release, key: str) -> object:
    return await handle.execute_update(NominationWorkflow.perform, NominationOrder(wish, OFFICER), id=key)
