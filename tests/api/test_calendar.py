"""The calendar over HTTP: unconfirmed years are said before and at a launch, and a decree settles them."""

import asyncio
from datetime import UTC, datetime
from html import unescape
from typing import Any

import httpx2

from tests.api.scene import refused
from tests.api.test_appraisal_api import launch
from tests.api.test_hr_pages import somebody, upload
from tests.stack import Stack

YEAR = {"year": "2090", "name": "Tahun 2090", "policy": "annual", "starts_on": "2090-01-03", "units": ["dinkes"]}
"""Far enough ahead that neither the package nor a decree knows its cuti bersama."""
DECREE = """tanggal,nama,jenis,sumber
02-01-{year},Cuti bersama Tahun Baru,cuti_bersama,SKB {year}
17-08-{year},Kemerdekaan,libur_nasional,SKB {year}
"""


async def decree(hr: httpx2.AsyncClient, year: int) -> dict[str, Any]:
    """Import a decree through the API and apply it."""
    files = {"file": (f"skb-{year}.csv", DECREE.format(year=year).encode(), "text/csv")}
    answer = await hr.post("/api/v1/imports", files=files, data={"kind": "holidays"})
    assert answer.status_code == 202, answer.text
    url = f"/api/v1/imports/{answer.json()['id']}"
    async with asyncio.timeout(30):
        while (found := (await hr.get(url)).json())["phase"] != "previewed":
            await asyncio.sleep(0.1)
        # The process learns of its preview a moment after the record does.
        while (applied := await hr.post(f"{url}/application", json={})).status_code == 409:
            await asyncio.sleep(0.1)
    assert applied.json()["phase"] == "applied", applied.text
    return dict(found)


async def test_the_preview_of_a_launch_names_unconfirmed_years_until_their_decrees_are_imported(stack: Stack) -> None:
    hr = await stack.visitor(officer="hr")
    assert "2090, 2091" in (await hr.post("/cycles/new", data=YEAR)).text
    found = await decree(hr, 2090)
    assert [difference["kind"] for difference in found["differences"]] == ["holiday_added"] * 2
    page = (await hr.post("/cycles/new", data=YEAR)).text
    assert "2090, 2091" not in page
    assert "2091" in page[page.index('role="note"') : page.index("people-heading")]
    await decree(hr, 2091)
    assert 'role="note"' not in (await hr.post("/cycles/new", data=YEAR)).text


async def test_a_launch_says_what_its_dates_rest_on_and_a_later_decree_does_not_move_them(stack: Stack) -> None:
    hr = await stack.visitor(officer="hr")
    await hr.post("/language", data={"language": "en", "next": "/"})
    await decree(hr, 2091)
    order = {"year": 2090, "name": "Tahun 2090", "policy": "annual", "starts_at": "2090-01-03T07:30:00+07:00"}
    answer = await hr.post("/api/v1/cycles", json=order)
    assert answer.status_code == 202, answer.text
    assert (answer.json()["calendar_version"], answer.json()["unconfirmed_years"]) == (1, [2090])
    url = f"/api/v1/cycles/{answer.json()['id']}"
    async with asyncio.timeout(30):
        while (before := await hr.get(url)).status_code == 404 or before.json()["phase"] != "running":
            await asyncio.sleep(0.1)
    assert (before.json()["calendar_version"], before.json()["unconfirmed_years"]) == (1, [2090])
    page = (await hr.get(f"/cycles/{answer.json()['id']}")).text
    assert "Planned with version 1 of the calendar." in page
    assert "The days off of 2090 were not confirmed then." in page
    await decree(hr, 2090)
    after = (await hr.get(url)).json()
    assert (after["timetable"], after["calendar_version"]) == (before.json()["timetable"], 1)
    assert (await hr.post("/api/v1/cycles", json=order)).json()["calendar_version"] == 2


async def test_the_page_offers_the_columns_of_both_files(stack: Stack) -> None:
    hr = await stack.visitor(officer="hr")
    for kind, heading in (("holidays", "tanggal,nama,jenis,sumber"), ("schedules", "unorId,hariKerja,zona")):
        template = (await hr.get(f"/people/import/columns/{kind}.csv")).text
        assert template.removeprefix("\ufeff").splitlines()[0] == heading


async def test_hr_reads_the_days_off_of_a_year_with_their_source(stack: Stack) -> None:
    hr = await stack.visitor(officer="hr")
    before = (await hr.get("/api/v1/calendar/2090")).json()
    assert (before["version"], before["confirmed"]) == (0, False)
    assert {day["source"] for day in before["days"]} == {""}
    await decree(hr, 2090)
    after = (await hr.get("/api/v1/calendar/2090")).json()
    assert (after["version"], after["confirmed"]) == (1, True)
    new_year, leave = after["days"][:2]
    assert (new_year["day"], new_year["source"]) == ("2090-01-01", "")
    assert (leave["day"], leave["kind"], leave["source"]) == ("2090-01-02", "cuti_bersama", "SKB 2090")
    assert not any(day["estimated"] for day in after["days"])
    assert (await hr.get("/api/v1/calendar/1999")).status_code == 404


async def read(hr: httpx2.AsyncClient, path: str = "/calendar") -> str:
    answer = await hr.get(path)
    assert answer.status_code == 200, answer.text
    return " ".join(unescape(answer.text).split())


async def test_the_page_tells_the_year_its_sources_and_the_cycles_that_a_decree_came_too_late_for(stack: Stack) -> None:
    hr, now = await somebody(stack), datetime.now(UTC).date()
    cycle, soon = await launch(stack, people=["ani"]), now.year + 1
    before = await read(hr)
    assert "Planned with version 0 of the calendar." in before
    assert f"/cycles/{cycle}/dates" not in before
    assert "The days off of 2090 are not certain yet" in await read(hr, "/calendar?year=2090")
    rows = f"{now:%d-%m-%Y},Libur baru,libur_nasional,SKB 7\n02-01-{soon},Masuk kerja,hari_kerja,SKB 7\n"
    preview = await upload(hr, f"tanggal,nama,jenis,sumber\n{rows}".encode(), kind="holidays", effective_on="")
    assert "Days that a decree settles" in preview
    batch = preview.split("/people/import/")[2].split("/")[0]
    assert (await hr.post(f"/people/import/{batch}/application")).status_code == 303
    async with asyncio.timeout(30):
        while "SKB 7" not in (after := await read(hr)):
            await asyncio.sleep(0.1)
    assert "Libur baru" in after
    assert "version 1" in after
    assert "Days without a source come with Jenjang" in after
    assert "A decree has spoken of 1 day of its time since." in after or "of 2 days of its time since." in after
    assert f"/cycles/{cycle}/dates" in after
    assert "working day by decree" in await read(hr, f"/calendar?year={soon}")
    assert (await hr.get("/calendar?year=1999")).status_code == 422


async def test_hr_sets_how_a_unit_works_on_the_page_and_over_http(stack: Stack) -> None:
    hr = await somebody(stack)
    for body, where in (({"week": 7}, "week"), ({"week": 6, "zone": "GMT"}, "zone")):
        assert refused(await hr.put("/api/v1/schedules/dinkes", json=body), 422, "invalid_schedule")["where"] == where
    refused(await hr.put("/api/v1/schedules/nowhere", json={"week": 6}), 404, "not_found")
    assert {one["of"] for one in (await hr.get("/api/v1/schedules")).json()} == {None}
    form = {"unit": "dinkes", "week": "6", "zone": "GMT"}
    wrong = await hr.post("/calendar/units", data=form)
    assert (wrong.status_code, 'href="#zone"' in wrong.text) == (422, True)
    for missing in ("unit", "week"):
        answer = await hr.post("/calendar/units", data={**form, "zone": "", missing: ""})
        assert (answer.status_code, f'href="#{missing}"' in answer.text) == (422, True)
    assert (await hr.post("/calendar/units", data={**form, "zone": "WITA"})).status_code == 303
    shown = await read(hr)
    assert "6 working days" in shown
    assert "Dinas Kesehatan" in shown[shown.index("Units with a working week") :]
    weeks = {one["unit"]: (one["week"], one["zone"], one["of"]) for one in (await hr.get("/api/v1/schedules")).json()}
    assert weeks["p2p"] == weeks["dinkes"] == (6, "WITA", "dinkes")
    assert weeks["dinsos"] == (5, None, None)
    assert (await hr.post("/calendar/units/dinkes/end")).status_code == 303
    assert (await hr.post("/calendar/units/dinkes/end")).status_code == 404
    assert "6 working days" not in await read(hr)
