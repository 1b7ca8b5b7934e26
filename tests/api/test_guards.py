"""What every answer of every route tells browsers, and what no other site can make a browser do. Both walk all routes."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest
from fastapi.routing import iter_route_contexts

from adapters.database.desk.accounts import SESSION
from api.headers import HEADERS
from api.security import COOKIE, SAFE
from tests import agency
from tests.api.samples import PLACES
from tests.stack import Stack, running

NOWHERE = PLACES | {"cycle": "c1", "kind": "xlsx", "secret": "s", "code": "x", "version": "1", "round": "1"}
ENDLESS = "/board/live"
"""An answer that goes on for as long as somebody listens; its headers are those of the rest."""


@pytest.fixture(scope="module")
async def secured(server: Any, migrated_file: Any, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stack]:
    """The service behind an https address."""
    file = tmp_path_factory.mktemp("guards") / "jenjang.db"
    file.write_bytes(migrated_file.read_bytes())
    url = f"sqlite+aiosqlite:///{file}"
    async with running(server.client, url, public_url="https://jenjang.test", secure_cookies=False) as stack:
        await agency.build(stack.sessions)
        yield stack


def routes(stack: Stack) -> list[tuple[str, str]]:
    """Every method and address, with ids of nothing in particular."""
    found = set()
    for context in iter_route_contexts(stack.app.routes):
        path = context.path or ""
        for name in context.param_convertors if hasattr(context, "param_convertors") else ():
            path = path.replace(f"{{{name}}}", NOWHERE.get(name, "0" * 12))
        found |= {(method, path) for method in getattr(context, "methods", None) or ()}
    return sorted(one for one in found if one[1] != ENDLESS)


async def browser(stack: Stack) -> httpx2.AsyncClient:
    """HR, signed in with a cookie."""
    accounts, now = stack.services.accounts, datetime.now(UTC)
    account = await accounts.officer("hr", now)
    client = await stack.visitor()
    client.cookies.set(COOKIE, await accounts.issue(account, SESSION, now))
    return client


def assert_guarded(answer: httpx2.Response) -> None:
    told, where = answer.headers, f"{answer.request.method} {answer.request.url.path}"
    for name, value in HEADERS.items():
        assert told.get_list(name) == [value], f"{where}: {name}"
    assert told["strict-transport-security"] == "max-age=31536000", where
    assert told["cache-control"] == "no-store", where
    policy = dict(part.strip().partition(" ")[::2] for part in told["content-security-policy"].split(";"))
    assert (policy["base-uri"], policy["frame-ancestors"]) == ("'none'", "'none'"), where
    assert "unsafe" not in told["content-security-policy"], where
    if told.get("content-type", "").startswith("text/html"):
        assert policy["default-src"] == policy["object-src"] == "'none'", where
        assert policy["script-src"].startswith("'nonce-"), where
        mark = policy["script-src"].removeprefix("'nonce-").rstrip("'")
        assert answer.text.count("<script") == answer.text.count(f'<script nonce="{mark}"'), where
        assert (policy["form-action"], policy["style-src"]) == ("'self'", "'self'"), where


@pytest.mark.slow
async def test_every_answer_of_every_route_is_guarded(secured: Stack) -> None:
    hr, nobody = await browser(secured), await secured.visitor()
    marks = set()
    for method, path in routes(secured):
        for visitor in (hr, nobody):
            answer = await visitor.request(method, path, headers={"sec-fetch-site": "same-origin"})
            assert_guarded(answer)
            marks.add(answer.headers["content-security-policy"])
    assert len(marks) > 100, "a mark is used once"


@pytest.mark.parametrize("path", ["/nowhere", "/api/v1/nowhere", "/static/nowhere.css", "/openapi.json", "/metrics"])
async def test_what_no_route_answers_is_guarded_too(secured: Stack, path: str) -> None:
    nobody = await secured.visitor()
    assert_guarded(await nobody.get(path))
    assert_guarded(await nobody.request("PATCH", path, headers={"sec-fetch-site": "same-origin"}))
    assert_guarded(await nobody.post(path, headers={"sec-fetch-site": "cross-site"}))
    assert_guarded(await nobody.post("/sign-in", content=b"a" * 2**21, headers={"sec-fetch-site": "same-origin"}))


async def test_a_fault_of_ours_is_guarded_too(secured: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer to what nobody foresaw is told in the usual form as well, without its cause."""

    async def broken(*_: object) -> None:
        raise RuntimeError("Ani Contoh")

    monkeypatch.setattr(type(secured.services.accounts), "visitor", broken)
    transport = httpx2.ASGITransport(secured.app, raise_app_exceptions=False)
    for path in ("/api/v1/me", "/waiting"):
        async with httpx2.AsyncClient(transport=transport, base_url="http://jenjang.test") as client:
            answer = await client.get(path, headers={"cookie": f"{COOKIE}=x"})
        assert answer.status_code == 500
        assert "Ani Contoh" not in answer.text
        assert_guarded(answer)


async def test_what_is_the_same_for_everybody_may_be_kept(secured: Stack) -> None:
    nobody = await secured.visitor()
    answer = await nobody.get("/static/jenjang.css?v=1")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


async def test_without_https_nobody_is_held_to_it(stack: Stack) -> None:
    assert "strict-transport-security" not in (await (await stack.visitor()).get("/sign-in")).headers


ELSEWHERE: list[dict[str, str]] = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {},
]


@pytest.mark.slow
async def test_no_other_site_changes_anything_through_any_route(secured: Stack) -> None:
    """With the cookie of an HR officer. What says of itself that it comes from elsewhere is refused without a cookie too."""
    hr, nobody = await browser(secured), await secured.visitor()
    unsafe = [(method, path) for method, path in routes(secured) if method not in SAFE]
    assert len(unsafe) > 150
    for method, path in unsafe:
        for headers in ELSEWHERE:
            answer = await hr.request(method, path, headers=headers)
            assert answer.status_code == 403, f"{method} {path} {headers}"
            if path.startswith("/api/"):
                assert answer.json()["code"] == "cross_site", f"{method} {path}"
            if headers:
                assert (await nobody.request(method, path, headers=headers)).status_code == 403, f"{method} {path}"


async def test_a_form_of_another_site_signs_nobody_in(secured: Stack) -> None:
    """Neither in nor out: who is signed in as somebody else would leave words in the wrong account."""
    nobody = await secured.visitor()
    for path in ("/sign-in", "/sign-in/link/s", "/sign-out"):
        answer = await nobody.post(path, headers={"origin": "https://evil.example"})
        assert (answer.status_code, answer.cookies) == (403, httpx2.Cookies())


async def test_programs_need_no_origin(secured: Stack) -> None:
    token = await secured.visitor("ani")
    assert (await token.post("/api/v1/webhooks", json={"url": "x"})).json()["code"] == "not_allowed"
    asked = await (await secured.visitor()).post("/api/v1/tokens", json={"login": "x"})
    assert asked.json()["code"] == "wrong_credentials"
