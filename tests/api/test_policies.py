"""Policies by the API: what there is, what one would do, and a new version."""

import asyncio
import copy
from datetime import date
from typing import Any

import httpx2
from sqlalchemy import select, update

from adapters.database.desk.policies import POLICY
from adapters.database.reads.lines import ASSIGNMENT
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


async def test_the_same_key_is_the_same_launch(stack: Stack) -> None:
    """Whoever hears no answer asks again: a year must not be launched twice by that."""
    hr, order = await stack.visitor(officer="hr"), {"year": 2026, "name": "Tahun", "policy": "open", "people": ["ani"]}
    first, again, other = [
        await hr.post("/api/v1/cycles", json=order, headers={"idempotency-key": key}) for key in ("k1", "k1", "k2")
    ]
    assert [answer.status_code for answer in (first, again, other)] == [202, 202, 202], first.text
    assert first.json() == again.json()
    assert first.json()["id"] != other.json()["id"]


async def test_a_launch_that_stands_is_not_refused_when_it_is_asked_for_again(stack: Stack) -> None:
    """What would be refused by now, as nobody would take part any more, was taken then."""
    hr, order = await stack.visitor(officer="hr"), {"year": 2026, "name": "Tahun", "policy": "open", "people": ["ani"]}
    first = await hr.post("/api/v1/cycles", json=order, headers={"idempotency-key": "k1"})
    async with stack.sessions.begin() as session:
        mine = ASSIGNMENT.c.person_id == "ani"
        await session.execute(update(ASSIGNMENT).where(mine).values(valid_to=date(2021, 1, 1)))
    again = await hr.post("/api/v1/cycles", json=order, headers={"idempotency-key": "k1"})
    assert (again.status_code, again.json()) == (202, first.json())
    refused(await hr.post("/api/v1/cycles", json=order, headers={"idempotency-key": "k2"}), 422, "invalid_launch")


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


async def test_other_dates_are_those_of_the_version_that_was_looked_at(stack: Stack) -> None:
    cycle, hr = await launch(stack, people=["ani"]), await stack.visitor(officer="hr")
    for version, days in ((1, "P4D"), (2, "P5D")):
        document = {**(shipped("open") or {}), "grace": days}
        assert (await put(stack, "open", document=document, based_on=version)).status_code == 200
    url, found = f"/api/v1/cycles/{cycle}/dates", []
    for named in ("", "&policy_version=2", "&policy_version=1"):
        preview = (await hr.get(f"{url}/preview?policy=open{named}")).json()
        found.append((preview["version"], preview["grace"]))
    assert found == [(3, "P5D"), (2, "P4D"), (1, "P3D")]
    missing = {"policy": "open", "policy_version": 9, "reason": WHY}
    assert refused(await hr.post(url, json=missing), 422, "invalid_policy")["where"] == "policy_version"
    assert (await hr.post(url, json={**missing, "policy_version": 2})).status_code == 202
    async with asyncio.timeout(60):
        while await _launched_under(stack, cycle) != 2:
            await asyncio.sleep(0.05)


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
