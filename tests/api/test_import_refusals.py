"""Imports over HTTP that go wrong: what the officer is told, and that nobody's record changes."""

import asyncio
from typing import Any

import httpx2
import pytest
from sqlalchemy import func, select

from adapters.database.columns import table_of
from adapters.database.tables import organisation
from tests import roster_files
from tests.api import scene
from tests.stack import Stack

PERSON = table_of(organisation.Person)
GOOD = roster_files.as_csv(roster_files.with_cell(roster_files.people(), 2, "unorIndukId", "kabupaten"))
WRONG = roster_files.as_csv(roster_files.with_cell(roster_files.people(), 3, "nipBaru", "1.97E+17"))
TEN_MIB = 10 * 1024 * 1024


async def people(stack: Stack) -> int:
    async with stack.sessions() as session:
        return await session.scalar(select(func.count()).select_from(PERSON)) or 0


async def upload(hr: httpx2.AsyncClient, content: bytes, name: str = "pegawai.csv") -> str:
    """The id of the import once its preview is there."""
    answer = await hr.post("/api/v1/imports", files={"file": (name, content)}, data={"effective_on": "2026-01-01"})
    assert answer.status_code == 202, answer.text
    assert answer.headers["location"] == f"/api/v1/imports/{answer.json()['id']}"
    batch = str(answer.json()["id"])
    for _ in range(200):
        if (await hr.get(f"/api/v1/imports/{batch}")).json()["phase"] != "checking":
            return batch
        await asyncio.sleep(0.05)
    raise AssertionError("no preview")


@pytest.fixture
async def hr(stack: Stack) -> httpx2.AsyncClient:
    return await stack.visitor(officer="hr")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no spreadsheet", b"\xd0\xcf\x11\xe0 old", b"\x89PNG\r\n", WRONG])
async def test_a_file_with_errors_shows_them_and_is_not_applied(
    stack: Stack, hr: httpx2.AsyncClient, content: bytes
) -> None:
    before = await people(stack)
    batch = await upload(hr, content)
    preview = (await hr.get(f"/api/v1/imports/{batch}")).json()
    errors = [problem for problem in preview["problems"] if problem["severity"] == "error"]
    assert errors
    problem = scene.refused(await hr.post(f"/api/v1/imports/{batch}/application", json={}), 422, "invalid_import")
    assert problem["where"] == "file"
    assert (await hr.get(f"/api/v1/imports/{batch}")).json() == preview
    assert await people(stack) == before


async def test_a_large_file_is_taken_and_a_larger_one_is_not(stack: Stack, hr: httpx2.AsyncClient) -> None:
    assert await upload(hr, GOOD + b"\r\n" * 2_000_000)
    for size in (TEN_MIB + 1, 2 * TEN_MIB):
        answer = await hr.post("/api/v1/imports", files={"file": ("a.csv", b"x" * size)})
        scene.refused(answer, 413, "too_large")


BAD_FORMS: list[tuple[dict[str, Any], int, str, str]] = [
    ({"data": {"kind": "people"}, "files": {"other": ("a.csv", b"x")}}, 422, "invalid_request", "file"),
    ({"data": {"kind": "lunch"}, "files": {"file": ("a.csv", b"x")}}, 422, "invalid_request", "kind"),
    ({"data": {"effective_on": "soon"}, "files": {"file": ("a.csv", b"x")}}, 422, "invalid_request", "effective_on"),
    ({"data": {"file": "no file"}}, 422, "invalid_request", "file"),
    ({"content": b"x", "headers": {"content-type": "multipart/form-data"}}, 400, "unreadable", ""),
    ({"json": {"file": "x"}}, 422, "invalid_request", "file"),
]


@pytest.mark.parametrize(("sent", "status", "code", "where"), BAD_FORMS)
async def test_an_upload_that_is_none(
    hr: httpx2.AsyncClient, sent: dict[str, Any], status: int, code: str, where: str
) -> None:
    assert scene.refused(await hr.post("/api/v1/imports", **sent), status, code)["where"] == where


async def test_an_import_is_applied_once(stack: Stack, hr: httpx2.AsyncClient) -> None:
    before, batch = await people(stack), await upload(hr, GOOD)
    path, key = f"/api/v1/imports/{batch}/application", {"idempotency-key": "once"}
    first = await hr.post(path, json={}, headers=key)
    assert (first.status_code, first.json()["phase"]) == (200, "applied"), first.text
    assert await people(stack) == before + 5
    repeated = await hr.post(path, json={}, headers=key)
    assert repeated.status_code == 409 or repeated.json() == first.json()
    scene.refused(await hr.post(path, json={}), 409, "already_closed")
    scene.refused(await hr.delete(f"/api/v1/imports/{batch}"), 409, "already_closed")
    assert await people(stack) == before + 5


async def test_a_discarded_import_is_gone(stack: Stack, hr: httpx2.AsyncClient) -> None:
    before, batch = await people(stack), await upload(hr, GOOD)
    assert (await hr.delete(f"/api/v1/imports/{batch}")).json()["phase"] == "discarded"
    scene.refused(await hr.post(f"/api/v1/imports/{batch}/application", json={}), 409, "already_closed")
    assert await people(stack) == before


async def test_only_the_preview_that_was_seen_is_applied(stack: Stack, hr: httpx2.AsyncClient) -> None:
    before, batch = await people(stack), await upload(hr, GOOD)
    path = f"/api/v1/imports/{batch}/application"
    for body, status, code in (
        ({"expected_revision": 7}, 412, "stale_revision"),
        ({"expected_revision": 10**30}, 422, "invalid_request"),
        ({"ends_missing": "perhaps"}, 422, "invalid_request"),
        ({"end_missing": True}, 422, "invalid_request"),
    ):
        scene.refused(await hr.post(path, json=body), status, code)
    assert await people(stack) == before


async def test_an_import_is_no_business_of_who_is_no_officer(stack: Stack, hr: httpx2.AsyncClient) -> None:
    before, batch = await people(stack), await upload(hr, GOOD)
    dewi = await stack.visitor("dewi")
    answers = (
        await dewi.post("/api/v1/imports", files={"file": ("a.csv", GOOD)}),
        await dewi.get(f"/api/v1/imports/{batch}"),
        await dewi.post(f"/api/v1/imports/{batch}/application", json={}),
        await dewi.delete(f"/api/v1/imports/{batch}"),
    )
    for answer in answers:
        scene.refused(answer, 403, "not_allowed")
    assert (await hr.get(f"/api/v1/imports/{batch}")).json()["phase"] == "previewed"
    assert await people(stack) == before


async def test_an_import_that_never_was(hr: httpx2.AsyncClient) -> None:
    for answer in (
        await hr.get("/api/v1/imports/000000000000"),
        await hr.post("/api/v1/imports/000000000000/application", json={}),
        await hr.delete("/api/v1/imports/000000000000"),
    ):
        scene.refused(answer, 404, "not_found")
