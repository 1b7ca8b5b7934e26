"""The second step through pages and API, as an officer meets it; a form that came too late; and programs with keys."""

import html
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest

from adapters import one_time_codes
from adapters.database.desk.accounts import LINK, SESSION
from adapters.guesses import LINKS, SAME_DOOR, TOKENS, Count
from api.security import COOKIE
from api.services import Services
from appraisal.vocabulary import Step
from tests import agency
from tests.api import scene
from tests.api.scene import bring
from tests.api.test_appraisal_api import launch
from tests.api.test_pages import browser
from tests.stack import Stack, running

PASSWORD = "kereta api malam"
BACK = re.compile(r'name="kept" value="([^"]+)"')


@pytest.fixture
async def strict(server: Any, database_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stack]:
    """A service whose officers need the second step, at noon."""
    monkeypatch.setattr(Services, "now", lambda _: NOON)
    async with running(server.client, database_url, second_step="officers") as service:
        await agency.build(service.sessions)
        yield service


async def office(stack: Stack, login: str = "hr") -> str:
    """An officer with a password."""
    account = await stack.services.accounts.officer(login, datetime.now(UTC))
    await stack.services.accounts.set_password(account, PASSWORD)
    return account


NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def code(secret: str, later: int = 0) -> str:
    """What the app shows at noon, or so many steps later."""
    return one_time_codes.code_at(secret, one_time_codes.step_of(NOON) + later)


async def enter(client: httpx2.AsyncClient, login: str = "hr", **more: str) -> httpx2.Response:
    return await client.post("/sign-in", data={"login": login, "password": PASSWORD, **more})


async def set_up(client: httpx2.AsyncClient, stack: Stack, account: str) -> tuple[str, list[str]]:
    """(secret, recovery codes) of whoever is signed in here."""
    await client.post("/account/second-step")
    page = await client.get("/account/second-step")
    secret = await stack.services.second_steps.unconfirmed(account)
    assert secret is not None
    assert secret in page.text
    assert "<svg" in page.text
    wrong = await client.post("/account/second-step/confirmation", data={"code": "000000"})
    assert wrong.status_code == 422
    shown = await client.post("/account/second-step/confirmation", data={"code": code(secret, -1)})
    return secret, re.findall(r"<code>([A-Z2-7-]{29})</code>", shown.text)


async def test_an_officer_sets_the_second_step_up_loses_the_telephone_and_is_let_in_again(strict: Stack) -> None:
    account, client = await office(strict), await browser(strict)
    await enter(client)
    assert (await client.get("/")).headers["location"] == "/account/second-step"
    refused = await client.get("/webhooks")
    assert (refused.status_code, refused.headers["location"]) == (303, "/account/second-step")
    scene.refused(await client.get("/api/v1/officers"), 403, "second_step_missing")
    key = {"name": "x", "scopes": ["read"], "days": 1}
    scene.refused(await client.post("/api/v1/keys", json=key), 403, "second_step_missing")
    secret, codes = await set_up(client, strict, account)
    assert len(codes) == 8
    assert (await client.get("/webhooks")).status_code == 200
    assert secret not in (await client.get("/account/second-step")).text, (
        "it is shown while it is set up and never again"
    )
    removal = await client.post("/account/second-step/removal", data={"code": codes[0]})
    assert removal.status_code == 409, "HR may not do without it"

    await client.post("/sign-out")
    asked = await enter(client, next="/webhooks")
    assert 'action="/sign-in/code"' in asked.text
    assert (await client.get("/webhooks")).headers["location"].startswith("/sign-in"), "one step opens nothing"
    wrong = await client.post("/sign-in/code", data={"code": code(secret, -1), "next": "/webhooks"})
    assert wrong.status_code == 401, "it was used already"
    right = await client.post("/sign-in/code", data={"code": code(secret), "next": "/webhooks"})
    assert (right.status_code, right.headers["location"]) == (303, "/webhooks")
    assert (await client.get("/webhooks")).status_code == 200

    program, login = await strict.visitor(), {"login": "hr", "password": PASSWORD}
    scene.refused(await program.post("/api/v1/tokens", json=login), 401, "code_needed")
    link = await strict.services.accounts.issue(account, LINK, NOON)
    scene.refused(await program.post("/api/v1/tokens", json={"link": link}), 401, "code_needed")
    token = await program.post("/api/v1/tokens", json={"link": link, "code": codes[1]})
    assert token.status_code == 201, "the link was not used up by asking"

    other = await browser(strict)
    colleague = await office(strict, "hr2")
    await enter(other, "hr2")
    _, spare = await set_up(other, strict, colleague)
    own = await other.post(f"/people/{colleague}/second-step/reset")
    assert own.status_code == 409
    assert (await other.get(f"/people/{account}/access")).status_code == 200
    assert (await other.post(f"/people/{account}/second-step/reset")).status_code == 303
    assert (await client.get("/webhooks")).headers["location"].startswith("/sign-in"), "every session has ended"
    await enter(client)
    assert (await client.get("/webhooks")).headers["location"] == "/account/second-step"
    record = (await other.get("/security")).text
    for words in (
        "langkah kedua diatur ulang",
        "kode pemulihan dipakai",
        "langkah kedua disiapkan",
        "ditolak",
        "oleh hr2",
    ):
        assert words in record
    assert not [one for one in (secret, PASSWORD, *codes, *spare) if one in record]


async def test_a_form_that_came_after_the_session_had_ended_comes_back(stack: Stack) -> None:
    cycle = await launch(stack, people=["ani"])
    await bring(stack, cycle, Step.APPROVAL)
    account = await stack.services.accounts.of_person("budi", datetime.now(UTC))
    assert account
    await stack.services.accounts.set_password(account, PASSWORD)
    budi, written = await browser(stack), 'Target 2 "kurang" <terukur> & luas.'
    url = f"/appraisals/{cycle}/ani/approval"
    late = await budi.post(url, data={"action": "return", "reason": written, "password": "rahasia sekali"})
    assert late.status_code == 401
    assert "rahasia sekali" not in late.text
    kept = html.unescape(BACK.findall(late.text)[0])
    wrong = await budi.post("/sign-in", data={"login": "budi@contoh.example", "password": "salah", "kept": kept})
    assert BACK.findall(wrong.text), "kept on the way"
    again = await enter(budi, "budi@contoh.example", kept=kept)
    assert again.status_code == 200
    assert f'action="{url}"' in again.text
    assert "Target 2 &#34;kurang&#34; &lt;terukur&gt; &amp; luas." in again.text
    assert (await budi.get("/waiting")).status_code == 200


async def test_a_key_does_what_it_was_made_for_and_what_its_owner_may(stack: Stack) -> None:
    ani, page = await stack.visitor("ani"), await browser(stack, "ani")
    for body, problem, where in (
        ({"name": "x", "scopes": ["read"], "days": 366}, "invalid_request", "days"),
        ({"name": "x", "scopes": [], "days": 1}, "invalid_request", "scopes"),
        ({"name": "x", "scopes": ["all"], "days": 1}, "invalid_request", "scopes.0"),
        ({"name": " ", "scopes": ["read"], "days": 1}, "invalid_text", "name"),
    ):
        assert scene.refused(await ani.post("/api/v1/keys", json=body), 422, problem)["where"] == where
    made = await page.post(
        "/account/keys", data={"name": "Gaji", "scope_read": "on", "scope_board": "on", "days": "30"}
    )
    secret = re.findall(r'value="(jenjang_[\w-]+)"', made.text)[0]
    assert secret not in (await page.get("/account/keys")).text
    program = await stack.visitor()
    program.headers["authorization"] = f"Bearer {secret}"
    assert (await program.get("/api/v1/me")).json()["id"] == "ani"
    draft = "/api/v1/appraisals/000000000000/ani/drafts/targets"
    scene.refused(await program.put(draft, json={}), 403, "missing_scope")
    scene.refused(
        await program.post("/api/v1/keys", json={"name": "x", "scopes": ["act"], "days": 1}), 403, "missing_scope"
    )
    scene.refused(await program.get("/api/v1/sign-ins"), 403, "missing_scope")
    scene.refused(await program.post("/api/v1/board/look", json={}), 403, "not_allowed")
    assert (await program.get("/inbox")).status_code == 403, "pages are for people"
    (key,) = [one for one in (await ani.get("/api/v1/keys")).json() if one["name"] == "Gaji"]
    assert (key["scopes"], key["owner"]) == (["read", "board"], "Ani Contoh")
    eko, hr = await stack.visitor("eko"), await stack.visitor(officer="hr")
    scene.refused(await eko.delete(f"/api/v1/keys/{key['id']}"), 404, "not_found")
    assert [one["id"] for one in (await hr.get("/api/v1/keys/everybody")).json()] == [key["id"]]
    assert (await hr.delete(f"/api/v1/keys/{key['id']}")).status_code == 204
    scene.refused(await program.get("/api/v1/me"), 401, "not_signed_in")


async def test_sessions_are_listed_and_ended_by_their_owner_and_all_at_once_by_hr(stack: Stack) -> None:
    here, there = await browser(stack, "ani"), await browser(stack, "ani")
    listed = (await here.get("/api/v1/sign-ins")).json()
    assert len(listed) == 2
    page = await here.get("/account/sign-ins")
    assert page.text.count("perangkat ini") == 1
    assert (await here.post("/account/sign-ins/end")).status_code == 303
    assert (await there.get("/account")).headers["location"].startswith("/sign-in")
    eko = await browser(stack, "eko")
    mine = (await here.get("/api/v1/sign-ins")).json()[0]["id"]
    assert (await eko.post(f"/account/sign-ins/{mine}/end")).status_code == 404
    before = here.cookies[COOKIE]
    link = await (await stack.visitor(officer="hr")).post("/api/v1/people/ani/sign-in-links")
    await here.post(f"/sign-in/link/{link.json()['secret']}")
    stale = await browser(stack)
    stale.cookies.set(COOKIE, before)
    assert (await stale.get("/account")).status_code == 303, "a new sign-in ends the one that the browser had"
    hr = await stack.visitor(officer="hr")
    token = await stack.visitor("ani")
    assert (await hr.delete("/api/v1/people/ani/sign-ins")).status_code == 204
    assert (await here.get("/account")).status_code == 303
    scene.refused(await token.get("/api/v1/me"), 401, "not_signed_in")
    assert (await stack.services.accounts.visitor("x", (SESSION,), *stack.services.present())) is None


async def test_who_guesses_is_told_to_wait(stack: Stack) -> None:
    await office(stack)
    page = await browser(stack)
    for _ in range(SAME_DOOR.amount):
        assert (await page.post("/sign-in", data={"login": "hr", "password": "salah"})).status_code == 401
    full = await enter(page)
    assert full.status_code == 429
    assert 0 < int(full.headers["retry-after"]) <= SAME_DOOR.get_expiry()
    assert "Terlalu banyak percobaan yang salah." in full.text
    program = await stack.visitor()
    api = await program.post("/api/v1/tokens", json={"login": "hr", "password": PASSWORD})
    problem = scene.refused(api, 429, "too_many_tries")
    assert int(api.headers["retry-after"]) > 0
    assert PASSWORD not in str(problem)
    here = "127.0.0.1"
    assert (await page.post("/sign-in/link/x")).status_code == 404
    await wrong(stack, Count(LINKS, (here,)), LINKS.amount - 1)
    assert (await page.post("/sign-in/link/x")).status_code == 429
    program.headers["authorization"] = "Bearer jenjang_x"
    scene.refused(await program.get("/api/v1/me"), 401, "not_signed_in")
    await wrong(stack, Count(TOKENS, (here,)), TOKENS.amount - 1)
    scene.refused(await program.get("/api/v1/me"), 429, "too_many_tries")
    good = await stack.visitor("ani")
    assert (await good.get("/api/v1/me")).status_code == 200, "a right token is not bound by wrong ones"


async def wrong(stack: Stack, count: Count, times: int) -> None:
    for _ in range(times):
        await stack.services.guesses.wrong(count)
