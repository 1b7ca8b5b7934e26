"""What a calibration promises, on the real server, with the members' real cases."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from temporalio.client import WorkflowHandle
from temporalio.testing import WorkflowEnvironment

from adapters.database.columns import table_of
from adapters.database.engine import Sessions
from adapters.database.reads.group_boards import calibration_board
from adapters.database.tables import process
from appraisal.access import Actor
from appraisal.calibration.calibration import Adjustment, Apply, Calibration, CalibrationOrder, SetUnitResult, prepared
from appraisal.group import GroupPhase
from appraisal.timetable import Timetable
from appraisal.vocabulary import Predicate, Rating, Step, UnitResult
from runtime.processes import TemporalCases
from tests.builders import HEAD, SUPERIOR, UNIT
from tests.workflows.grouping import Agency, DyingCases, agency, refused, replays, soon, until
from workflows.calibration import CalibrationWorkflow

NOTICE = table_of(process.Notice)
THREE = ("ani", "eko", "gita")
RAISE_ANI = Adjustment("ani", Rating.DI_ATAS, Rating.DI_ATAS, "Memimpin imunisasi.")

Handle = WorkflowHandle[CalibrationWorkflow, GroupPhase]


async def start(here: Agency, timetable: Timetable, result: UnitResult | None = UnitResult.BAIK) -> Handle:
    fresh = prepared(
        f"calibration/{here.cycle}/{UNIT}", here.cycle, UNIT, HEAD, (SUPERIOR,), timetable, datetime.now(UTC)
    )
    calibration = replace(fresh, unit_result=result)
    handle = await here.client.start_workflow(
        CalibrationWorkflow.run, calibration, id=calibration.id, task_queue=here.queue
    )
    await until(lambda: opened(handle))
    return handle


async def opened(handle: Handle) -> bool:
    return (await state(handle)).phase is not GroupPhase.WAITING


async def state(handle: Handle) -> Calibration:
    return await handle.query(CalibrationWorkflow.calibration)


async def ask(handle: Handle, command: Apply | SetUnitResult, actor: Actor | None = None) -> object:
    return await handle.execute_update(CalibrationWorkflow.perform, CalibrationOrder(command, actor or Actor(HEAD)))


async def test_one_decision_moves_everybody_once_and_can_be_seen_before_and_after(
    server: WorkflowEnvironment, sessions: Sessions
) -> None:
    here = agency(server.client, sessions)
    async with here.working():
        await here.start_cases(THREE, 4)
        handle = await start(here, soon(Step.CALIBRATION), None)
        assert await refused(ask(handle, Apply((), THREE))) == "UnitResultMissing"
        await ask(handle, SetUnitResult(UnitResult.BAIK, "Evaluasi Bupati."), Actor("olga", hr=True))
        async with sessions.begin() as session:
            board = await calibration_board(session, here.cycle, UNIT)
        assert board is not None
        assert board.counts[Predicate.BAIK] == 3
        assert [found.code for found in board.deviations] == ["too_small"]
        shown = tuple(member.employee for member in board.members)
        await ask(handle, Apply((RAISE_ANI,), shown, "Sudah dibahas."))
        assert await handle.result() is GroupPhase.DONE
        ani, eko = await here.case("ani"), await here.case("eko")
    assert (ani.predicate, eko.predicate) == (Predicate.SANGAT_BAIK, Predicate.BAIK)
    assert ani.calibrated is not None
    assert (ani.calibrated.reason, ani.calibrated.decided_by) == ("Memimpin imunisasi.", HEAD)
    for employee in THREE:
        assert (await here.kinds(here.case_id(employee))).count("calibrate") == 1
    assert await here.kinds(handle.id) == [
        *("calibration_prepared", "step_opened", "set_unit_result", "calibrated", "members_moved", "group_done")
    ]
    events, transitions = await replays(handle)
    assert events <= 45
    assert transitions <= 16


@pytest.mark.parametrize(
    ("command", "actor", "code"),
    [
        (Apply((replace(RAISE_ANI, reason=""),), ("ani", "eko")), HEAD, "MissingReason"),
        (Apply((replace(RAISE_ANI, employee="budi"),), ("ani", "eko")), HEAD, "NotAMember"),
        (Apply((), ("ani",)), HEAD, "StaleBoard"),
        (Apply((), ("ani", "eko")), SUPERIOR, "NotAllowed"),
        (SetUnitResult(UnitResult.BAIK, "Ya."), HEAD, "NotAllowed"),
    ],
)
async def test_a_refusal_changes_nothing(
    server: WorkflowEnvironment, sessions: Sessions, command: Apply | SetUnitResult, actor: str, code: str
) -> None:
    here = agency(server.client, sessions)
    async with here.working():
        await here.start_cases(("ani", "eko"), 4)
        handle = await start(here, soon(Step.CALIBRATION))
        before = await state(handle)
        assert await refused(ask(handle, command, Actor(actor))) == code
        assert await state(handle) == before
        assert await here.kinds(handle.id) == ["calibration_prepared", "step_opened"]
        assert (await here.case("ani")).step is Step.CALIBRATION
        await handle.terminate()


async def test_whoever_comes_late_is_a_later_round(server: WorkflowEnvironment, sessions: Sessions) -> None:
    here = agency(server.client, sessions)
    async with here.working():
        await here.start_cases(("ani",), 4)
        await here.start_cases(("eko",), 3)
        handle = await start(here, soon(Step.CALIBRATION))
        await ask(handle, Apply((), ("ani",)))
        await until(lambda: at_step(here, "ani", Step.ACKNOWLEDGEMENT))
        assert (await state(handle)).open
        await here.go_on("eko", 3, 4)
        assert await refused(ask(handle, Apply((), ("ani",)))) == "StaleBoard"
        await ask(handle, Apply((), ("eko",)))
        assert await handle.result() is GroupPhase.DONE
    assert (await here.kinds(handle.id)).count("calibrated") == 2


async def at_step(here: Agency, employee: str, step: Step) -> bool:
    return (await here.case(employee)).step is step


async def test_the_clock_reminds_escalates_and_ends_and_then_takes_late_arrivals_at_once(
    server: WorkflowEnvironment, sessions: Sessions
) -> None:
    here = agency(server.client, sessions)
    async with here.working():
        await here.start_cases(("ani",), 4)
        await here.start_cases(("eko",), 3)
        handle = await start(here, soon(Step.CALIBRATION, end=2, alarms=(0.5, 1, 1.5)))
        await until(lambda: at_step(here, "ani", Step.ACKNOWLEDGEMENT))
        assert (await here.case("ani")).predicate is Predicate.BAIK
        await here.go_on("eko", 3, 4)
        await until(lambda: at_step(here, "eko", Step.ACKNOWLEDGEMENT))
        assert await handle.result() is GroupPhase.DONE
    assert await here.kinds(handle.id) == [
        *("calibration_prepared", "step_opened", "reminded", "became_due", "escalated", "window_ended"),
        *("lapsed", "members_moved", "lapsed", "members_moved", "group_done"),
    ]
    async with sessions.begin() as session:
        heard = await session.execute(select(NOTICE.c.recipient, NOTICE.c.kind).where(NOTICE.c.subject == handle.id))
        told = {(recipient, kind) for recipient, kind in heard}
    assert (SUPERIOR, "calibration_escalated_to_you") in told
    assert (HEAD, "calibration_reminded") in told
    await replays(handle)


async def test_a_unit_that_nobody_can_reach_any_more_is_done_when_it_opens(
    server: WorkflowEnvironment, sessions: Sessions
) -> None:
    here = agency(server.client, sessions)
    async with here.working():
        handle = await start(here, soon(Step.CALIBRATION))
        assert await handle.result() is GroupPhase.DONE


async def test_a_worker_that_dies_while_members_are_told_leaves_the_rest_to_the_next(
    server: WorkflowEnvironment, sessions: Sessions
) -> None:
    here = agency(server.client, sessions)
    people = tuple(f"m{number:02}" for number in range(14))
    dying = DyingCases(TemporalCases(server.client, here.queue), lives=11)
    async with here.working(dying):
        await here.start_cases(people, 4)
        handle = await start(here, soon(Step.CALIBRATION))
        await ask(handle, Apply((replace(RAISE_ANI, employee="m05"),), people))
        await dying.dying.wait()
    async with here.working():
        async with asyncio.timeout(30):
            assert await handle.result() is GroupPhase.DONE
        assert (await here.case("m05")).predicate is Predicate.SANGAT_BAIK
        for person in people:
            assert await at_step(here, person, Step.ACKNOWLEDGEMENT)
            assert (await here.kinds(here.case_id(person))).count("calibrate") == 1
    assert (await here.kinds(handle.id)).count("members_moved") == 1
    await replays(handle)
