"""Where requests to other servers may go: what the name service says once is where they go, or they do not go."""

import asyncio
import socket
from typing import Any

import httpx2
import pytest

from adapters import spans
from adapters.outgoing import LONGEST, Outgoing, permitted_address
from appraisal.errors import ForbiddenAddress
from tests.post import receiver
from tests.traces import Kept

PUBLIC = "93.184.215.14"
PRIVATE = [
    *("http://127.0.0.1/", "http://localhost:8080/x", "http://[::1]/", "http://0.0.0.0/", "http://[::]/"),
    *("http://10.1.2.3/", "http://172.16.0.1/", "http://192.168.1.1/", "http://100.64.0.1/", "http://169.254.169.254/"),
    *("http://[fe80::1]/", "http://[fd00::1]/", "http://[::ffff:127.0.0.1]/", "http://[64:ff9b::7f00:1]/"),
    *(
        "http://[2002:7f00:1::]/",
        "http://224.0.0.1/",
        "http://255.255.255.255/",
        "http://2130706433/",
        "http://0x7f.1/",
    ),
]
OTHERWISE_WRONG = [
    *("ftp://93.184.215.14/", "file:///etc/passwd", "javascript:alert(1)", "//93.184.215.14/", "93.184.215.14", ""),
    *("http://", "http://user:secret@93.184.215.14/", "https://nothing.invalid/", "http://[::1"),
    f"https://93.184.215.14/{'a' * LONGEST}",
]


@pytest.mark.parametrize("url", [*PRIVATE, *OTHERWISE_WRONG])
async def test_an_address_that_leads_inside_is_refused(url: str) -> None:
    with pytest.raises(ForbiddenAddress) as refused:
        await permitted_address(url, allow_private=False)
    assert (refused.value.where, bool(refused.value.remedy)) == ("url", True)


@pytest.mark.parametrize("url", OTHERWISE_WRONG)
async def test_the_setting_allows_private_addresses_and_nothing_else(url: str) -> None:
    with pytest.raises(ForbiddenAddress):
        await permitted_address(url, allow_private=True)


@pytest.mark.parametrize("url", ["https://93.184.215.14/hook", "http://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]:8080/"])
async def test_public_addresses_are_taken(url: str) -> None:
    assert await permitted_address(url, allow_private=False) in url


def answers(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    """What the name service says from now on, one answer after the other."""
    left = list(addresses)

    async def getaddrinfo(host: str, port: int, **_: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", (left.pop(0), port))]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", getaddrinfo)


@pytest.fixture
def gone(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, str]]:
    """Every request that went out: to which address, as which host, over which connection."""
    found: list[tuple[str, str, str]] = []

    async def go(way: Any, request: httpx2.Request) -> httpx2.Response:
        assert request.headers["host"] == request.extensions["sni_hostname"]
        found.append((request.url.host, request.headers["host"], str(id(way))))
        return httpx2.Response(204)

    monkeypatch.setattr(httpx2.AsyncHTTPTransport, "handle_async_request", go)
    return found


async def get(*urls: str) -> None:
    async with httpx2.AsyncClient(transport=Outgoing(lambda _: False)) as client:
        for url in urls:
            await client.get(url)


async def test_a_request_goes_to_the_address_that_was_looked_at(
    monkeypatch: pytest.MonkeyPatch, gone: list[tuple[str, str, str]]
) -> None:
    answers(monkeypatch, PUBLIC, "127.0.0.1")
    with pytest.raises(ForbiddenAddress):
        await get("https://siasn.example/first", "https://siasn.example/second")
    assert [(address, host) for address, host, _ in gone] == [(PUBLIC, "siasn.example")]


async def test_hosts_of_one_address_share_no_connection(
    monkeypatch: pytest.MonkeyPatch, gone: list[tuple[str, str, str]]
) -> None:
    answers(monkeypatch, PUBLIC, PUBLIC, PUBLIC)
    await get("https://a.example/", "https://b.example/", "https://a.example/")
    ways = [way for _, _, way in gone]
    assert (ways[0] == ways[2], ways[0] == ways[1]) == (True, False)


async def test_only_hosts_that_may_be_near_are_reached_here() -> None:
    with receiver() as there:
        async with httpx2.AsyncClient(transport=Outgoing(lambda host: host == "127.0.0.1")) as client:
            with pytest.raises(ForbiddenAddress):
                await client.post(there.url, json={})
            await client.post(there.url.replace("localhost", "127.0.0.1"), json={})
    assert len(there.received) == 1


async def test_in_a_trace_a_request_is_told_without_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Kept()
    monkeypatch.setattr(spans, "TRACER", kept.tracer)
    with receiver() as there:
        async with httpx2.AsyncClient(transport=Outgoing(lambda host: host == "127.0.0.1")) as client:
            await client.get(there.url.replace("localhost", "127.0.0.1") + "/198001012005011001")
            with pytest.raises(ForbiddenAddress):
                await client.post(there.url, json={"nama": "Siti"})
    known = {"http.request.method": "GET", "server.address": "127.0.0.1", "http.response.status_code": 501}
    refused = {"http.request.method": "POST", "server.address": "localhost", "error.type": "ForbiddenAddress"}
    assert [(one.about, one.failed) for one in kept.spans()] == [(known, False), (refused, True)]
