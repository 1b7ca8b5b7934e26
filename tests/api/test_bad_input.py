"""What nobody should send to a case, and what one is told who does. Every refusal leaves the case as it was."""

import copy
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest

from api.paging import NAMED
from appraisal.vocabulary import Step
from tests import agency
from tests.api import scene
from tests.api.scene import ACCOUNT, ORDERS, REVIEW
from tests.api.test_appraisal_api import PLAN, launch
from tests.stack import Stack, running

JSON = {"content-type": "application/json"}
AT = {
    "targets": Step.TARGETS,
    "approval": Step.APPROVAL,
    "self-assessment": Step.SELF_ASSESSMENT,
    "review": Step.REVIEW,
}
Cycles = dict[Step, str]


@pytest.fixture(scope="module")
async def place(
    server: Any, migrated_file: Any, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[Stack, Cycles]]:
    """One service for all refusals, with a case of ani waiting at each step (in a cycle of its own)."""
    file = tmp_path_factory.mktemp("bad") / "jenjang.db"
    file.write_bytes(migrated_file.read_bytes())
    async with running(server.client, f"sqlite+aiosqlite:///{file}") as stack:
        await agency.build(stack.sessions)
        cycles = {step: await launch(stack, people=["ani"]) for step in ORDERS}
        for step, cycle in cycles.items():
            await scene.bring(stack, cycle, step)
        yield stack, cycles


def plan(weights: tuple[int, ...] = (40, 30, 30), **second: Any) -> dict[str, Any]:
    """A plan of these weights whose second target is changed."""
    pattern = PLAN["targets"][0]
    targets = [{**copy.deepcopy(pattern), "weight": weight} for weight in weights]
    targets[1] |= second
    return {"targets": targets}


def account(**second: Any) -> dict[str, Any]:
    whole = copy.deepcopy(ACCOUNT)
    whole["realisations"][1] |= second
    return whole


LONG = "x" * 5000
TIED = {"kind": "unit_indicator", "ref": "i1", "name": ""}
SCRIPT, HALF, MANY = ["javascript:alert(1)"], ["http://["], ["https://a.example"] * 11
EVIDENCE = "realisations[1].evidence"
INCOMPLETE = ACCOUNT | {"realisations": ACCOUNT["realisations"][:2]}
BODIES: list[tuple[str, str, Any, str, str]] = [
    # what, endpoint, body, code, where
    ("weights of 99", "targets", plan((33, 33, 33)), "weights_not_hundred", "targets"),
    ("weights of 101", "targets", plan((34, 34, 33)), "weights_not_hundred", "targets"),
    ("2 targets", "targets", plan((50, 50)), "number_of_targets", "targets"),
    ("8 targets", "targets", plan((13, 13, 13, 13, 12, 12, 12, 12)), "number_of_targets", "targets"),
    ("no targets", "targets", {"targets": []}, "number_of_targets", "targets"),
    ("half a percent", "targets", plan(weight=30.5), "invalid_request", "targets.1.weight"),
    ("a value in words", "targets", plan(value="dua belas"), "invalid_request", "targets.1.value"),
    ("a value of NaN", "targets", plan(value="NaN"), "invalid_request", "targets.1.value"),
    ("an endless value", "targets", plan(value="Infinity"), "invalid_request", "targets.1.value"),
    ("a negative value", "targets", plan(value="-1"), "invalid_number", "targets[1].value"),
    ("1e400", "targets", plan(value="1e400"), "invalid_number", "targets[1].value"),
    ("a value of nothing", "targets", plan(value=None), "invalid_request", "targets.1.value"),
    ("five decimals", "targets", plan(value="0.00001"), "invalid_number", "targets[1].value"),
    ("a huge weight", "targets", plan(weight=10**3000), "invalid_request", "targets.1.weight"),
    ("an unknown aspect", "targets", plan(aspect="MUTU"), "invalid_request", "targets.1.aspect"),
    ("a title too long", "targets", plan(title=LONG), "invalid_text", "targets[1].title"),
    ("an empty title", "targets", plan(title="   "), "invalid_text", "targets[1].title"),
    ("a support without id", "targets", plan(support=TIED | {"ref": ""}), "invalid_target", "targets[1].support"),
    ("a long support", "targets", plan(support=TIED | {"name": LONG}), "invalid_text", "targets[1].support.name"),
    ("a field nobody knows", "targets", {**plan(), "notes": "x"}, "invalid_request", "notes"),
    ("an unknown field inside", "targets", plan(weigth=30), "invalid_request", "targets.1.weigth"),
    ("a list", "targets", [], "invalid_request", ""),
    ("a word", "targets", "targets", "invalid_request", ""),
    ("nothing", "targets", None, "invalid_request", ""),
    ("targets that are no list", "targets", {"targets": 3}, "invalid_request", "targets"),
    ("a target that is none", "targets", {"targets": [[], 1, None]}, "invalid_request", "targets.0"),
    ("an unknown decision", "approval", {"decision": "maybe"}, "invalid_request", "decision"),
    ("a return without a reason", "approval", {"decision": "return"}, "missing_reason", "reason"),
    ("a blank reason", "approval", {"decision": "return", "reason": " \n "}, "missing_reason", "reason"),
    ("an endless comment", "approval", {"decision": "approve", "reason": LONG}, "invalid_text", "comment"),
    ("a mistyped decision", "approval", {"decision": "approve", "coment": "x"}, "invalid_request", "coment"),
    ("a script as evidence", "self-assessment", account(evidence=SCRIPT), "invalid_evidence", f"{EVIDENCE}[0]"),
    ("half an address", "self-assessment", account(evidence=HALF), "invalid_evidence", f"{EVIDENCE}[0]"),
    ("eleven links", "self-assessment", account(evidence=MANY), "invalid_evidence", EVIDENCE),
    ("a result in words", "self-assessment", account(value="banyak"), "invalid_request", "realisations.1.value"),
    ("a negative result", "self-assessment", account(value="-0.5"), "invalid_number", "realisations[1].value"),
    ("a target forgotten", "self-assessment", INCOMPLETE, "incomplete_realisations", "realisations"),
    ("a target twice", "self-assessment", account(target=1), "incomplete_realisations", "realisations"),
    ("no reflection", "self-assessment", {**ACCOUNT, "reflection": ""}, "invalid_text", "reflection"),
    ("a mistyped link", "self-assessment", account(evidences=[]), "invalid_request", "realisations.1.evidences"),
    ("results without a reason", "review", {**REVIEW, "results_reason": ""}, "missing_reason", "results_reason"),
    ("behaviour without one", "review", {**REVIEW, "behaviour_reason": "  "}, "missing_reason", "behaviour_reason"),
    ("no reason at all", "review", {"results": "SESUAI", "behaviour": "SESUAI"}, "invalid_request", "results_reason"),
    ("an unknown rating", "review", {**REVIEW, "results": "ISTIMEWA"}, "invalid_request", "results"),
    ("a reason too long", "review", {**REVIEW, "results_reason": LONG}, "invalid_text", "results_reason"),
    ("the predicate itself", "review", {**REVIEW, "predicate": "SANGAT_BAIK"}, "invalid_request", "predicate"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "body", "code", "where"), [row[1:] for row in BODIES], ids=[row[0] for row in BODIES])
async def test_a_body_that_cannot_be_accepted(
    place: tuple[Stack, Cycles], path: str, body: Any, code: str, where: str
) -> None:
    stack, cycles = place
    cycle, who = cycles[AT[path]], ORDERS[AT[path]][0]
    before = await scene.kept(stack, cycle)
    visitor = await stack.visitor(who)
    answer = await visitor.post(f"/api/v1/appraisals/{cycle}/ani/{path}", content=json.dumps(body), headers=JSON)
    problem = scene.refused(answer, 422, code)
    assert problem["where"] == where
    assert LONG not in answer.text
    assert len(answer.text) < 2500, "what was sent is not repeated"
    assert await scene.kept(stack, cycle) == before


RAW: list[tuple[str, bytes, dict[str, str], int, str]] = [
    ("half a document", b'{"targets": [', JSON, 422, "invalid_request"),
    ("no JSON", b"targets=3", JSON, 422, "invalid_request"),
    ("nested without end", b"[" * 100_000, JSON, 422, "invalid_request"),
    ("a number without end", b'{"targets": ' + b"9" * 5000 + b"}", JSON, 422, "invalid_request"),
    ("half a character", json.dumps(plan(title="\ud800")).encode(), JSON, 422, "invalid_request"),
    ("NUL", json.dumps(plan(title="a\0b")).encode(), JSON, 422, "invalid_request"),
    ("no UTF-8", b'{"targets": "\xff"}', JSON, 422, "invalid_request"),
    ("NaN", json.dumps(plan(value=float("nan"))).encode(), JSON, 422, "invalid_request"),
    ("nothing at all", b"", JSON, 422, "invalid_request"),
    ("a text", json.dumps(plan()).encode(), {"content-type": "text/plain"}, 415, "wrong_content_type"),
    ("no content type", json.dumps(plan()).encode(), {}, 415, "wrong_content_type"),
    ("a form", b"a=b", {"content-type": "application/x-www-form-urlencoded"}, 415, "wrong_content_type"),
    ("10 MB", json.dumps(plan(title="x" * 10_000_000)).encode(), JSON, 413, "too_large"),
    ("a revision that is none", json.dumps(plan()).encode(), {**JSON, "if-match": "abc"}, 422, "invalid_request"),
    ("a key with a space", json.dumps(plan()).encode(), {**JSON, "idempotency-key": "a b"}, 422, "invalid_request"),
    ("a key too long", json.dumps(plan()).encode(), {**JSON, "idempotency-key": "k" * 81}, 422, "invalid_request"),
]


@pytest.mark.parametrize(("content", "headers", "status", "code"), [r[1:] for r in RAW], ids=[r[0] for r in RAW])
async def test_a_request_that_cannot_be_read(
    place: tuple[Stack, Cycles], content: bytes, headers: dict[str, str], status: int, code: str
) -> None:
    stack, cycles = place
    cycle = cycles[Step.TARGETS]
    before = await scene.kept(stack, cycle)
    ani = await stack.visitor("ani")
    answer = await ani.post(f"/api/v1/appraisals/{cycle}/ani/targets", content=content, headers=headers)
    scene.refused(answer, status, code)
    assert await scene.kept(stack, cycle) == before


async def test_10_mb_that_do_not_say_how_long_they_are(place: tuple[Stack, Cycles]) -> None:
    stack, cycles = place
    before = await scene.kept(stack, cycles[Step.TARGETS])

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(160):
            yield b"x" * 65536

    ani = await stack.visitor("ani")
    path = f"/api/v1/appraisals/{cycles[Step.TARGETS]}/ani/targets"
    answer = await ani.post(path, content=endless(), headers=JSON)
    scene.refused(answer, 413, "too_large")
    assert await scene.kept(stack, cycles[Step.TARGETS]) == before


NOWHERE = ["nobody", "ANI", "a%00b", "%3Cscript%3E", "%2e%2e", "x" * 33, "%ff", "ani%0a", "a b", "%E2%80%AE"]


@pytest.mark.parametrize("employee", NOWHERE)
@pytest.mark.parametrize("path", ["", "/events", "/commands/x", "/drafts"])
async def test_an_address_that_leads_nowhere(place: tuple[Stack, Cycles], employee: str, path: str) -> None:
    stack, cycles = place
    hr = await stack.visitor(officer="hr")
    scene.refused(await hr.get(f"/api/v1/appraisals/{cycles[Step.TARGETS]}/{employee}{path}"), 404, "not_found")


@pytest.mark.parametrize(
    "address",
    [
        *("appraisals/000000000000/ani", "cycles/000000000000", "cycles/000000000000/cases", "cycles/%27--"),
        *("calibrations/000000000000/dinkes", "nominations/000000000000", "imports/000000000000", "nowhere"),
    ],
)
async def test_an_unknown_cycle(place: tuple[Stack, Cycles], address: str) -> None:
    hr = await place[0].visitor(officer="hr")
    scene.refused(await hr.get(f"/api/v1/{address}"), 404, "not_found")


async def test_nothing_can_be_done_in_an_unknown_cycle(place: tuple[Stack, Cycles]) -> None:
    ani, hr = await place[0].visitor("ani"), await place[0].visitor(officer="hr")
    scene.refused(await ani.post("/api/v1/appraisals/000000000000/ani/targets", json=PLAN), 404, "not_found")
    base = "/api/v1/nominations/000000000000"
    scene.refused(await hr.post(f"{base}/proposals"), 404, "not_found")
    scene.refused(await hr.post(f"{base}/decisions", json={"decisions": []}), 404, "not_found")


async def test_an_order_that_was_never_given(place: tuple[Stack, Cycles]) -> None:
    stack, cycles = place
    ani = await stack.visitor("ani")
    base = f"/api/v1/appraisals/{cycles[Step.TARGETS]}/ani/commands"
    for command in ("never", "x" * 3000, "%00", "a%20b"):
        scene.refused(await ani.get(f"{base}/{command}"), 404, "not_found")


QUERIES = [
    ("units/dinkes/indicators", {"year": str(10**30)}, "year"),
    ("units/dinkes/indicators", {"year": "x"}, "year"),
    ("units/dinkes/indicators", {}, "year"),
    ("tasks", {"limit": "0"}, "limit"),
    ("tasks", {"limit": "201"}, "limit"),
    ("tasks", {"after": "soon"}, "after"),
    ("tasks", {"page": "2"}, "page"),
    ("people", {"after": NAMED.written("nobody")}, "after"),
    ("people", {"limit": str(10**30)}, "limit"),
    ("people", {"search": "\0"}, "search"),
    ("calibrations", {"cycle": "\0"}, "cycle"),
    ("cycles/{cycle}/cases", {"step": "lunch"}, "step"),
    ("cycles/{cycle}/cases", {"unit": "x" * 13}, "unit"),
    ("cycles/{cycle}/cases", {"overdue": "perhaps"}, "overdue"),
]


@pytest.mark.parametrize(("path", "query", "where"), QUERIES)
async def test_a_question_that_cannot_be_asked(
    place: tuple[Stack, Cycles], path: str, query: dict[str, str], where: str
) -> None:
    stack, cycles = place
    hr = await stack.visitor(officer="hr")
    answer = await hr.get(f"/api/v1/{path.format(cycle=cycles[Step.TARGETS])}", params=query)
    assert scene.refused(answer, 422, "invalid_request")["where"] == where


async def test_wildcards_in_a_search_are_letters_like_others(place: tuple[Stack, Cycles]) -> None:
    hr: httpx2.AsyncClient = await place[0].visitor(officer="hr")
    for search in ("%", "_", "'; drop table person; --", "\\"):
        assert (await hr.get("/api/v1/people", params={"search": search})).json() == []
