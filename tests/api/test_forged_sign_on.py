"""Every answer of a provider, or of somebody who plays one, that opens no session."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update
from structlog.testing import capture_logs

from tests.sso import forger as forging
from tests.sso.forger import Change, Token
from tests.sso.signing import ANI, FORM, PASSWORD, WAY, Signing, no_session


def changed(name: str, value: Any) -> Change:
    return lambda token: token.claims.update({name: value})


def without(name: str) -> Change:
    return lambda token: token.claims.pop(name)


def late(seconds: int) -> Change:
    def change(token: Token) -> None:
        for name in ("iat", "exp"):
            token.claims[name] += seconds

    return change


FORGED: list[tuple[str, Change, str]] = [
    ("the issuer is another", changed("iss", "https://sso.example/realms/asn"), "iss"),
    ("no issuer", without("iss"), "iss"),
    ("for another program", changed("aud", "another"), "aud"),
    ("for nobody", changed("aud", []), "aud"),
    ("for two, by the other", lambda t: t.claims.update(aud=["jenjang", "other"], azp="other"), "azp"),
    ("the nonce of another sign-in", changed("nonce", "of another"), "nonce"),
    ("no nonce", without("nonce"), "nonce"),
    ("expired", late(-3600), "exp"),
    ("without an end", without("exp"), "exp"),
    ("of tomorrow", late(86400), "iat"),
    ("without a subject", without("sub"), "sub"),
    ("an empty subject", changed("sub", ""), "sub"),
    ("signed by another key with the name of ours", forging.by_another, "BadSignatureError"),
    ("signed by a key that nobody knows", forging.by_the_next_key, "unknown key"),
    ("unsigned", forging.unsigned, "UnsupportedAlgorithmError"),
    ("signed with the public key as a secret", forging.by_our_public_key, "UnsupportedAlgorithmError"),
    ("signed in another way than agreed", forging.by_another_kind, "UnsupportedAlgorithmError"),
]


@pytest.mark.parametrize(("change", "why"), [row[1:] for row in FORGED], ids=[row[0] for row in FORGED])
async def test_a_token_that_is_not_to_be_trusted_opens_nothing(signing: Signing, change: Change, why: str) -> None:
    signing.forger.token = change
    with capture_logs() as told:
        browser, answer = await signing.through(sub="a-1", nip=ANI)
    no_session(answer, browser, 403, "tidak dapat diverifikasi")
    assert await signing.opened() == (0, 0)
    said = [line for line in told if line["event"] == "single sign-on refused"]
    assert [line["why"] for line in said] == [why]
    assert ANI not in str(told)


async def test_a_provider_may_change_its_keys(signing: Signing) -> None:
    assert (await signing.through(sub="a-1", nip=ANI))[1].status_code == 303
    signing.forger.keys, signing.forger.token = forging.NEXT_KEYS, forging.by_the_next_key
    assert (await signing.through(sub="a-1", nip=ANI))[1].status_code == 303
    signing.forger.token = forging.unchanged
    browser, answer = await signing.through(sub="a-1", nip=ANI)
    no_session(answer, browser, 403, "tidak dapat diverifikasi")


DESCRIPTIONS = [
    ("of another issuer", {"issuer": "https://sso.example/realms/asn"}, "issuer of the description"),
    ("its tokens are elsewhere", {"token_endpoint": "http://127.0.0.1:9/token"}, "host of token_endpoint"),
    ("its keys are elsewhere", {"jwks_uri": "https://evil.example/keys"}, "host of jwks_uri"),
    ("it has no keys", {"jwks_uri": None}, "no jwks_uri"),
    ("an address that is none", {"authorization_endpoint": 7}, "host of authorization_endpoint"),
]


@pytest.mark.parametrize(("other", "why"), [row[1:] for row in DESCRIPTIONS], ids=[row[0] for row in DESCRIPTIONS])
async def test_a_provider_that_describes_itself_wrongly_is_asked_nothing(
    signing: Signing, other: dict[str, Any], why: str
) -> None:
    signing.forger.other = other
    signing.forget()
    browser = await signing.stack.visitor()
    with capture_logs() as told:
        answer = await browser.get("/sign-in/sso?next=/inbox")
    no_session(answer, browser, 403, "tidak dapat diverifikasi")
    assert [line["why"] for line in told if line["event"] == "single sign-on refused"] == [why]
    assert 'value="/inbox"' in answer.text


@pytest.mark.parametrize(
    "more",
    [{"iss": "https://sso.example"}, {"iss": ""}],
    ids=["in the name of another issuer", "in no name"],
)
async def test_an_answer_of_another_provider_opens_nothing(signing: Signing, more: dict[str, str]) -> None:
    signing.forget()
    browser = await signing.stack.visitor()
    asked = await signing.there(browser)
    signing.forger.person = {"sub": "a-1", "nip": ANI}
    no_session(await signing.back(browser, asked["state"], **more), browser, 403, "tidak dapat diverifikasi")
    assert await signing.opened() == (0, 0)


async def test_a_code_or_a_state_serves_once_and_in_its_own_browser(signing: Signing) -> None:
    over = "masuk ini sudah berakhir"
    browser, stranger = await signing.stack.visitor(), await signing.stack.visitor()
    await signing.there(stranger)  # has a cookie of its own
    asked = await signing.there(browser)
    signing.forger.person = {"sub": "a-1", "nip": ANI}
    no_session(await signing.back(stranger, asked["state"], "once"), stranger, 400, over)
    assert await signing.opened() == (0, 0)
    assert (await signing.back(browser, asked["state"], "once")).status_code == 303
    assert await signing.opened() == (1, 1)
    browser.cookies.delete("jenjang")
    no_session(await signing.back(browser, asked["state"], "another"), browser, 400, over)  # the state again
    asked = await signing.there(browser)
    no_session(await signing.back(browser, asked["state"], "once"), browser, 400, over)  # the code again
    no_session(await signing.back(browser, "", "fresh"), browser, 400, over)
    no_session(await signing.back(browser, "invented", "fresh"), browser, 400, over)
    asked = await signing.there(browser)
    async with signing.stack.sessions.begin() as session:
        await session.execute(update(WAY).values(expires_at=datetime.now(UTC) - timedelta(seconds=1)))
    no_session(await signing.back(browser, asked["state"], "fresh"), browser, 400, over)
    assert await signing.opened() == (1, 1)


async def test_without_the_provider_a_password_still_opens(signing: Signing) -> None:
    accounts, now = signing.stack.services.accounts, datetime.now(UTC)
    account = await accounts.of_person("ani", now)
    assert account
    await accounts.set_password(account, PASSWORD)
    signing.forget()
    signing.forger.down = True
    browser = await signing.stack.visitor()
    no_session(await browser.get("/sign-in/sso?next=/inbox"), browser, 503, "tidak menjawab")
    login = {"login": ANI, "password": PASSWORD, "next": "/inbox"}
    answer = await browser.post("/sign-in", data=login, headers=FORM)
    assert (answer.status_code, answer.headers["location"]) == (303, "/inbox")
    signing.forger.down = False
    browser = await signing.stack.visitor()
    asked = await signing.there(browser)
    signing.forger.down = True
    no_session(await signing.back(browser, asked["state"], "down"), browser, 503, "tidak menjawab")


@pytest.mark.parametrize(
    ("other", "status"),
    [
        ({"answer": {"id_token": None}}, 403),
        ({"answer": {"id_token": "no token"}}, 403),
        ({"answer": {"error": "invalid_client"}}, 403),
        ({"answer": {"error": "<script>"}}, 403),
        ({"moved": "/elsewhere"}, 503),
    ],
    ids=["nothing", "no token", "it does not know Jenjang", "markup", "it sends us on"],
)
async def test_an_answer_that_is_none(signing: Signing, other: dict[str, Any], status: int) -> None:
    signing.forger.other = other
    browser, answer = await signing.through(sub="a-1", nip=ANI)
    assert answer.status_code == status
    assert "<script>" not in answer.text
    assert browser.cookies.get("jenjang") is None
    assert await signing.opened() == (0, 0)


async def test_whoever_gives_up_there_is_not_signed_in_here(signing: Signing) -> None:
    browser = await signing.stack.visitor()
    asked = await signing.there(browser, "?next=/inbox&lang=en")
    answer = await signing.back(browser, asked["state"], "", error="access_denied")
    no_session(answer, browser, 403, "did not let you through")
    assert 'value="/inbox"' in answer.text
