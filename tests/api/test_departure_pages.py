"""The pages of departures and absences, without JavaScript: from the list of people to what became of it, and back."""

import re
from typing import Any

import httpx2
from sqlalchemy import func, select

from appraisal.vocabulary import Step
from tests.api import scene
from tests.api.test_acting import held_by, until
from tests.api.test_acting_pages import english
from tests.api.test_appraisal_api import launch
from tests.api.test_departures import DEPARTURE
from tests.api.test_hr_pages import hidden
from tests.stack import Stack

URL = "/people/departures"


def tickable(page: str) -> list[str]:
    return re.findall(r'name="person"\s+value="([^"]*)"', page)


async def sent(hr: httpx2.AsyncClient, stack: Stack, **fields: Any) -> httpx2.Response:
    given = {
        "action": "preview",
        "cause": "on_leave",
        "own_cases": "hold",
        "reason": "Cuti <besar>",
        "person": ["budi"],
    }
    given |= {"effective_on": stack.services.today().isoformat()} | fields
    return await hr.post(f"{URL}/new", data=given)


async def test_hr_sends_two_on_leave_and_one_comes_back(stack: Stack) -> None:
    cycle = await launch(stack, people=["ani", "budi"])
    await scene.bring(stack, cycle, Step.APPROVAL)
    hr = await english(stack)
    assert f"{URL}/new?person=budi" in (await hr.get("/people")).text
    assert "checked" in (await hr.get(f"{URL}/new?person=budi")).text
    found = (await sent(hr, stack, action="search", search="gita")).text
    assert tickable(found) == ["budi", "gita"], "whoever was ticked stays ticked"
    shown = (await sent(hr, stack, person=["budi", "citra", "nobody"])).text
    assert tickable(shown) == ["budi", "citra"]
    for text in (
        "Holds no position on that day.",
        "waiting steps of others: 1, then with Dewi Lestari Contoh",
        "at Targets: Hold it until the return",
        "Cuti &lt;besar&gt;",
    ):
        assert text in shown
    key = hidden(shown, "key")
    done = await sent(hr, stack, person=["budi", "citra"], action="apply", key=key)
    assert done.status_code == 303, done.text
    place = done.headers["location"]
    assert (await sent(hr, stack, person=["budi", "citra"], action="apply", key=key)).headers["location"] == place
    await held_by(stack, cycle, "ani", "dewi")

    async def settled() -> bool:
        return "on hold" in (await hr.get(place)).text

    await until(settled)
    nobody = await hr.post(f"{place}/return", data={"reason": "Kembali."})
    assert (nobody.status_code, 'href="#people"' in nobody.text) == (422, True)
    back = await hr.post(f"{place}/return", data={"person": ["budi"], "reason": "Kembali."})
    assert back.status_code == 303, back.text
    await held_by(stack, cycle, "ani", "budi")
    assert tickable((await hr.get(place)).text) == ["citra"]
    assert "Citra Contoh" in (await hr.get(URL)).text


async def test_what_is_missing_is_told_beside_its_field_and_changes_nothing(stack: Stack) -> None:
    hr, ani = await english(stack), await english(stack, "ani")
    for wrong, field in (
        ({"cause": ""}, "cause"),
        ({"own_cases": ""}, "own_cases"),
        ({"effective_on": "soon"}, "effective_on"),
        ({"returns_on": "later"}, "returns_on"),
        ({"returns_on": "2020-01-01"}, "returns_on"),
        ({"cause": "retired"}, "own_cases"),
        ({"reason": " "}, "reason"),
        ({"person": []}, "people"),
    ):
        answer = await sent(hr, stack, **wrong)
        assert (answer.status_code, f'href="#{field}"' in answer.text) == (422, True), field
    assert (await hr.get(f"{URL}/{'0' * 12}")).status_code == 404
    for answer in (await ani.get(URL), await ani.get(f"{URL}/new"), await sent(ani, stack, action="apply")):
        assert answer.status_code == 403
    async with stack.sessions() as session:
        assert await session.scalar(select(func.count()).select_from(DEPARTURE)) == 0
