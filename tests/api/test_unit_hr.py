"""HR of a unit over HTTP: given and taken by HR of the agency, called in by the clock, and blind for every other unit.

One agency for all tests: eko is HR officer of the unit in which ani is appraised and he himself works, fajar of another one.
"""

import asyncio
import csv
import io
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import httpx2
import pytest
from sqlalchemy import update

from adapters.database.columns import table_of
from adapters.database.tables import organisation
from adapters.policy_files import shipped
from appraisal.vocabulary import Step
from tests import agency
from tests.api.scene import bring
from tests.api.test_appraisal_api import launch
from tests.stack import Stack, running

Place = tuple[Stack, str]


def quick() -> dict[str, Any]:
    """A policy whose approval is due at once and a second later climbs to HR of the unit."""
    document = {**(shipped("rehearsal") or {}), "grace": "PT1S", "closes": "PT1H"}
    for number, step in enumerate(document["steps"].values()):
        step |= {"opens": "PT0S", "remind": [], "escalate": [], "due": "PT5S", "end": f"PT{50 + number}M"}
    del document["heads"]  # whose time must end before HR is late
    document["steps"]["approval"]["escalate"] = [{"after": "PT1S", "to": "unit_hr"}]
    return document


@pytest.fixture(scope="module")
async def place(server: Any, migrated_file: Any, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Place]:
    file = tmp_path_factory.mktemp("unit") / "jenjang.db"
    file.write_bytes(migrated_file.read_bytes())
    async with running(server.client, f"sqlite+aiosqlite:///{file}") as stack:
        await agency.build(stack.sessions)
        hr = await stack.visitor(officer="hr")
        for officer, unit in (("eko", "dinkes"), ("fajar", "dinsos")):
            assert (await hr.put(f"/api/v1/officers/{officer}", json={"unit": unit})).status_code == 204
        edit = {"document": quick(), "based_on": 1, "reason": "Uji coba."}
        assert (await hr.put("/api/v1/policies/rehearsal", json=edit)).status_code in (200, 201)
        cycle = await launch(stack, people=["ani", "eko", "gita"], policy="rehearsal")
        await bring(stack, cycle, Step.APPROVAL)
        yield stack, cycle


async def names(visitor: httpx2.AsyncClient, address: str, **wanted: str) -> list[str]:
    answer = await visitor.get(f"/api/v1/{address}", params=wanted)
    assert answer.status_code == 200, answer.text
    found = answer.json()
    return sorted(row.get("employee_id", row["id"]) for row in (found if isinstance(found, list) else found["cases"]))


async def called(stack: Stack, cycle: str) -> httpx2.AsyncClient:
    """eko, once the clock has called HR of the unit in to ani's case."""
    eko = await stack.visitor("eko")
    async with asyncio.timeout(30):
        while "ani" not in await names(eko, "tasks"):
            await asyncio.sleep(0.1)
    return eko


async def test_the_clock_calls_hr_of_the_unit_in_and_its_officer_does_the_step(place: Place) -> None:
    stack, cycle = place
    eko, fajar = await called(stack, cycle), await stack.visitor("fajar")
    path = f"/api/v1/appraisals/{cycle}/ani"
    told = [(row["recipient"], row["kind"]) for row in (await eko.get("/api/v1/notices")).json()]
    assert ("hr/dinkes", "escalated_to_you") in told
    assert not [row for row in (await fajar.get("/api/v1/notices")).json() if row["recipient"] != "fajar"]
    assert (await fajar.post(f"{path}/approval", json={"decision": "approve"})).status_code == 404
    page = await (await stack.visitor("eko")).get(f"/appraisals/{cycle}/ani?lang=en")
    assert "Kepegawaian unit" in page.text
    done = await eko.post(f"{path}/approval", json={"decision": "approve"})
    assert done.status_code == 200, done.text
    last = (await eko.get(f"{path}/events")).json()[-1]
    assert (last["actor"], last["on_behalf_of"], last["kind"]) == ("eko", "budi", "approve_targets")


async def test_lists_counts_and_files_end_at_the_unit(place: Place) -> None:
    stack, cycle = place
    eko, fajar, hr = await stack.visitor("eko"), await stack.visitor("fajar"), await stack.visitor(officer="hr")
    for visitor, cases in ((eko, ["ani", "eko"]), (fajar, ["gita"]), (hr, ["ani", "eko", "gita"])):
        assert await names(visitor, "board") == cases
        assert await names(visitor, f"cycles/{cycle}/cases") == cases
        assert (await visitor.get("/api/v1/board")).json()["counts"]["open"] == len(cases)
        found = (await visitor.get(f"/api/v1/cycles/{cycle}")).json()
        assert sum(row["cases"] for row in found["steps"]) == len(cases)
        figures = (await visitor.get("/api/v1/board/figures")).json()
        assert sum(sum(row["ages"]) for row in figures["ageing"]) == len(cases)
        lines = list(csv.reader(io.StringIO((await visitor.get("/board/export.csv")).text), delimiter=";"))
        assert sorted(line[-1].rpartition("/")[2] for line in lines[1:]) == cases
    assert await names(fajar, "board", unit="dinkes") == []
    assert await names(fajar, "people") == ["fajar", "gita"]
    assert await names(eko, "people") == ["ani", "budi", "citra", "dewi", "eko"], "with those who work below it"
    units = [row["unit_id"] for row in (await fajar.get("/api/v1/calibrations")).json()]
    assert set(units) == {"dinsos"}
    assert (await fajar.get(f"/appraisals/{cycle}/ani")).status_code == 404
    assert "Ani Contoh" not in (await fajar.get("/board")).text


async def test_a_remedy_for_many_knows_no_case_of_another_unit_nor_the_officers_own(place: Place) -> None:
    stack, cycle = place
    eko, fajar = await stack.visitor("eko"), await stack.visitor("fajar")
    order = {"remedy": {"kind": "nudge"}, "cases": [f"appraisal/{cycle}/{who}" for who in ("ani", "eko")]}
    refused = await fajar.post("/api/v1/remedies", json=order)
    assert (refused.status_code, refused.json()["code"], refused.json()["where"]) == (422, "invalid_bulk", "cases")
    taken = await eko.post("/api/v1/remedies", json=order)
    assert taken.status_code == 202, taken.text
    address = taken.headers["location"]
    async with asyncio.timeout(30):
        while (await eko.get(address)).status_code != 200 or not (await eko.get(address)).json()["done"]:
            await asyncio.sleep(0.1)
    found = (await eko.get(address)).json()
    assert [(one["case"], one["code"]) for one in found["refused"]] == [(f"appraisal/{cycle}/eko", "NotAllowed")]
    assert (await fajar.get(address)).status_code == 404, "another officer's order"


async def test_rights_are_refused_for_oneself_for_nobody_and_where_there_are_no_cases(place: Place) -> None:
    hr = await place[0].visitor(officer="hr")
    me = (await hr.get("/api/v1/me")).json()["id"]
    for officer, unit, status, code in (
        (me, None, 409, "own_office"),
        ("eko", "p2p", 422, "invalid_office"),
        ("eko", "dinas-lama", 422, "invalid_office"),
        ("nobody", "dinkes", 404, "not_found"),
    ):
        refused = await hr.put(f"/api/v1/officers/{officer}", json={"unit": unit})
        assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert (await hr.delete(f"/api/v1/officers/{me}")).json()["code"] == "own_office"
    officers = {row["id"]: row["unit"] for row in (await hr.get("/api/v1/officers")).json()}
    assert officers == {me: None, "eko": "Dinas Kesehatan", "fajar": "Dinas Sosial"}


async def test_the_pages_follow_the_table_and_give_and_take_the_rights(place: Place) -> None:
    stack, cycle = place
    fajar, hr = await stack.visitor("fajar"), await stack.visitor(officer="hr")
    menu = (await fajar.get(f"/cycles/{cycle}")).text
    for address, shown in (("/board", True), ("/people", True), ("/policies", False), (f"/nominations/{cycle}", False)):
        assert (f'href="{address}"' in menu) is shown, address
    for address in ("/policies", "/people/import", "/people/officers", "/cycles/new", f"/cycles/{cycle}/closing"):
        assert (await fajar.get(address)).status_code == 403, address
    assert 'action="/people/gita/link"' not in (await fajar.get("/people")).text
    url = "/people/officers"
    found = await hr.post(url, data={"action": "search", "search": "gita"})
    assert 'value="gita"' in found.text
    refused = await hr.post(url, data={"action": "give", "search": "gita", "person": "gita", "unit": "p2p"})
    assert (refused.status_code, "unit-error" in refused.text) == (422, True)
    assert (await hr.post(url, data={"action": "give", "person": "gita", "unit": "dinsos"})).status_code == 303
    assert (await (await stack.visitor("gita")).get("/api/v1/me")).json()["units"] == ["dinsos"]
    assert (await hr.post(f"{url}/gita/end")).status_code == 303
    assert (await (await stack.visitor("gita")).get("/board")).status_code == 403


async def test_a_dissolved_unit_leaves_its_officer_without_rights_and_says_so(place: Place) -> None:
    stack, _ = place
    fajar, hr = await stack.visitor("fajar"), await stack.visitor(officer="hr")
    period = table_of(organisation.UnitPeriod)
    async with stack.sessions.begin() as session:
        await session.execute(update(period).where(period.c.unit_id == "dinsos").values(valid_to=date(2026, 1, 1)))
    assert (await fajar.get("/api/v1/board")).status_code == 403
    assert "tidak berlaku" in (await hr.get("/people/officers")).text
    assert (await hr.put("/api/v1/officers/fajar", json={"unit": "dinsos"})).json()["code"] == "invalid_office"
