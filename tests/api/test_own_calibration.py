"""Nobody sees or touches the own calibration: officers of the agency and of the unit, and a head for a while, who are members."""

import csv
import io
from typing import Any

import httpx2

from appraisal.vocabulary import Step
from tests.api import scene
from tests.api.scene import refused
from tests.api.test_acting import appointed, until
from tests.api.test_acting_pages import english
from tests.api.test_appraisal_api import launch
from tests.stack import Stack

HELD = {"reason": "Banjir."}
RATINGS = {"ani": ("budi", "DI_ATAS", "DI_ATAS"), "eko": ("budi", "DI_BAWAH", "DI_BAWAH")}
Json = dict[str, Any]


async def read(client: httpx2.AsyncClient, path: str) -> Any:
    answer = await client.get(f"/api/v1/{path}")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def lines(client: httpx2.AsyncClient, path: str) -> dict[str, list[str]]:
    """The rows of a file by their first cell, the employee's name."""
    rows = csv.reader(io.StringIO((await client.get(f"{path}/export.csv")).text), delimiter=";")
    return {row[0]: row for row in list(rows)[1:]}


async def test_nobody_sees_or_touches_the_own_calibration(stack: Stack) -> None:
    cycle = await launch(stack, people=["ani", "eko", "budi"])
    await scene.rate(stack, cycle, RATINGS)
    place = f"calibrations/{cycle}/dinkes"
    hr, ani, eko, dewi, budi = [await english(stack, who) for who in (None, "ani", "eko", "dewi", "budi")]
    assert {row["predicate"] for row in await read(ani, "appraisals")} == {None}, "her own list tells nothing yet"
    proposal = [{"employee": who, "behaviour": "SESUAI", "reason": f"Tentang {who}."} for who in RATINGS]
    kept = await dewi.post(f"/api/v1/{place}/board", json={"revision": 0, "proposals": proposal})
    assert kept.status_code == 200, kept.text
    for who, unit in (("ani", None), ("eko", "dinkes"), ("budi", None)):
        assert (await hr.put(f"/api/v1/officers/{who}", json={"unit": unit})).status_code == 204

    assert len((await read(hr, place))["members"]) == 2
    for client, who, other in ((ani, "ani", "eko"), (eko, "eko", "ani")):
        board = await read(client, place)
        assert ([one["employee"] for one in board["members"]], board["among"]) == ([other], True)
        assert sum(board["counts"].values()) == 1, "nothing can be worked out from the numbers"
        assert [one["employee"] for one in (await read(client, f"{place}/board"))["proposals"]] == [other]
        page = (await client.get(f"/{place}")).text
        assert "You are calibrated here yourself." in page
        assert (f"/appraisals/{cycle}/{other}" in page, f"/appraisals/{cycle}/{who}" in page) == (True, False)
        assert f"Tentang {who}." not in page
        assert len(await lines(client, f"/{place}")) == 1
        told = {row["employee_id"]: row["predicate"] for row in await read(client, f"cycles/{cycle}/cases")}
        assert (told[who], told[other] is None) == (None, False)
        names = {"ani": "Ani Contoh", "eko": "Eko Contoh"}
        listed = await lines(client, f"/cycles/{cycle}")
        rated = ["Very" in " ".join(listed[names[one]]) for one in names]
        assert rated == [one != who for one in names], listed

    before = await read(hr, place)
    result: Json = {"result": "BAIK", "reason": "Sesuai LKjIP."}
    for path, body in (("hold", HELD), ("unit-result", result)):
        answer = await budi.post(f"/api/v1/{place}/{path}", json=body)
        refused(answer, 422, "reviews_himself")  # his own case has not come so far yet, and will
        refused(await ani.post(f"/api/v1/{place}/{path}", json=body), 422, "reviews_himself")
        form = {"reason": "Banjir.", "unit_result": "BAIK", "unit_reason": "Sesuai.", "group_reason": "Banjir."}
        assert (await ani.post(f"/{place}/{path}", data=form)).status_code == 422
    await appointed(hr, kind="PLH", position="dewi-p", person="eko", reason="Cuti.")

    async def leads() -> bool:
        return bool((await read(hr, place))["calibration"]["head"] == "eko")

    await until(leads)
    for method, path, given in (
        ("POST", "board", {"revision": 1, "proposals": proposal[:1]}),
        ("POST", "decision", {"members": ["ani", "eko"]}),
        ("POST", "votes/invitation", {}),
    ):
        answer = await eko.request(method, f"/api/v1/{place}/{path}", json=given)
        refused(answer, 422, "reviews_himself")
    after = await read(hr, place)
    assert (after["members"], after["calibration"]["unit_result"]) == (before["members"], None)
    assert (await scene.kept(stack, cycle)).row["step"] == Step.CALIBRATION
