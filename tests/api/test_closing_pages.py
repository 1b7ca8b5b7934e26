"""The page of a cycle's end over HTTP, without JavaScript: look, sign, keep the report; and the files."""

import asyncio
import csv
import io
from html import unescape
from pathlib import Path
from typing import Any

import httpx2
import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import update

from appraisal.vocabulary import Step
from tests.api.closed import PEOPLE, closing, ended, short_year
from tests.api.dated import events, everything
from tests.api.scene import bring
from tests.api.test_appraisal_api import launch
from tests.api.test_board import PERSON
from tests.api.test_hr_pages import hidden, somebody
from tests.stack import Stack
from workflows.identity import cycle_id


async def page(visitor: httpx2.AsyncClient, path: str) -> str:
    answer = await visitor.get(path)
    assert answer.status_code == 200, answer.text
    return " ".join(unescape(answer.text).split())


@pytest.fixture
async def cycle(stack: Stack) -> str:
    """Four open cases in two units; the targets of ani wait for her supervisor."""
    begun = await launch(stack, people=PEOPLE)
    await bring(stack, begun, Step.APPROVAL)
    return begun


async def signatures(stack: Stack, cycle: str) -> int:
    return [event.kind for event in await events(stack, cycle_id(cycle))].count("closing_signed")


async def test_look_sign_and_keep_the_report(stack: Stack, cycle: str) -> None:
    hr, url = await somebody(stack), f"/cycles/{cycle}/closing"
    assert f'href="{url}"' in await page(hr, f"/cycles/{cycle}")
    found = await page(hr, url)
    assert '<span class="tile-number" id="count-unfinished">4</span>' in found
    assert "Nobody has signed." in found
    assert "Sign the list of 4 open cases" in found
    for line in ("Ani Contoh", "waits for Budi Contoh", "Approval of the targets"):
        assert line in found
    order = {"digest": hidden((await hr.get(url)).text, "digest"), "key": "k1", "remark": "Sudah <dibahas>."}
    answers = await asyncio.gather(*(hr.post(url, data=order) for _ in range(2)))
    assert [(answer.status_code, answer.headers["location"]) for answer in answers] == [(303, url)] * 2
    assert await signatures(stack, cycle) == 1, "a second click is the same signature"
    told = await page(hr, url)
    assert "The list is signed." in told
    assert "hr signed on" in told
    assert "It is the list of now." in told
    assert "Sudah <dibahas>." in told
    assert 'name="digest"' not in told, "there is nothing more to sign"
    report = f"/api/v1/cycles/{cycle}/closing/report.pdf?language=en"
    assert f'href="{report}"' in told
    assert (await hr.get(report)).content.startswith(b"%PDF")
    await bring(stack, cycle, Step.APPROVAL, employee="eko")
    assert "The list has changed since." in await page(hr, url)


async def test_a_list_that_has_changed_is_shown_anew_with_the_words_kept(stack: Stack, cycle: str) -> None:
    hr, url = await somebody(stack), f"/cycles/{cycle}/closing"
    seen = hidden((await hr.get(url)).text, "digest")
    await bring(stack, cycle, Step.APPROVAL, employee="eko")
    before = await everything(stack)
    for digest in (seen, "", "x" * 1000):
        answer = await hr.post(url, data={"digest": digest, "remark": "Setuju."})
        assert answer.status_code == 412
        assert "The list has changed since you saw it" in unescape(answer.text)
        assert ">\nSetuju.</textarea>" in answer.text
    assert await everything(stack) == before
    shown = (await hr.get(url)).text
    now = {"digest": hidden(shown, "digest"), "key": hidden(shown, "key")}
    assert now["digest"] not in ("", seen)
    assert (await hr.post(url, data=now)).status_code == 303


async def test_too_long_a_remark_is_told_beside_its_field(stack: Stack, cycle: str) -> None:
    hr, url = await somebody(stack), f"/cycles/{cycle}/closing"
    digest = hidden((await hr.get(url)).text, "digest")
    answer = await hr.post(url, data={"digest": digest, "remark": "x" * 4001})
    assert (answer.status_code, 'href="#remark"' in answer.text) == (422, True)
    assert await signatures(stack, cycle) == 0


async def test_filters_and_pages_lead_through_the_list(
    stack: Stack, cycle: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.pages.closing.PAGE", 2)
    hr, url = await somebody(stack), f"/cycles/{cycle}/closing"
    first = await page(hr, url)
    assert ("Ani Contoh" in first, "Gita Contoh" in first) == (True, False)
    further = first.partition(f'href="{url}?after=')[2].partition('"')[0]
    second = await page(hr, f"{url}?after={further}")
    assert ("Ani Contoh" in second, "Gita Contoh" in second) == (False, True)
    assert "To the beginning" in second
    assert "Ani Contoh" not in await page(hr, f"{url}?unit=dinsos")
    assert "No case fits this." in await page(hr, f"{url}?exit=closing")
    assert "No case fits this." in await page(hr, f"{url}?exit=never")


async def test_the_files_hold_the_same_list_and_no_formula(stack: Stack, cycle: str) -> None:
    async with stack.sessions.begin() as session:
        await session.execute(update(PERSON).where(PERSON.c.id == "gita").values(name="=1+1"))
    hr, url = await somebody(stack), f"/cycles/{cycle}/closing"
    text = (await hr.get(f"{url}/export.csv")).text
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert rows[0] == ["Employee", "Unit", "Step", "Holder", "Since", "Exit", "At step", "At the latest", "Why"]
    assert {row[0] for row in rows[1:]} == {"Ani Contoh", "Citra Contoh", "Eko Contoh", "'=1+1"}
    ani = next(row for row in rows if row[0] == "Ani Contoh")
    assert (ani[1], ani[2], ani[3]) == ("Dinas Kesehatan", "Approval of the targets", "Budi Contoh")
    assert (ani[5], ani[6]) == ("a step was not finished", "Approval of the targets")
    book = CalamineWorkbook.from_filelike(io.BytesIO((await hr.get(f"{url}/export.xlsx?unit=dinsos")).content))
    sheet: list[list[Any]] = book.get_sheet_by_index(0).to_python()
    assert [row[0] for row in sheet[1:]] == ["=1+1"]


async def test_after_the_closing_the_page_tells_how_each_case_left(stack: Stack, policies: Path) -> None:
    short_year(policies)
    cycle, hr = await launch(stack, people=["ani", "gita"], policy="seconds"), await somebody(stack)
    await ended(stack, cycle)
    found = await page(hr, f"/cycles/{cycle}/closing")
    assert "The cycle has closed." in found
    assert "All cases, and how they left" in found
    assert found.count("Nobody finished this step by its end") == 2
    assert 'name="digest"' not in found
    whole = await page(hr, f"/cycles/{cycle}")
    assert f'<a href="/cycles/{cycle}?step=closed#cases">Show the closed cases</a>' in whole
    assert "Where the open cases stand" not in whole
    left = (await closing(stack, cycle))["left"]
    assert left == {"unfinished": 2}
    answer = await hr.post(f"/cycles/{cycle}/closing", data={"digest": "0" * 64})
    assert (answer.status_code, "has ended" in answer.text) == (409, True)


async def test_it_speaks_indonesian(stack: Stack, cycle: str) -> None:
    hr = await stack.visitor(officer="hr")
    found = await page(hr, f"/cycles/{cycle}/closing")
    for text in ("Penutupan", "Tanda tangani daftar 4 penilaian yang terbuka", "ada tahap yang tidak diselesaikan"):
        assert text in found
    assert "report.pdf?language=id" in found


async def test_it_is_for_hr_alone(stack: Stack, cycle: str) -> None:
    ani, nobody, hr = await somebody(stack, "ani"), await stack.visitor(), await somebody(stack)
    url, before = f"/cycles/{cycle}/closing", await everything(stack)
    for path in (url, f"{url}/export.csv", f"{url}/export.xlsx"):
        assert (await ani.get(path)).status_code == 403
        assert (await nobody.get(path)).headers["location"].startswith("/sign-in")
        assert (await hr.get(path.replace(cycle, "0123456789ab"))).status_code == 404
    assert (await ani.post(url, data={"digest": "0" * 64})).status_code == 403
    assert await everything(stack) == before
