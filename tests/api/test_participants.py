"""HR lets people into a cycle that runs: their cases start and end with it; a refusal changes nothing."""

from html import unescape
from typing import Any

import httpx2
import pytest
from sqlalchemy import select
from temporalio.worker import Replayer

from appraisal.vocabulary import Step
from tests.api.dated import APPRAISAL, CALIBRATION, CYCLE, events, everything, row, until
from tests.api.scene import bring, refused
from tests.api.test_appraisal_api import groups_missing, launch
from tests.api.test_hr_pages import hidden, somebody
from tests.keys import PLUGIN
from tests.stack import Stack
from workflows.identity import calibration_id, cycle_id
from workflows.kinds import WORKFLOWS

WHY = "Terlewat saat peluncuran."


async def admit(stack: Stack, cycle: str, people: list[str], key: str = "", **other: Any) -> httpx2.Response:
    hr = await stack.visitor(officer="hr")
    headers = {"idempotency-key": key} if key else {}
    order = {"people": people, "reason": WHY, **other}
    return await hr.post(f"/api/v1/cycles/{cycle}/participants", json=order, headers=headers)


async def begun(stack: Stack, cycle: str, started: int) -> None:
    """Wait until the cases of all who were let in have started, and are on record with their groups."""

    async def holds() -> bool:
        found = await row(stack, CYCLE, cycle)
        kinds = [event.kind for event in await events(stack, cycle_id(cycle))]
        async with stack.sessions() as session:
            cases = (await session.scalars(select(APPRAISAL.c.id).where(APPRAISAL.c.cycle_id == cycle))).all()
        there = found.started == len(cases) == started and kinds[-1] == "cases_started"
        return there and not await groups_missing(stack, cycle)

    await until(holds)


@pytest.mark.every_database
async def test_who_was_forgotten_takes_part_and_is_appraised_like_everybody(stack: Stack) -> None:
    cycle = await launch(stack, people=["ani", "eko"])
    answer = await admit(stack, cycle, ["gita", "budi"])
    assert (answer.status_code, answer.headers["location"]) == (202, f"/api/v1/cycles/{cycle}")
    await begun(stack, cycle, 4)
    found = await row(stack, CYCLE, cycle)
    assert (found.participants, found.started) == (4, 4)
    kinds = [(event.kind, event.reason) for event in await events(stack, cycle_id(cycle))][-2:]
    assert kinds == [("participants_admitted", WHY), ("cases_started", "")]
    gita = await row(stack, APPRAISAL, f"appraisal/{cycle}/gita")
    assert (gita.step, gita.holder_id, gita.unit_id, gita.supervisor_id) == ("targets", "gita", "dinsos", "fajar")
    assert (await row(stack, CALIBRATION, calibration_id(cycle, "dinsos"))).unit_id == "dinsos", (
        "a unit new to the cycle"
    )
    await bring(stack, cycle, Step.CALIBRATION, employee="budi", supervisor="citra")
    assert (await row(stack, APPRAISAL, f"appraisal/{cycle}/budi")).step == "calibration"
    history = await stack.client.get_workflow_handle(cycle_id(cycle)).fetch_history()
    await Replayer(workflows=WORKFLOWS, plugins=[PLUGIN]).replay_workflow(history)


async def test_the_same_key_is_one_order(stack: Stack) -> None:
    cycle = await launch(stack, people=["ani"])
    first = await admit(stack, cycle, ["gita"], key="gita")
    await begun(stack, cycle, 2)
    again = await admit(stack, cycle, ["gita"], key="gita")
    assert (first.json(), first.status_code) == (again.json(), again.status_code)
    assert [event.kind for event in await events(stack, cycle_id(cycle))].count("participants_admitted") == 1
    assert [event.kind for event in await events(stack, f"appraisal/{cycle}/gita")] == ["opened"]


@pytest.mark.parametrize(
    ("people", "other", "status", "code", "where"),
    [
        (["gita", "ani"], {}, 409, "takes_part_already", "people[1]"),
        (["gita", "nobody"], {}, 409, "has_left", "people[1]"),
        (["bupati"], {}, 409, "has_left", "people[0]"),
        ([], {}, 422, "invalid_people", "people"),
        (["gita", "gita"], {}, 422, "invalid_people", "people"),
        (["gita"], {"reason": " "}, 422, "missing_reason", "reason"),
        (["gita"], {"reason": "x" * 4001}, 422, "invalid_request", "reason"),
        (["gita"], {"other": 1}, 422, "invalid_request", "other"),
    ],
)
async def test_a_refusal_lets_nobody_in(
    stack: Stack, people: list[str], other: dict[str, Any], status: int, code: str, where: str
) -> None:
    cycle = await launch(stack, people=["ani"])
    before = await everything(stack)
    problem = refused(await admit(stack, cycle, people, **other), status, code)
    assert problem["where"] == where
    assert await everything(stack) == before


async def test_there_must_be_such_a_cycle(stack: Stack) -> None:
    refused(await admit(stack, "unknown", ["gita"]), 404, "not_found")


async def test_hr_finds_who_is_missing_on_a_page_and_lets_them_in(stack: Stack) -> None:
    cycle, hr = await launch(stack, people=["ani", "eko"]), await somebody(stack)
    url = f"/cycles/{cycle}/participants"
    assert f'href="{url}"' in (await hr.get(f"/cycles/{cycle}")).text
    form = unescape((await hr.get(url)).text)
    assert "Gita Contoh" in form
    assert "Ani Contoh" not in form
    assert "Bupati Contoh" not in form, "a state official is not appraised"
    found = unescape((await hr.post(url, data={"action": "search", "search": "fajar", "person": "gita"})).text)
    assert 'value="fajar"' in found
    assert 'value="gita" checked' in found, "who was ticked stays ticked"
    order = {"action": "admit", "person": ["gita", "fajar"], "key": hidden(form, "key")}
    missing = await hr.post(url, data={**order, "reason": ""})
    assert missing.status_code == 422
    assert "reason-error" in missing.text
    for _ in range(2):  # a double click
        done = await hr.post(url, data={**order, "reason": WHY})
        assert (done.status_code, done.headers["location"]) == (303, f"/cycles/{cycle}")
    await begun(stack, cycle, 4)
    assert "takes part from now on" in (await hr.get(f"/cycles/{cycle}")).text
    assert "Gita Contoh" not in (await hr.get(url)).text
