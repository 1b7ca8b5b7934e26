"""The pages on which HR gives a running cycle other dates, without JavaScript: choose, look, confirm."""

import asyncio
from datetime import UTC, datetime, timedelta
from html import unescape

import httpx2
import pytest
from sqlalchemy import update

from appraisal.vocabulary import Step
from tests.api.dated import CYCLE, ORDER, PEOPLE, WHY, events, everything, followed, row
from tests.api.scene import bring
from tests.api.test_appraisal_api import launch
from tests.api.test_hr_pages import hidden, somebody
from tests.stack import Stack
from workflows.identity import cycle_id

pytestmark = pytest.mark.usefixtures("policies")


async def page(visitor: httpx2.AsyncClient, path: str) -> str:
    answer = await visitor.get(path)
    assert answer.status_code == 200, answer.text
    return unescape(answer.text)


async def test_choose_look_confirm_and_read_what_became_of_it(stack: Stack) -> None:
    cycle, hr = await launch(stack, people=PEOPLE), await somebody(stack)
    await bring(stack, cycle, Step.APPROVAL)
    before, url = await everything(stack), f"/cycles/{cycle}/dates"
    assert f'href="{url}"' in await page(hr, f"/cycles/{cycle}")
    form = await page(hr, url)
    assert "The dates now come from: Pilot" in form
    order = {**ORDER, "reason": "Surat <edaran>.", "key": hidden(form, "key")}
    answer = await hr.post(f"{url}/preview", data=order)
    assert answer.status_code == 200
    preview = answer.text
    assert "3 open cases" in preview
    assert "Surat &lt;edaran&gt;." in preview
    assert preview.count('class="s-work"') == 8, "the legend and seven steps"
    assert "due already" not in preview
    assert hidden(preview, "key") == order["key"]
    back = await hr.post(f"{url}/preview", data={**order, "back": "1"})
    assert (back.status_code, "Surat &lt;edaran&gt;." in back.text) == (200, True)
    assert await everything(stack) == before, "so far nothing has happened"
    done = await hr.post(url, data=order)
    assert (done.status_code, done.headers["location"]) == (303, f"/cycles/{cycle}")
    assert "The new dates hold." in await page(hr, f"/cycles/{cycle}")
    await followed(stack, cycle)
    told = await page(hr, f"/cycles/{cycle}")
    assert "3 open cases and 2 groups have heard of it." in " ".join(told.split())
    assert "Surat <edaran>." in told
    assert "The new dates hold." not in told, "that is said once"
    ani = await somebody(stack, "ani")
    assert "HR changed the dates of the cycle." in await page(ani, f"/appraisals/{cycle}/ani")


async def test_a_second_click_is_the_same_order(stack: Stack) -> None:
    cycle, hr = await launch(stack, people=PEOPLE), await somebody(stack)
    order = {**ORDER, "key": "k1"}
    answers = await asyncio.gather(*(hr.post(f"/cycles/{cycle}/dates", data=order) for _ in range(2)))
    assert [answer.status_code for answer in answers] == [303, 303]
    await followed(stack, cycle)
    assert (await hr.post(f"/cycles/{cycle}/dates", data=order)).status_code == 303
    assert [event.kind for event in await events(stack, cycle_id(cycle))].count("rescheduled") == 1


async def test_it_is_told_in_indonesian(stack: Stack) -> None:
    cycle, hr = await launch(stack, people=PEOPLE), await stack.visitor(officer="hr")
    await hr.post("/language", data={"language": "id", "next": "/"})
    url = f"/cycles/{cycle}/dates"
    assert "Ubah jadwal" in await page(hr, url)
    refusal = await hr.post(url, data={"policy": "open", "reason": WHY})
    assert (refusal.status_code, "Siklus ini sudah memakai jadwal tersebut." in refusal.text) == (409, True)
    assert "sampai sekarang: tenggat, berakhir sendiri" in (await hr.post(f"{url}/preview", data=ORDER)).text
    assert (await hr.post(url, data=ORDER)).status_code == 303
    await followed(stack, cycle)
    assert "3 penilaian yang berjalan serta 2 kalibrasi dan nominasi" in await page(hr, f"/cycles/{cycle}")


BAD = [
    ("no policy", {"policy": ""}, "policy", "Choose a policy."),
    ("unknown policy", {"policy": "../open"}, "policy", "Choose a policy."),
    ("no reason", {"reason": " "}, "reason", "A reason is missing."),
    ("too long a reason", {"reason": "x" * 4001}, "reason", "This text has 4001 characters"),
    ("no end", {"policy": "endless"}, "policy", "A value is missing."),
    ("into the past", {"policy": "short"}, "policy", "By this policy the cycle would have closed at"),
]


@pytest.mark.parametrize("step", ["/preview", ""], ids=["preview", "order"])
@pytest.mark.parametrize(("wrong", "field", "told"), [b[1:] for b in BAD], ids=[b[0] for b in BAD])
async def test_what_is_wrong_is_told_beside_its_field_and_nothing_changes(
    stack: Stack, step: str, wrong: dict[str, str], field: str, told: str
) -> None:
    begun = datetime.now(UTC) - timedelta(days=12)
    cycle, hr = await launch(stack, people=["ani"], starts_at=begun.isoformat()), await somebody(stack)
    before = await everything(stack)
    answer = await hr.post(f"/cycles/{cycle}/dates{step}", data={**ORDER, "key": "k1", **wrong})
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert told in unescape(answer.text)
    assert hidden(answer.text, "key") == "k1", "the next try is the same order"
    assert await everything(stack) == before


async def test_what_is_behind_is_marked_before_it_happens(stack: Stack) -> None:
    """Twelve days after the start, by a policy under which targets have six and all else has long."""
    begun = datetime.now(UTC) - timedelta(days=12)
    cycle, hr = await launch(stack, people=["ani"], starts_at=begun.isoformat()), await somebody(stack)
    found = (await hr.post(f"/cycles/{cycle}/dates/preview", data={**ORDER, "policy": "tight"})).text
    assert found.count("ended already") == 1


@pytest.mark.parametrize(("phase", "told"), [("starting", "still being started"), ("closed", "has closed")])
async def test_a_cycle_that_does_not_run_offers_nothing(stack: Stack, phase: str, told: str) -> None:
    cycle, hr = await launch(stack, people=["ani"]), await somebody(stack)
    async with stack.sessions.begin() as session:
        await session.execute(update(CYCLE).where(CYCLE.c.id == cycle).values(phase=phase))
    url = f"/cycles/{cycle}/dates"
    assert f'href="{url}"' not in await page(hr, f"/cycles/{cycle}")
    for answer in (await hr.get(url), await hr.post(f"{url}/preview", data=ORDER)):
        assert answer.status_code == 409
        assert told in answer.text
    assert (await row(stack, CYCLE, cycle)).phase == phase


async def test_only_hr_and_only_for_a_cycle_that_there_is(stack: Stack) -> None:
    cycle, hr = await launch(stack, people=["ani"]), await somebody(stack)
    ani, nobody = await somebody(stack, "ani"), await stack.visitor()
    url, before = f"/cycles/{cycle}/dates", await everything(stack)
    assert (await ani.get(url)).status_code == 403
    for path in (url, f"{url}/preview"):
        assert (await ani.post(path, data=ORDER)).status_code == 403
    assert (await nobody.get(url)).headers["location"].startswith("/sign-in")
    assert await everything(stack) == before
    assert (await hr.get("/cycles/0123456789ab/dates")).status_code == 404
    for path in ("/cycles/0123456789ab/dates", "/cycles/0123456789ab/dates/preview"):
        assert (await hr.post(path, data=ORDER)).status_code == 404
