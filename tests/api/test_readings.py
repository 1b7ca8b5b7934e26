"""Who read whose case: by page, JSON and document alike, once a day, with the ground; told to the employee and to HR."""

import io
import json
import zipfile
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi.routing import iter_route_contexts
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from adapters.database.columns import table_of
from adapters.database.desk.accounts import Visitor
from adapters.database.desk.readings import Readings
from adapters.database.tables import record
from api.readings import API, LISTS, SILENT, look_of
from api.routes.audit import LOOKS
from appraisal.vocabulary import Step
from tests.api.scene import bring, refused
from tests.api.test_acting_pages import english
from tests.api.test_appraisal_api import launch
from tests.stack import Stack

READING = table_of(record.Reading)


async def kept(stack: Stack) -> set[tuple[str, str, str]]:
    """Everything on record: reader, subject, ground."""
    await stack.services.notebook.flush()
    async with stack.sessions() as session:
        found = await session.execute(select(READING.c.reader, READING.c.subject, READING.c.ground))
        return {tuple(row) for row in found}


@pytest.mark.every_database
async def test_each_look_is_on_record_once_and_told_to_whom_it_concerns(
    stack: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    cycle = await launch(stack, people=["ani", "eko"])
    await bring(stack, cycle, Step.SELF_ASSESSMENT)
    case, page = f"appraisal/{cycle}/ani", f"/appraisals/{cycle}/ani"
    ani, budi, dewi, eko, hr = [await english(stack, one) for one in ("ani", "budi", "dewi", "eko", None)]
    officer = (await hr.get("/api/v1/me")).json()
    before = await kept(stack)
    for visitor, paths in (
        (ani, (page,)),
        (budi, (page, page, f"/api/v1{page}", f"/api/v1{page}/documents/skp.pdf")),
        (dewi, (f"/api/v1{page}/events",)),
        (hr, (page, f"/api/v1/cycles/{cycle}/cases", "/board")),
    ):
        for path in paths:
            assert (await visitor.get(path)).status_code == 200, path
    assert (await eko.get(page)).status_code == 404
    by_hr = {(reader, subject, ground) for reader, subject, ground in await kept(stack) - before if ground == "hr"}
    (reader,) = {reader for reader, _, _ in by_hr}
    assert {subject for _, subject, _ in by_hr} == {case, f"cycles/{cycle}/cases", "board"}
    assert {row for row in await kept(stack) if row[1] == case} == {
        ("ani", case, "own"),
        ("budi", case, "superior"),
        ("dewi", case, "superior"),
        (reader, case, "hr"),
    }, officer

    told = (await ani.get(f"{page}/readings")).text
    assert ("Budi" in told, "superior" in told, "HR" in told) == (True, True, True)
    seen = (await ani.get(f"/api/v1{page}/readings")).json()
    assert {one["reader"] for one in seen} == {"budi", "dewi", reader}, "her own looks are left out"
    refused(await budi.get(f"/api/v1{page}/readings"), 403, "not_allowed")
    found = (await hr.get("/api/v1/audit/readings", params={"reader": "budi", "ground": "superior"})).json()
    assert [(one["reader"], one["employee"], one["employee_name"] != "") for one in found] == [("budi", "ani", True)]
    reader_, subject, ground = (str(found[0][name]) for name in ("reader", "subject", "ground"))
    after = LOOKS.written((datetime.fromisoformat(found[0]["at"]), reader_, subject, ground))
    assert (await hr.get("/api/v1/audit/readings", params={"reader": "budi", "after": after})).json() == []
    listed = (await hr.get("/readings", params={"employee": "ani", "since": "2020-01-01", "until": "never"})).text
    assert "Only the cases of" in listed

    await _a_database_that_does_not_take_them(stack, monkeypatch, cycle)
    await _the_archive(hr, cycle)


async def _a_database_that_does_not_take_them(stack: Stack, monkeypatch: pytest.MonkeyPatch, cycle: str) -> None:
    """The page is shown, and the look waits until it is taken."""
    keep = Readings.keep

    async def broken(*_: Any) -> None:
        raise OperationalError("", {}, Exception("disk full"))

    monkeypatch.setattr(Readings, "keep", broken)
    citra = await english(stack, "citra")
    assert (await citra.get(f"/appraisals/{cycle}/ani")).status_code == 200
    with pytest.raises(OperationalError):
        await stack.services.notebook.flush()
    monkeypatch.setattr(Readings, "keep", keep)
    assert ("citra", f"appraisal/{cycle}/ani", "superior") in await kept(stack)


async def _the_archive(hr: Any, cycle: str) -> None:
    answer = await hr.get("/api/v1/audit/export", params={"cycle": cycle})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        events = [json.loads(line) for line in archive.read("events.jsonl").splitlines()]
        readings = [json.loads(line) for line in archive.read("readings.jsonl").splitlines()]
    assert {f"appraisal/{cycle}/ani", f"cycle/{cycle}", f"nomination/{cycle}"} <= {one["subject"] for one in events}
    assert ("budi", "superior") in {(one["reader"], one["ground"]) for one in readings}
    for wrong in ({}, {"cycle": cycle, "since": "2026-01-01"}, {"since": "2026-01-02", "until": "2026-01-01"}):
        refused(await hr.get("/api/v1/audit/export", params=wrong), 422, "invalid_extent")


async def test_every_list_that_is_noted_is_an_address_of_the_application(stack: Stack) -> None:
    known = {(context.path or "").removeprefix(API) for context in iter_route_contexts(stack.app.routes)}
    assert (LISTS | SILENT) - known == set()


def test_the_form_of_a_voice_is_not_noted_for_it_would_tell_who_was_asked() -> None:
    """What is shown of a case is; a colleague who is asked sees a name alone."""
    eko, values = Visitor("a1", "eko", "Eko", False, "id"), {"cycle": "c1", "employee": "ani"}
    at = datetime(2026, 3, 1, tzinfo=UTC)
    noted = [
        look_of({"route": SimpleNamespace(path=path), "path_params": values, "path": path}, eko, at, at.date())
        for path in (*sorted(SILENT), "/voices/{cycle}/{employee}")
    ]
    assert [look and look.subject for look in noted] == [None, None, "appraisal/c1/ani"]
