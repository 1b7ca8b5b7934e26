"""500 supervisors and two heads are gone in mid-cycle, while steps of every kind are open: nobody's case is left behind."""

import asyncio
from collections import Counter
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, select
from temporalio.testing import WorkflowEnvironment

from adapters.database.columns import table_of
from adapters.database.tables import process
from appraisal.case import Case
from appraisal.case_events import opened
from appraisal.clock import ring
from appraisal.commands import ApproveTargets, Command, Order, SubmitReview
from appraisal.cycle import Leadership
from appraisal.group import GroupPhase
from appraisal.parties import HR, Parties
from appraisal.transitions import perform
from appraisal.vocabulary import OPEN_STEPS, Alarm, Step
from runtime.processes import TemporalCases, TemporalGroups
from tests import builders
from tests.faults import regency
from tests.faults.regency import TOP, Team
from tests.stack import Stack, running
from workflows.appraisal import AppraisalWorkflow

UNITS, EACH, AT_ONCE = 10, 50, 10
APPRAISAL, CALIBRATION = table_of(process.Appraisal), table_of(process.Calibration)
STAGES = (*(step for step in OPEN_STEPS), "late approval", "late review")
"""At the last two the head was handed the step already."""


def case_at(team: Team, stage: str, now: datetime) -> Case:
    """A case that has come to this stage by the rules."""
    parties = Parties(team.employee, team.unit, (team.supervisor, team.head, TOP), team.head)
    case = opened(f"appraisal/c1/{team.employee}", "c1", parties, builders.timetable(now), now)
    names = {builders.EMPLOYEE: team.employee, builders.SUPERVISOR: team.supervisor, builders.HEAD: team.head}
    step = Step(stage.removeprefix("late "))
    for number, order in enumerate(builders.year()[: OPEN_STEPS.index(step)]):
        actor = builders.order(order.command, names.get(order.actor.id, order.actor.id), system=order.actor.system)
        case = perform(case, actor, now, f"c{number}")
    return ring(case, Alarm.ESCALATE, now) if stage.startswith("late") else case


async def stranded(stack: Stack) -> dict[str, list[str | None]]:
    """Open cases and calibrations that wait for, or were handed to, somebody who is not there; with whom they name."""
    there = {*await regency.serving(stack.services.reading, stack.services.today()), HR}
    async with stack.services.reading() as session:
        cases = (await session.execute(select(APPRAISAL).where(APPRAISAL.c.step != Step.CLOSED))).all()
        pools = (await session.execute(select(CALIBRATION).where(CALIBRATION.c.phase != GroupPhase.DONE))).all()
    named = {row.id: [row.holder_id] for row in cases if row.holder_id not in there}
    for row in (*cases, *pools):
        people = [
            row.escalated_to,
            *((row.head_id,) if row.id.startswith("calibration") else (row.supervisor_id, row.superior_id)),
        ]
        if gone := [person for person in people if person is not None and person not in there]:
            named[row.id] = [*named.get(row.id, []), *gone]
    return named


async def start(stack: Stack, found: tuple[Team, ...]) -> None:
    """A calibration for each unit, and for each team a case at one of the stages in turn."""
    now, queue = datetime.now(UTC), stack.settings.task_queue
    groups, cases = TemporalGroups(stack.client, queue), TemporalCases(stack.client, queue)
    async with stack.sessions.begin() as session:
        enrolled = [{"cycle_id": "c1", "person_id": team.employee, "unit_id": team.unit} for team in found]
        await session.execute(insert(table_of(process.Participant)), enrolled)
    for unit, head in sorted({(team.unit, team.head) for team in found}):
        await groups.start_calibration("c1", Leadership(unit, head, (TOP,)), builders.timetable(now), now)
    states = [case_at(team, STAGES[number % len(STAGES)], now) for number, team in enumerate(found)]
    for first in range(0, len(states), AT_ONCE):
        await asyncio.gather(*(cases.start(state) for state in states[first : first + AT_ONCE]))
        while (await on_record(stack)).total() < min(first + AT_ONCE, len(states)):
            await asyncio.sleep(0.05)


async def on_record(stack: Stack) -> Counter[str]:
    async with stack.services.reading() as session:
        return Counter(await session.scalars(select(APPRAISAL.c.step)))


@pytest.mark.slow
async def test_no_case_is_stranded(server: WorkflowEnvironment, database_url: str) -> None:
    async with running(server.client, database_url) as stack:
        found, today = regency.teams(UNITS, EACH), stack.services.today()
        await regency.build(stack.sessions, found)
        async with asyncio.timeout(90):
            await start(stack, found)
        assert await stranded(stack) == {}
        assert set(await on_record(stack)) == set(OPEN_STEPS)

        followed = [(team.employee, found[number - 1].employee) for number, team in enumerate(found) if number % 5 == 1]
        await regency.answer_to(stack.sessions, followed, today)
        await regency.leave(stack.sessions, [*(team.supervisor for team in found), "h00", "h01"], today)
        before = await stranded(stack)
        assert len(before) == len(found) + 2, "every case names somebody who has left, and two pools do"

        hr = await stack.visitor(officer="hr")
        plt = {"kind": "PLT", "position": "h00-p", "person": "h02", "ends_at": "2090-01-01T00:00:00Z"}
        assert (await hr.post("/api/v1/appointments", json=plt)).status_code == 201
        async with asyncio.timeout(90):
            while left := await stranded(stack):
                await asyncio.sleep(1)
        assert left == {}
        await everybody_can_go_on(stack, found)


async def everybody_can_go_on(stack: Stack, found: tuple[Team, ...]) -> None:
    """The new holders are whom the organisation names, and what they decide is accepted."""
    async with stack.services.reading() as session:
        rows = (await session.execute(select(APPRAISAL).order_by(APPRAISAL.c.id))).all()
        led = await session.execute(select(CALIBRATION.c.unit_id, CALIBRATION.c.head_id))
        heads = {row.unit_id: row.head_id for row in led}
    assert (heads["u00"], heads["u01"], heads["u02"]) == ("h02", TOP, "h02")
    successors = {team.employee: found[n - 1].employee if n % 5 == 1 else None for n, team in enumerate(found)}
    for row in rows:
        above = {"u00": "h02", "u01": TOP}.get(row.unit_id, f"h{row.unit_id[1:]}")
        assert row.supervisor_id == (successors[row.employee_id] or above), row.id
    commands: dict[Step, Command] = {Step.APPROVAL: ApproveTargets(), Step.REVIEW: SubmitReview(builders.review())}
    sample = [row for row in rows if row.step in commands][::7]
    assert {row.step for row in sample} == set(commands)
    for row in sample:
        order = Order(commands[Step(row.step)], builders.order(ApproveTargets(), row.holder_id).actor)
        handle = stack.client.get_workflow_handle(row.id)
        assert (await handle.execute_update(AppraisalWorkflow.perform, order)).revision == row.revision + 1
