"""'My superior is wrong' on pages without JavaScript: two clicks for the employee, one page for HR, and who sees what."""

import pytest

from appraisal.vocabulary import Step
from tests.api import scene
from tests.api.test_acting import held_by
from tests.api.test_acting_pages import english
from tests.api.test_appraisal_api import launch
from tests.api.test_hr_pages import hidden
from tests.api.test_superior_reports import kept
from tests.stack import Stack

URL = "/superior-reports"


@pytest.fixture
async def cycle(stack: Stack) -> str:
    return await launch(stack, people=["ani"])


async def test_two_clicks_from_the_own_appraisal_and_the_case_shows_that_it_waits(stack: Stack, cycle: str) -> None:
    await scene.bring(stack, cycle, Step.APPROVAL)
    ani, hr, budi = await english(stack, "ani"), await english(stack), await english(stack, "budi")
    own = f"/appraisals/{cycle}/ani"
    assert f'href="{URL}/new"' in (await ani.get(own)).text
    form = (await ani.get(f"{URL}/new")).text
    assert "On record: Budi Contoh." in form
    assert "Citra Contoh" in form, "the superior's superior is offered without a search"
    assert 'value="budi"' not in form, "whom one has cannot be chosen"
    searched = await ani.post(f"{URL}/new", data={"action": "search", "search": "gita", "words": "Pindah <bidang>"})
    assert "Gita Contoh" in searched.text
    assert "Pindah &lt;bidang&gt;" in searched.text
    done = await ani.post(f"{URL}/new", data={"action": "report", "superior": "gita", "words": "Pindah <bidang>"})
    assert done.status_code == 303, done.text
    for visitor in (ani, hr):
        page = (await visitor.get(own)).text
        assert "It was reported on" in page
        assert "the appraisal goes on meanwhile" in page
        assert f'href="{done.headers["location"]}"' in page
        assert f'href="{URL}/new"' not in page
    assert "It was reported on" not in (await budi.get(own)).text
    assert (await budi.get(done.headers["location"])).status_code == 404
    assert "waits for HR" in (await ani.get(done.headers["location"])).text
    assert "Accept: this superior" not in (await ani.get(done.headers["location"])).text
    again = await ani.post(f"{URL}/new", data={"action": "report"})
    assert (again.status_code, "HR has not decided yet" in again.text) == (409, True)


async def test_hr_finds_it_on_the_board_and_in_the_inbox_and_accepts(stack: Stack, cycle: str) -> None:
    await scene.bring(stack, cycle, Step.APPROVAL)
    ani, hr = await english(stack, "ani"), await english(stack)
    assert "Reports that a superior is wrong" not in (await hr.get("/board")).text
    report = (await ani.post(f"{URL}/new", data={"superior": "gita", "words": "<b>Mutasi</b>"})).headers["location"]
    assert "Reports that a superior is wrong: 1" in (await hr.get("/board")).text
    assert f'href="{report}"' in (await hr.get("/inbox")).text
    assert "should be: Gita Contoh" in (await hr.get(URL)).text
    page = (await hr.get(report)).text
    assert "&lt;b&gt;Mutasi&lt;/b&gt;" in page
    assert 'value="gita"' in page, "whom the employee named is chosen already"
    searched = await hr.post(report, data={"action": "search", "search": "fajar", "superior": "gita"})
    assert "Fajar Contoh" in searched.text
    before = await kept(stack)
    loop = await hr.post(report, data={"action": "accept", "superior": "ani"})
    assert (loop.status_code, 'href="#superior"' in loop.text) == (422, True)
    nobody = await hr.post(report, data={"action": "accept"})
    assert (nobody.status_code, 'href="#superior"' in nobody.text) == (422, True)
    no_reason = await hr.post(report, data={"action": "decline", "superior": "gita"})
    assert (no_reason.status_code, 'href="#reason"' in no_reason.text) == (422, True)
    nothing = await hr.post(report, data={"superior": "gita"})
    assert nothing.status_code == 422
    assert await kept(stack) == before
    assert (await hr.post(report, data={"action": "accept", "superior": "gita"})).status_code == 303
    await held_by(stack, cycle, "ani", "gita")
    inbox = (await ani.get("/inbox")).text
    assert "HR has followed your report" in inbox
    assert f'href="{report}"' in inbox
    assert "Reports that a superior is wrong" not in (await hr.get("/board")).text
    assert "No report waits for HR." in (await hr.get(URL)).text


async def test_what_is_declined_tells_the_employee_why(stack: Stack, cycle: str) -> None:
    ani, hr = await english(stack, "ani"), await english(stack)
    report = (await ani.post(f"{URL}/new", data={})).headers["location"]
    assert (await hr.post(report, data={"action": "decline", "reason": "Sudah <benar>."})).status_code == 303
    page = (await ani.get(report)).text
    assert "declined" in page
    assert "Sudah &lt;benar&gt;." in page
    assert f'href="{report}"' in (await ani.get(URL)).text
    assert f'href="{URL}/new"' in (await ani.get(f"/appraisals/{cycle}/ani")).text


async def test_strangers_and_colleagues_see_nothing_of_it(stack: Stack) -> None:
    ani, eko, hr = await english(stack, "ani"), await english(stack, "eko"), await english(stack)
    report = (await ani.post(f"{URL}/new", data={})).headers["location"]
    assert "You have reported nothing." in (await eko.get(URL)).text
    before = await kept(stack)
    decision = {"action": "decline", "reason": "Tidak."}
    assert (await eko.get(report)).status_code == (await eko.post(report, data=decision)).status_code == 404
    assert (await ani.post(report, data=decision)).status_code == 403
    assert (await hr.get(f"{URL}/new")).status_code == 403, "an officer's account belongs to no employee"
    nobody = await (await stack.visitor()).get(f"{URL}/new")
    assert nobody.headers["location"].startswith("/sign-in")
    assert await kept(stack) == before


async def test_a_corrected_form_is_not_the_refused_one(stack: Stack) -> None:
    ani = await english(stack, "ani")
    key = hidden((await ani.get(f"{URL}/new")).text, "key")
    refused = await ani.post(f"{URL}/new", data={"superior": "nobody", "key": key})
    assert refused.status_code == 422
    corrected = {"superior": "gita", "key": hidden(refused.text, "key")}
    assert corrected["key"] != key
    assert (await ani.post(f"{URL}/new", data=corrected)).status_code == 303
