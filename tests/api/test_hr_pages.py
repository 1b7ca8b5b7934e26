"""The pages of HR and of heads of units over HTTP, without JavaScript: every form posted, every refusal in words."""

import asyncio
import re

import httpx2
import pytest

from api.pages.import_words import TEMPLATES
from api.pages.words import translations
from appraisal.roster.messages import MESSAGES
from appraisal.vocabulary import Step
from tests import roster_files
from tests.api.scene import acknowledged, bring, set_unit_result
from tests.api.test_appraisal_api import launch
from tests.stack import Stack

PAGES: tuple[str, ...] = ("/board", "/board/figures", "/cycles", "/cycles/new", "/people", "/people/import")
PAGES += ("/people/import/columns/people.csv", "/board/export.csv")


async def somebody(stack: Stack, person: str | None = None) -> httpx2.AsyncClient:
    """This person, or the HR officer, reading English."""
    visitor = await stack.visitor(person) if person else await stack.visitor(officer="hr")
    await visitor.post("/language", data={"language": "en", "next": "/"})
    return visitor


def hidden(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}"\s+value="([^"]*)"', page)
    assert found, f"no field {name}"
    return found[1]


async def upload(hr: httpx2.AsyncClient, content: bytes, **fields: str) -> str:
    """Upload a file through the page and wait for its preview."""
    answer = await hr.post(
        "/people/import",
        files={"file": ("people.csv", content, "text/csv")},
        data={"kind": "people", "effective_on": "2020-01-01", **fields},
    )
    assert answer.status_code == 303, answer.text
    for _ in range(100):
        page = (await hr.get(answer.headers["location"])).text
        if 'id="sum-heading"' in page:
            return page
        assert "being checked" in page
        await asyncio.sleep(0.1)
    raise AssertionError("the file was never checked")


async def reviewed(stack: Stack, cycle: str, *people: str) -> None:
    """Bring these people to calibration, rated as expected."""
    for employee in people:
        visitor = await stack.visitor(employee)
        for _ in range(100):  # its case has been started, and is on record a moment later
            if (await visitor.get(f"/api/v1/appraisals/{cycle}/{employee}")).status_code == 200:
                break
            await asyncio.sleep(0.1)
        await bring(stack, cycle, Step.CALIBRATION, employee=employee)


async def test_only_hr_sees_the_pages_of_hr(stack: Stack) -> None:
    hr, ani, nobody = await somebody(stack), await somebody(stack, "ani"), await stack.visitor()
    for path in PAGES:
        assert (await hr.get(path)).status_code == 200, path
        assert (await ani.get(path)).status_code == 403, path
        answer = await nobody.get(path)
        assert answer.status_code == 303, path
        assert answer.headers["location"].startswith("/sign-in"), path


async def test_dates_and_people_are_shown_before_anything_starts(stack: Stack) -> None:
    hr = await somebody(stack)
    order = {"year": "2026", "name": "Tahun <2026>", "policy": "open", "units": ["dinkes"]}
    preview = (await hr.post("/cycles/new", data=order)).text
    assert "Tahun &lt;2026&gt;" in preview
    assert "Who takes part: 5 people" in preview
    assert preview.count('class="s-work"') == 8  # the legend and seven steps
    assert (await hr.get("/api/v1/cycles")).json() == []
    order["cycle"] = hidden(preview, "cycle")
    first, second = await hr.post("/cycles", data=order), await hr.post("/cycles", data=order)
    assert first.status_code == second.status_code == 303
    assert first.headers["location"] == second.headers["location"]
    board = ""
    async with asyncio.timeout(60):
        while "Where the open cases stand" not in board:
            board = (await hr.get(first.headers["location"])).text
            await asyncio.sleep(0.1)
    assert "Ani Contoh" in board
    assert "waits for Ani Contoh" in board
    assert len((await hr.get("/api/v1/cycles")).json()) == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"year": "20"}, "year"),
        ({"name": " "}, "name"),
        ({"policy": "../x"}, "policy"),
        ({"starts_on": "soon"}, "starts_on"),
    ],
)
async def test_a_wrong_launch_is_told_beside_its_field(stack: Stack, wrong: dict[str, str], field: str) -> None:
    hr = await somebody(stack)
    answer = await hr.post("/cycles", data={"year": "2026", "name": "Tahun", "policy": "open", **wrong})
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert (await hr.get("/api/v1/cycles")).json() == []


async def test_where_nothing_is_open_the_board_leads_to_the_cycles(stack: Stack) -> None:
    found = (await (await somebody(stack)).get("/board")).text
    assert "No case is open." in found
    assert "No case fits this." not in found


async def test_the_board_filters_by_step_unit_and_lateness(stack: Stack) -> None:
    hr, cycle = await somebody(stack), await launch(stack)
    assert "Gita Contoh" in (await hr.get(f"/cycles/{cycle}")).text
    assert "Gita Contoh" not in (await hr.get(f"/cycles/{cycle}?unit=dinkes")).text
    for query in ("overdue=true", "step=review", "step=closed"):
        assert "No case fits this." in (await hr.get(f"/cycles/{cycle}?{query}")).text
    assert (await hr.get("/cycles/0123456789ab")).status_code == 404
    assert (await hr.get(f"/cycles/{cycle}?step=nonsense&unit=&overdue=false")).status_code == 200


async def test_a_head_calibrates_with_reasons_and_sees_what_was_decided(stack: Stack) -> None:
    cycle = await launch(stack)
    await reviewed(stack, cycle, "ani", "eko")
    hr, dewi, fajar = await somebody(stack), await somebody(stack, "dewi"), await somebody(stack, "fajar")
    url = f"/calibrations/{cycle}/dinkes"
    assert (await fajar.get(url)).status_code == 404
    assert "Apply" not in (await hr.get(url)).text
    assert "w_ani" not in (await dewi.get(url)).text, "the result of the unit comes first"
    answer = await hr.post(f"{url}/unit-result", data={"unit_result": "BAIK", "unit_reason": ""})
    assert answer.status_code == 422
    answer = await hr.post(f"{url}/unit-result", data={"unit_result": "BAIK", "unit_reason": "Perjanjian kinerja."})
    assert answer.status_code == 303
    page = (await dewi.get(url)).text
    change = {"members": hidden(page, "members"), "r_ani": "DI_BAWAH", "b_ani": "SESUAI"}
    recounted = (await dewi.post(f"{url}/board", data=change, headers={"hx-request": "true"})).text
    assert "1 member changed" in recounted
    refused = await dewi.post(f"{url}/confirmation", data=change)
    assert refused.status_code == 422
    assert 'href="#w_ani"' in refused.text
    assert "A reason is missing." in refused.text
    change["w_ani"] = "Dua target <utama> tidak tercapai."
    confirm = (await dewi.post(f"{url}/confirmation", data=change)).text
    assert "Apply the calibration to all 2 members?" in confirm
    assert "Dua target &lt;utama&gt; tidak tercapai." in confirm
    done = await dewi.post(f"{url}/decision", data={**change, "key": hidden(confirm, "key")})
    assert done.status_code == 303
    decided = (await dewi.get(url)).text
    assert "The last decision" in decided
    assert "Dua target &lt;utama&gt; tidak tercapai." in decided


async def test_a_stale_board_keeps_what_was_typed(stack: Stack) -> None:
    cycle = await launch(stack)
    await reviewed(stack, cycle, "ani")
    await set_unit_result(stack, cycle)
    dewi, url = await somebody(stack, "dewi"), f"/calibrations/{cycle}/dinkes"
    change = {"members": "ani", "r_ani": "DI_BAWAH", "b_ani": "SESUAI", "w_ani": "Target utama tidak tercapai."}
    await reviewed(stack, cycle, "eko")
    answer = await dewi.post(f"{url}/decision", data=change)
    assert answer.status_code == 412
    assert "New: Eko Contoh." in answer.text
    assert "Target utama tidak tercapai." in answer.text
    assert "Target utama tidak tercapai." in (await dewi.get(url)).text
    assert "The last decision" not in (await dewi.get(url)).text


async def test_hr_decides_nominations_and_is_told_where_seats_run_out(stack: Stack) -> None:
    cycle = await launch(stack)
    await reviewed(stack, cycle, "ani", "eko")
    hr, dewi, url = await somebody(stack), await stack.visitor("dewi"), f"/nominations/{cycle}"
    await acknowledged(stack, cycle, "ani", "eko")
    assert (await dewi.get(url)).status_code == 403
    assert (await hr.post(f"{url}/proposals")).status_code == 303
    page = (await hr.get(url)).text
    assert "Ani Contoh" in page
    assert "Eko Contoh" in page
    both = {
        f"{letter}_{who}": value
        for who in ("ani", "eko")
        for letter, value in (("d", "t1"), ("w", "Perlu."), ("p", ""))
    }
    answer = await hr.post(f"{url}/decisions", data=both)
    assert answer.status_code == 409
    assert "All 1 seats of Analisis data are given away." in answer.text
    refusal = await hr.post(f"{url}/decisions", data={"d_ani": "refuse", "w_ani": ""})
    assert refusal.status_code == 422
    assert 'href="#w_ani"' in refusal.text
    assert (
        await hr.post(f"{url}/decisions", data={"d_ani": "refuse", "w_ani": "Sudah tahun lalu."})
    ).status_code == 303
    stale = await hr.post(f"{url}/all", data={"seen": "eko:t3"})
    assert stale.status_code == 412
    assert "the proposals have changed since you saw them" in stale.text
    assert (await hr.post(f"{url}/proposals")).status_code == 303
    assert hidden((await hr.post(f"{url}/approval")).text, "seen") == "eko:t1", "Ani's seat is Eko's now"
    assert (await hr.post(f"{url}/all", data={"seen": "eko:t1"})).status_code == 303
    assert "Sudah tahun lalu." in (await hr.get(url)).text


async def test_a_file_is_previewed_then_applied(stack: Stack) -> None:
    hr = await somebody(stack)
    content = roster_files.as_csv(roster_files.people())
    page = await upload(hr, content)
    assert "On record, but not in the file" in page or "blocks this import" in page or "wait for you" in page


async def test_a_file_with_errors_can_only_be_discarded(stack: Stack) -> None:
    hr = await somebody(stack)
    page = await upload(hr, b"nipBaru,nama,<b>\n1.97E+17,Ani,x\n")
    assert "block this import" in page
    assert "&lt;b&gt;" in page
    assert "/application" not in page
    batch = re.search(r"/people/import/([0-9a-f]{12})/discard", page)
    assert batch
    assert (await hr.post(f"/people/import/{batch[1]}/application")).status_code == 422
    assert (await hr.post(f"/people/import/{batch[1]}/discard")).status_code == 303
    assert "Nothing was applied" in (await hr.get(f"/people/import/{batch[1]}")).text
    nothing = await hr.post("/people/import", data={"kind": "people"})
    assert nothing.status_code == 422
    assert 'href="#file"' in nothing.text


async def test_a_sign_in_link_is_shown_once_and_works(stack: Stack) -> None:
    hr = await somebody(stack)
    assert "Ani Contoh" in (await hr.get("/people?search=ANI")).text
    made = (await hr.post("/people/ani/link")).text
    secret = re.search(r"/sign-in/link/([\w-]+)", made)
    assert secret
    assert secret[1] not in (await hr.get("/people?search=ani")).text
    opened = await (await stack.visitor()).post(f"/sign-in/link/{secret[1]}", headers={"sec-fetch-site": "same-origin"})
    assert opened.status_code == 303
    assert (await hr.post("/people/nobody/link")).status_code == 404


def test_everything_that_can_be_wrong_with_a_file_is_told_in_indonesian() -> None:
    known = translations("id")
    for text in (text for message in MESSAGES.values() for text in (message.what, message.remedy)):
        assert text in TEMPLATES
        assert known.gettext(text) != text or text in ("{what}", "{remedy}"), text
