"""A calibration as a session over HTTP and on its pages: undoing, two heads at once, silent first votes, years before."""

import asyncio
from collections.abc import Awaitable, Callable

import httpx2
import pytest
from sqlalchemy import update

from adapters.database.columns import table_of
from adapters.database.tables import process
from appraisal.vocabulary import Step
from tests.api.scene import bring, rate, refused, set_unit_result
from tests.api.test_appraisal_api import launch
from tests.api.test_hr_pages import hidden, reviewed, somebody
from tests.stack import Stack

CALIBRATION = table_of(process.Calibration)
LOW = {"employee": "ani", "results": "DI_BAWAH", "behaviour": "SESUAI", "reason": "Dua target tidak tercapai."}
WHY = {"reason": "Salah baca <capaian>."}


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(20):
        while not await holds():
            await asyncio.sleep(0.1)


async def at(stack: Stack, cycle: str, step: str, *people: str) -> None:
    """Wait until these cases are at the step."""
    hr = await stack.visitor(officer="hr")

    async def there() -> bool:
        rows = (await hr.get(f"/api/v1/cycles/{cycle}/cases", params={"step": step})).json()
        return set(people) <= {row["employee_id"] for row in rows}

    await until(there)


@pytest.mark.every_database
async def test_a_decision_is_undone_for_everybody_and_stands_once_somebody_has_gone_on(stack: Stack) -> None:
    cycle = await launch(stack, people=["ani", "eko"])
    await set_unit_result(stack, cycle)
    await reviewed(stack, cycle, "ani", "eko")
    hr, dewi, ani = await somebody(stack), await somebody(stack, "dewi"), await somebody(stack, "ani")
    url = f"/calibrations/{cycle}/dinkes"
    body = {"members": ["ani", "eko"], "adjustments": [LOW]}
    assert (await dewi.post(f"/api/v1{url}/decision", json=body)).status_code == 200
    await at(stack, cycle, "acknowledgement", "ani", "eko")
    assert (await ani.post(f"/api/v1/appraisals/{cycle}/ani/acknowledgement", json={})).status_code == 200
    await until(lambda: _told(dewi, url, "Undo this decision"))  # offered once everybody has been told of the decision
    page = (await dewi.get(url)).text
    assert "All 2 go back to the ratings of their review" in page
    nothing = await dewi.post(f"{url}/undo", data={"undo_reason": " "})
    assert (nothing.status_code, 'href="#undo_reason"' in nothing.text) == (422, True)
    assert (await dewi.post(f"{url}/undo", data={"undo_reason": WHY["reason"]})).status_code == 303
    await at(stack, cycle, "calibration", "ani", "eko")
    await until(lambda: _told(dewi, url, "The decision was undone"))
    assert "Salah baca &lt;capaian&gt;." in (await dewi.get(url)).text
    case = (await ani.get(f"/appraisals/{cycle}/ani")).text
    assert "undid the calibration" in case
    assert "will be decided anew" in (await ani.get("/inbox")).text
    refused(await hr.post(f"/api/v1{url}/undo", json=WHY), 409, "nothing_to_undo")

    assert (await dewi.post(f"/api/v1{url}/decision", json={**body, "adjustments": []})).status_code == 200
    await at(stack, cycle, "acknowledgement", "ani", "eko")
    assert (await ani.post(f"/api/v1/appraisals/{cycle}/ani/acknowledgement", json={})).status_code == 200
    await hr.post(f"/api/v1/nominations/{cycle}/proposals")
    decision = {"decisions": [{"employee": "ani", "approve": False, "training": None, "reason": "Sudah tahun lalu."}]}
    answer = await hr.post(f"/api/v1/nominations/{cycle}/decisions", json=decision)
    assert answer.status_code == 200, answer.text
    refused(await hr.post(f"/api/v1{url}/undo", json=WHY), 409, "too_late_to_undo")
    page = (await dewi.get(url)).text
    assert "It cannot be undone any more: 1 person has gone on from this rating." in page
    assert "Ani Contoh:" in page
    assert (await dewi.post(f"{url}/undo", data={"undo_reason": "Lagi."})).status_code == 409


async def _told(who: httpx2.AsyncClient, url: str, text: str) -> bool:
    return text in (await who.get(url)).text


async def handed_to(stack: Stack, cycle: str, who: str) -> None:
    """On record the calibration is late, and was handed to this person as well."""
    async with stack.sessions.begin() as session:
        states = (await session.execute(CALIBRATION.select().where(CALIBRATION.c.cycle_id == cycle))).mappings()
        for row in states.all():
            document = {**row["document"], "escalated_to": who}
            await session.execute(update(CALIBRATION).where(CALIBRATION.c.id == row["id"]).values(document=document))


@pytest.mark.every_database
async def test_two_heads_never_overwrite_each_other(stack: Stack) -> None:
    cycle = await launch(stack, people=["ani", "eko"])
    await set_unit_result(stack, cycle)
    await reviewed(stack, cycle, "ani", "eko")
    url = f"/calibrations/{cycle}/dinkes"
    await handed_to(stack, cycle, "bupati")
    dewi, bupati = await somebody(stack, "dewi"), await somebody(stack, "bupati")
    first, second = (await dewi.get(url)).text, (await bupati.get(url)).text
    form = {name: hidden(first, name) for name in ("members", "revision", "s_ani", "s_eko")}
    eko = {"b_eko": "SESUAI", "r_eko": "SESUAI", "d_eko": "1"}
    mine = {**form, **eko, "b_ani": "SESUAI", "r_ani": "DI_BAWAH", "w_ani": LOW["reason"]}
    saved = await dewi.post(f"{url}/board", data=mine, headers={"hx-request": "true"})
    assert (saved.status_code, "Saved for all heads" in saved.text) == (200, True)
    assert "1 member changed" in saved.text
    assert "1 discussed" in saved.text

    assert hidden(second, "revision") == "0"
    theirs = {**form, "b_ani": "DI_ATAS", "r_ani": "DI_ATAS", "w_ani": "Memimpin <imunisasi>.", **eko}
    del theirs["d_eko"]  # as it was on the page: no wish
    late = await bupati.post(f"{url}", data=theirs)
    assert late.status_code == 412
    assert "Dewi Lestari Contoh has changed this meanwhile" in late.text
    assert LOW["reason"] in late.text
    assert "Memimpin &lt;imunisasi&gt;." in late.text
    board = (await bupati.get(f"/api/v1{url}/board")).json()
    assert [(one["employee"], one["results"], one["discussed"]) for one in board["proposals"]] == [
        ("ani", "DI_BAWAH", False),
        ("eko", None, True),
    ]
    stale = await bupati.post(f"/api/v1{url}/board", json={"revision": 0, "proposals": [{**LOW, "reason": "Lain."}]})
    problem = refused(stale, 412, "stale_proposal")
    assert LOW["reason"] in problem["errors"][0]["what"]
    insist = {**theirs, "revision": hidden(late.text, "revision"), "s_ani": hidden(late.text, "s_ani")}
    assert (await bupati.post(url, data=insist)).status_code == 303
    looked = (await dewi.post(f"{url}/confirmation", data={"members": form["members"]})).text
    assert "Memimpin &lt;imunisasi&gt;." in looked
    change = {"revision": board["revision"] + 1, "proposals": [{**LOW, "reason": "Lebih cepat."}]}
    assert (await bupati.post(f"/api/v1{url}/board", json=change)).status_code == 200
    seen = {name: hidden(looked, name) for name in ("members", "revision", "key")}
    unseen = await dewi.post(f"{url}/decision", data=seen)
    assert (unseen.status_code, "Lebih cepat." in unseen.text) == (412, True)
    for wrong, code in (({**LOW, "employee": "gita"}, "not_a_member"), ({**LOW, "reason": "\x07"}, "invalid_text")):
        answer = await dewi.post(f"/api/v1{url}/board", json={"revision": 99, "proposals": [wrong]})
        refused(answer, 422, code)
    await handed_to(stack, cycle, "ani")  # who is one of those to be calibrated
    ani, before = await somebody(stack, "ani"), (await dewi.get(f"/api/v1{url}/board")).json()
    for about in (LOW, {**LOW, "employee": "eko"}):
        own = await ani.post(f"/api/v1{url}/board", json={"revision": 99, "proposals": [about]})
        refused(own, 422, "reviews_himself")
    assert (await dewi.get(f"/api/v1{url}/board")).json() == before


async def test_how_generously_reviewers_rate_is_told_to_those_who_calibrate(stack: Stack) -> None:
    ratings = {
        "ani": ("budi", "DI_ATAS", "DI_ATAS"),
        "eko": ("budi", "DI_ATAS", "SESUAI"),
        "budi": ("citra", "DI_BAWAH", "SESUAI"),
    }
    cycle = await launch(stack, people=list(ratings))
    await set_unit_result(stack, cycle)
    url = f"/api/v1/calibrations/{cycle}/dinkes/reviewers"
    dewi, budi, hr = await stack.visitor("dewi"), await stack.visitor("budi"), await stack.visitor(officer="hr")
    assert (await dewi.get(url)).json() == []
    await rate(stack, cycle, ratings)
    found = (await dewi.get(url)).json()
    assert [(one["reviewer"], one["people"]) for one in found] == [("budi", 2), ("citra", 1)]
    assert found[0]["steps"] > 0 > found[1]["steps"]
    assert found[1]["error"] > 0
    assert (await hr.get(url)).json() == found
    refused(await budi.get(url), 404, "not_found")
    assert (await dewi.post(url.replace("reviewers", "decision"), json={"members": sorted(ratings)})).status_code == 200
    assert (await dewi.get(url)).json() == found, "what was reviewed, whatever the calibration made of it"


@pytest.fixture
def voting(amended: Callable[[str, str], None]) -> None:
    """The pilot's policy, but reviewers are asked for first votes."""
    amended("votes = false", "votes = true")


@pytest.mark.usefixtures("voting")
async def test_first_votes_are_silent_until_they_are_open(stack: Stack) -> None:
    before = await launch(stack, people=["ani"])
    async with stack.sessions.begin() as session:
        table = table_of(process.Appraisal)
        rated = {"outcome": "rated", "predicate": "SANGAT_BAIK"}
        await session.execute(update(table).where(table.c.cycle_id == before).values(rated))
    cycle = await launch(stack, people=["ani", "budi"])
    await set_unit_result(stack, cycle)
    await reviewed(stack, cycle, "ani")
    await bring(stack, cycle, Step.CALIBRATION, supervisor="citra", employee="budi")
    url, dewi = f"/calibrations/{cycle}/dinkes", await somebody(stack, "dewi")
    budi, citra, eko = [await somebody(stack, who) for who in ("budi", "citra", "eko")]
    page = (await dewi.get(url)).text
    assert "2026: Very good" in page
    assert "2 people reviewed members of this unit" in page
    assert (await dewi.post(f"{url}/votes/invitation", data={"key": "a1"})).status_code == 303
    assert "Your first view on members of a unit is wanted" in (await citra.get("/inbox")).text
    ballot = f"/api/v1{url}/ballot"
    assert [one["employee"] for one in (await citra.get(ballot)).json()["members"]] == ["ani"]
    assert [one["employee"] for one in (await budi.get(ballot)).json()["members"]] == []
    refused(await eko.get(ballot), 404, "not_found")
    refused(await eko.put(ballot, json={"votes": []}), 404, "not_found")
    vote = {"employee": "ani", "results": "DI_ATAS", "behaviour": "DI_ATAS"}
    refused(await citra.put(ballot, json={"votes": [{**vote, "employee": "budi"}]}), 403, "votes_on_himself")
    refused(await budi.put(ballot, json={"votes": [{**vote, "employee": "budi"}]}), 403, "votes_on_himself")
    half = await citra.post(f"{url}/ballot", data={"r_ani": "DI_ATAS"})
    assert (half.status_code, "choose both ratings, or neither" in half.text) == (422, True)
    assert (await citra.post(f"{url}/ballot", data={"r_ani": "DI_ATAS", "b_ani": "DI_ATAS"})).status_code == 303
    closed = (await dewi.get(f"/api/v1{url}/votes")).json()
    assert (closed["given"], closed["opened"], closed["spread"]) == (1, False, {})
    assert "1 of 2 have given their views" in (await dewi.get(url)).text
    assert (await budi.put(ballot, json={"votes": []})).status_code == 200
    opened = (await dewi.get(f"/api/v1{url}/votes")).json()
    assert (opened["opened"], opened["spread"]["ani"], opened["named"]) == (True, {"SANGAT_BAIK": 1}, [])
    assert "Citra Contoh:" not in (await dewi.get(url)).text
    refused(await citra.put(ballot, json={"votes": [vote]}), 409, "votes_opened")
    assert "nobody votes any more" in (await citra.get(f"{url}/ballot")).text
