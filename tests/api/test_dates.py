"""HR gives a running cycle other dates over HTTP: shown first, followed once by everybody; a refusal changes nothing."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from adapters.database.reads import entries
from adapters.database.writes.records import SqlRecords
from api.policies import policy_named
from api.routes import cycles
from appraisal.access import Actor
from appraisal.case import Case
from appraisal.cycle import Cycle, Launch, launched
from appraisal.vocabulary import OPEN_STEPS, Step
from runtime.processes import TemporalCases
from tests.api.dated import (
    APPRAISAL,
    CALIBRATION,
    CYCLE,
    NOMINATION,
    ORDER,
    PEOPLE,
    WHY,
    events,
    everything,
    followed,
    give,
    instant,
    look,
    row,
    until,
)
from tests.api.scene import bring, refused
from tests.api.test_appraisal_api import launch
from tests.stack import Stack
from workflows.cycle import CycleWorkflow
from workflows.identity import calibration_id, cycle_id, nomination_id

MONTH = timedelta(days=30)
pytestmark = pytest.mark.usefixtures("policies")


@pytest.mark.every_database
async def test_the_preview_tells_each_step_before_and_after_and_changes_nothing(stack: Stack) -> None:
    cycle = await launch(stack, people=PEOPLE)
    await bring(stack, cycle, Step.APPROVAL)
    before = await everything(stack)
    answer = await look(stack, cycle, "later")
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert [one["step"] for one in found["steps"]] == list(OPEN_STEPS)
    assert {one["step"]: one["cases"] for one in found["steps"] if one["cases"]} == {"targets": 2, "approval": 1}
    for one in found["steps"]:
        for name in ("due", "end"):
            moved = instant(one["after"][name]) - instant(one["before"][name])
            assert timedelta(days=29) < moved < timedelta(days=31), f"{name} of {one['step']}"
        assert len(one["before"]["escalate"]) == len(one["after"]["escalate"]) == 1
    assert instant(found["closes_after"]) - instant(found["closes_before"]) == MONTH
    assert (found["name"], found["cases"], found["units"]) == ("later", 3, 0)
    assert await everything(stack) == before


@pytest.mark.every_database
async def test_everybody_has_the_new_dates_and_the_record_says_who_when_and_why(stack: Stack) -> None:
    cycle = await launch(stack, people=PEOPLE)
    await bring(stack, cycle, Step.APPROVAL)
    begun = datetime.now(UTC)
    shown = {one["step"]: one["after"] for one in (await look(stack, cycle, "later")).json()["steps"]}
    answer = await give(stack, cycle, ORDER)
    assert answer.status_code == 202, answer.text
    assert answer.headers["location"] == f"/api/v1/cycles/{cycle}"
    await followed(stack, cycle)
    hr = await stack.visitor(officer="hr")
    found = (await hr.get(answer.headers["location"])).json()
    assert found["policy"]["steps"][0]["due"] == "P44D"
    assert {w["step"]: instant(w["due"]) for w in found["timetable"]["windows"]} == {
        step: instant(window["due"]) for step, window in shown.items()
    }
    assert instant(found["closes_at"]) == instant(found["timetable"]["closes"])
    ordered = (await events(stack, cycle_id(cycle)))[answer.json()["revision"]]
    assert (ordered.kind, ordered.reason) == ("rescheduled", WHY)
    for who, step in (("ani", "approval"), ("eko", "targets"), ("citra", "targets")):
        case = (await hr.get(f"/api/v1/appraisals/{cycle}/{who}")).json()
        assert (case["case"]["step"], instant(case["due_at"])) == (step, instant(shown[step]["due"]))
        last = (await hr.get(f"/api/v1/appraisals/{cycle}/{who}/events")).json()[-1]
        assert (last["kind"], last["actor"], last["reason"]) == ("reschedule", ordered.actor, WHY)
        assert begun < instant(last["at"]) < datetime.now(UTC)
    groups = ((CALIBRATION, calibration_id(cycle, "dinkes")), (NOMINATION, nomination_id(cycle)))
    for (table, subject), step in zip(groups, ("calibration", "nomination"), strict=True):
        group = await row(stack, table, subject)
        assert (group.due_at, group.ends_at) == (instant(shown[step]["due"]), instant(shown[step]["end"]))
        told = (await events(stack, subject))[-1]
        assert (told.kind, told.actor, told.reason) == ("reschedule", ordered.actor, WHY)
    async with stack.sessions() as session:
        for subject in (cycle_id(cycle), f"appraisal/{cycle}/ani", *(subject for _, subject in groups)):
            assert await entries.broken(session, subject) is None


async def test_the_same_key_again_changes_nothing(stack: Stack) -> None:
    cycle = await launch(stack, people=PEOPLE)
    answers = await asyncio.gather(*(give(stack, cycle, ORDER, "k1") for _ in range(3)))
    assert [answer.status_code for answer in answers] == [202] * 3
    await followed(stack, cycle)
    before = await everything(stack)
    again = await give(stack, cycle, ORDER, "k1")
    assert {answer.text for answer in (*answers, again)} == {again.text}
    assert again.json()["revision"] is not None
    refused(await give(stack, cycle, ORDER, "k2"), 409, "same_dates")
    assert await everything(stack) == before


async def test_dates_can_be_changed_back(stack: Stack) -> None:
    cycle = await launch(stack, people=PEOPLE)
    first = (await row(stack, APPRAISAL, f"appraisal/{cycle}/ani")).due_at
    for times, policy in enumerate(("later", "open"), start=1):
        assert (await give(stack, cycle, {"policy": policy, "reason": WHY})).status_code == 202
        await followed(stack, cycle, times)
    case = await row(stack, APPRAISAL, f"appraisal/{cycle}/ani")
    assert case.due_at == first
    kinds = [event.kind for event in await events(stack, case.id)]
    assert kinds == ["opened", "reschedule", "reschedule"], "nobody is told twice that the step has opened"


BAD = [
    ("unknown policy", {"policy": "none"}, 422, "invalid_policy", "policy", "There is no policy 'none'."),
    ("no name", {"policy": "../open"}, 422, "invalid_request", "policy", "String should match pattern"),
    ("no reason", {"reason": " "}, 422, "missing_reason", "reason", "A reason is missing."),
    ("no reason at all", {"reason": None}, 422, "invalid_request", "reason", "Input should be a valid string"),
    ("more than was asked", {"closes": "P9D"}, 422, "invalid_request", "closes", "There is no such field."),
    ("no end", {"policy": "endless"}, 422, "invalid_policy", "steps.review.end", "A value is missing."),
    ("into the past", {"policy": "short"}, 422, "closes_in_the_past", "policy", "the cycle would have closed at"),
    ("nothing new", {"policy": "open"}, 409, "same_dates", "policy", "The cycle has these dates already."),
]


@pytest.mark.parametrize(("wrong", "status", "code", "where", "title"), [b[1:] for b in BAD], ids=[b[0] for b in BAD])
async def test_a_refused_order_changes_nothing(
    stack: Stack, wrong: dict[str, Any], status: int, code: str, where: str, title: str
) -> None:
    """The cycle began twelve days ago; by the short policy it would be over."""
    begun = datetime.now(UTC) - timedelta(days=12)
    cycle = await launch(stack, people=PEOPLE, starts_at=begun.isoformat())
    before = await everything(stack)
    problem = refused(await give(stack, cycle, {**ORDER, **wrong}), status, code)
    assert problem["where"] == where
    assert title in problem["title"]
    assert await everything(stack) == before


async def test_what_cannot_be_ordered_cannot_be_looked_at(stack: Stack) -> None:
    begun = datetime.now(UTC) - timedelta(days=12)
    cycle = await launch(stack, people=PEOPLE, starts_at=begun.isoformat())
    refused(await look(stack, cycle, "none"), 422, "invalid_policy")
    refused(await look(stack, cycle, "endless"), 422, "invalid_policy")
    refused(await look(stack, cycle, "short"), 422, "closes_in_the_past")
    refused(await look(stack, "0123456789ab", "later"), 404, "not_found")


async def test_a_cycle_that_is_none(stack: Stack) -> None:
    refused(await give(stack, "0123456789ab", ORDER), 404, "not_found")
    assert await everything(stack) == [[]] * 5


@pytest.mark.parametrize("who", ["ani", "budi", "dewi", None])
async def test_somebody_who_is_not_hr(stack: Stack, who: str | None) -> None:
    cycle = await launch(stack, people=PEOPLE)
    before, visitor = await everything(stack), await stack.visitor(who)
    expected = (403, "not_allowed") if who else (401, "not_signed_in")
    refused(await visitor.post(f"/api/v1/cycles/{cycle}/dates", json=ORDER), *expected)
    refused(await visitor.get(f"/api/v1/cycles/{cycle}/dates/preview", params={"policy": "later"}), *expected)
    assert await everything(stack) == before


async def test_a_cycle_that_has_closed(stack: Stack) -> None:
    """It ran without anybody and closed ten days ago; the process ends as soon as it looks."""
    now = datetime.now(UTC)
    begun, policy = now - timedelta(days=130), await policy_named(stack.services, "open")
    dates = await cycles.dates(stack.services, policy, begun, begun.year)
    order = Launch("0123456789ab", begun.year, "Tahun lalu", policy, begun, Actor("hr", hr=True))
    cycle: Cycle = launched(order, begun).planned(dates, 0, begun).running(0, begun)
    await SqlRecords(stack.sessions).store_cycle(cycle)
    state, queue = cycle.stored(cycle.revision), stack.settings.task_queue
    await stack.client.execute_workflow(CycleWorkflow.run, state, id=cycle_id(cycle.id), task_queue=queue)
    before = await everything(stack)
    refused(await give(stack, cycle.id, ORDER), 409, "already_closed")
    refused(await look(stack, cycle.id, "later"), 409, "already_closed")
    assert await everything(stack) == before


async def test_a_cycle_that_still_starts(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its cases wait to be started until the order has been refused."""
    gate, start = asyncio.Event(), TemporalCases.start

    async def later(cases: TemporalCases, case: Case) -> None:
        await gate.wait()
        await start(cases, case)

    monkeypatch.setattr(TemporalCases, "start", later)
    hr = await stack.visitor(officer="hr")
    wanted = {"year": 2026, "name": "Tahun 2026", "policy": "open", "people": PEOPLE}
    cycle = (await hr.post("/api/v1/cycles", json=wanted)).json()["id"]

    async def starting() -> bool:
        groups = [len(found) for found in (await everything(stack))[1:4]]
        return groups == [len(PEOPLE), 1, 1]

    await until(starting)
    refused(await look(stack, cycle, "later"), 409, "still_starting")
    refused(await give(stack, cycle, ORDER), 409, "still_starting")
    assert [event.kind for event in await events(stack, cycle_id(cycle))] == ["launched", "planned"]
    gate.set()

    async def running() -> bool:
        return str((await row(stack, CYCLE, cycle)).phase) == "running"

    await until(running)
    assert (await give(stack, cycle, ORDER)).status_code == 202, "and then it takes them"
    await followed(stack, cycle)
