"""Every way in which an edit of a policy is refused by the API: status, code, message, and that nothing has changed."""

from typing import Any

import pytest

from api.policies import policy_named
from tests.api.scene import refused
from tests.api.test_policies import ANNUAL, EDIT, edited, put, rows
from tests.stack import Stack

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
