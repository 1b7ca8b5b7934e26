"""HR's board over HTTP: filters, pages and files show the same cases; what is stuck is counted; what is broken is mended."""

import asyncio
import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import update

from adapters.database.columns import table_of
from adapters.database.tables import organisation, process
from adapters.database.writes.troubles import SqlWatched
from api.paging import AT
from appraisal.vocabulary import Step
from appraisal.watch import Kind, Trouble
from tests.api.scene import bring
from tests.api.test_appraisal_api import PLAN, launch
from tests.stack import Stack

APPRAISAL, PERSON = table_of(process.Appraisal), table_of(organisation.Person)
FORMULA = '=HYPERLINK("http://x.example";"Klik")'


@pytest.fixture
async def cycles(stack: Stack) -> tuple[str, str]:
    """Two cycles: one of four people in two units, of whom ani's supervisor must act; and one of gita alone."""
    first = await launch(stack, people=["ani", "eko", "citra", "gita"])
    await bring(stack, first, Step.APPROVAL)
    return first, await launch(stack, people=["gita"], name="Kedua")


async def board(stack: Stack, **wanted: Any) -> dict[str, Any]:
    hr = await stack.visitor(officer="hr")
    answer = await hr.get("/api/v1/board", params=wanted)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def who(found: dict[str, Any]) -> list[str]:
    return sorted(f"{row['employee_id']}@{row['step']}" for row in found["cases"])


async def set_back(stack: Stack, employee: str, **values: Any) -> None:
    """The row of this person's cases as if that had been so."""
    async with stack.sessions.begin() as session:
        await session.execute(update(APPRAISAL).where(APPRAISAL.c.employee_id == employee).values(**values))


async def test_every_open_case_with_its_holder_and_what_comes_next(stack: Stack, cycles: tuple[str, str]) -> None:
    found = await board(stack)
    assert who(found) == ["ani@approval", "citra@targets", "eko@targets", "gita@targets", "gita@targets"]
    assert found["counts"] == {"open": 5, "late": 0, "machine": 0, "disagree": 0, "nobody": 0}
    (ani,) = (row for row in found["cases"] if row["employee_id"] == "ani")
    assert (ani["holder"], ani["employee"], ani["unit_id"]) == ("Budi Contoh", "Ani Contoh", "dinkes")
    assert ani["next_alarm"] == "remind"
    assert ani["since"] < ani["next_at"] < ani["due_at"]
    assert ani["notices"] == 2, "ani heard that targets can be set, budi that they wait"


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"step": "approval"}, ["ani@approval"]),
        ({"unit": "dinsos"}, ["gita@targets", "gita@targets"]),
        ({"holder": "bud"}, ["ani@approval"]),
        ({"holder": "contoh", "unit": "dinkes"}, ["ani@approval", "citra@targets", "eko@targets"]),
        ({"holder": "%"}, []),
        ({"days": 3}, ["eko@targets"]),
        ({"stuck": "late"}, ["eko@targets"]),
        ({"stuck": "nobody"}, []),
        ({"stuck": "machine"}, ["citra@targets"]),
        ({"stuck": "disagree"}, []),
    ],
    ids=str,
)
@pytest.mark.every_database
async def test_filters(stack: Stack, cycles: tuple[str, str], wanted: dict[str, Any], expected: list[str]) -> None:
    now = datetime.now(UTC)
    await set_back(stack, "eko", since=now - timedelta(days=4), due_at=now - timedelta(hours=1))
    failing = Trouble(f"appraisal/{cycles[0]}/citra", Kind.ACTIVITY_FAILS, "store_case: the disk is full", 7)
    await SqlWatched(stack.sessions).keep((failing,), now)
    found = await board(stack, **wanted)
    assert who(found) == expected
    assert (found["counts"]["late"], found["counts"]["machine"]) == (1, 1)


async def test_one_cycle_alone_and_by_pages(stack: Stack, cycles: tuple[str, str]) -> None:
    assert who(await board(stack, cycle=cycles[1])) == ["gita@targets"]
    whole = [row["id"] for row in (await board(stack))["cases"]]
    for size in (1, 2, 3):
        found: list[str] = []
        after: dict[str, str] = {}
        while page := (await board(stack, limit=size, **after))["cases"]:
            found += [row["id"] for row in page]
            after = {"after": AT.written((datetime.fromisoformat(page[-1]["due_at"]), page[-1]["id"]))}
        assert found == whole


async def officer(stack: Stack) -> httpx2.AsyncClient:
    """An officer before the pages; a token does as well as a cookie."""
    return await stack.visitor(officer="hr")


@pytest.mark.parametrize("query", ["", "unit=dinkes", "holder=bud", "stuck=late"])
async def test_files_hold_exactly_what_is_filtered(
    stack: Stack, cycles: tuple[str, str], query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.export.PAGE", 2)  # so that these few are several pages
    async with stack.sessions.begin() as session:
        await session.execute(update(PERSON).where(PERSON.c.id == "eko").values(name=FORMULA))
    hr = await officer(stack)
    listed = (await hr.get(f"/api/v1/board?{query}")).json()["cases"]
    text = await hr.get(f"/board/export.csv?{query}")
    assert text.headers["content-type"] == "text/csv; charset=utf-8"
    assert text.content.startswith(b"\xef\xbb\xbf")
    heading, *rows = csv.reader(io.StringIO(text.content.decode("utf-8-sig")), delimiter=";")
    assert heading[0] == "Pegawai"
    assert [row[-1] for row in rows] == [case["id"] for case in listed]
    names = [f"'{FORMULA}" if case["employee"] == FORMULA else case["employee"] for case in listed]
    assert [row[0] for row in rows] == names
    book = await hr.get(f"/board/export.xlsx?{query}")
    assert book.headers["content-disposition"].endswith('.xlsx"')
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book.content)).get_sheet_by_index(0).to_python()
    assert [row[-1] for row in sheet[1:]] == [case["id"] for case in listed]
    assert [row[0] for row in sheet[1:]] == [case["employee"] for case in listed]
    assert all(isinstance(row[5], datetime) for row in sheet[1:]), "instants are instants, in the agency's zone"


async def test_a_case_whose_process_is_gone_is_found_and_mended_once(stack: Stack, cycles: tuple[str, str]) -> None:
    case = f"appraisal/{cycles[0]}/ani"
    await stack.client.get_workflow_handle(case).terminate()
    hr = await officer(stack)
    assert (await hr.post("/api/v1/board/look")).json()["disagree"] == 1
    (row,) = (await board(stack, stuck="disagree"))["cases"]
    assert (row["id"], row["troubles"][0]["kind"]) == (case, "no_process")
    # Nobody hears that the case has ended, which would be untrue: whoever comes meanwhile is asked to come again.
    ani = await stack.visitor("ani")
    answer = await ani.post(f"/api/v1/appraisals/{cycles[0]}/ani/targets", json=PLAN)
    assert (answer.status_code, answer.json()["code"]) == (503, "not_reachable")
    order = {"json": {"cases": [case]}, "headers": {"Idempotency-Key": "k1"}}
    for _ in range(2):
        answer = await hr.post("/api/v1/board/repairs", **order)  # type: ignore[arg-type]
        assert answer.json() == {"done": [[case, "restarted"]]}
    again = await hr.post("/api/v1/board/repairs", json={"cases": [case]})
    assert again.json() == {"done": [[case, "nothing"]]}
    assert (await board(stack))["counts"]["disagree"] == 0
    events = (await hr.get(f"/api/v1/appraisals/{cycles[0]}/ani/events")).json()
    assert [event["kind"] for event in events].count("restarted") == 1
    page = await hr.get(f"/appraisals/{cycles[0]}/ani")
    assert "meminta proses dimulai lagi dari catatan" in page.text


async def test_repairs_of_what_is_no_case_are_refused(stack: Stack, cycles: tuple[str, str]) -> None:
    hr = await officer(stack)
    for cases in ([], ["import/x"], ["appraisal/a/b; drop"]):
        answer = await hr.post("/api/v1/board/repairs", json={"cases": cases})
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
    answer = await hr.post("/board/repairs", data={"case": "import/x"}, headers={"accept-language": "id"})
    assert answer.status_code == 422
    assert "Tidak ada penilaian yang dipilih." in answer.text


async def test_whoever_watches_hears_of_a_change_and_of_nothing_else(stack: Stack, cycles: tuple[str, str]) -> None:
    """One look at the database each second serves all, and stops with the last of them."""
    live = stack.services.live
    readers = [live.changes() for _ in range(3)]
    first = [await anext(reader) for reader in readers]
    waiting = [asyncio.ensure_future(anext(reader)) for reader in readers]
    await asyncio.sleep(2.5)
    assert not any(task.done() for task in waiting)
    budi = await stack.visitor("budi")
    answer = await budi.post(f"/api/v1/appraisals/{cycles[0]}/ani/approval", json={"decision": "approve"})
    assert answer.status_code == 200, answer.text
    assert live.watched
    second = await asyncio.wait_for(asyncio.gather(*waiting), 10)
    assert all(later > before for before, later in zip(first, second, strict=True))
    for reader in readers:
        await reader.aclose()  # type: ignore[attr-defined]
    assert not live.watched


async def test_a_change_right_after_the_first_word_is_heard(stack: Stack, cycles: tuple[str, str]) -> None:
    """Whoever reads the board on the first word must be told of whatever comes after it, however soon."""
    reader = stack.services.live.changes()
    first = await anext(reader)
    await set_back(stack, "eko", updated_at=datetime.now(UTC))
    assert await asyncio.wait_for(anext(reader), 10) > first
    await reader.aclose()  # type: ignore[attr-defined]


async def test_figures_know_what_was_in_time(stack: Stack, cycles: tuple[str, str]) -> None:
    hr = await officer(stack)
    found = (await hr.get("/api/v1/board/figures")).json()
    ageing = {row["step"]: sum(row["ages"]) for row in found["ageing"]}
    assert (ageing["targets"], ageing["approval"], ageing["review"]) == (4, 1, 0)
    assert [(row["key"], row["done"], row["in_time"]) for row in found["by_step"]] == [("targets", 1, 1)]
    assert [(row["key"], row["done"]) for row in found["by_unit"]] == [("dinkes", 1)]
    assert [(row["name"], row["cases"], row["late"]) for row in found["load"]] == [("Budi Contoh", 1, 0)]
    page = await hr.get("/board/figures", params={"cycle": cycles[1]})
    assert page.status_code == 200
    assert "Belum ada tahap yang selesai." in page.text
