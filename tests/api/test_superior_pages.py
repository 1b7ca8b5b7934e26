"""The pages on which HR names another superior, without JavaScript: from the list of people to what was changed."""

import re
from typing import Any

import httpx2

from appraisal.vocabulary import Step
from tests.api import scene
from tests.api.test_acting import held_by
from tests.api.test_acting_pages import english
from tests.api.test_appraisal_api import launch
from tests.api.test_hr_pages import hidden
from tests.api.test_superiors import leave, periods, record
from tests.stack import Stack

URL = "/people/superiors"


def moves(page: str) -> list[str]:
    """The people who can be ticked, each with the superior that is shown."""
    return re.findall(r'name="move"\s+value="([^"]*)"', page)


async def preview(hr: httpx2.AsyncClient, stack: Stack, **fields: Any) -> httpx2.Response:
    day = stack.services.today().isoformat()
    given = {"action": "preview", "effective_on": day, "reason": "Mutasi <resmi>", **fields}
    return await hr.post(URL, data=given)


async def test_who_leads_nobody_has_nobody_to_be_moved(stack: Stack) -> None:
    people = (await (await english(stack)).get("/people")).text
    offered = re.findall(rf"{URL}\?reports_of=(\w+)", people)
    assert sorted(offered) == ["budi", "bupati", "citra", "dewi", "fajar"]


async def test_hr_moves_all_who_answered_to_somebody_who_left(stack: Stack) -> None:
    cycle = await launch(stack, people=["ani", "eko"])
    await scene.bring(stack, cycle, Step.APPROVAL)
    await leave(stack, "budi")
    hr = await english(stack)
    people = (await hr.get("/people")).text
    assert "Gone, and still the superior of somebody" in people
    assert f"{URL}?reports_of=budi" in people
    form = (await hr.get(f"{URL}?reports_of=budi")).text
    assert "Another superior for all who answer to Budi Contoh" in form
    found = await hr.post(URL, data={"reports_of": "budi", "action": "search", "search": "gita"})
    assert "Gita Contoh" in found.text
    shown = await preview(hr, stack, reports_of="budi", superior="gita")
    assert shown.status_code == 200
    assert moves(shown.text) == ["ani:budi", "eko:budi"]
    assert "Mutasi &lt;resmi&gt;" in shown.text
    key = hidden(shown.text, "key")
    done = await preview(hr, stack, reports_of="budi", superior="gita", action="apply", move=["ani:budi"], key=key)
    assert done.status_code == 303, done.text
    result = (await hr.get(done.headers["location"])).text
    assert "1 people answer to Gita Contoh from" in result
    assert "Mutasi &lt;resmi&gt;" in result
    await held_by(stack, cycle, "ani", "gita")
    assert len(await periods(stack, "eko")) == 1
    again = await preview(hr, stack, reports_of="budi", superior="gita", action="apply", move=["ani:budi"], key=key)
    assert again.headers["location"] == done.headers["location"]


async def test_whoever_is_hindered_cannot_be_ticked_and_is_told_why(stack: Stack) -> None:
    hr = await english(stack)
    shown = (await preview(hr, stack, reports_of="budi", superior="ani")).text
    assert moves(shown) == ["eko:budi"]
    assert "Is the new superior: nobody is the own superior." in shown
    looping = (await preview(hr, stack, person="budi", superior="ani")).text
    assert "the line would go round in a circle" in looping
    assert (moves(looping), "Do it for the ticked people" in looping) == ([], False)


async def test_what_is_missing_is_told_beside_its_field_and_changes_nothing(stack: Stack) -> None:
    hr, before = await english(stack), await record(stack)
    for wrong, field in (
        ({"superior": ""}, "superior"),
        ({"effective_on": "soon"}, "effective_on"),
        ({"reason": " "}, "reason"),
    ):
        answer = await preview(hr, stack, **{"person": "ani", "superior": "citra", **wrong})
        assert (answer.status_code, f'href="#{field}"' in answer.text) == (422, True), field
    stale = await preview(hr, stack, person="ani", superior="citra", action="apply", move=["ani:dewi"])
    assert stale.status_code == 412
    assert "Look at the preview again." in stale.text
    nobody = await preview(hr, stack, person="ani", superior="citra", action="apply")
    assert nobody.status_code == 422
    assert (await hr.get(URL)).headers["location"] == "/people"
    assert (await hr.get(f"{URL}/{'0' * 12}")).status_code == 404
    assert await record(stack) == before


async def test_only_hr_sees_these_pages(stack: Stack) -> None:
    ani = await english(stack, "ani")
    for answer in (await ani.get(f"{URL}?person=ani"), await preview(ani, stack, person="ani", superior="citra")):
        assert answer.status_code == 403
