"""Signing in at the agency's provider: there, back, for whom, and out again."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select, update
from temporalio.testing import WorkflowEnvironment

from adapters.database.columns import table_of
from adapters.database.tables import organisation
from api.paging import AT
from api.services import Services
from tests import agency
from tests.api.scene import refused
from tests.api.test_second_step import NOON, code, set_up
from tests.sso.forger import forger
from tests.sso.provider import settings_for
from tests.sso.signing import ANI, BUDI, FORM, OPENED, PASSWORD, SITE, Signing, no_session
from tests.stack import Stack, running


async def test_one_comes_back_to_the_page_that_one_came_for(signing: Signing) -> None:
    browser = await signing.stack.visitor()
    page = await browser.get("/sign-in?next=/inbox")
    assert page.text.index("/sign-in/sso?next=/inbox") < page.text.index('action="/sign-in"')
    assert "SSO ASN" in page.text
    browser, answer = await signing.through("?next=/inbox&lang=en", sub="a-1", nip=ANI)
    assert (answer.status_code, answer.headers["location"]) == (303, "/inbox")
    me = (await browser.get("/api/v1/me")).json()
    assert (me["id"], me["language"]) == ("ani", "en")
    assert ANI not in answer.headers["location"]
    browser, answer = await signing.through("?next=https://evil.example", sub="a-1", nip=ANI)
    assert answer.headers["location"] == "/"


async def test_what_is_asked_is_bound_to_one_sign_in(signing: Signing) -> None:
    browser = await signing.stack.visitor()
    first, second = await signing.there(browser), await signing.there(browser, "?other=1")
    assert first["code_challenge_method"] == "S256"
    assert first["redirect_uri"] == f"{SITE}/sign-in/sso/return"
    assert first["scope"] == "openid profile email"
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name]) >= 43
        assert first[name] != second[name]
    assert "prompt" not in first
    assert second["prompt"] == "login"


async def test_two_windows_of_one_browser_do_not_disturb_each_other(signing: Signing) -> None:
    browser = await signing.stack.visitor()
    first, second = await signing.there(browser, "?next=/inbox"), await signing.there(browser, "?next=/account")
    signing.forger.person = {"sub": "a-1", "nip": ANI}
    assert (await signing.back(browser, second["state"], "w2")).headers["location"] == "/account"
    signing.forger.nonce = first["nonce"]
    assert (await signing.back(browser, first["state"], "w1")).headers["location"] == "/inbox"


NOBODY = [
    ("another NIP", {"nip": "9" * 18}),
    ("no NIP", {}),
    ("an e-mail that nobody says is verified", {"email": "ani@contoh.example", "email_verified": True}),
    ("a NIP that is no text", {"nip": 4}),
]


@pytest.mark.parametrize("claims", [row[1] for row in NOBODY], ids=[row[0] for row in NOBODY])
async def test_whoever_is_nobody_here_is_told_what_to_do(signing: Signing, claims: dict[str, Any]) -> None:
    signing.forger.told = {"sub": "x-1"}
    browser, answer = await signing.through(sub="x-1", **claims)
    no_session(answer, browser, 403, "Tanyakan kepada Kepegawaian apakah Anda tercatat di Jenjang")
    assert await signing.opened() == (0, 0)


async def test_a_shut_account_stays_shut(signing: Signing) -> None:
    accounts = signing.stack.services.accounts
    account = await accounts.of_person("ani", datetime.now(UTC))
    assert account
    await accounts.disable(account, True)
    browser, answer = await signing.through(sub="a-1", nip=ANI)
    no_session(answer, browser, 403, "Akun Jenjang Anda ditutup")
    assert await signing.opened() == (0, 0)
    await accounts.disable(account, False)
    assert (await signing.through(sub="a-1", nip=ANI))[1].status_code == 303
    await accounts.disable(account, True)
    browser, answer = await signing.through(sub="a-1", nip=ANI)
    no_session(answer, browser, 403, "Akun Jenjang Anda ditutup")


async def test_what_is_linked_stays_linked_until_hr_ends_it(signing: Signing) -> None:
    await signing.through(sub="a-1", nip=ANI)
    browser, _ = await signing.through(sub="a-1", nip=BUDI, email="budi@contoh.example")  # the claims have changed
    assert (await browser.get("/api/v1/me")).json()["id"] == "ani"
    stranger, answer = await signing.through(sub="a-2", nip=ANI)
    no_session(answer, stranger, 409, "terhubung dengan akun lain")
    hr = await signing.stack.visitor(officer="hr")
    (link,) = (await hr.get("/api/v1/identities", params={"search": "Ani"})).json()
    assert (link["person"], link["subject"], link["found_by"], link["ended_at"]) == ("ani", "a-1", "nip", None)
    assert "Ani Contoh" in (await hr.get("/people/identities")).text
    assert (await hr.get("/api/v1/identities", params={"search": "nobody"})).json() == []
    ended = await hr.post(f"/people/identities/{link['id']}/end")
    assert (ended.status_code, ended.headers["location"]) == (303, "/people/identities")
    refused(await browser.get("/api/v1/me"), 401, "not_signed_in")
    refused(await hr.delete(f"/api/v1/identities/{link['id']}"), 404, "not_found")
    browser, _ = await signing.through(sub="a-2", nip=ANI)
    assert (await browser.get("/api/v1/me")).json()["id"] == "ani"
    found = (await hr.get("/api/v1/identities")).json()
    assert [(row["subject"], row["ended_at"] is None) for row in found] == [("a-2", True), ("a-1", False)]
    last = {"after": AT.written((datetime.fromisoformat(found[0]["linked_at"]), found[0]["id"]))}
    assert (await hr.get("/api/v1/identities", params=last)).json() == found[1:]


async def test_a_claim_that_is_not_in_the_token_is_asked_for(signing: Signing) -> None:
    signing.forger.told = {"sub": "a-1", "nip": f" {ANI[:8]} {ANI[8:]} "}
    browser, _ = await signing.through(sub="a-1")
    assert (await browser.get("/api/v1/me")).json()["id"] == "ani"
    signing.forger.told = {"sub": "b-1", "nip": BUDI}
    browser, answer = await signing.through(sub="c-1")
    no_session(answer, browser, 403, "tidak dapat diverifikasi")


async def test_signing_out_here_is_signing_out_there(signing: Signing) -> None:
    browser, _ = await signing.through(sub="a-1", nip=ANI)
    async with signing.stack.sessions() as session:
        (kept,) = (await session.scalars(select(OPENED.c.hint))).all()
    assert kept.count(".") == 4  # sealed: five parts, where a token has three
    page = await browser.post("/sign-out", headers=FORM)
    assert page.status_code == 200
    (url,) = [part for part in page.text.split('"') if part.startswith(f"0;url={signing.forger.issuer}/out?")]
    asked = parse_qs(urlsplit(url.replace("&amp;", "&")).query)
    assert asked["post_logout_redirect_uri"] == [f"{SITE}/sign-in"]
    assert asked["client_id"] == ["jenjang"]
    assert asked["id_token_hint"][0].count(".") == 2
    refused(await browser.get("/api/v1/me"), 401, "not_signed_in")
    async with signing.stack.sessions() as session:
        assert (await session.scalars(select(OPENED.c.hint))).all() == []
    assert "Anda telah keluar" in (await browser.get("/sign-in")).text


async def test_whoever_has_a_second_step_takes_it_here_too(signing: Signing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Services, "now", lambda _: NOON)
    browser, _ = await signing.through(sub="a-1", nip=ANI)
    browser.headers.update(FORM)
    account = await signing.stack.services.accounts.of_person("ani", NOON)
    assert account
    secret, _ = await set_up(browser, signing.stack, account)
    browser, answer = await signing.through(sub="a-1", nip=ANI)
    assert 'action="/sign-in/code"' in answer.text
    refused(await browser.get("/api/v1/me"), 401, "not_signed_in")
    assert (await browser.post("/sign-in/code", data={"code": code(secret)}, headers=FORM)).status_code == 303
    assert (await browser.get("/api/v1/me")).json()["id"] == "ani"
    assert f"{signing.forger.issuer}/out?" in (await browser.post("/sign-out", headers=FORM)).text


async def test_signing_out_works_without_the_provider(signing: Signing) -> None:
    browser, _ = await signing.through(sub="a-1", nip=ANI)
    signing.forget()
    signing.forger.down = True
    answer = await browser.post("/sign-out", headers=FORM)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    refused(await browser.get("/api/v1/me"), 401, "not_signed_in")


async def test_without_a_provider_there_is_no_such_page(stack: Stack) -> None:
    browser = await stack.visitor()
    assert "/sign-in/sso" not in (await browser.get("/sign-in")).text
    for path in ("/sign-in/sso", "/sign-in/sso/return?state=a&code=b"):
        assert (await browser.get(path)).status_code == 404


async def test_passwords_can_be_for_officers_alone(server: WorkflowEnvironment, database_url: str) -> None:
    """And an e-mail names somebody where the settings say that the provider verifies it."""
    async with forger() as double:
        settings = {**settings_for(double.issuer, SITE), "oidc_alone": True, "oidc_email_verified": True}
        async with running(server.client, database_url, **settings) as stack:
            await agency.build(stack.sessions)
            signing, accounts, now = Signing(stack, double), stack.services.accounts, datetime.now(UTC)
            ani, hr = await accounts.of_person("ani", now), await accounts.officer("hr", now)
            assert ani
            for account in (ani, hr):
                await accounts.set_password(account, PASSWORD)
            asked = {"login": ANI, "password": PASSWORD}
            refused(await (await stack.visitor()).post("/api/v1/tokens", json=asked), 401, "wrong_credentials")
            browser = await stack.visitor()
            no_session(await browser.post("/sign-in", data=asked, headers=FORM), browser, 401, "tidak cocok")
            answer = await browser.post("/sign-in", data={"login": "hr", "password": PASSWORD}, headers=FORM)
            assert answer.status_code == 303
            assert 'action="/account/password"' in (await browser.get("/account")).text
            double.told = {"sub": "a-1"}
            browser, _ = await signing.through(sub="a-1", email="ANI@contoh.example")
            assert (await browser.get("/api/v1/me")).json()["id"] == "ani"
            assert 'action="/account/password"' not in (await browser.get("/account")).text
            again = {"password": PASSWORD, "again": PASSWORD}
            assert (await browser.post("/account/password", data=again, headers=FORM)).status_code == 403
            double.told = {"sub": "b-1"}
            unverified, unknown = {"email_verified": False}, {"nip": "9" * 18}
            for claims in (unverified, unknown):
                browser, answer = await signing.through(sub="b-1", email="budi@contoh.example", **claims)
                no_session(answer, browser, 403, "Tanyakan kepada Kepegawaian")
            person = table_of(organisation.Person)
            async with stack.sessions.begin() as session:
                await session.execute(update(person).where(person.c.id == "eko").values(email="Budi@contoh.example"))
            browser, answer = await signing.through(sub="b-1", email="budi@contoh.example")
            no_session(answer, browser, 403, "Tanyakan kepada Kepegawaian")
