"""HR frees cases over HTTP: one by one and many at once, each once, and those that refuse are named."""

import asyncio
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from appraisal.access import Actor
from appraisal.bulk import MOST, BulkOrder, ordered
from appraisal.commands import Nudge
from appraisal.errors import InvalidBulk
from appraisal.vocabulary import Step
from tests.api.scene import bring
from tests.api.test_appraisal_api import PLAN, launch
from tests.stack import Stack

PEOPLE = ["ani", "eko", "citra"]


async def finished(stack: Stack, order: str) -> dict[str, Any]:
    """What became of an order for many, once every case has answered."""
    hr = await stack.visitor(officer="hr")
    async with asyncio.timeout(60):
        while not (found := (await hr.get(f"/api/v1/remedies/{order}")).json()).get("done"):
            await asyncio.sleep(0.05)
    return dict(found)


async def kinds(stack: Stack, cycle: str, employee: str) -> list[str]:
    hr = await stack.visitor(officer="hr")
    return [event["kind"] for event in (await hr.get(f"/api/v1/appraisals/{cycle}/{employee}/events")).json()]


@pytest.mark.every_database
async def test_an_extension_moves_the_date_and_stands_in_the_record(stack: Stack) -> None:
    cycle = await launch(stack, people=PEOPLE)
    hr, ani = await stack.visitor(officer="hr"), await stack.visitor("ani")
    path = f"/api/v1/appraisals/{cycle}/ani"
    due = (await ani.get(path)).json()["due_at"]
    later = (datetime.fromisoformat(due) + timedelta(days=3)).isoformat()
    answer = await hr.post(f"{path}/remedy", json={"kind": "extend", "due": later, "reason": "Banjir."})
    assert answer.status_code == 200, answer.text
    case = (await ani.get(path)).json()
    assert datetime.fromisoformat(case["due_at"]) == datetime.fromisoformat(later)
    event = (await ani.get(f"{path}/events")).json()[-1]
    assert (event["kind"], event["reason"]) == ("extend", "Banjir.")


@pytest.mark.every_database
async def test_one_remedy_for_many_is_taken_once_and_refusals_are_named(stack: Stack) -> None:
    cycle = await launch(stack, people=PEOPLE)
    await bring(stack, cycle, Step.APPROVAL)
    hr, order = await stack.visitor(officer="hr"), uuid.uuid4().hex
    body = {
        "cases": [f"appraisal/{cycle}/{who}" for who in PEOPLE],
        "remedy": {"kind": "take_over", "reason": "Penilai berhalangan."},
    }
    answers = [await hr.post("/api/v1/remedies", json=body, headers={"idempotency-key": order}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [202, 202]
    assert {answer.json()["id"] for answer in answers} == {order}
    found = await finished(stack, order)
    assert (found["cases"], found["taken"]) == (3, 1)
    assert sorted((one["employee"], one["code"]) for one in found["refused"]) == [
        ("Citra Contoh", "WrongStep"),
        ("Eko Contoh", "WrongStep"),
    ]
    assert (await kinds(stack, cycle, "ani")).count("take_over") == 1
    assert "take_over" not in await kinds(stack, cycle, "eko")
    case = (await hr.get(f"/api/v1/appraisals/{cycle}/ani")).json()
    assert case["holder"] == "hr"


async def test_a_unit_stands_still_and_goes_on_with_its_dates_moved(stack: Stack) -> None:
    cycle = await launch(stack, people=PEOPLE)
    hr, ani = await stack.visitor(officer="hr"), await stack.visitor("ani")
    cases = [f"appraisal/{cycle}/{who}" for who in PEOPLE]
    before = (await ani.get(f"/api/v1/appraisals/{cycle}/ani")).json()["due_at"]
    hold = {"kind": "hold", "reason": "Banjir: kantor ditutup."}
    held = (await hr.post("/api/v1/remedies", json={"cases": cases, "remedy": hold})).json()["id"]
    assert (await finished(stack, held))["taken"] == 3
    refused = await ani.post(f"/api/v1/appraisals/{cycle}/ani/targets", json=PLAN)
    assert (refused.status_code, refused.json()["code"]) == (409, "on_hold")
    release = {"kind": "release", "reason": "Kantor dibuka."}
    await finished(stack, (await hr.post("/api/v1/remedies", json={"cases": cases, "remedy": release})).json()["id"])
    after = (await ani.get(f"/api/v1/appraisals/{cycle}/ani")).json()["due_at"]
    assert after > before
    assert (await ani.post(f"/api/v1/appraisals/{cycle}/ani/targets", json=PLAN)).status_code == 200


BAD: list[tuple[str, dict[str, Any], str]] = [
    ("nobody chosen", {"cases": [], "remedy": {"kind": "nudge"}}, "invalid_bulk"),
    ("a case that is none", {"cases": ["appraisal/none/none"], "remedy": {"kind": "nudge"}}, "invalid_bulk"),
    ("no such remedy", {"cases": [], "remedy": {"kind": "forgive"}}, "invalid_request"),
    ("no reason", {"cases": ["appraisal/x/y"], "remedy": {"kind": "hold", "reason": " "}}, "missing_reason"),
    ("a field that is none", {"cases": [], "remedy": {"kind": "nudge", "why": "x"}}, "invalid_request"),
]


@pytest.mark.parametrize(("body", "code"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
async def test_an_order_that_cannot_be_is_refused_and_nothing_starts(
    stack: Stack, body: dict[str, Any], code: str
) -> None:
    hr = await stack.visitor(officer="hr")
    answer = await hr.post("/api/v1/remedies", json=body, headers={"idempotency-key": "nothing"})
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert (await hr.get("/api/v1/remedies/nothing")).status_code == 404


async def test_an_extension_into_the_past_changes_nothing(stack: Stack) -> None:
    cycle = await launch(stack, people=["ani"])
    hr = await stack.visitor(officer="hr")
    body = {"kind": "extend", "due": (datetime.now(UTC) - timedelta(days=1)).isoformat(), "reason": "Lupa."}
    answer = await hr.post(f"/api/v1/appraisals/{cycle}/ani/remedy", json=body)
    assert (answer.status_code, answer.json()["code"], answer.json()["where"]) == (422, "invalid_extension", "due")
    assert await kinds(stack, cycle, "ani") == ["opened"]


def test_more_cases_than_one_order_carries_and_the_same_twice_are_refused() -> None:
    for cases in (tuple(f"appraisal/c/{n}" for n in range(MOST + 1)), ("appraisal/c/1", "appraisal/c/1")):
        with pytest.raises(InvalidBulk):
            ordered(BulkOrder("b", Nudge(), Actor("olga", hr=True), cases), datetime.now(UTC))
