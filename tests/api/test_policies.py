"""Policies by the API: what there is, what one would do, a new version, and every way in which it is refused."""

import asyncio
import copy
from typing import Any

import httpx2
import pytest
from sqlalchemy import select

from adapters.database.desk.policies import POLICY
from adapters.policy_files import shipped
from api.policies import policy_named
from tests.api.dated import CYCLE
from tests.api.scene import refused
from tests.api.test_appraisal_api import launch
from tests.stack import Stack

ANNUAL = shipped("annual") or {}
WHY = "Surat edaran Bupati."
EDIT: dict[str, Any] = {"document": ANNUAL, "based_on": 1, "reason": WHY}


def edited(path: str, value: Any) -> dict[str, Any]:
    """The annual policy with one value changed, or left out where the value is None."""
    whole = copy.deepcopy(ANNUAL)
    *way, last = path.split(".")
    place = whole
    for name in way:
        place = place[name]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return whole


async def rows(stack: Stack) -> list[tuple[Any, ...]]:
    async with stack.sessions() as session:
        return [tuple(row) for row in await session.execute(select(POLICY).order_by(POLICY.c.name, POLICY.c.version))]


async def put(stack: Stack, name: str = "annual", officer: str = "hr", **wrong: Any) -> httpx2.Response:
    hr = await stack.visitor(officer=officer)
    return await hr.put(f"/api/v1/policies/{name}", json={**EDIT, **wrong})


async def test_what_comes_with_the_program_is_version_one_of_nobody(stack: Stack) -> None:
    hr = await stack.visitor(officer="hr")
    found = (await hr.get("/api/v1/policies")).json()
    assert [(one["name"], one["version"], one["author"]) for one in found] == [
        ("annual", 1, None),
        ("open", 1, None),
        ("rehearsal", 1, None),
    ]
    one = (await hr.get("/api/v1/policies/annual")).json()
    assert (one["document"], one["created_at"]) == (ANNUAL, None)


async def test_a_saved_version_holds_from_then_on_and_the_old_ones_can_be_read(stack: Stack) -> None:
    hr = await stack.visitor(officer="hr")
    cycle = await launch(stack, people=["ani"], policy="annual", year=2027)
    answer = await put(stack, document=edited("grace", "P5D"))
    assert (answer.status_code, answer.json()) == (200, {"name": "annual", "version": 2})
    newest = (await hr.get("/api/v1/policies/annual")).json()
    assert (newest["version"], newest["reason"], newest["document"]["grace"]) == (2, WHY, "P5D")
    assert newest["document"]["version"] == 2
    assert (await hr.get("/api/v1/policies/annual?version=1")).json()["document"] == ANNUAL
    assert [one["version"] for one in (await hr.get("/api/v1/policies")).json()] == [2, 1, 1]
    assert (await policy_named(stack.services, "annual")).grace == "P5D"
    assert (await policy_named(stack.services, "annual", 1)).grace == "P3D"
    refused(await hr.get("/api/v1/policies/annual?version=3"), 404, "not_found")
    refused(await hr.get("/api/v1/policies/lunch"), 404, "not_found")
    async with stack.sessions() as session:
        kept = (await session.scalars(select(CYCLE.c.policy).where(CYCLE.c.id == cycle))).one()
    assert (kept["version"], kept["grace"]) == (1, "P3D"), "a cycle keeps what it was launched with"


async def test_a_launch_takes_the_newest_or_the_version_that_was_looked_at(stack: Stack) -> None:
    await put(stack, document=edited("grace", "P5D"))
    hr, found = await stack.visitor(officer="hr"), []
    for version in (None, 1):
        wanted = {"year": 2027, "name": "x", "policy": "annual", "people": ["ani"], "policy_version": version}
        cycle = (await hr.post("/api/v1/cycles", json=wanted)).json()["id"]
        found.append(await _launched_under(stack, cycle))
    assert found == [2, 1]
    missing = {"year": 2027, "name": "x", "policy": "annual", "policy_version": 9}
    problem = refused(await hr.post("/api/v1/cycles", json=missing), 422, "invalid_policy")
    assert problem["where"] == "policy_version"


async def _launched_under(stack: Stack, cycle: str) -> int:
    for _ in range(200):
        async with stack.sessions() as session:
            kept = await session.scalar(select(CYCLE.c.policy).where(CYCLE.c.id == cycle))
        if kept:
            return int(kept["version"])
        await asyncio.sleep(0.05)
    raise AssertionError("the cycle never came on record")


async def test_a_copy_under_a_new_name_begins_with_version_one(stack: Stack) -> None:
    answer = await put(stack, "annual-2028", based_on=0)
    assert (answer.status_code, answer.json()) == (200, {"name": "annual-2028", "version": 1})
    hr = await stack.visitor(officer="hr")
    document = (await hr.get("/api/v1/policies/annual-2028")).json()["document"]
    assert document == {**ANNUAL, "name": "annual-2028"}


async def test_the_same_edit_twice_is_one_version(stack: Stack) -> None:
    answers = await asyncio.gather(*(put(stack) for _ in range(3)))
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert {answer.json()["version"] for answer in answers} == {2}
    assert len(await rows(stack)) == 1


async def test_a_preview_tells_the_dates_and_what_rings_and_saves_nothing(stack: Stack) -> None:
    hr = await stack.visitor(officer="hr")
    answer = await hr.post("/api/v1/policies/annual/preview", json={"document": ANNUAL})
    assert answer.status_code == 200
    found = answer.json()
    assert [step["step"] for step in found["steps"]][:2] == ["targets", "approval"]
    approval = found["steps"][1]
    assert approval["window"]["end_rule"] == "take_over"
    rings = [(ring["alarm"], ring["to"]) for ring in approval["rings"]]
    assert rings[-4:] == [("escalate", "superior"), ("escalate", "hr"), ("end", None), ("close", None)]
    assert found["starts_at"] < found["steps"][0]["window"]["due"] < found["closes"]
    assert await rows(stack) == []


LADDER = [{"after": "P3D", "to": "superior"}]
LONG = "x" * 61
BAD: list[tuple[str, dict[str, Any], int, str, str, str]] = [
    ("an unknown step", {"document": edited("steps.lunch", {})}, 422, "invalid_policy", "steps", "exactly the steps"),
    ("a step that is missing", {"document": edited("steps.review", None)}, 422, "invalid_policy", "steps", "exactly"),
    (
        "an unknown end rule",
        {"document": edited("steps.review.end_rule", "forget")},
        422,
        "invalid_policy",
        "steps.review.end_rule",
        "'forget' is no end rule.",
    ),
    (
        "an end rule of another step",
        {"document": edited("steps.review.end_rule", "go_on")},
        422,
        "invalid_policy",
        "steps.review.end_rule",
        "review cannot end by 'go_on'.",
    ),
    (
        "an impossible date",
        {"document": edited("steps.review.due", "+1 02-30")},
        422,
        "invalid_policy",
        "steps.review.due",
        "'+1 02-30' is no date of the year.",
    ),
    (
        "a ladder without an end",
        {"document": edited("steps.review.end", None)},
        422,
        "invalid_policy",
        "steps.review.end",
        "A value is missing.",
    ),
    (
        "a ladder that outlives its step",
        {"document": edited("steps.review.escalate", [{"after": "60 working days", "to": "hr"}])},
        422,
        "invalid_policy",
        "steps.review",
        "The dates of review are not in order",
    ),
    (
        "an over-long text",
        {"document": edited("steps.review.due", LONG)},
        422,
        "invalid_text",
        "steps.review.due",
        "This text has 61 characters; 60 are allowed.",
    ),
    ("no reason", {"reason": " "}, 422, "missing_reason", "reason", "A reason is missing."),
    ("an over-long reason", {"reason": "x" * 4001}, 422, "invalid_text", "reason", "This text has 4001 characters"),
    ("a reason that is none", {"reason": 3}, 422, "invalid_request", "reason", "valid string"),
    ("a stale version", {"based_on": 7}, 412, "stale_policy", "based_on", "version 1 is the newest now."),
    ("a new name that is taken", {"based_on": 0}, 412, "stale_policy", "based_on", "version 1 is the newest now."),
    ("a version below none", {"based_on": -1}, 422, "invalid_request", "based_on", "greater than or equal to 0"),
    ("a document that is none", {"document": []}, 422, "invalid_request", "document", "valid dictionary"),
    ("a field nobody knows", {"force": True}, 422, "invalid_request", "force", "There is no such field."),
]


@pytest.mark.parametrize(("wrong", "status", "code", "where", "told"), [b[1:] for b in BAD], ids=[b[0] for b in BAD])
async def test_a_refused_edit_says_what_and_where_and_changes_nothing(
    stack: Stack, wrong: dict[str, Any], status: int, code: str, where: str, told: str
) -> None:
    problem = refused(await put(stack, **wrong), status, code)
    assert problem["where"] == where
    assert told in problem["title"]
    assert await rows(stack) == []
    assert (await policy_named(stack.services, "annual")).version == 1


async def test_who_was_slower_learns_of_the_other(stack: Stack) -> None:
    await put(stack, document=edited("grace", "P5D"), officer="first")
    before = await rows(stack)
    problem = refused(await put(stack, document=edited("grace", "P9D"), officer="second"), 412, "stale_policy")
    assert problem["title"] == "Somebody else has changed the policy 'annual': version 2 is the newest now."
    assert problem["remedy"] == "Look at the newest version and make your change there."
    assert await rows(stack) == before


@pytest.mark.parametrize("who", ["ani", "budi", "dewi", None])
async def test_somebody_who_is_not_hr(stack: Stack, who: str | None) -> None:
    visitor, expected = await stack.visitor(who), (403, "not_allowed") if who else (401, "not_signed_in")
    refused(await visitor.put("/api/v1/policies/annual", json=EDIT), *expected)
    refused(await visitor.post("/api/v1/policies/annual/preview", json={"document": ANNUAL}), *expected)
    refused(await visitor.get("/api/v1/policies"), *expected)
    assert await rows(stack) == []


@pytest.mark.parametrize("name", ["..%2Fopen", "Annual", "a" * 41, "a b"])
async def test_a_name_that_no_policy_can_have_is_not_there(stack: Stack, name: str) -> None:
    refused(await put(stack, name, based_on=0), 404, "not_found")
    assert await rows(stack) == []


async def test_html_in_a_reason_is_kept_as_it_was_written(stack: Stack) -> None:
    why = "<script>alert(1)</script> Surat edaran."
    assert (await put(stack, reason=why)).status_code == 200
    assert [row[4] for row in await rows(stack)] == [why]
