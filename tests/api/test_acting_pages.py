"""The pages of acting officials without JavaScript: HR, a superior who is away, a delegate who prepares."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import httpx2
import pytest

from appraisal.vocabulary import Step
from tests.api import scene
from tests.api.test_acting import appointed, held_by, until
from tests.api.test_appraisal_api import launch
from tests.stack import Stack


@pytest.fixture
async def cycle(stack: Stack) -> str:
    return await launch(stack, people=["ani"])


async def english(stack: Stack, person: str | None = None) -> httpx2.AsyncClient:
    visitor = await (stack.visitor(person) if person else stack.visitor(officer="hr"))
    await visitor.post("/language", data={"language": "en", "next": "/"})
    return visitor


async def test_a_superior_names_a_delegate_on_a_page_who_prepares_what_the_superior_signs(
    stack: Stack, cycle: str
) -> None:
    await scene.bring(stack, cycle, Step.REVIEW)
    budi, eko, today = await english(stack, "budi"), await english(stack, "eko"), stack.services.today()
    assert 'href="/appointments/new"' in (await budi.get("/waiting")).text
    offered = (await budi.get("/appointments/new")).text
    assert "Eko Contoh" in offered
    assert "Gita Contoh" not in offered
    days = {"first_day": today.isoformat(), "last_day": today.isoformat(), "signs": "no"}
    searched = await budi.post("/appointments/new", data={**days, "action": "search", "search": "gita"})
    assert "Gita Contoh" in searched.text
    nobody = await budi.post("/appointments/new", data={**days, "action": "appoint"})
    assert (nobody.status_code, 'href="#person"' in nobody.text) == (422, True)
    no_day = await budi.post("/appointments/new", data={**days, "person": "eko", "last_day": "soon"})
    assert (no_day.status_code, 'href="#last_day"' in no_day.text) == (422, True)
    assert (await budi.get("/api/v1/appointments")).json() == []
    done = await budi.post("/appointments/new", data={**days, "person": "eko", "reason": "Cuti <tahunan>"})
    assert done.status_code == 303
    listed = (await eko.get("/appointments")).text
    assert "prepares only" in listed
    assert "Cuti &lt;tahunan&gt;" in listed
    assert "End now" not in listed

    url = f"/appraisals/{cycle}/ani"

    async def prepares() -> bool:
        return "who reads your draft and signs" in (await eko.get(f"/waiting/{cycle}/ani")).text

    await until(prepares)
    draft = {"results": "SESUAI", "results_reason": "Disiapkan eko.", "action": "draft"}
    assert (await eko.post(f"{url}/review", data=draft)).status_code == 303
    signing = (await budi.get(url)).text
    assert "Prepared by Eko Contoh." in signing
    assert "Disiapkan eko." in signing
    assert "Hand in the review" in signing
    ending = (await budi.get("/api/v1/appointments")).json()[0]
    assert (await budi.post(f"/appointments/{ending['id']}/end")).status_code == 303
    assert (await budi.get("/api/v1/appointments")).json() == []


async def test_hr_appoints_a_plh_on_a_page_for_whole_days(stack: Stack, cycle: str) -> None:
    hr, today = await english(stack), stack.services.today()
    assert "Kepala Dinas Kesehatan (Dewi Lestari Contoh)" in (await hr.get("/appointments/new")).text
    order = {"kind": "PLH", "position": "dewi-p", "person": "fajar", "first_day": today.isoformat()}
    last = today + timedelta(days=2)
    assert (await hr.post("/appointments/new", data={**order, "last_day": last.isoformat()})).status_code == 303
    (made,) = (await hr.get("/api/v1/appointments")).json()
    assert (made["kind"], made["signs"], made["position"]) == ("PLH", True, "Kepala Dinas Kesehatan")
    midnight = datetime.combine(last + timedelta(days=1), time(), ZoneInfo(stack.settings.zone))
    assert datetime.fromisoformat(made["ends_at"]) == midnight
    again = await hr.post("/appointments/new", data={**order, "last_day": last.isoformat()})
    assert again.status_code == 409
    assert "Somebody is appointed for this already in that period." in again.text


async def test_the_story_and_the_next_step_name_the_official_beside_whoever_acts(stack: Stack, cycle: str) -> None:
    await scene.bring(stack, cycle, Step.APPROVAL)
    await appointed(await stack.visitor("budi"), kind="DELEGATE", person="eko")
    await held_by(stack, cycle, "ani", "eko")
    ani, eko, url = await english(stack, "ani"), await english(stack, "eko"), f"/appraisals/{cycle}/ani"
    text = (await ani.get(url)).text
    assert "Eko Contoh must approve the targets or return them." in text
    assert "In place of Budi Contoh." in text
    assert "You act for Budi Contoh." in (await eko.get(f"/waiting/{cycle}/ani")).text
    assert (await eko.post(f"{url}/approval", data={"decision": "approve"})).status_code == 303
    story = (await ani.get(url)).text
    assert "Eko Contoh approved the targets." in story
    assert "In place of Budi Contoh." in story.split('id="story-heading"')[1]
