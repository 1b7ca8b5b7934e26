"""HR stops the clock of a calibration and of the nomination over HTTP and on their pages, and lets it go on."""

import asyncio
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import httpx2
import pytest

from appraisal.vocabulary import Step
from tests.api.dated import CALIBRATION, NOMINATION, events, everything, row, until
from tests.api.scene import bring, refused, set_unit_result
from tests.api.test_appraisal_api import launch
from tests.api.test_hr_pages import hidden, somebody
from tests.stack import Stack

FLOOD, DRY = {"reason": "Banjir: kantor <ditutup>."}, {"reason": "Kantor dibuka."}
PLACES = ("calibrations/{cycle}/dinkes", "nominations/{cycle}")
TABLES = {"calibration": CALIBRATION, "nomination": NOMINATION}


async def post(who: httpx2.AsyncClient, path: str, body: dict[str, Any], key: str = "") -> httpx2.Response:
    return await who.post(f"/api/v1/{path}", json=body, headers={"idempotency-key": key} if key else {})


def subject(path: str) -> str:
    """The process at this address."""
    kind, _, rest = path.partition("/")
    return f"{kind.removesuffix('s')}/{rest}"


async def dates(stack: Stack, path: str) -> Any:
    return await row(stack, TABLES[subject(path).partition("/")[0]], subject(path))


async def opened(stack: Stack, path: str) -> Any:
    """Its dates, once the opening has rung: until then the clock itself still changes what rings next."""

    async def holds() -> bool:
        return bool((await dates(stack, path)).next_alarm != "open")

    await until(holds)
    return await dates(stack, path)


@pytest.mark.every_database
@pytest.mark.parametrize("place", PLACES, ids=["calibration", "nomination"])
async def test_the_clock_stands_still_and_goes_on_with_its_dates_moved(stack: Stack, place: str) -> None:
    hr, path = await stack.visitor(officer="hr"), place.format(cycle=await launch(stack, people=["ani"]))
    before = await opened(stack, path)
    answers = [await post(hr, f"{path}/hold", FLOOD, "k1") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200], answers[0].text
    assert answers[0].json() == answers[1].json()
    held = await dates(stack, path)
    assert (held.next_alarm, held.due_at, held.phase) == ("close", before.due_at, "open")
    shown = (await hr.get(f"/api/v1/{path}")).json()[subject(path).partition("/")[0]]["held"]
    assert (shown["reason"], shown["until"]) == (FLOOD["reason"], None)
    refused(await post(hr, f"{path}/hold", FLOOD), 409, "on_hold")
    assert (await post(hr, f"{path}/release", DRY)).status_code == 200
    after = await dates(stack, path)
    assert after.due_at - before.due_at == after.ends_at - before.ends_at > timedelta(0)
    assert after.next_alarm == before.next_alarm
    told = [(event.kind, event.reason) for event in await events(stack, subject(path))][-2:]
    assert told == [("hold", FLOOD["reason"]), ("release", DRY["reason"])]
    refused(await post(hr, f"{path}/release", DRY), 409, "not_on_hold")


async def test_nobody_calibrates_or_nominates_meanwhile(stack: Stack) -> None:
    cycle, hr = await launch(stack, people=["ani"]), await stack.visitor(officer="hr")
    await bring(stack, cycle, Step.CALIBRATION)
    await set_unit_result(stack, cycle)
    dewi, decision = await stack.visitor("dewi"), f"calibrations/{cycle}/dinkes/decision"
    for place in PLACES:
        assert (await post(hr, f"{place.format(cycle=cycle)}/hold", FLOOD)).status_code == 200
    refused(await post(dewi, decision, {"members": ["ani"]}), 409, "on_hold")
    refused(await post(hr, f"nominations/{cycle}/proposals", {}), 409, "on_hold")
    assert (await post(hr, f"calibrations/{cycle}/dinkes/release", DRY)).status_code == 200
    assert (await post(dewi, decision, {"members": ["ani"]})).status_code == 200


LATE = (datetime.now(UTC) + timedelta(days=3000)).isoformat()
BAD: list[tuple[str, str, dict[str, Any], int, str, str]] = [
    ("no reason", "hold", {"reason": " "}, 422, "missing_reason", "reason"),
    ("nothing said", "hold", {}, 422, "invalid_request", "reason"),
    ("in the past", "hold", {**FLOOD, "until": "2020-01-01T00:00:00Z"}, 422, "invalid_hold", "until"),
    ("after the cycle", "hold", {**FLOOD, "until": LATE}, 422, "invalid_hold", "until"),
    ("without a zone", "hold", {**FLOOD, "until": "2090-01-01T00:00:00"}, 422, "invalid_request", "until"),
    ("an end for a release", "release", {**DRY, "until": LATE}, 422, "invalid_request", "until"),
    ("released without a reason", "release", {"reason": ""}, 422, "missing_reason", "reason"),
    ("not held", "release", DRY, 409, "not_on_hold", ""),
]


async def test_what_is_refused_changes_nothing(stack: Stack) -> None:
    cycle, hr = await launch(stack, people=["ani"]), await stack.visitor(officer="hr")
    before = await everything(stack)
    for place in PLACES:
        for what, order, body, status, code, where in BAD:
            problem = refused(await post(hr, f"{place.format(cycle=cycle)}/{order}", body), status, code)
            assert problem["where"] == where, what
    for place in ("calibrations/{cycle}/nowhere", "nominations/000000000000"):
        refused(await post(hr, f"{place.format(cycle=cycle)}/hold", FLOOD), 404, "not_found")
    dewi = await stack.visitor("dewi")
    refused(await post(dewi, f"calibrations/{cycle}/dinkes/hold", FLOOD), 403, "not_allowed")
    assert await everything(stack) == before


@pytest.mark.usefixtures("final")
async def test_what_is_done_is_not_held(stack: Stack) -> None:
    cycle, hr, dewi = (
        await launch(stack, people=["ani"]),
        await stack.visitor(officer="hr"),
        await stack.visitor("dewi"),
    )
    await bring(stack, cycle, Step.CALIBRATION)
    await set_unit_result(stack, cycle)
    path = f"calibrations/{cycle}/dinkes"
    assert (await post(dewi, f"{path}/decision", {"members": ["ani"]})).status_code == 200
    async with asyncio.timeout(20):
        await stack.client.get_workflow_handle(subject(path)).result()
    refused(await post(hr, f"{path}/hold", FLOOD), 409, "already_closed")


async def read(who: httpx2.AsyncClient, path: str) -> str:
    answer = await who.get(path)
    assert answer.status_code == 200, answer.text
    return " ".join(unescape(answer.text).split())


@pytest.mark.parametrize("place", PLACES, ids=["calibration", "nomination"])
async def test_hr_does_it_on_the_page_without_javascript(stack: Stack, place: str) -> None:
    cycle, hr = await launch(stack, people=["ani"]), await somebody(stack)
    url = f"/{place.format(cycle=cycle)}"
    form = (await hr.get(url)).text
    key = hidden(form, "key")
    missing = await hr.post(f"{url}/hold", data={"hold_day": "someday", "hold_reason": " ", "key": key})
    assert missing.status_code == 422
    assert 'href="#hold_reason"' in missing.text
    assert 'href="#hold_day"' in missing.text
    assert "hold_day-error" in missing.text
    past = await hr.post(f"{url}/hold", data={"hold_day": "2020-01-01", "hold_reason": "Banjir.", "key": key})
    assert (past.status_code, 'href="#hold_day"' in past.text, "Banjir." in past.text) == (422, True, True)
    order = {"hold_day": "", "hold_reason": FLOOD["reason"], "key": key}
    for _ in range(2):  # a second click is the same order
        done = await hr.post(f"{url}/hold", data=order)
        assert (done.status_code, done.headers["location"]) == (303, url)
    shown = await read(hr, url)
    assert "by HR: the clock stands still, and nobody decides." in shown
    assert FLOOD["reason"] in shown
    assert "at the latest the cycle closes" in shown
    assert "What the clock does next" not in shown
    again = await hr.post(f"{url}/hold", data={**order, "key": "another"})
    assert (again.status_code, "This is on hold" in again.text) == (409, True)
    assert "on hold" in await read(hr, "/calibrations") or "nominations" in url
    assert (await hr.post(f"{url}/release", data={"hold_reason": ""})).status_code == 422
    assert (await hr.post(f"{url}/release", data={"hold_reason": "Surut."})).status_code == 303
    after = await read(hr, url)
    assert "The clock goes on; what lay ahead is later by the time that it stood still." in after
    assert "on hold" not in after.replace("Cases are put on hold on the board", "").replace("put it on hold", "")


async def test_only_hr_may_and_the_head_reads_why(stack: Stack) -> None:
    cycle, hr = await launch(stack, people=["ani"]), await somebody(stack)
    await bring(stack, cycle, Step.CALIBRATION)
    dewi, fajar, url = await somebody(stack, "dewi"), await somebody(stack, "fajar"), f"/calibrations/{cycle}/dinkes"
    assert "Stop the clock" not in await read(dewi, url)
    assert (await dewi.post(f"{url}/hold", data={"hold_reason": "x"})).status_code == 403
    assert (await fajar.post(f"{url}/hold", data={"hold_reason": "x"})).status_code == 404
    assert (await dewi.post(f"/nominations/{cycle}/hold", data={"hold_reason": "x"})).status_code == 403
    day = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()
    assert (await hr.post(f"{url}/hold", data={"hold_reason": "Banjir.", "hold_day": day})).status_code == 303
    shown = await read(dewi, url)
    assert "It goes on by itself:" in shown
    assert "Banjir." in shown
    assert "Look at it before applying" not in shown
    assert "HR put it on hold; the clock stands still." in shown
    assert "The calibration of the unit is on hold" in await read(dewi, "/inbox")
    await dewi.post("/language", data={"language": "id", "next": "/"})
    assert "waktu berhenti berjalan dan tidak ada yang memutuskan" in await read(dewi, url)
    assert (await hr.post(f"{url}/release", data={"hold_reason": "Surut."})).status_code == 303
    assert "Kalibrasi unit dilanjutkan" in await read(dewi, "/inbox")
