"""A unit and the agency stand still by one order, and go on by one; what was held before stays held."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest
from sqlalchemy import select

from tests.api.dated import CALIBRATION, everything, row
from tests.api.scene import APPRAISAL, refused
from tests.api.test_appraisal_api import launch
from tests.api.test_group_holds import read
from tests.api.test_hr_pages import hidden, somebody
from tests.api.test_remedies import finished
from tests.stack import Stack

FLOOD, DRY = "Banjir: kantor <ditutup>.", "Kantor dibuka."


async def held(stack: Stack, cycle: str) -> dict[str, str]:
    """Whose case stands still on record, and why."""
    query = select(APPRAISAL.c.employee_id, APPRAISAL.c.document).where(APPRAISAL.c.cycle_id == cycle)
    async with stack.sessions() as session:
        found = {who: document["held"] for who, document in await session.execute(query)}
    return {who: hold["reason"] for who, hold in found.items() if hold}


async def order(stack: Stack, hr: httpx2.AsyncClient, path: str, body: dict[str, Any], key: str) -> dict[str, Any]:
    answers = [await hr.post(f"/api/v1/{path}", json=body, headers={"idempotency-key": key}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [202, 202], answers[0].text
    assert [answer.json()["id"] for answer in answers] == [key, key]
    return await finished(stack, key)


@pytest.mark.every_database
async def test_a_unit_and_then_the_agency_stand_still_and_only_that_goes_on(stack: Stack) -> None:
    hr, cycle = await stack.visitor(officer="hr"), await launch(stack)
    path, flood, outage = f"cycles/{cycle}/standstills", f"flood{cycle}", f"outage{cycle}"
    sick = {"kind": "hold", "reason": "Ani sakit."}
    assert (await hr.post(f"/api/v1/appraisals/{cycle}/ani/remedy", json=sick)).status_code == 200
    before = await row(stack, CALIBRATION, f"calibration/{cycle}/dinkes")
    seen = (await hr.get(f"/api/v1/{path}/preview", params={"unit": "dinkes"})).json()
    assert (sum(seen["steps"].values()), seen["held"]) == (3, 1), "all of the unit but its head, and ani"
    assert [(one["unit"], one["stops"]) for one in seen["groups"]] == [("dinkes", True)]
    found = await order(stack, hr, path, {"unit": "dinkes", "reason": FLOOD}, flood)
    assert (found["taken"], found["groups"]) == (3, [[f"calibration/{cycle}/dinkes", ""]])
    assert [(one["employee"], one["code"]) for one in found["refused"]] == [("Ani Contoh", "OnHold")]
    assert await held(stack, cycle) == {"ani": "Ani sakit.", "eko": FLOOD, "citra": FLOOD, "budi": FLOOD}
    assert (await row(stack, CALIBRATION, f"calibration/{cycle}/dinkes")).next_alarm == "close"
    refused(await hr.post(f"/api/v1/{path}", json={"unit": "dinkes", "reason": FLOOD}), 409, "nothing_to_decide")

    agency = await order(stack, hr, path, {"reason": "Listrik padam."}, outage)
    told = dict(agency["groups"])
    assert told.pop(f"calibration/{cycle}/dinkes") == "OnHold"
    assert set(told) == {f"nomination/{cycle}", f"calibration/{cycle}/dinsos", f"calibration/{cycle}/kabupaten"}
    assert set(told.values()) == {""}
    everybody = await held(stack, cycle)
    assert {who for who, why in everybody.items() if why == "Listrik padam."} == {"dewi", "gita", "fajar"}

    freed = await order(stack, hr, f"{path}/{flood}/release", {"reason": DRY}, f"dry{cycle}")
    assert (freed["taken"], freed["refused"], freed["groups"]) == (3, [], [[f"calibration/{cycle}/dinkes", ""]])
    after = await row(stack, CALIBRATION, f"calibration/{cycle}/dinkes")
    assert after.due_at - before.due_at == after.ends_at - before.ends_at > timedelta(0)
    assert await held(stack, cycle) == {who: why for who, why in everybody.items() if why != FLOOD}
    refused(await hr.post(f"/api/v1/{path}/{flood}/release", json={"reason": DRY}), 409, "not_on_hold")
    assert [(one["id"], one["cases"], one["groups"]) for one in (await hr.get(f"/api/v1/{path}")).json()] == [
        (outage, 3, 3),
        (flood, 0, 0),
    ]
    await order(stack, hr, f"{path}/{outage}/release", {"reason": "Menyala."}, f"light{cycle}")
    assert await held(stack, cycle) == {"ani": "Ani sakit."}


LATE = (datetime.now(UTC) + timedelta(days=3000)).isoformat()
BAD: list[tuple[str, dict[str, Any], int, str, str]] = [
    ("no reason", {"reason": " "}, 422, "missing_reason", "reason"),
    ("in the past", {"reason": FLOOD, "until": "2020-01-01T00:00:00Z"}, 422, "invalid_hold", "until"),
    ("after the cycle", {"reason": FLOOD, "until": LATE}, 422, "invalid_hold", "until"),
    ("no such unit", {"reason": FLOOD, "unit": "nowhere"}, 422, "invalid_bulk", "unit"),
    ("without a zone", {"reason": FLOOD, "until": "2090-01-01T00:00:00"}, 422, "invalid_request", "until"),
]


async def test_what_is_refused_stops_nothing(stack: Stack) -> None:
    cycle, hr = await launch(stack, people=["ani"]), await somebody(stack)
    before, path, page = await everything(stack), f"/api/v1/cycles/{cycle}/standstills", f"/cycles/{cycle}/standstill"
    for what, body, status, code, where in BAD:
        assert refused(await hr.post(path, json=body), status, code)["where"] == where, what
    refused(await hr.post(f"{path}/flood/release", json={"reason": DRY}), 404, "not_found")
    refused(await hr.post("/api/v1/cycles/000000000000/standstills", json={"reason": FLOOD}), 404, "not_found")
    wrong = await hr.post(f"{page}/preview", data={"unit": "", "day": "someday", "reason": ""})
    assert wrong.status_code == 422
    for field in ("unit", "day", "reason"):
        assert f'href="#{field}"' in wrong.text
    past = {"unit": "all", "day": "2020-01-01", "reason": FLOOD}
    for url in (f"{page}/preview", page):
        answer = await hr.post(url, data=past)
        assert (answer.status_code, 'href="#day"' in answer.text) == (422, True)
    assert await everything(stack) == before


async def test_hr_does_it_on_the_page_without_javascript(stack: Stack) -> None:
    cycle, hr = await launch(stack, people=["ani", "eko"]), await somebody(stack)
    url = f"/cycles/{cycle}/standstill"
    form = {"unit": "dinkes", "day": "", "reason": FLOOD, "key": hidden((await hr.get(url)).text, "key")}
    looked = await hr.post(f"{url}/preview", data=form)
    assert (looked.status_code, "2 open cases" in looked.text, "its clock stops" in looked.text) == (200, True, True)
    for _ in range(2):  # a second click is the same order
        done = await hr.post(url, data=form)
        assert (done.status_code, done.headers["location"]) == (303, f"/board/remedies/{form['key']}")
    await finished(stack, form["key"])
    result = await read(hr, f"/board/remedies/{form['key']}")
    assert "2 of 2 cases took it." in result
    assert "Calibration of Dinas Kesehatan" in result
    standing = await read(hr, url)
    assert "Standing still: 2 cases, 1 calibrations and nominations." in standing
    again = await hr.post(url, data={**form, "key": "another"})
    assert (again.status_code, 'href="#unit"' in again.text) == (409, True)
    why = f"why-{form['key']}"
    missing = await hr.post(f"{url}/{form['key']}/release", data={why: " "})
    assert (missing.status_code, f'href="#{why}"' in missing.text) == (422, True)
    freed = await hr.post(f"{url}/{form['key']}/release", data={why: DRY})
    assert freed.status_code == 303
    found = re.search(r"/board/remedies/(\w+)", freed.headers["location"])
    assert found
    await finished(stack, found[1])
    assert "Everything goes on again." in await read(hr, url)
