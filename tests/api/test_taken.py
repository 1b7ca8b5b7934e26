"""An order that a process has taken while the record takes nothing: nobody hears that it was not, and it is done once."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from api import orders
from appraisal.vocabulary import Step
from tests.api.dated import events
from tests.api.scene import bring, refused, set_unit_result
from tests.api.test_appraisal_api import launch
from tests.api.test_hr_pages import somebody
from tests.stack import Stack
from tests.unwritable import unwritable

pytestmark = pytest.mark.usefixtures("impatient")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits long for the record."""
    monkeypatch.setattr(orders, "ACCEPTING", timedelta(seconds=2))


async def given_again(ask: Callable[[], Any]) -> Any:
    """What the same order, with the same key, is answered once it is on record."""
    async with asyncio.timeout(30):
        while (answer := await ask()).status_code == 503:
            await asyncio.sleep(0.2)
    return answer


async def test_a_calibration_that_is_taken_is_not_said_to_be_undecided(stack: Stack) -> None:
    cycle = await launch(stack, people=["ani"])
    await bring(stack, cycle, Step.CALIBRATION)
    await set_unit_result(stack, cycle)
    dewi = await stack.visitor("dewi")
    subject, path = f"calibration/{cycle}/dinkes", f"calibrations/{cycle}/dinkes"

    async def decide() -> Any:
        return await dewi.post(
            f"/api/v1/{path}/decision", json={"members": ["ani"]}, headers={"idempotency-key": "once"}
        )

    async with unwritable(stack, subject):
        problem = refused(await decide(), 503, "not_recorded_yet")
        assert "holds" in problem["title"]
    answer = await given_again(decide)
    assert answer.status_code == 200, answer.text
    assert [event.kind for event in await events(stack, subject)].count("calibrated") == 1


async def test_a_page_says_so(stack: Stack) -> None:
    cycle, hr = await launch(stack, people=["ani"]), await somebody(stack)
    async with unwritable(stack, f"nomination/{cycle}"):
        page = await hr.post(f"/nominations/{cycle}/hold", data={"hold_reason": "Banjir.", "key": "k1"})
        assert page.status_code == 503
        assert "This has been taken and holds; it is not on record yet." in page.text


async def test_a_departure_whose_process_runs_is_not_said_to_be_undecided(stack: Stack) -> None:
    hr = await stack.visitor(officer="hr")
    leave = {"people": ["budi"], "cause": "on_leave", "own_cases": "hold", "reason": "Cuti."}

    async def send() -> Any:
        return await hr.post("/api/v1/departures", json=leave, headers={"idempotency-key": "once"})

    async with unwritable(stack, "departure/%"):
        refused(await send(), 503, "not_recorded_yet")
    answer = await given_again(send)
    assert answer.status_code == 201, answer.text
    assert len((await hr.get("/api/v1/departures")).json()) == 1
