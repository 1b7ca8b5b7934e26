"""The list before the closing over HTTP: what it says is what then happens, and it is HR's alone."""

from pathlib import Path
from typing import Any

import pytest

from api.paging import NAMED
from appraisal.vocabulary import Step
from tests.api import scene
from tests.api.closed import PEOPLE, closing, ended, short_year, ways
from tests.api.scene import bring
from tests.api.test_appraisal_api import launch
from tests.stack import Stack


async def hold(stack: Stack, cycle: str, employee: str) -> None:
    hr = await stack.visitor(officer="hr")
    body = {"kind": "hold", "reason": "Cuti besar."}
    answer = await hr.post(f"/api/v1/appraisals/{cycle}/{employee}/remedy", json=body)
    assert answer.status_code == 200, answer.text


@pytest.mark.every_database
async def test_what_the_list_says_is_what_then_happens(stack: Stack, policies: Path) -> None:
    """ani is reviewed, eko waits for his supervisor, gita is on hold, citra has done nothing; then nobody acts any more."""
    short_year(policies)
    cycle = await launch(stack, people=PEOPLE, policy="seconds")
    await bring(stack, cycle, Step.CALIBRATION)
    await bring(stack, cycle, Step.APPROVAL, employee="eko")
    await hold(stack, cycle, "gita")
    found = await closing(stack, cycle)
    assert ways(found) == {
        "ani": ("completed", "nomination"),
        "citra": ("unfinished", "targets"),
        "eko": ("closing", "approval"),
        "gita": ("closing", "targets"),
    }
    assert [case["employee"] for case in found["cases"]] == sorted(case["employee"] for case in found["cases"])
    assert (found["exits"], found["left"], found["final"]) == (
        {"completed": 1, "unfinished": 1, "closing": 2},
        {},
        False,
    )
    await ended(stack, cycle)
    after = await closing(stack, cycle)
    assert ways(after) == ways(found), "each left as the list had said"
    assert (after["exits"], after["left"], after["final"]) == ({}, found["exits"], True)
    assert {case["employee_id"]: case["outcome"] for case in after["cases"]}["ani"] == "rated"


@pytest.fixture
async def cycle(stack: Stack) -> str:
    """Four open cases in two units; the targets of ani wait for her supervisor."""
    begun = await launch(stack, people=PEOPLE)
    await bring(stack, begun, Step.APPROVAL)
    return begun


async def test_every_open_case_with_who_holds_it_and_since_when(stack: Stack, cycle: str) -> None:
    found = await closing(stack, cycle)
    ani = next(case for case in found["cases"] if case["employee_id"] == "ani")
    assert (ani["employee"], ani["unit_id"], ani["step"], ani["holder"]) == (
        "Ani Contoh",
        "dinkes",
        "approval",
        "Budi Contoh",
    )
    assert found["at"] > ani["since"]
    assert found["closes_at"] > ani["leaves_at"]
    assert {unit["unit"]: unit["exits"] for unit in found["units"]} == {
        "Dinas Kesehatan": {"unfinished": 3},
        "Dinas Sosial": {"unfinished": 1},
    }


async def test_pages_and_filters_show_the_same_list(stack: Stack, cycle: str) -> None:
    everybody = [case["employee_id"] for case in (await closing(stack, cycle))["cases"]]
    read: list[dict[str, Any]] = []
    after: dict[str, str] = {}
    while page := (await closing(stack, cycle, limit=1, **after))["cases"]:
        read += page
        after = {"after": NAMED.written(page[-1]["employee_id"])}
    assert [case["employee_id"] for case in read] == everybody
    assert list(ways(await closing(stack, cycle, unit="dinsos"))) == ["gita"]
    assert list(ways(await closing(stack, cycle, exit="closing"))) == []
    hr = await stack.visitor(officer="hr")
    scene.refused(await hr.get(f"/api/v1/cycles/{cycle}/closing?exit=never"), 422, "invalid_request")


async def test_the_digest_stands_for_the_list_and_not_for_the_page(stack: Stack, cycle: str) -> None:
    seen = (await closing(stack, cycle))["digest"]
    assert (await closing(stack, cycle, unit="dinsos", limit=1))["digest"] == seen
    await bring(stack, cycle, Step.APPROVAL, employee="eko")
    assert (await closing(stack, cycle))["digest"] != seen


async def test_a_case_that_hr_closes_has_left_with_its_reason(stack: Stack, cycle: str) -> None:
    hr = await stack.visitor(officer="hr")
    body = {"kind": "close_unrateable", "reason": "Pensiun."}
    assert (await hr.post(f"/api/v1/appraisals/{cycle}/gita/remedy", json=body)).status_code == 200
    found = await closing(stack, cycle)
    assert (found["left"], "gita" in ways(found)) == ({"unrateable": 1}, False)


async def test_a_cycle_that_is_not_there_has_no_list(stack: Stack) -> None:
    hr = await stack.visitor(officer="hr")
    scene.refused(await hr.get("/api/v1/cycles/0123456789ab/closing"), 404, "not_found")
