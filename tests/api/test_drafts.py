"""Drafts: kept as they are typed, across sign-ins and restarts, and seen by their author alone."""

import json
from typing import Any

import pytest
from sqlalchemy import func, select
from temporalio.testing import WorkflowEnvironment

from adapters.database.columns import table_of
from adapters.database.tables import desk
from tests import agency
from tests.api import scene
from tests.api.test_appraisal_api import PLAN, launch
from tests.stack import Stack, running

FORMS = ("targets", "approval", "self_assessment", "review", "acknowledgement")
HALF: dict[str, Any] = {
    "targets": [{"title": "<b>Imun", "weight": "4", "value": ""}],
    "note": "é\u202e😀",
    "deep": [[{}]],
}


@pytest.fixture
async def path(stack: Stack) -> str:
    cycle = await launch(stack, people=["ani"])
    return f"/api/v1/appraisals/{cycle}/ani/drafts"


async def count(stack: Stack) -> int:
    async with stack.sessions() as session:
        return await session.scalar(select(func.count()).select_from(table_of(desk.Draft))) or 0


async def test_a_draft_may_be_incomplete_and_comes_back_to_the_letter(stack: Stack, path: str) -> None:
    ani = await stack.visitor("ani")
    assert (await ani.get(path)).json() == {}
    for form in FORMS:
        assert (await ani.put(f"{path}/{form}", json=HALF)).status_code == 204
    again = await stack.visitor("ani")
    assert (await again.get(path)).json() == dict.fromkeys(FORMS, HALF)


async def test_the_last_one_counts_and_saving_it_twice_is_saving_it_once(stack: Stack, path: str) -> None:
    ani = await stack.visitor("ani")
    for body in ({"a": 1}, {"b": 2}, {"b": 2}):
        await ani.put(f"{path}/targets", json=body)
    assert (await ani.get(path)).json() == {"targets": {"b": 2}}
    assert await count(stack) == 1


async def test_a_draft_is_nobody_elses_business(stack: Stack, path: str) -> None:
    """The supervisor and HR see the case, and only their own drafts of it."""
    ani, budi, hr = await stack.visitor("ani"), await stack.visitor("budi"), await stack.visitor(officer="hr")
    await ani.put(f"{path}/targets", json={"mine": "ani"})
    for other, name in ((budi, "budi"), (hr, "hr")):
        assert (await other.get(path)).json() == {}
        assert (await other.put(f"{path}/targets", json={"mine": name})).status_code == 204
        assert (await other.delete(f"{path}/approval")).status_code == 204
    assert (await ani.get(path)).json() == {"targets": {"mine": "ani"}}
    gita = await stack.visitor("gita")
    for answer in (
        await gita.get(path),
        await gita.put(f"{path}/targets", json={}),
        await gita.delete(f"{path}/targets"),
    ):
        scene.refused(answer, 404, "not_found")


async def test_a_discarded_draft_is_gone_and_discarding_again_is_harmless(stack: Stack, path: str) -> None:
    ani = await stack.visitor("ani")
    await ani.put(f"{path}/targets", json=HALF)
    for _ in range(2):
        assert (await ani.delete(f"{path}/targets")).status_code == 204
    assert await count(stack) == 0


async def test_a_draft_does_not_touch_the_case(stack: Stack, path: str) -> None:
    cycle, ani = path.split("/")[4], await stack.visitor("ani")
    before = await scene.kept(stack, cycle)
    await ani.put(f"{path}/targets", json=PLAN)
    assert await scene.kept(stack, cycle) == before


BAD: list[tuple[str, bytes, int, str]] = [
    ("too large", json.dumps({f"text{number}": "x" * 9_000 for number in range(8)}).encode(), 413, "too_large"),
    ("10 MB", json.dumps({"text": "x" * 10_000_000}).encode(), 413, "too_large"),
    ("a list", b"[]", 422, "invalid_request"),
    ("nothing", b"null", 422, "invalid_request"),
    ("half", b'{"a":', 422, "invalid_request"),
    ("NaN", b'{"a": NaN}', 422, "invalid_request"),
    ("half a character", b'{"a": "\\ud800"}', 422, "invalid_request"),
    ("NUL", b'{"a": {"b": ["\\u0000"]}}', 422, "invalid_request"),
    ("NUL in a name", b'{"\\u0000": 1}', 422, "invalid_request"),
    ("nested without end", b'{"a":' * 5000 + b"1" + b"}" * 5000, 422, "invalid_request"),
]


@pytest.mark.parametrize(("body", "status", "code"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
async def test_a_draft_that_cannot_be_kept(stack: Stack, path: str, body: bytes, status: int, code: str) -> None:
    ani = await stack.visitor("ani")
    await ani.put(f"{path}/targets", json={"kept": True})
    answer = await ani.put(f"{path}/targets", content=body, headers={"content-type": "application/json"})
    scene.refused(answer, status, code)
    assert (await ani.get(path)).json() == {"targets": {"kept": True}}


async def test_a_form_nobody_knows(stack: Stack, path: str) -> None:
    ani = await stack.visitor("ani")
    for form in ("lunch", "TARGETS", "%2e%2e", "closed"):
        scene.refused(await ani.put(f"{path}/{form}", json={}), 404, "not_found")
    assert await count(stack) == 0


async def test_drafts_survive_a_restart(server: WorkflowEnvironment, database_url: str) -> None:
    async with running(server.client, database_url) as first:
        await agency.build(first.sessions)
        cycle = await launch(first, people=["ani"])
        path = f"/api/v1/appraisals/{cycle}/ani/drafts"
        await (await first.visitor("ani")).put(f"{path}/targets", json=HALF)
    async with running(server.client, database_url) as second:
        assert (await (await second.visitor("ani")).get(path)).json() == {"targets": HALF}
