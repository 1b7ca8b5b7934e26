"""Who gets in: passwords, tokens and one-time links, and every way in which they do not open an account."""

import asyncio
from datetime import UTC, datetime, timedelta

import httpx2
import pytest
from sqlalchemy import select, update

from adapters.database.columns import table_of
from adapters.database.desk.accounts import LINK, SESSION, SHORTEST_PASSWORD, TOKEN
from adapters.database.tables import desk, organisation
from api.security import COOKIE
from tests.api import scene
from tests.stack import Stack

PASSWORD = "kereta api malam"
NIP = f"{4:018d}"
"""Ani's, as tests.agency writes it."""


async def account(stack: Stack, person: str = "ani", password: str | None = PASSWORD) -> str:
    """The person's account, with a password."""
    found = await stack.services.accounts.of_person(person, datetime.now(UTC))
    assert found is not None
    if password:
        await stack.services.accounts.set_password(found, password)
    return found


async def issue(stack: Stack, kind: str, age: timedelta = timedelta(0), person: str = "ani") -> str:
    """A secret of this kind, issued so long ago."""
    mine = await account(stack, person, None)
    return await stack.services.accounts.issue(mine, kind, datetime.now(UTC) - age)


async def ask_token(stack: Stack, **credentials: str) -> httpx2.Response:
    return await (await stack.visitor()).post("/api/v1/tokens", json=credentials)


async def who(stack: Stack, **headers: str) -> httpx2.Response:
    return await (await stack.visitor()).get("/api/v1/me", headers=headers)


@pytest.mark.parametrize("login", [NIP, "ani@contoh.example", "ANI@Contoh.Example"])
async def test_people_sign_in_with_nip_or_email(stack: Stack, login: str) -> None:
    await account(stack)
    answer = await ask_token(stack, login=login, password=PASSWORD, name="laptop")
    assert answer.status_code == 201, answer.text
    assert answer.json()["expires_in"] == 90 * 24 * 3600
    me = await who(stack, authorization=f"Bearer {answer.json()['secret']}")
    rights = {"hr": False, "units": [], "support": False, "looking": None}
    assert me.json() == {"id": "ani", "name": "Ani Contoh", **rights, "language": "id"}
    assert NIP not in me.text


async def test_officers_sign_in_with_their_login(stack: Stack) -> None:
    accounts = stack.services.accounts
    await accounts.set_password(await accounts.officer("bkpsdm", datetime.now(UTC)), PASSWORD)
    answer = await ask_token(stack, login="bkpsdm", password=PASSWORD)
    me = await who(stack, authorization=f"bearer {answer.json()['secret']}")
    assert me.json()["hr"] is True


WRONG = [
    ("another password", {"login": NIP, "password": PASSWORD + "!"}),
    ("no password", {"login": NIP}),
    ("nobody", {"login": "nobody@contoh.example", "password": PASSWORD}),
    ("nothing", {}),
    ("a pattern", {"login": "%", "password": PASSWORD}),
    ("an id", {"login": "ani", "password": PASSWORD}),
    ("a link that never was", {"link": "x" * 43}),
    ("a link beside a good password", {"login": NIP, "password": PASSWORD, "link": "x"}),
]


@pytest.mark.parametrize("credentials", [row[1] for row in WRONG], ids=[row[0] for row in WRONG])
async def test_wrong_credentials_all_get_the_same_answer(stack: Stack, credentials: dict[str, str]) -> None:
    await account(stack)
    problem = scene.refused(await ask_token(stack, **credentials), 401, "wrong_credentials")
    assert problem["title"] == "Login and password, or this link, do not open an account."


@pytest.mark.parametrize("body", [{"login": "x" * 255}, {"password": "x" * 201}, {"link": 3}, {"pasword": PASSWORD}])
async def test_credentials_of_the_wrong_shape(stack: Stack, body: dict[str, str]) -> None:
    answer = await (await stack.visitor()).post("/api/v1/tokens", json=body)
    scene.refused(answer, 422, "invalid_request")
    assert PASSWORD not in answer.text


async def test_an_address_that_two_people_share_opens_neither(stack: Stack) -> None:
    await account(stack)
    await account(stack, "eko", PASSWORD)
    person = table_of(organisation.Person)
    async with stack.sessions.begin() as session:
        await session.execute(update(person).where(person.c.id == "eko").values(email="Ani@contoh.example"))
    answer = await ask_token(stack, login="ani@contoh.example", password=PASSWORD)
    scene.refused(answer, 401, "wrong_credentials")
    assert (await ask_token(stack, login=NIP, password=PASSWORD)).status_code == 201


async def test_an_account_without_a_password_opens_with_none(stack: Stack) -> None:
    await account(stack, password=None)
    scene.refused(await ask_token(stack, login=NIP, password=""), 401, "wrong_credentials")


async def test_a_disabled_account_is_shut_at_once(stack: Stack) -> None:
    mine, token, link = await account(stack), await issue(stack, TOKEN), await issue(stack, LINK)
    await stack.services.accounts.disable(mine, True)
    scene.refused(await who(stack, authorization=f"Bearer {token}"), 401, "not_signed_in")
    scene.refused(await ask_token(stack, login=NIP, password=PASSWORD), 401, "wrong_credentials")
    fresh = await ask_token(stack, link=link)
    if fresh.status_code == 201:
        scene.refused(await who(stack, authorization=f"Bearer {fresh.json()['secret']}"), 401, "not_signed_in")


TOKENS = [
    "",
    "Bearer",
    "Bearer ",
    "Bearer x",
    f"Bearer {'x' * 4000}",
    "Basic YW5pOng=",
    "x",
    "Bearer a b c",
    "Bearer %00",
]


@pytest.mark.parametrize("authorization", TOKENS)
async def test_a_token_that_is_none(stack: Stack, authorization: str) -> None:
    answer = await who(stack, authorization=authorization)
    scene.refused(answer, 401, "not_signed_in")
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(("kind", "age"), [(TOKEN, timedelta(days=91)), (SESSION, timedelta(0)), (LINK, timedelta(0))])
async def test_expired_tokens_and_other_secrets_are_no_tokens(stack: Stack, kind: str, age: timedelta) -> None:
    secret = await issue(stack, kind, age)
    scene.refused(await who(stack, authorization=f"Bearer {secret}"), 401, "not_signed_in")


async def test_a_revoked_token_ends_at_once_and_alone(stack: Stack) -> None:
    ani, other = await stack.visitor("ani"), await stack.visitor("ani")
    assert (await ani.delete("/api/v1/tokens/current")).status_code == 204
    scene.refused(await ani.get("/api/v1/me"), 401, "not_signed_in")
    scene.refused(await ani.delete("/api/v1/tokens/current"), 401, "not_signed_in")
    assert (await other.get("/api/v1/me")).status_code == 200


async def test_a_link_opens_once_even_when_two_try_at_the_same_time(stack: Stack) -> None:
    hr = await stack.visitor(officer="hr")
    issued = (await hr.post("/api/v1/people/ani/sign-in-links")).json()
    assert issued["expires_in"] == 7 * 24 * 3600
    both = await asyncio.gather(*(ask_token(stack, link=issued["secret"]) for _ in range(2)))
    assert sorted(answer.status_code for answer in both) == [201, 401]
    scene.refused(await ask_token(stack, link=issued["secret"]), 401, "wrong_credentials")


async def test_an_expired_link_opens_nothing(stack: Stack) -> None:
    secret = await issue(stack, LINK, timedelta(days=7, seconds=1))
    scene.refused(await ask_token(stack, link=secret), 401, "wrong_credentials")


@pytest.mark.parametrize("kind", [TOKEN, SESSION])
async def test_other_secrets_are_no_links(stack: Stack, kind: str) -> None:
    scene.refused(await ask_token(stack, link=await issue(stack, kind)), 401, "wrong_credentials")


async def test_a_link_for_nobody(stack: Stack) -> None:
    hr = await stack.visitor(officer="hr")
    scene.refused(await hr.post("/api/v1/people/nobody/sign-in-links"), 404, "not_found")


async def test_a_cookie_does_nothing_for_other_sites(stack: Stack) -> None:
    ani = await stack.visitor()
    ani.cookies.set(COOKIE, await issue(stack, SESSION))
    assert (await ani.get("/api/v1/me")).status_code == 200
    path = "/api/v1/appraisals/000000000000/ani/drafts/targets"
    for headers in ({}, {"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}, {"origin": "null"}):
        scene.refused(await ani.put(path, json={}, headers=headers), 403, "cross_site")
    for headers in ({"sec-fetch-site": "same-origin"}, {"origin": "http://jenjang.test"}):
        scene.refused(await ani.put(path, json={}, headers=headers), 404, "not_found")


async def test_nothing_that_opens_an_account_is_kept_in_the_clear(stack: Stack) -> None:
    await account(stack)
    secrets = [await issue(stack, kind) for kind in (TOKEN, SESSION, LINK)]
    async with stack.sessions() as session:
        accounts = (await session.execute(select(table_of(desk.Account)))).all()
        credentials = (await session.execute(select(table_of(desk.Credential)))).all()
    kept = f"{accounts} {credentials}"
    assert "$argon2id$" in kept
    for secret in (PASSWORD, *secrets):
        assert secret not in kept


async def test_a_short_password_is_refused(stack: Stack) -> None:
    with pytest.raises(ValueError, match=str(SHORTEST_PASSWORD)):
        await account(stack, password="x" * (SHORTEST_PASSWORD - 1))
