"""Every list of the pages as a file: what its page shows, for whom its page is, and nobody else.

One agency for all: ani and eko are calibrated, citra waits to be, gita writes targets; eko is HR officer of the unit.
"""

import asyncio
import csv
import io
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx2
import pytest
from python_calamine import CalamineWorkbook

from adapters.single_sign_on.claims import Named
from adapters.single_sign_on.provider import Identity
from api.export import Listing, as_csv, at_once
from api.pages.lists import LISTS
from api.pages.words import translations
from appraisal.vocabulary import Step
from tests import agency, careers
from tests.adapters.rounds import give_up
from tests.api import scene
from tests.api.paged import PAGED, READERS, same_by_pages
from tests.api.seated import give_seats
from tests.api.test_appraisal_api import launch
from tests.stack import Stack, running

UNITS = {unit: name for unit, _, name in agency.UNITS}
CALLERS = ("hr", "eko", "dewi", "gita", None)
Place = tuple[Stack, dict[str, str]]
"""The service, and what stands in addresses."""


@dataclass(frozen=True)
class Same:
    """Where the API tells the same rows, under which name, and what of each is in which column of the file."""

    address: str
    rows: str
    key: str
    column: int = 0


SAME = {
    "/board": Same("board", "cases", "id", -1),
    "/cycles/{cycle}": Same("cycles/{cycle}/cases", "", "employee"),
    "/cycles/{cycle}/closing": Same("cycles/{cycle}/closing", "cases", "employee"),
    "/waiting": Same("tasks", "", "employee"),
    "/calibrations": Same("calibrations", "", "unit_id"),
    "/calibrations/{cycle}/{unit}": Same("calibrations/{cycle}/{unit}", "members", "name"),
    "/nominations/{cycle}": Same("nominations/{cycle}", "proposals", "rank"),
    "/people": Same("people", "", "name"),
    "/cycles/{cycle}/participants": Same("cycles/{cycle}/participants/candidates", "", "name"),
    "/cycles/{cycle}/siasn": Same("cycles/{cycle}/siasn", "results", "employee"),
    "/cycles/{cycle}/rules": Same("cycles/{cycle}/rules/confirmations", "units", "unit", 1),
    "/appointments": Same("appointments", "", "person"),
    "/people/departures": Same("departures", "", "person"),
    "/superior-reports": Same("superior-reports", "", "person"),
    "/people/officers": Same("officers", "", "name"),
    "/people/identities": Same("identities", "", "subject", -1),
    "/people/unreached": Same("unreached", "", "name"),
    "/catalogue": Same("catalogue/2027", "courses", "code"),
    "/calendar": Same("calendar/{year}", "days", "name", 2),
    "/enrolments": Same("enrolments", "", "employee"),
    "/development": Same("development", "rows", "name"),
    "/career": Same("career/proposals", "rows", "name"),
    "/people/import/{batch}": Same("imports/{batch}", "problems", "column", 1),
}
FILTERED = (
    *(("/cycles/{cycle}", "step=targets"), ("/cycles/{cycle}", "unit=dinsos"), ("/people", "search=ani")),
    *(("/cycles/{cycle}/participants", "search=dewi"), ("/nominations/{cycle}", "undecided=true")),
    *(("/board", "unit=dinsos"), ("/cycles/{cycle}/closing", "unit=dinsos"), ("/calibrations", "cycle={cycle}")),
    ("/enrolments", "stage=invited"),
    ("/cycles/{cycle}/siasn", "stand=new"),
    ("/catalogue", "topic=BP"),
    ("/people/identities", "search=ani"),
    *(("/development", "source=hours"), ("/development", "unit=dinsos")),
)


@pytest.fixture(scope="module")
async def place(server: Any, migrated_file: Any, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Place]:
    file = tmp_path_factory.mktemp("lists") / "jenjang.db"
    file.write_bytes(migrated_file.read_bytes())
    async with running(server.client, f"sqlite+aiosqlite:///{file}") as stack:
        await agency.build(stack.sessions)
        hr, dewi, gita = await stack.visitor(officer="hr"), await stack.visitor("dewi"), await stack.visitor("gita")
        assert (await hr.put("/api/v1/officers/eko", json={"unit": "dinkes"})).status_code == 204
        cycle = await launch(stack, people=["ani", "eko", "citra", "gita"])
        for who in ("ani", "eko"):
            await scene.bring(stack, cycle, Step.CALIBRATION, employee=who)
        await scene.set_unit_result(stack, cycle)
        change = {
            "employee": "eko",
            "results": "DI_BAWAH",
            "behaviour": "SESUAI",
            "reason": "=Dua target tidak tercapai.",
        }
        order = {"members": ["ani", "eko"], "adjustments": [change], "justification": "Unit kecil."}
        await taken(dewi, f"calibrations/{cycle}/dinkes/decision", order)
        for who in ("ani", "eko"):
            await taken(await stack.visitor(who), f"appraisals/{cycle}/{who}/acknowledgement", {"comment": ""})
        await scene.bring(stack, cycle, Step.CALIBRATION, supervisor="dewi", employee="citra")
        await taken(hr, f"nominations/{cycle}/proposals", {})
        until = (datetime.now(UTC) + timedelta(days=9)).isoformat()
        budi = await stack.visitor("budi")
        await taken(budi, "appointments", {"kind": "DELEGATE", "person": "eko", "ends_at": until})
        for n, who in ((4, "ani"), (5, "eko")):
            identity = Identity("https://sso.example", who, Named(nip=f"{n:018d}"), "")
            await stack.services.identities.opened_by(identity, datetime.now(UTC))
        leave = {"people": ["fajar"], "cause": "on_leave", "own_cases": "go_on", "reason": "Cuti besar."}
        await taken(hr, "departures", leave)
        await careers.years(stack.sessions)
        await taken(gita, "superior-reports", {"superior": "dewi", "words": "Saya pindah."})
        await taken(await stack.visitor("ani"), f"cycles/{cycle}/rules/confirmation", {"rules": "open/1"})
        await give_seats(stack, cycle, "gita", "budi", "fajar")
        await give_up(stack.sessions, "ani", "budi", "gita")
        wrong = {"file": ("people.csv", b"nipBaru,nama,warna\n1.97E+17,Ani,biru\n", "text/csv")}
        batch = (await hr.post("/api/v1/imports", files=wrong, data={"kind": "people"})).json()["id"]
        async with asyncio.timeout(30):
            while not (await hr.get(f"/api/v1/imports/{batch}")).json().get("problems"):
                await asyncio.sleep(0.1)
        yield stack, {"cycle": cycle, "batch": batch, "unit": "dinkes", "year": str(stack.services.today().year)}


async def taken(visitor: httpx2.AsyncClient, address: str, body: dict[str, Any]) -> None:
    """Give the order until what it waits for has happened."""
    async with asyncio.timeout(30):
        while (answer := await visitor.post(f"/api/v1/{address}", json=body)).status_code >= 300:
            assert answer.status_code in (404, 409), answer.text
            await asyncio.sleep(0.1)


async def test_every_list_of_the_api_is_the_same_page_by_page(place: Place) -> None:
    (stack, names), walked = place, 0
    for path in PAGED:
        visitor, url = await visitor_of(stack, READERS.get(path, "hr")), f"/api/v1/{path}"
        walked += await same_by_pages(stack, visitor, url.format(**names, employee="ani", hook="none")) > 1
    assert walked > 12, "most of them have something to show here"


async def visitor_of(stack: Stack, caller: str | None) -> httpx2.AsyncClient:
    return await stack.visitor(officer="hr") if caller == "hr" else await stack.visitor(caller)


def at(pattern: str, place: Place) -> str:
    return pattern.format(**place[1])


def opened(answer: httpx2.Response) -> list[list[Any]]:
    assert answer.status_code == 200, answer.text
    return CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()


async def told_by_the_api(visitor: httpx2.AsyncClient, same: Same, place: Place, query: str = "") -> list[Any]:
    answer = await visitor.get(f"/api/v1/{at(same.address, place)}?{query}")
    assert answer.status_code == 200, answer.text
    rows = answer.json()[same.rows] if same.rows else answer.json()
    if same.key == "unit":  # a share of the unit stands for as many people
        return [UNITS[row["unit"]] for row in rows for _ in range(row["people"])]
    return [UNITS[row["unit_id"]] if same.key == "unit_id" else row[same.key] for row in rows]


@pytest.mark.parametrize("listing", LISTS, ids=lambda listing: listing.path)
async def test_each_file_is_for_whom_its_page_is_and_has_its_rows(
    place: Place, listing: Listing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.export.PAGE", 2)  # so that these few are several pages
    url, same, most = at(listing.path, place), SAME[listing.path], 0
    heading = [translations("id").gettext(name) for name in listing.columns]
    for caller in CALLERS:
        visitor = await visitor_of(place[0], caller)
        page, book = await visitor.get(url), await visitor.get(f"{url}/export.xlsx")
        if listing.path.endswith("/rules") and caller not in ("hr", None):
            assert book.status_code == 403, "of others the page tells HR alone"
            continue
        assert book.status_code == page.status_code, caller
        if page.status_code != 200:
            continue
        first, *rows = opened(book)
        assert first == heading
        told = await told_by_the_api(visitor, same, place)
        assert [row[same.column] for row in rows][: len(told)] == told, caller
        if not listing.path.startswith("/calibrations/"):
            assert len(rows) == len(told), caller
        lines = list(csv.reader(io.StringIO((await visitor.get(f"{url}/export.csv")).text), delimiter=";"))
        assert len(lines) == len(rows) + 1
        assert {len(line) for line in lines} == {len(heading)}
        assert (f'href="{url}/export.xlsx"' in page.text) is bool(rows), caller
        most = max(most, len(rows))
    assert most, "nobody has seen a row: this has proved nothing"


@pytest.mark.parametrize(("path", "query"), FILTERED, ids=lambda part: part.format(cycle="c"))
async def test_a_filter_holds_for_the_file_and_is_in_its_link(place: Place, path: str, query: str) -> None:
    hr, query = await place[0].visitor(officer="hr"), at(query, place)
    url, same = at(path, place), SAME[path]
    _, *rows = opened(await hr.get(f"{url}/export.xlsx?{query}"))
    assert [row[same.column] for row in rows] == await told_by_the_api(hr, same, place, query)
    assert rows
    assert f'href="{url}/export.xlsx?{query}"' in (await hr.get(f"{url}?{query}")).text


async def test_a_calibration_tells_who_waits_and_what_was_changed(place: Place) -> None:
    dewi = await place[0].visitor("dewi")
    _, *rows = opened(await dewi.get(at("/calibrations/{cycle}/{unit}/export.xlsx", place)))
    found = {row[0]: row[1:] for row in rows}
    assert found["Citra Contoh"] == [
        *("Dewi Lestari Contoh", "Sesuai ekspektasi", "Sesuai ekspektasi", "Baik"),
        *("Sesuai target.", "Konsisten.", "", "", "", "", ""),
    ]
    assert found["Eko Contoh"] == [
        *("", "Sesuai ekspektasi", "Sesuai ekspektasi", "Baik", "", ""),
        *("Di bawah ekspektasi", "Sesuai ekspektasi", "Butuh Perbaikan", "=Dua target tidak tercapai.", 1),
    ]
    assert found["Ani Contoh"][6:] == ["Sesuai ekspektasi", "Sesuai ekspektasi", "Baik", "", 1]


async def test_hr_sees_by_name_who_has_read_the_rules(place: Place) -> None:
    hr = await place[0].visitor(officer="hr")
    _, *rows = opened(await hr.get(at("/cycles/{cycle}/rules/export.xlsx", place)))
    assert [row[:3] for row in rows] == [
        ["Ani Contoh", "Dinas Kesehatan", "sudah"],
        ["Citra Contoh", "Dinas Kesehatan", "belum"],
        ["Eko Contoh", "Dinas Kesehatan", "belum"],
        ["Gita Contoh", "Dinas Sosial", "belum"],
    ]
    assert isinstance(rows[0][3], datetime)


async def test_days_are_days_and_the_name_tells_what_the_file_is(place: Place) -> None:
    hr, today = await place[0].visitor(officer="hr"), place[0].services.today()
    book = await hr.get("/people/departures/export.xlsx")
    _, leave = opened(book)
    assert leave[:5] == ["Fajar Contoh", "cuti panjang", today, "", "Cuti besar."]
    name = f'filename="jenjang-pegawai-berhenti-dan-berhalangan-{today}.xlsx"'
    assert name in book.headers["content-disposition"]
    assert (await hr.get("/people/departures/export.ods")).status_code == 404


async def test_a_csv_file_holds_no_formula() -> None:
    row = ("=1+1", "@x", "-2", "a;b", "Budi")
    lines = [line async for line in as_csv(row, at_once(()), ZoneInfo("Asia/Jakarta"))]
    assert "".join(lines) == "\ufeff'=1+1;'@x;'-2;\"a;b\";Budi\r\n"
