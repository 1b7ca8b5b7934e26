"""What tests over HTTP have in common: bodies that are accepted, cases brought to a step, and what must stay as it is."""

import asyncio
from dataclasses import dataclass
from datetime import date
from typing import Any

import httpx2
from sqlalchemy import select, update
from temporalio.testing import ActivityEnvironment

from activities.organisation import OrganisationActivities
from adapters.database.columns import table_of
from adapters.database.tables import organisation, process
from adapters.database.writes.participants import SqlParticipants
from api import examples
from appraisal.case import Case
from appraisal.vocabulary import Step
from runtime.processes import TemporalCases, TemporalGroups
from tests.stack import Stack
from workflows.appraisal import AppraisalWorkflow

APPRAISAL, EVENT = table_of(process.Appraisal), table_of(process.Event)
ACCOUNT, REVIEW = examples.ACCOUNT, examples.REVIEW
ORDERS: dict[Step, tuple[str, str, dict[str, Any]]] = {
    Step.TARGETS: ("ani", "targets", examples.PLAN),
    Step.APPROVAL: ("budi", "approval", {"decision": "approve"}),
    Step.SELF_ASSESSMENT: ("ani", "self-assessment", ACCOUNT),
    Step.REVIEW: ("budi", "review", REVIEW),
}
"""Who does each step of ani's case, where, and with which body."""


@dataclass(frozen=True)
class Kept:
    """What is on record of a case, and what its process holds."""

    row: dict[str, Any]
    events: list[dict[str, Any]]
    state: Any


async def kept(stack: Stack, cycle: str, employee: str = "ani") -> Kept:
    """Everything that a refused request must leave as it is."""
    subject = f"appraisal/{cycle}/{employee}"
    state = await settled(stack, subject)
    async with stack.sessions() as session:
        row = (await session.execute(select(APPRAISAL).where(APPRAISAL.c.id == subject))).mappings().one()
        events = await session.execute(select(EVENT).where(EVENT.c.subject == subject).order_by(EVENT.c.revision))
        return Kept(dict(row), [dict(event) for event in events.mappings()], state)


async def settled(stack: Stack, subject: str) -> Case:
    """What a case's process holds, once it has heard that all of it is on record."""
    process = stack.client.get_workflow_handle(subject)
    async with asyncio.timeout(20):
        while (state := await process.query(AppraisalWorkflow.case)).events:
            await asyncio.sleep(0.05)
    return state


async def bring(stack: Stack, cycle: str, step: Step, supervisor: str = "budi", employee: str = "ani") -> None:
    """The right people do what leads to this step."""
    for at, (_, path, body) in ORDERS.items():
        if at is step:
            return
        who = employee if at in (Step.TARGETS, Step.SELF_ASSESSMENT) else supervisor
        visitor = await stack.visitor(who)
        answer = await visitor.post(f"/api/v1/appraisals/{cycle}/{employee}/{path}", json=body)
        assert answer.status_code == 200, answer.text


async def set_unit_result(stack: Stack, cycle: str, unit: str = "dinkes") -> None:
    """HR records the unit's own result for the superior of its head; nobody calibrates before."""
    hr, result = await stack.visitor(officer="hr"), {"result": "BAIK", "reason": "Sesuai LKjIP."}
    answer = await hr.post(f"/api/v1/calibrations/{cycle}/{unit}/unit-result", json=result)
    assert answer.status_code == 200, answer.text


async def acknowledged(stack: Stack, cycle: str, *people: str) -> None:
    """Bring these people, who have been reviewed, to their nomination."""
    await set_unit_result(stack, cycle)
    dewi, order = await stack.visitor("dewi"), {"members": list(people)}
    assert (await dewi.post(f"/api/v1/calibrations/{cycle}/dinkes/decision", json=order)).status_code == 200
    for who in people:
        visitor = await stack.visitor(who)
        for _ in range(100):
            answer = await visitor.post(f"/api/v1/appraisals/{cycle}/{who}/acknowledgement", json={"comment": ""})
            if answer.status_code == 200:
                break
            await asyncio.sleep(0.1)


async def follow(stack: Stack) -> int:
    """Open cases follow the organisation as it is now, as they do after an import; how many were told."""
    queue = stack.settings.task_queue
    groups, cases = TemporalGroups(stack.client, queue), TemporalCases(stack.client, queue)
    people = SqlParticipants(stack.sessions, stack.services.today)
    return await ActivityEnvironment().run(OrganisationActivities(people, cases, groups).follow)


def refused(answer: httpx2.Response, status: int, code: str) -> dict[str, Any]:
    """The problem, complete: status, code, and in words what is wrong and what to do."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = answer.json()
    assert (problem["status"], problem["code"]) == (status, code)
    assert problem["title"]
    assert problem["remedy"]
    return problem


async def move(stack: Stack, person: str, supervisor: str) -> None:
    """Since today the person answers to this superior; the open cases follow, as they do after an import."""
    assignment = table_of(organisation.Assignment)
    async with stack.sessions.begin() as session:
        mine = assignment.c.person_id == person
        old = (await session.execute(select(assignment).where(mine))).mappings().one()
        await session.execute(update(assignment).where(mine).values(valid_to=date(2026, 1, 1)))
        fresh = {**old, "id": f"{person}-b", "supervisor_id": supervisor, "valid_from": date(2026, 1, 1)}
        await session.execute(assignment.insert().values(**fresh))
    queue = stack.settings.task_queue
    groups, cases = TemporalGroups(stack.client, queue), TemporalCases(stack.client, queue)
    people = SqlParticipants(stack.sessions, stack.services.today)
    assert await ActivityEnvironment().run(OrganisationActivities(people, cases, groups).follow) == 5


async def rate(stack: Stack, cycle: str, ratings: dict[str, tuple[str, str, str]]) -> None:
    """Bring each of these employees to calibration: reviewed by whom, with which results and which behaviour."""
    for employee, (supervisor, results, behaviour) in ratings.items():
        await bring(stack, cycle, Step.REVIEW, supervisor, employee)
        given = {**REVIEW, "results": results, "behaviour": behaviour}
        visitor = await stack.visitor(supervisor)
        answer = await visitor.post(f"/api/v1/appraisals/{cycle}/{employee}/review", json=given)
        assert answer.status_code == 200, answer.text
