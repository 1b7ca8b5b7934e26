"""What undoing a calibration promises, on the real server, with the members' real cases."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import select
from temporalio.client import WorkflowHandle
from temporalio.testing import WorkflowEnvironment

from activities.ports import Cases
from adapters.database.columns import table_of
from adapters.database.engine import Sessions
from adapters.database.tables import process
from appraisal.access import Actor
from appraisal.calibration.calibration import Adjustment, Apply, Calibration, CalibrationOrder, prepared
from appraisal.calibration.session import Undo
from appraisal.calibration.session_rules import SessionRules
from appraisal.case import Case
from appraisal.commands import CloseUnrateable, Order
from appraisal.group import GroupPhase
from appraisal.vocabulary import Predicate, Rating, Step, UnitResult
from runtime.processes import TemporalCases
from tests.builders import HEAD, SUPERIOR, UNIT
from tests.workflows.grouping import Agency, agency, refused, replays, soon, until
from workflows.calibration import CalibrationWorkflow

NOTICE = table_of(process.Notice)
PEOPLE = tuple(f"m{number:02}" for number in range(12))
RAISE = Adjustment("m05", Rating.DI_ATAS, Rating.DI_ATAS, "Memimpin imunisasi.")
Handle = WorkflowHandle[CalibrationWorkflow, GroupPhase]


async def start(here: Agency, member: bool = False) -> Handle:
    """An open calibration whose decisions can be undone for a minute."""
    name, table = f"calibration/{here.cycle}/{UNIT}", soon(Step.CALIBRATION)
    rules = SessionRules(undo="PT1M")
    fresh = prepared(name, here.cycle, UNIT, HEAD, (SUPERIOR,), table, datetime.now(UTC), member=member, rules=rules)
    fresh = replace(fresh, unit_result=UnitResult.BAIK)
    handle = await here.client.start_workflow(CalibrationWorkflow.run, fresh, id=fresh.id, task_queue=here.queue)
    await until(lambda: settled(handle, lambda state: state.phase is GroupPhase.OPEN))
    return handle


async def ask(handle: Handle, command: Apply | Undo, who: str = HEAD) -> object:
    order = CalibrationOrder(command, Actor(who))
    return await handle.execute_update(CalibrationWorkflow.perform, order)


async def decided(here: Agency) -> Handle:
    """All twelve calibrated, and told of it."""
    await here.start_cases(PEOPLE, 4)
    handle = await start(here)
    await ask(handle, Apply((RAISE,), PEOPLE, "Dibahas."))
    await until(lambda: settled(handle, lambda state: not state.moving))
    return handle


async def settled(handle: Handle, holds: object) -> bool:
    state: Calibration = await handle.query(CalibrationWorkflow.calibration)
    return bool(holds(state))  # type: ignore[operator]


async def steps(here: Agency) -> set[Step]:
    return {(await here.case(person)).step for person in PEOPLE}


async def test_everybody_goes_back_and_the_unit_is_decided_anew(
    server: WorkflowEnvironment, sessions: Sessions
) -> None:
    here = agency(server.client, sessions)
    async with here.working():
        handle = await decided(here)
        await ask(handle, Undo("Salah baca capaian."))
        await until(lambda: settled(handle, lambda state: state.undone is not None), 30)
        assert await steps(here) == {Step.CALIBRATION}
        assert (await here.case("m05")).predicate is Predicate.BAIK
        for person in PEOPLE:
            assert (await here.kinds(here.case_id(person))).count("take_back") == 1
        await ask(handle, Apply((), PEOPLE, "Dibahas."))
        await until(lambda: settled(handle, lambda state: not state.moving))
        assert await steps(here) == {Step.ACKNOWLEDGEMENT}
        kinds = await here.kinds(handle.id)
        assert kinds[-6:] == ["calibrated", "members_moved", "undo", "undone", "calibrated", "members_moved"]
        async with sessions.begin() as session:
            heard = select(NOTICE.c.recipient).where(NOTICE.c.kind == "rating_taken_back")
            assert set(await session.scalars(heard)) == set(PEOPLE)
        await replays(handle)
        await handle.terminate()


async def test_of_two_heads_who_apply_at_once_one_decides_for_everybody(
    server: WorkflowEnvironment, sessions: Sessions
) -> None:
    here = agency(server.client, sessions)
    async with here.working():
        await here.start_cases(PEOPLE, 4)
        handle = await start(here, member=True)  # whoever would calibrate himself has his superior beside him
        lower = Adjustment("m05", Rating.DI_BAWAH, Rating.SESUAI, "Dua target tidak tercapai.")
        said = await asyncio.gather(
            *(ask(handle, Apply((wish,), PEOPLE, "Dibahas."), who) for wish, who in ((RAISE, HEAD), (lower, SUPERIOR))),
            return_exceptions=True,
        )
        refusals = [one for one in said if isinstance(one, Exception)]
        assert len(refusals) == 1
        assert await refused(raising(refusals[0])) in ("StaleBoard", "NothingToDecide")
        await until(lambda: settled(handle, lambda state: not state.moving and state.round == 1))
        state: Calibration = await handle.query(CalibrationWorkflow.calibration)
        assert state.decision is not None
        given = Predicate.SANGAT_BAIK if state.decision.by == HEAD else Predicate.BUTUH_PERBAIKAN
        assert (await here.case("m05")).predicate is given
        assert await steps(here) == {Step.ACKNOWLEDGEMENT}
        await handle.terminate()


async def raising(failure: Exception) -> None:
    raise failure


class OneGoesOn:
    """The real cases; but as soon as anybody is told to go back, HR closes one of them."""

    def __init__(self, cases: Cases, case_id: str) -> None:
        self._cases, self._case_id = cases, case_id
        self._closed = asyncio.Lock()
        self._done = False

    async def start(self, case: Case) -> None:
        await self._cases.start(case)

    async def perform(self, case_id: str, order: Order, command_id: str) -> str:
        async with self._closed:
            if order.command.kind == "take_back" and not self._done:
                self._done = True
                close = Order(CloseUnrateable("Meninggal dunia."), Actor("olga", hr=True))
                assert await self._cases.perform(self._case_id, close, "close") == ""
        return await self._cases.perform(case_id, order, command_id)


async def test_where_one_goes_on_in_between_everybody_is_put_back(
    server: WorkflowEnvironment, sessions: Sessions
) -> None:
    here = agency(server.client, sessions)
    async with here.working(OneGoesOn(TemporalCases(server.client, here.queue), here.case_id("m11"))):
        handle = await decided(here)
        before = {person: await here.case(person) for person in PEOPLE[:-1]}
        await ask(handle, Undo("Salah baca capaian."))
        await until(lambda: settled(handle, lambda state: state.undone is not None), 30)
        for person, case in before.items():
            now = await here.case(person)
            assert (now.step, now.since, now.calibrated) == (case.step, case.since, case.calibrated)
        state = await handle.query(CalibrationWorkflow.calibration)
        assert state.undone is not None
        assert (state.undone.stayed, state.decision is not None) == (("m11",), True)
        assert await refused(ask(handle, Undo("Sekali lagi."))) == "TooLateToUndo"
        await replays(handle)
        await handle.terminate()
