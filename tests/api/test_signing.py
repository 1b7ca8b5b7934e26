"""HR signs the list before the closing: who, when and what stays on record; what has changed since is refused."""

import asyncio
from pathlib import Path
from typing import Any

import httpx2
import pytest
from temporalio.worker import Replayer

from appraisal.vocabulary import Step
from tests.api import scene
from tests.api.closed import PEOPLE, closing, ended, short_year
from tests.api.dated import ORDER, events, everything, followed, give
from tests.api.scene import bring
from tests.api.test_appraisal_api import launch
from tests.keys import PLUGIN
from tests.stack import Stack
from workflows.cycle import CycleWorkflow
from workflows.identity import cycle_id
from workflows.kinds import WORKFLOWS


async def sign(stack: Stack, cycle: str, key: str = "", officer: str = "hr", **order: Any) -> httpx2.Response:
    hr = await stack.visitor(officer=officer)
    headers = {"idempotency-key": key} if key else {}
    return await hr.post(f"/api/v1/cycles/{cycle}/closing/signature", json=order, headers=headers)


async def signatures(stack: Stack, cycle: str) -> list[Any]:
    return [event for event in await events(stack, cycle_id(cycle)) if event.kind == "closing_signed"]


@pytest.mark.every_database
async def test_who_signed_when_and_which_list_stays_on_record(stack: Stack) -> None:
    cycle = await launch(stack, people=PEOPLE)
    await bring(stack, cycle, Step.CALIBRATION)
    seen = await closing(stack, cycle)
    assert (seen["signature"], seen["signed_as_it_is"]) == (None, False)
    answer = await sign(stack, cycle, digest=seen["digest"], remark=" Sudah <dibicarakan>. ")
    assert (answer.status_code, answer.headers["location"]) == (202, f"/api/v1/cycles/{cycle}/closing")
    (event,) = await signatures(stack, cycle)
    assert answer.json() == {"revision": event.revision}
    assert event.reason == "Sudah <dibicarakan>."
    said = {name: after for name, _, after in event.changes}
    assert said == {"digest": seen["digest"], "cases": "4", "exit/completed": "1", "exit/unfinished": "3"}
    found = await closing(stack, cycle)
    signature = found["signature"]
    assert (signature["by"], signature["name"], signature["cases"]) == (event.actor, "hr", 4)
    assert signature["exits"] == seen["exits"] == {"completed": 1, "unfinished": 3}
    assert (found["signed_as_it_is"], found["digest"]) == (True, seen["digest"])
    await bring(stack, cycle, Step.APPROVAL, employee="eko")
    assert (await closing(stack, cycle))["signed_as_it_is"] is False, "somebody has acted since"


async def test_a_list_that_has_changed_is_refused_and_nothing_is_signed(stack: Stack) -> None:
    cycle = await launch(stack, people=PEOPLE)
    seen = await closing(stack, cycle)
    await bring(stack, cycle, Step.APPROVAL, employee="eko")
    before = await everything(stack)
    problem = scene.refused(await sign(stack, cycle, digest=seen["digest"]), 412, "stale_list")
    assert problem["title"].startswith("The list has changed since you saw it")
    assert await everything(stack) == before
    now = await closing(stack, cycle)
    assert (await sign(stack, cycle, digest=now["digest"])).status_code == 202


async def test_the_same_key_is_one_signature_and_another_officer_may_sign_too(stack: Stack) -> None:
    cycle = await launch(stack, people=PEOPLE)
    seen = (await closing(stack, cycle))["digest"]
    twice = await asyncio.gather(*(sign(stack, cycle, "k1", digest=seen) for _ in range(2)))
    assert twice[0].json() == twice[1].json()
    assert len(await signatures(stack, cycle)) == 1
    await sign(stack, cycle, officer="kepala", digest=seen)
    assert len(await signatures(stack, cycle)) == 2
    assert (await closing(stack, cycle))["signature"]["name"] == "kepala", "the last one counts"


@pytest.mark.parametrize(
    ("order", "code"),
    [
        ({}, "invalid_request"),
        ({"digest": "x"}, "invalid_request"),
        ({"digest": "0" * 64, "by": "x"}, "invalid_request"),
        ({"digest": "0" * 64, "remark": "x" * 4001}, "invalid_text"),
        ({"digest": "0" * 64, "remark": "\x07"}, "invalid_text"),
    ],
    ids=["nothing", "no digest", "more", "too long", "no text"],
)
async def test_bad_input_signs_nothing(stack: Stack, order: dict[str, Any], code: str) -> None:
    cycle = await launch(stack, people=["ani"])
    before = await everything(stack)
    scene.refused(await sign(stack, cycle, **order), 422, code)
    assert await everything(stack) == before


@pytest.mark.usefixtures("policies")
async def test_other_dates_make_another_list_and_both_orders_are_heard(stack: Stack) -> None:
    cycle = await launch(stack, people=PEOPLE)
    seen = await closing(stack, cycle)
    assert (await give(stack, cycle, ORDER)).status_code == 202
    await followed(stack, cycle)
    scene.refused(await sign(stack, cycle, digest=seen["digest"]), 412, "stale_list")
    now = await closing(stack, cycle)
    assert now["closes_at"] > seen["closes_at"]
    assert (await sign(stack, cycle, digest=now["digest"])).status_code == 202
    kinds = [event.kind for event in await events(stack, cycle_id(cycle))]
    assert kinds[-3:] == ["rescheduled", "dates_told", "closing_signed"]


@pytest.mark.parametrize("signs", [True, False], ids=["signed", "not signed"])
async def test_the_cycle_closes_at_its_date_signed_or_not_and_whatever_is_being_drafted(
    stack: Stack, policies: Path, signs: bool
) -> None:
    """After that there is nothing to sign any more; the process that has signed replays."""
    short_year(policies)
    cycle = await launch(stack, people=["ani", "gita"], policy="seconds")
    seen = await closing(stack, cycle)
    ani = await stack.visitor("ani")
    draft = await ani.put(f"/api/v1/appraisals/{cycle}/ani/drafts/targets", json={"targets": []})
    assert draft.status_code == 204
    if signs:
        assert (await sign(stack, cycle, digest=seen["digest"])).status_code == 202
    await ended(stack, cycle)
    after = await closing(stack, cycle)
    assert (after["final"], after["left"]) == (True, seen["exits"])
    assert (after["signature"] is not None) is signs
    scene.refused(await sign(stack, cycle, digest=after["digest"]), 409, "already_closed")
    process = stack.client.get_workflow_handle(cycle_id(cycle))
    state = await process.query(CycleWorkflow.cycle)
    assert [revision for _, revision in state.orders] == ([3] if signs else [])
    await Replayer(workflows=WORKFLOWS, plugins=[PLUGIN]).replay_workflow(await process.fetch_history())
