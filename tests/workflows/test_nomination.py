"""What a nomination promises, on the real server, with the candidates' real cases."""

import asyncio
from datetime import UTC, date, datetime

from sqlalchemy import delete, insert, select, update
from temporalio.client import WorkflowHandle
from temporalio.testing import WorkflowEnvironment

from adapters.database.columns import table_of
from adapters.database.engine import Sessions
from adapters.database.reads.group_boards import NominationBoard, nomination_board
from adapters.database.reads.limits import LIMITS
from adapters.database.tables import organisation, process
from appraisal.access import Actor
from appraisal.group import GroupPhase
from appraisal.timetable import Timetable
from appraisal.training.enrolment import DeclineSeat, EnrolmentOrder
from appraisal.training.nomination import (
    LAPSED,
    Decide,
    NominationDecision,
    NominationOrder,
    RefreshProposals,
    prepared,
)
from appraisal.vocabulary import Outcome, Step
from runtime.processes import TemporalCases
from tests.agency import in_office
from tests.workflows.grouping import Agency, DyingCases, agency, refused, replays, soon, until
from workflows.enrolment import EnrolmentWorkflow
from workflows.identity import nomination_id
from workflows.nomination import NominationWorkflow

CYCLE, PROPOSAL = table_of(process.Cycle), table_of(process.Proposal)
TRAINING, APPRAISAL = table_of(organisation.Training), table_of(process.Appraisal)
OFFICER = Actor("olga", hr=True)
THREE = ("ani", "eko", "gita")

Handle = WorkflowHandle[NominationWorkflow, GroupPhase]


async def start(here: Agency, timetable: Timetable, seats: int = 2) -> Handle:
    """A nomination with one course that fits everybody's need, and this many seats in it."""
    now = datetime.now(UTC)
    course = {"id": "t1", "year": now.year + 1, "code": "MW", "name": "Manajemen Waktu", "topics": "KUANTITAS;waktu"}
    dates = {"starts_on": date(now.year + 1, 12, 30), "ends_on": date(now.year + 1, 12, 31)}
    cycle = {"id": here.cycle, "year": now.year, "name": "SKP", "phase": "running", "policy": {}, "participants": 3}
    async with here.sessions.begin() as session:
        await session.execute(insert(TRAINING).values(**course, **dates, hours=20, seats=seats, place="Daring"))
        await session.execute(insert(CYCLE).values(**cycle, started=3, starts_at=now, revision=0))
        await in_office(session, "dinkes", *THREE)
    nomination = prepared(f"nomination/{here.cycle}", here.cycle, timetable, now)
    return await here.client.start_workflow(NominationWorkflow.run, nomination, id=nomination.id, task_queue=here.queue)


async def board(here: Agency, undecided: bool = False) -> NominationBoard:
    async with here.sessions.begin() as session:
        found = await nomination_board(session, here.cycle, undecided=undecided)
    assert found is not None
    return found


async def proposals(here: Agency, number: int) -> NominationBoard:
    """The board once it shows this many proposals."""
    await until(lambda: shows(here, number))
    return await board(here)


async def shows(here: Agency, number: int) -> bool:
    """Proposals are made just before the opening itself is on record."""
    async with here.sessions.begin() as session:
        made = (await session.execute(select(PROPOSAL.c.employee_id))).all()
    return len(made) == number and "step_opened" in await here.kinds(nomination_id(here.cycle))


async def ask(handle: Handle, *decisions: NominationDecision, actor: Actor = OFFICER) -> object:
    return await handle.execute_update(NominationWorkflow.perform, NominationOrder(Decide(decisions), actor))


def as_proposed(shown: NominationBoard) -> tuple[NominationDecision, ...]:
    return tuple(NominationDecision(row.employee, True, row.training) for row in shown.proposals)


async def test_two_seats_for_three_people_and_each_case_closes_with_its_reason(
    server: WorkflowEnvironment, sessions: Sessions
) -> None:
    here = agency(server.client, sessions)
    async with here.working():
        await here.start_cases(THREE, 6)
        handle = await start(here, soon(Step.NOMINATION))
        shown = await proposals(here, 3)
        assert [row.training for row in shown.proposals] == ["t1", "t1", None]
        assert [(course.taken, course.proposed) for course in shown.courses] == [(0, 2)]
        await ask(handle, *as_proposed(shown))
        assert await handle.result() is GroupPhase.DONE
        cases = [await here.case(employee) for employee in THREE]
    assert [case.outcome for case in cases] == [Outcome.RATED] * 3
    last = cases[2].nominated
    assert last is not None
    assert (last.training, last.decided_by) == (None, "olga")
    assert "Seluruh 2 kursi Manajemen Waktu terisi: 0 oleh kebutuhan yang lebih mendesak, 2 oleh" in last.reason
    for employee in THREE:
        assert (await here.kinds(here.case_id(employee))).count("nominate") == 1
    assert await here.kinds(handle.id) == [
        *("nomination_prepared", "step_opened", "nominations_decided", "members_moved", "group_done")
    ]
    after = await board(here)
    assert [(course.taken, course.proposed) for course in after.courses] == [(2, 0)]
    events, transitions = await replays(handle)
    assert events <= 45
    assert transitions <= 20
    await the_seat_of_ani_goes_to_gita(here)


async def the_seat_of_ani_goes_to_gita(here: Agency) -> None:
    """The seats have lived on since the nomination is over; another worker goes on with them."""
    seats = {who: here.client.get_workflow_handle(f"enrolment/{here.cycle}/{who}/1") for who in THREE}
    async with here.working():
        await until(lambda: offered(here, "ani"))
        decline = EnrolmentOrder(DeclineSeat("Ditugaskan."), Actor("ani"))
        await seats["ani"].execute_update(EnrolmentWorkflow.perform, decline)
        await until(lambda: offered(here, "gita"))
        assert await refused(seats["gita"].execute_update(EnrolmentWorkflow.perform, decline)) == "NotAllowed"
        assert (await seats["gita"].query(EnrolmentWorkflow.enrolment)).seat.follows == "ani"
        await seats["ani"].result()
    assert await here.kinds(seats["ani"].id) == ["seat_offered", "decline_seat"]
    after = await board(here)
    assert {row.employee: (row.training, row.decision) for row in after.proposals} == {
        "ani": ("t1", "given_back"),
        "eko": ("t1", "approved"),
        "gita": ("t1", "approved"),
    }
    assert [course.taken for course in after.courses] == [2]
    for seat in seats.values():
        await replays(seat)


async def offered(here: Agency, who: str) -> bool:
    return await here.kinds(f"enrolment/{here.cycle}/{who}/1") == ["seat_offered"]


async def test_a_decision_beyond_the_seats_is_refused_whole_and_changes_nothing(
    server: WorkflowEnvironment, sessions: Sessions
) -> None:
    here = agency(server.client, sessions)
    async with here.working():
        await here.start_cases(THREE, 6)
        handle = await start(here, soon(Step.NOMINATION))
        shown = await proposals(here, 3)
        everybody = tuple(NominationDecision(employee, True, "t1", "Semua perlu.") for employee in THREE)
        assert await refused(ask(handle, *everybody)) == "NoSeatLeft"
        assert await refused(ask(handle, NominationDecision("ani", True, "t9", "Ya."))) == "UnknownTraining"
        await expect_limits_to_bind(here, handle)
        assert await refused(ask(handle, NominationDecision("budi", True, None))) == "NothingToDecide"
        assert await refused(ask(handle, NominationDecision("ani", False, None))) == "MissingReason"
        assert await refused(ask(handle, *as_proposed(shown), actor=Actor("budi"))) == "NotAllowed"
        assert await board(here) == shown
        assert await here.kinds(handle.id) == ["nomination_prepared", "step_opened"]
        assert [(await here.case(employee)).step for employee in THREE] == [Step.NOMINATION] * 3
        await ask(handle, NominationDecision("gita", True, "t1", "Mengelola puskesmas baru."))
        await until(lambda: closed(here, "gita"))
        await handle.execute_update(NominationWorkflow.perform, NominationOrder(RefreshProposals(), OFFICER))
        left = await board(here, undecided=True)
        assert [(row.employee, row.training) for row in left.proposals] == [("ani", "t1"), ("eko", None)]
        await replays(handle)
        await handle.terminate()


async def expect_limits_to_bind(here: Agency, handle: Handle) -> None:
    """Budget, quota and what the course asks for, each read in the transaction of the decision; then set back."""
    async with here.sessions.begin() as session:
        (year,) = (await session.execute(select(TRAINING.c.year).where(TRAINING.c.id == "t1"))).one()
        unit = await session.scalar(select(APPRAISAL.c.unit_id).where(APPRAISAL.c.employee_id == "ani"))
    bounds: tuple[tuple[dict[str, object], dict[str, object], str], ...] = (
        ({"price": 1}, {"budget": 0}, "NoBudgetLeft"),
        ({}, {"quotas": {unit: 0}}, "NoQuotaLeft"),
        ({"employments": "PPPK"}, {}, "OtherEmployment"),
        ({"positions": "STRUKTURAL"}, {}, "OtherPosition"),
        ({"withdrawn": True}, {}, "UnknownTraining"),
    )
    usual: dict[str, object] = {"price": 0, "employments": "", "positions": "", "withdrawn": False}
    for course, limits, refusal in bounds:
        set_limits = insert(LIMITS).values({"budget": None, "quotas": {}, "year": year, "revision": 1, **limits})
        async with here.sessions.begin() as session:
            await session.execute(update(TRAINING).values({**usual, **course}))
            await session.execute(delete(LIMITS))
            await session.execute(set_limits)
        assert await refused(ask(handle, NominationDecision("ani", True, "t1"))) == refusal
    async with here.sessions.begin() as session:
        await session.execute(update(TRAINING).values(usual))
        await session.execute(delete(LIMITS))


async def closed(here: Agency, employee: str) -> bool:
    return (await here.case(employee)).step is Step.CLOSED


async def test_what_nobody_decided_lapses_with_its_reason_and_so_does_whoever_comes_late(
    server: WorkflowEnvironment, sessions: Sessions
) -> None:
    here = agency(server.client, sessions)
    async with here.working():
        await here.start_cases(("ani",), 6)
        await here.start_cases(("eko",), 5)
        handle = await start(here, soon(Step.NOMINATION, end=2.5, alarms=(0.7, 1.2, 1.8)))
        await until(lambda: closed(here, "ani"))
        await here.go_on("eko", 5, 6)
        await until(lambda: closed(here, "eko"))
        assert await handle.result() is GroupPhase.DONE
        nominated = [(await here.case(employee)).nominated for employee in ("ani", "eko")]
    assert [(found.training, found.reason, found.decided_by) for found in nominated if found] == [
        (None, LAPSED, "clock"),
        (None, LAPSED, "clock"),
    ]
    assert await here.kinds(handle.id) == [
        *("nomination_prepared", "step_opened", "reminded", "became_due", "escalated", "window_ended"),
        *("lapsed", "members_moved", "lapsed", "members_moved", "group_done"),
    ]
    assert {row.decision for row in (await board(here)).proposals} == {"lapsed"}
    await replays(handle)


async def test_a_worker_that_dies_while_cases_are_told_leaves_the_rest_to_the_next(
    server: WorkflowEnvironment, sessions: Sessions
) -> None:
    here = agency(server.client, sessions)
    people = tuple(f"m{number:02}" for number in range(14))
    dying = DyingCases(TemporalCases(server.client, here.queue), lives=11)
    async with here.working(dying):
        await here.start_cases(people, 6)
        handle = await start(here, soon(Step.NOMINATION), seats=5)
        await ask(handle, *as_proposed(await proposals(here, 14)))
        await dying.dying.wait()
    async with here.working():
        async with asyncio.timeout(30):
            assert await handle.result() is GroupPhase.DONE
        cases = [await here.case(person) for person in people]
        for person in people:
            assert (await here.kinds(here.case_id(person))).count("nominate") == 1
    assert sum(case.nominated is not None and case.nominated.training == "t1" for case in cases) == 5
    assert (await here.kinds(handle.id)).count("members_moved") == 1
    await replays(handle)
