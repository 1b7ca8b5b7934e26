"""The pages on which HR edits policies, without JavaScript: look, change, see what would happen, save with a reason."""

import asyncio
import re
from html import unescape
from typing import Any

import httpx2
import pytest

from adapters.policy_files import shipped
from api.pages.policy_form import fields_of
from api.policies import policy_named
from appraisal.policy.policy import Policy
from tests.api.test_hr_pages import hidden, somebody
from tests.api.test_policies import WHY, edited, put, rows
from tests.stack import Stack

FORM = {**fields_of(Policy.read(shipped("annual") or {}), "en"), "based_on": "1"}


async def page(visitor: httpx2.AsyncClient, path: str) -> str:
    answer = await visitor.get(path)
    assert answer.status_code == 200, answer.text
    return unescape(answer.text)


def sent(form: str) -> dict[str, str]:
    """What a browser would send of the forms in the main part of this page."""
    form = form.partition("<main")[2].partition("</main>")[0]
    found = dict(re.findall(r'<input[^>]*?name="(\w+)"[^>]*?value="([^"]*)"', form, re.DOTALL))
    found |= dict(re.findall(r'<textarea[^>]*?name="(\w+)".*?>\n(.*?)</textarea>', form, re.DOTALL))
    for name, options in re.findall(r'<select[^>]*?name="(\w+)".*?>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return {name: unescape(value) for name, value in found.items()}


async def test_look_change_see_and_save(stack: Stack) -> None:
    hr = await somebody(stack)
    assert 'href="/policies"' in await page(hr, "/cycles/new")
    overview = await page(hr, "/policies")
    assert overview.count("as it comes with Jenjang") == 3
    assert 'href="/policies/annual"' in overview
    answer = await hr.get("/policies/annual")
    form = sent(answer.text)
    empty = dict.fromkeys(set(form) - set(FORM), "")
    assert form == {**FORM, **empty}, "the form shows what the policy says"
    assert form["approval_remind"].splitlines()[0] == "3 working days before"
    form |= {"approval_after_2": "8 working days", "approval_after_3": "10 working days", "approval_to_3": "hr"}
    form |= {"review_end": "5 February of the next year", "review_end_rule": "hand_to_hr"}
    answer = await hr.post("/policies/annual/preview", data=form)
    assert answer.status_code == 200, answer.text
    preview = unescape(answer.text)
    assert preview.count('class="s-work"') == 8, "the legend and seven steps"
    assert preview.count("HR may act as well, and is told") == 3
    assert "the step ends: HR does it" in preview
    assert "5 Feb 20" in preview
    assert await rows(stack) == [], "so far nothing has happened"
    back = await hr.post("/policies/annual/preview", data={**sent(answer.text), "back": "1"})
    assert (back.status_code, sent(back.text)["approval_to_3"]) == (200, "hr")
    order = {**sent(answer.text), "reason": "Surat <b>edaran</b>."}
    done = await hr.post("/policies/annual", data=order)
    assert (done.status_code, done.headers["location"]) == (303, "/policies")
    overview = (await hr.get("/policies")).text
    assert "Version 2 of the policy annual is saved." in overview
    assert "Surat &lt;b&gt;edaran&lt;/b&gt;." in overview
    assert overview.count("as it comes with Jenjang") == 2
    policy = await policy_named(stack.services, "annual")
    assert (policy.version, [rung.after for rung in policy.steps[1].escalate][1:]) == (
        2,
        ["8 working days", "10 working days"],
    )
    assert (policy.steps[3].end, policy.steps[3].end_rule) == ("+1 02-05", "hand_to_hr")
    edit = (await hr.get("/policies/annual")).text
    assert (hidden(edit, "based_on"), "Surat &lt;b&gt;" in edit) == ("2", True)
    old = (await hr.get("/policies/annual?version=1")).text
    assert (hidden(old, "based_on"), sent(old)["review_end"]) == ("2", "29 January of the next year")
    assert (await hr.get("/policies/annual?version=9")).status_code == 404


async def test_a_copy_gets_a_name_of_its_own_and_can_be_launched(stack: Stack) -> None:
    hr = await somebody(stack)
    copy = {**FORM, "save_as": "Annual 2028", "reason": WHY}
    preview = await hr.post("/policies/annual/preview", data=copy)
    assert "Save version 1 of annual-2028" in preview.text
    for _ in range(2):
        assert (await hr.post("/policies/annual", data={**sent(preview.text), "reason": WHY})).status_code == 303
    assert [row[:2] for row in await rows(stack)] == [("annual-2028", 1)]
    assert "annual-2028" in await page(hr, "/cycles/new")
    taken = await hr.post("/policies/annual/preview", data=copy)
    assert taken.status_code == 412
    assert 'href="#save_as"' in taken.text
    assert "There is a policy of this name already." in taken.text


async def test_a_second_click_is_the_same_edit(stack: Stack) -> None:
    hr, order = await somebody(stack), {**FORM, "grace": "5 days", "reason": WHY}
    answers = await asyncio.gather(*(hr.post("/policies/annual", data=order) for _ in range(3)))
    assert [answer.status_code for answer in answers] == [303] * 3
    assert len(await rows(stack)) == 1


async def test_it_speaks_indonesian_first(stack: Stack) -> None:
    hr = await stack.visitor(officer="hr")
    await hr.post("/language", data={"language": "id", "next": "/"})
    assert "bawaan Jenjang" in await page(hr, "/policies")
    form = sent((await hr.get("/policies/annual")).text)
    assert form["approval_remind"].split("\n")[0] == "3 hari kerja sebelum"
    assert (form["review_end"], form["targets_opens"]) == ("29 Januari tahun berikutnya", "saat siklus mulai")
    preview = await hr.post("/policies/annual/preview", data=form)
    assert (preview.status_code, "atasan berikutnya boleh ikut bertindak" in preview.text) == (200, True)
    saved = await hr.post("/policies/annual", data={**sent(preview.text), "reason": WHY})
    assert saved.status_code == 303
    changed = {**(shipped("annual") or {}), "version": 2}
    assert (await policy_named(stack.services, "annual")).document() == changed, (
        "words in another language, same policy"
    )
    wrong = await hr.post("/policies/annual/preview", data={**form, "based_on": "2", "review_due": "besok"})
    assert "Ini tidak menyebut waktu. Tulis “5 hari kerja”, “14 hari”, atau tanggal seperti “31 Januari”." in wrong.text


BAD: list[tuple[str, dict[str, str], int, str, str]] = [
    ("no time", {"review_due": "soon"}, 422, "review_due", "This says no time. Write “5 working days”"),
    ("an impossible date", {"review_due": "30 February"}, 422, "review_due", "it is no day of the year"),
    ("a step without an end", {"review_end": ""}, 422, "review_end", "This says no time."),
    ("a step that never comes", {"review_due": None}, 422, "review_due", "This says no time."),  # type: ignore[dict-item]
    ("an end before its due date", {"targets_end": "15 January"}, 422, "targets_due", "These dates are not in order"),
    ("an end before the step before", {"approval_end": "1 March"}, 422, "approval_end", "This date does not fit"),
    ("an unknown end rule", {"review_end_rule": "forget"}, 422, "review_end_rule", "This step cannot end like that."),
    ("another's end rule", {"review_end_rule": "go_on"}, 422, "review_end_rule", "This step cannot end like that."),
    (
        "a reminder that is none",
        {"review_remind": "when due\n<b>soon"},
        422,
        "review_remind",
        "“<b>soon” says no time.",
    ),
    ("too many reminders", {"review_remind": "when due\n" * 11}, 422, "review_remind", "There are too many of these"),
    ("a rung for nobody", {"review_after_3": "9 days"}, 422, "review_to_3", "Choose to whom"),
    ("a rung for a stranger", {"review_to_1": "mayor"}, 422, "review_to_1", "Choose to whom"),
    ("a rung without a time", {"review_to_3": "hr"}, 422, "review_after_3", "Say how long after"),
    ("a rung that is no time", {"review_after_2": "later"}, 422, "review_after_2", "This says no time."),
    (
        "a ladder that goes on",
        {"review_after_2": "200 working days"},
        422,
        "review_due",
        "These dates are not in order",
    ),
    ("an over-long text", {"grace": "x" * 3000}, 422, "grace", "This says no time."),
    ("a closing before the end", {"closes": "31 December"}, 422, "closes", "The cycle closes before its last step"),
    ("a closing in another age", {"closes": "9999 days"}, 422, "closes", "more than five years"),
    ("no office hours", {"day_opens": "dawn"}, 422, "day_opens", "Write times like 07:30"),
    ("an office that closes first", {"day_closes": "06:00"}, 422, "day_closes", "Write times like 07:30"),
    ("a zone that is none", {"zone": "Asia/<b>"}, 422, "zone", "Choose one of the list."),
    ("a name that cannot be", {"save_as": "../open"}, 422, "save_as", "Use lower-case letters"),
    ("a name that is taken", {"save_as": "open"}, 412, "save_as", "There is a policy of this name already."),
]


@pytest.mark.parametrize("path", ["/preview", ""], ids=["preview", "save"])
@pytest.mark.parametrize(("wrong", "status", "field", "told"), [b[1:] for b in BAD], ids=[b[0] for b in BAD])
async def test_what_is_wrong_is_told_beside_its_field_and_nothing_changes(
    stack: Stack, path: str, wrong: dict[str, Any], status: int, field: str, told: str
) -> None:
    hr = await somebody(stack)
    order = {name: value for name, value in {**FORM, "reason": WHY, **wrong}.items() if value is not None}
    answer = await hr.post(f"/policies/annual{path}", data=order)
    assert answer.status_code == status, answer.text
    assert f'href="#{field}"' in answer.text
    assert f'id="{field}"' in answer.text
    assert f'id="{field}-error"' in answer.text, "it stands beside the field"
    assert told in unescape(answer.text)
    assert "<b>" not in answer.text
    assert await rows(stack) == []


@pytest.mark.parametrize(
    ("reason", "told"), [(" ", "A reason is missing."), ("x" * 4001, "This text has 4001 characters")]
)
async def test_no_reason_keeps_the_preview(stack: Stack, reason: str, told: str) -> None:
    hr = await somebody(stack)
    answer = await hr.post("/policies/annual", data={**FORM, "reason": reason})
    assert (answer.status_code, 'href="#reason"' in answer.text) == (422, True)
    assert told in answer.text
    assert answer.text.count('class="s-work"') == 8
    assert await rows(stack) == []


@pytest.mark.parametrize("based_on", ["1", "0", "", "٣", "9999999", "x"])
@pytest.mark.parametrize("path", ["/preview", ""], ids=["preview", "save"])
async def test_who_has_not_seen_the_newest_is_told_and_loses_nothing(stack: Stack, path: str, based_on: str) -> None:
    await put(stack, document=edited("grace", "P5D"), officer="other")
    hr, before = await somebody(stack), await rows(stack)
    order = {**FORM, "based_on": based_on, "grace": "9 days", "reason": WHY}
    answer = await hr.post(f"/policies/annual{path}", data=order)
    assert answer.status_code == 412
    assert "Somebody else has changed this policy since you opened it." in answer.text
    assert "Version 2 is the newest; you are working on an older one." in answer.text
    assert sent(answer.text)["grace"] == "9 days"
    assert await rows(stack) == before


async def test_only_hr_and_only_a_policy_that_there_is(stack: Stack) -> None:
    hr, ani, nobody = await somebody(stack), await somebody(stack, "ani"), await stack.visitor()
    assert 'href="/policies"' not in await page(ani, "/me")
    for path in ("/policies", "/policies/annual"):
        assert (await ani.get(path)).status_code == 403
        assert (await nobody.get(path)).headers["location"].startswith("/sign-in")
    for path in ("/policies/annual", "/policies/annual/preview"):
        assert (await ani.post(path, data={**FORM, "reason": WHY})).status_code == 403
        answer = await nobody.post(path, data={**FORM, "reason": WHY}, headers={"sec-fetch-site": "same-origin"})
        assert answer.status_code == 401
    for path in ("/policies/lunch", "/policies/lunch?version=1", "/policies/..%2Fopen", "/policies/A"):
        assert (await hr.get(path)).status_code == 404
    for path in ("/policies/lunch", "/policies/lunch/preview"):
        assert (await hr.post(path, data={**FORM, "based_on": "1", "reason": WHY})).status_code in (404, 412)
    assert await rows(stack) == []


async def test_what_was_looked_at_is_what_is_launched(stack: Stack) -> None:
    """Somebody saves another version between the preview and the click."""
    hr = await somebody(stack)
    order = {"year": "2027", "name": "Tahun 2027", "policy": "annual"}
    seen = sent((await hr.post("/cycles/new", data=order)).text)
    assert seen["policy_version"] == "1"
    await put(stack, document=edited("grace", "P5D"), officer="other")
    answer = await hr.post("/cycles", data=seen)
    assert answer.status_code == 303
    cycle = answer.headers["location"].split("/")[2].split("?")[0]
    found: dict[str, Any] = {}
    for _ in range(200):
        found = (await (await stack.visitor(officer="hr")).get(f"/api/v1/cycles/{cycle}")).json()
        if "policy" in found:
            break
        await asyncio.sleep(0.05)
    assert (found["policy"]["version"], found["policy"]["grace"]) == (1, "P3D")
