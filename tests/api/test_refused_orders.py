"""Orders that come too late, too early, twice or from the wrong person; and what people type, kept to the letter."""

import asyncio
import copy
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from api.pages import refusals
from api.pages.words import Words
from appraisal import errors
from appraisal.access import Actor
from appraisal.commands import Calibrate, Nominate, Order
from appraisal.people import errors as people_errors
from appraisal.policy.dates import Zone
from appraisal.vocabulary import Rating, Step
from tests.api import scene
from tests.api.scene import ACCOUNT, ORDERS, REVIEW
from tests.api.test_appraisal_api import PLAN, launch
from tests.stack import Stack
from workflows.appraisal import AppraisalWorkflow

HTML = "<script>alert('x')</script> & \"<b>tebal</b>\" {{ 7*7 }} ${x} %s"


@pytest.fixture
async def cycle(stack: Stack) -> str:
    return await launch(stack, people=["ani"])


async def close(stack: Stack, cycle: str) -> None:
    """What the head's calibration and HR's nomination do to a case, and the acknowledgement between them."""
    handle = stack.client.get_workflow_handle(f"appraisal/{cycle}/ani")
    system = Actor("system", system=True)
    calibrate = Calibrate(Rating.SESUAI, Rating.SESUAI, "", "dewi", f"calibration/{cycle}/dinkes")
    await handle.execute_update(AppraisalWorkflow.perform, Order(calibrate, system))
    ani = await stack.visitor("ani")
    answer = await ani.post(f"/api/v1/appraisals/{cycle}/ani/acknowledgement", json={"comment": HTML})
    assert answer.json()["step"] == "nomination", answer.text
    await handle.execute_update(AppraisalWorkflow.perform, Order(Nominate(None, "Tidak ada.", "hr"), system))


async def test_two_tabs(stack: Stack, cycle: str) -> None:
    """One tab returns the targets; the other, opened before, would approve what has been handed in again since."""
    await scene.bring(stack, cycle, Step.APPROVAL)
    ani, budi = await stack.visitor("ani"), await stack.visitor("budi")
    base = f"/api/v1/appraisals/{cycle}/ani"
    seen = {"if-match": (await budi.get(base)).headers["etag"]}
    body = {"decision": "return", "reason": "Terlalu umum."}
    assert (await budi.post(f"{base}/approval", json=body, headers=seen)).status_code == 200
    assert (await ani.post(f"{base}/targets", json=PLAN)).status_code == 200
    before = await scene.kept(stack, cycle)
    answer = await budi.post(f"{base}/approval", json={"decision": "approve"}, headers=seen)
    problem = scene.refused(answer, 412, "stale_revision")
    assert problem["where"] == "revision"
    assert "Load it again" in problem["remedy"]
    assert await scene.kept(stack, cycle) == before


async def test_the_same_order_twice_with_its_key_counts_once(stack: Stack, cycle: str) -> None:
    ani, path, key = await stack.visitor("ani"), f"/api/v1/appraisals/{cycle}/ani/targets", {"idempotency-key": "k-1"}
    both = await asyncio.gather(*(ani.post(path, json=PLAN, headers=key) for _ in range(2)))
    again = await ani.post(path, json=PLAN, headers=key)
    assert {answer.status_code for answer in (*both, again)} == {200}
    assert both[0].json() == both[1].json() == again.json()
    events = (await scene.kept(stack, cycle)).events
    assert [event["command_id"] for event in events] == ["opened", "ani/k-1"]
    assert (await ani.get(again.json()["status_url"])).json()["revision"] == 1


async def test_the_same_order_twice_without_a_key_is_refused_the_second_time(stack: Stack, cycle: str) -> None:
    ani, path = await stack.visitor("ani"), f"/api/v1/appraisals/{cycle}/ani/targets"
    assert (await ani.post(path, json=PLAN)).status_code == 200
    before = await scene.kept(stack, cycle)
    problem = scene.refused(await ani.post(path, json=PLAN), 409, "wrong_step")
    assert "approval" in problem["title"]
    assert await scene.kept(stack, cycle) == before


async def test_two_people_may_use_the_same_key(stack: Stack, cycle: str) -> None:
    key = {"idempotency-key": "same"}
    for who, path, body in (ORDERS[Step.TARGETS], ORDERS[Step.APPROVAL]):
        visitor = await stack.visitor(who)
        answer = await visitor.post(f"/api/v1/appraisals/{cycle}/ani/{path}", json=body, headers=key)
        assert answer.status_code == 200, answer.text


async def test_a_refused_order_may_be_corrected_under_its_key(stack: Stack, cycle: str) -> None:
    ani, path, key = await stack.visitor("ani"), f"/api/v1/appraisals/{cycle}/ani/targets", {"idempotency-key": "k"}
    wrong = {"targets": PLAN["targets"][:2]}
    scene.refused(await ani.post(path, json=wrong, headers=key), 422, "number_of_targets")
    assert (await ani.post(path, json=PLAN, headers=key)).status_code == 200


async def test_nothing_changes_a_closed_case_and_html_is_kept_as_it_was_typed(stack: Stack, cycle: str) -> None:
    """One walk for both: every text field of a whole year holds markup, and the record repeats it letter by letter."""
    ani, base = await stack.visitor("ani"), f"/api/v1/appraisals/{cycle}/ani"
    for who, path, body in marked_up():
        visitor = await stack.visitor(who)
        answer = await visitor.post(f"{base}/{path}", json=body)
        assert answer.status_code == 200, answer.text
    await close(stack, cycle)
    answer = await ani.get(base)
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    case = answer.json()["case"]
    typed = [text for target in case["plan"]["targets"] for text in (target["title"], target["indicator"])]
    typed += [target["support"]["name"] for target in case["plan"]["targets"]]
    typed += [target["unit_of_measure"] + HTML[20:] for target in case["plan"]["targets"]]
    typed += [expectation["text"] for expectation in case["plan"]["expectations"]]
    typed += [real["text"] for real in case["self_assessment"]["realisations"]]
    typed += [case["self_assessment"]["reflection"], case["review"]["results_reason"], case["comment"]]
    typed += [case["review"]["behaviour_reason"], *case["review"]["comments"]]
    assert set(typed) == {HTML}
    reasons = [event["reason"] for event in (await ani.get(f"{base}/events")).json()]
    assert reasons.count(HTML) == 2, "the return and the comment on the approval"
    before = await scene.kept(stack, cycle)
    assert case["step"] == "closed"
    for step, (who, path, body) in ORDERS.items():
        visitor = await stack.visitor(who)
        problem = scene.refused(await visitor.post(f"{base}/{path}", json=body), 409, "already_closed")
        assert problem["title"], step
    assert await scene.kept(stack, cycle) == before


def marked_up() -> list[tuple[str, str, dict[str, Any]]]:
    """A year's orders with markup in every text field."""
    plan = copy.deepcopy(PLAN)
    for target in plan["targets"]:
        target |= {"title": HTML, "indicator": HTML, "unit_of_measure": HTML[:20]}
        target["support"]["name"] = HTML
    plan["expectations"] = [{"behaviour": code, "text": HTML} for code in ("BP", "AK", "KO", "HA", "LO", "AD", "KB")]
    account = copy.deepcopy(ACCOUNT)
    account["reflection"] = HTML
    for realisation in account["realisations"]:
        realisation["text"] = HTML
    review = REVIEW | {"results_reason": HTML, "behaviour_reason": HTML, "comments": [HTML] * 3}
    return [
        ("ani", "targets", plan),
        ("budi", "approval", {"decision": "return", "reason": HTML}),
        ("ani", "targets", plan),
        ("budi", "approval", {"decision": "approve", "reason": HTML}),
        ("ani", "self-assessment", account),
        ("budi", "review", review),
    ]


async def test_a_step_that_has_not_opened(stack: Stack) -> None:
    cycle = await launch(stack, people=["ani"], policy="annual", year=datetime.now(UTC).year + 1)
    await scene.bring(stack, cycle, Step.SELF_ASSESSMENT)
    before = await scene.kept(stack, cycle)
    ani = await stack.visitor("ani")
    answer = await ani.post(f"/api/v1/appraisals/{cycle}/ani/self-assessment", json=ACCOUNT)
    problem = scene.refused(answer, 409, "not_open_yet")
    assert str(datetime.now(UTC).year + 1) in problem["title"]
    assert await scene.kept(stack, cycle) == before


WHO = [
    # who, asks for, at the step, status and code
    ("ani", "approval", Step.APPROVAL, 403, "not_allowed"),
    ("ani", "review", Step.REVIEW, 403, "not_allowed"),
    ("budi", "targets", Step.TARGETS, 403, "not_allowed"),
    ("citra", "approval", Step.APPROVAL, 403, "not_allowed"),
    ("eko", "approval", Step.APPROVAL, 404, "not_found"),
    ("gita", "targets", Step.TARGETS, 404, "not_found"),
]


@pytest.mark.parametrize(("who", "path", "step", "status", "code"), WHO)
async def test_the_wrong_person(
    stack: Stack, cycle: str, who: str, path: str, step: Step, status: int, code: str
) -> None:
    """Also who would review himself, and somebody else's case, whose very existence is nobody's business."""
    await scene.bring(stack, cycle, step)
    before = await scene.kept(stack, cycle)
    visitor = await stack.visitor(who)
    answer = await visitor.post(f"/api/v1/appraisals/{cycle}/ani/{path}", json=ORDERS[step][2])
    scene.refused(answer, status, code)
    assert await scene.kept(stack, cycle) == before


async def test_a_case_that_is_not_yours_looks_like_one_that_is_not(stack: Stack, cycle: str) -> None:
    gita = await stack.visitor("gita")
    theirs = await gita.get(f"/api/v1/appraisals/{cycle}/ani")
    nobodys = await gita.get(f"/api/v1/appraisals/{cycle}/nobody")
    assert (theirs.status_code, theirs.json()) == (nobodys.status_code, nobodys.json())


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("kind", [errors.AlreadyClosed, people_errors.NotAway])
def test_a_refusal_that_is_on_record_by_name_is_told_in_words(language: str, kind: type[errors.AppraisalError]) -> None:
    words, name = Words(language, ZoneInfo(Zone.WIB)), kind.__name__
    told = refusals.of_name(words, name)
    assert name not in told
    assert told != refusals.of_name(words, "Unheard")
