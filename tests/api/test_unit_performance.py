"""A unit's performance over HTTP: values by quarter, the result from above, and the cascade with those who wait upstream."""

from copy import deepcopy
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from adapters.database.columns import table_of
from adapters.database.tables import organisation, process, unit_performance
from adapters.files import read_sheet
from tests.api.scene import refused
from tests.api.test_appraisal_api import PLAN, launch
from tests.stack import Stack

INDICATOR, NOTICE = table_of(organisation.Indicator), table_of(process.Notice)
ACTUAL = table_of(unit_performance.IndicatorActual)
UNIT = "/api/v1/units/dinkes"
LINK = "https://bukti.example/1"
WAITING = {"kind": "waiting_upstream", "ref": "", "name": ""}


async def rows(stack: Stack) -> list[Any]:
    async with stack.sessions() as session:
        return list((await session.execute(select(ACTUAL))).all())


def value(quarter: int = 1, amount: str = "91.5", **more: str) -> dict[str, Any]:
    return {"quarter": quarter, "value": amount, **more}


@pytest.mark.every_database
async def test_values_are_entered_and_corrected_by_head_or_hr_and_read_by_the_unit(stack: Stack) -> None:
    dewi, hr, ani = await stack.visitor("dewi"), await stack.visitor(officer="hr"), await stack.visitor("ani")
    url, key = f"{UNIT}/indicators/i1/actuals", {"idempotency-key": "satu"}
    async with stack.sessions.begin() as session:
        await session.execute(update(INDICATOR).where(INDICATOR.c.id == "i1").values(evidence="wajib", baseline=80))
        later = {"unit_of_measure": "persen", "target": 95, "unit_id": "dinkes", "code": "i9", "name": "Nanti"}
        await session.execute(insert(INDICATOR).values(id="i9", year=2090, **later))
    sent = [await dewi.post(url, json=value(evidence=LINK), headers=key) for _ in range(2)]
    assert [answer.status_code for answer in sent] == [201, 201]
    assert sent[0].json() == sent[1].json(), "the same key again is the same value"
    before = await rows(stack)
    for visitor, body, place, status, code, where in (
        (dewi, value(2), "i1", 422, "missing_evidence", "evidence"),
        (dewi, value(2, evidence="ftp://x"), "i1", 422, "invalid_evidence", "evidence"),
        (dewi, value(5, evidence=LINK), "i1", 422, "invalid_number", "quarter"),
        (dewi, value(2, "banyak", evidence=LINK), "i1", 422, "invalid_request", "value"),
        (dewi, value(2, "1.23456", evidence=LINK), "i1", 422, "invalid_number", "value"),
        (hr, value(1, "90", evidence=LINK), "i1", 422, "missing_reason", "remark"),
        (hr, value(1), "i9", 409, "quarter_not_ended", "quarter"),
        (hr, value(1), "i2", 404, "not_found", ""),
        (ani, value(2, evidence=LINK), "i1", 403, "not_allowed", ""),
    ):
        answer = await visitor.post(f"{UNIT}/indicators/{place}/actuals", json=body)
        assert refused(answer, status, code)["where"] == where
    assert await rows(stack) == before
    corrected = value(1, "90", evidence=f"{LINK}b", remark="Data puskesmas menyusul.")
    assert (await hr.post(url, json=corrected)).status_code == 201
    (found,) = (await ani.get(f"{UNIT}/performance", params={"year": 2026})).json()["indicators"]
    first, second = found["actuals"]
    assert (first["number"], float(first["value"]), first["evidence"], first["by"]) == (1, 91.5, LINK, "dewi")
    assert (second["number"], second["remark"]) == (2, "Data puskesmas menyusul.")
    refused(await (await stack.visitor("gita")).get(f"{UNIT}/performance?year=2026"), 404, "not_found")


async def test_the_page_keeps_a_value_or_says_what_is_wrong_and_shows_who_set_the_result(stack: Stack) -> None:
    cycle = await launch(stack, people=["ani"])
    dewi, bupati, ani = [await stack.visitor(who) for who in ("dewi", "bupati", "ani")]
    for visitor in (dewi, bupati, ani):
        visitor.headers.update({"sec-fetch-site": "same-origin", "accept-language": "en"})
    page = "/units/dinkes/performance"
    assert f"{page}?year=2026" in (await ani.get("/units?year=2026")).text
    assert "value_i1" not in (await ani.get(f"{page}?year=2026")).text
    wrong = {"key": "a", "indicator": "i1", "quarter_i1": "1", "value_i1": "banyak", "remark_i1": "Sementara <b>"}
    answer = await dewi.post(f"{page}/2026", data=wrong)
    assert (answer.status_code, 'href="#value_i1"' in answer.text) == (422, True)
    assert "Sementara &lt;b&gt;" in answer.text, "nothing typed is lost"
    assert (await dewi.post(f"{page}/2026", data={**wrong, "value_i1": "91,5"})).status_code == 303
    again = await dewi.post(f"{page}/2026", data={**wrong, "key": "b", "value_i1": "92", "remark_i1": ""})
    assert (again.status_code, 'href="#remark_i1"' in again.text) == (422, True)

    result = {"result": "BAIK", "reason": "Semua indikator tercapai."}
    url = f"/api/v1/calibrations/{cycle}/dinkes"
    refused(await dewi.post(f"{url}/unit-result", json=result), 403, "not_allowed")
    assert page in (await bupati.get(f"/calibrations/{cycle}/dinkes")).text, "the facts are one click away"
    assert [row["unit_id"] for row in (await bupati.get("/api/v1/calibrations")).json()] == ["dinkes"]
    assert (await bupati.post(f"{url}/unit-result", json=result)).status_code == 200
    (shown,) = (await ani.get(f"{UNIT}/performance?year=2026")).json()["results"]
    assert (shown["result"], shown["by"], shown["for_whom"], shown["sets"]) == ("BAIK", "bupati", None, False)
    read = (await ani.get(f"{page}?year=2026")).text
    assert "Semua indikator tercapai." in read
    assert "Bupati Contoh" in read


async def test_whoever_waits_upstream_holds_up_nothing_and_the_superior_is_told_once(stack: Stack) -> None:
    cycle = await launch(stack, people=["ani", "eko", "budi", "citra", "dewi"])
    people = {who: await stack.visitor(who) for who in ("ani", "eko", "budi", "citra")}
    waiting = deepcopy(PLAN)
    waiting["targets"][0]["support"] = WAITING
    for who in ("ani", "eko"):
        offered = (await people[who].get(f"/api/v1/appraisals/{cycle}/{who}/supports")).json()
        assert (list(offered["indicators"]), offered["superior"]) == (["dinkes"], [])
        assert (await people[who].post(f"/api/v1/appraisals/{cycle}/{who}/targets", json=waiting)).status_code == 200
    async with stack.sessions() as session:
        told = (await session.execute(select(NOTICE.c.recipient).where(NOTICE.c.kind == "targets_awaited"))).all()
    assert told == [("budi",)]
    assert f"/appraisals/{cycle}/budi" in (await people["budi"].get("/inbox")).text
    approved = await people["budi"].post(f"/api/v1/appraisals/{cycle}/ani/approval", json={"decision": "approve"})
    assert approved.json()["step"] == "self_assessment", "it waits for nothing"
    assert (await people["budi"].post(f"/api/v1/appraisals/{cycle}/budi/targets", json=PLAN)).status_code == 200
    offered = (await people["ani"].get(f"/api/v1/appraisals/{cycle}/ani/supports")).json()
    assert [one["ref"] for one in offered["superior"]] == ["budi/1", "budi/2", "budi/3"]

    unit = f"cycles/{cycle}/units/dinkes"
    tree = (await people["ani"].get(f"/api/v1/{unit}/cascade")).json()
    (root,) = tree["indicators"]
    assert sorted({link["employee"] for link in root["below"]}) == ["ani", "budi", "eko"]
    (group,) = tree["waiting"]
    assert (group["superior"], group["ready"], [link["employee"] for link in group["below"]]) == (
        "budi",
        True,
        ["ani", "eko"],
    )
    assert tree["without"] == ["citra", "dewi"]
    refused(await people["ani"].get(f"/api/v1/{unit}/matrix?leader=ani"), 404, "not_found")
    page = (await people["ani"].get(f"/{unit}/cascade")).text
    assert 'id="waiting"' in page
    sheet = read_sheet((await people["ani"].get(f"/{unit}/matrix.xlsx?leader=budi")).content)
    assert [row[0] for row in sheet[1:]] == ["Ani Contoh", "Eko Contoh"]
    assert sheet[0][1] == "1. Hasil 1"
    assert str(sheet[1][-1]).startswith("Hasil 1 (12 laporan)")
    hr = await stack.visitor(officer="hr")
    assert f"/{unit}/cascade" in (await hr.get("/units?year=2026")).text
