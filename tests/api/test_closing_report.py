"""The closing report: its text is read back and compared with the record, before the closing and after it."""

import io
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from appraisal.vocabulary import Step
from tests.api.closed import PEOPLE, closing, ended, short_year
from tests.api.dated import ORDER, events, followed, give
from tests.api.scene import bring
from tests.api.test_appraisal_api import launch
from tests.api.test_signing import sign
from tests.stack import Stack
from workflows.identity import cycle_id


async def report(stack: Stack, cycle: str, language: str = "en") -> str:
    """The text of the report, without the ends of its lines."""
    hr = await stack.visitor(officer="hr")
    answer = await hr.get(f"/api/v1/cycles/{cycle}/closing/report.pdf", params={"language": language})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert b"pdfuaid" in answer.content, "it says that screen readers can read it"
    read = PdfReader(io.BytesIO(answer.content))
    assert read.metadata is not None
    assert read.metadata.title
    return " ".join(" ".join(page.extract_text() for page in read.pages).split())


def grouped(digest: str) -> str:
    return " ".join(digest[place : place + 16] for place in range(0, 64, 16))


async def remedy(stack: Stack, cycle: str, employee: str, **body: Any) -> None:
    hr = await stack.visitor(officer="hr")
    answer = await hr.post(f"/api/v1/appraisals/{cycle}/{employee}/remedy", json=body)
    assert answer.status_code == 200, answer.text


@pytest.mark.every_database
async def test_the_report_tells_what_the_record_holds(stack: Stack, policies: Path) -> None:
    """ani is reviewed, eko waits for his supervisor, gita has left, citra has done nothing; HR signs, the cycle closes."""
    short_year(policies)
    cycle = await launch(stack, people=PEOPLE, policy="seconds", name="Tahun <b>#1</b>")
    await bring(stack, cycle, Step.CALIBRATION)
    await bring(stack, cycle, Step.APPROVAL, employee="eko")
    await remedy(stack, cycle, "gita", kind="close_unrateable", reason="Pensiun #sys $x$ <a>.")
    seen = await closing(stack, cycle)
    before = await report(stack, cycle)
    assert "Provisional: the cycle has not closed yet." in before
    assert "Not signed." in before
    assert (await sign(stack, cycle, digest=seen["digest"], remark="Sudah *dibahas*.")).status_code == 202
    await ended(stack, cycle)
    text = await report(stack, cycle)
    assert "Closing report: Tahun <b>#1</b>" in text, "what people type is text and no markup"
    assert "Provisional" not in text
    assert "Participants 4" in text
    assert "Open cases 0 Cases that have left 4" in text
    assert "completed 1 0" in text
    assert "a step was not finished 1 0 could not be rated 1 0 still open when the cycle closed 1 0" in text
    assert "Dinas Kesehatan 1 1 0 1 Dinas Sosial 0 0 1 0" in text, "exits by unit"
    assert "Dinas Kesehatan 0 1 0 0 0 Dinas Sosial 0 0 0 0 0" in text, "predicates by unit"
    assert "Gita Contoh Dinas Sosial Targets could not be rated Pensiun #sys $x$ <a>." in text
    assert "Eko Contoh Dinas Kesehatan Approval of the targets still open when the cycle closed" in text
    assert "Ani Contoh" not in text, "she is no open or unfinished case"
    assert "Signed by hr" in text
    assert "Remark Sudah *dibahas*." in text
    assert grouped(seen["digest"]) in text
    record = await events(stack, cycle_id(cycle))
    assert f"(revision {record[-1].revision}) {grouped(record[-1].hash)}" in text
    assert "All 8 processes of the cycle" in text, "four cases, two calibrations, the nomination and the cycle"


async def test_changes_of_the_dates_are_told_with_their_reason(stack: Stack, policies: Path) -> None:
    cycle = await launch(stack, people=PEOPLE)
    assert "The dates have not been changed since the launch." in await report(stack, cycle)
    await give(stack, cycle, ORDER)
    await followed(stack, cycle)
    text = await report(stack, cycle)
    told = text.partition("Changes of the dates")[2].partition("Exits by unit")[0]
    assert " hr " in told
    assert "→" in told, "from which closing to which"
    assert ORDER["reason"] in told


async def test_it_speaks_indonesian_to_whoever_does(stack: Stack) -> None:
    cycle = await launch(stack, people=["ani"])
    text = await report(stack, cycle, "id")
    assert "Laporan penutupan: Tahun 2026" in text
    assert "Tidak ditandatangani." in text
    assert "Closing" not in text
    hr = await stack.visitor(officer="hr")
    address = f"/api/v1/cycles/{cycle}/closing/report.pdf"
    content = (await hr.get(address)).content
    assert "Laporan penutupan" in PdfReader(io.BytesIO(content)).pages[0].extract_text()
    assert (await hr.get(address, params={"language": "fr"})).status_code == 422
    assert (await hr.get("/api/v1/cycles/0123456789ab/closing/report.pdf")).status_code == 404


async def test_another_event_is_another_fingerprint(stack: Stack) -> None:
    cycle = await launch(stack, people=["ani"])
    before = await report(stack, cycle)
    await bring(stack, cycle, Step.APPROVAL)
    after = await report(stack, cycle)
    assert before[before.index("All ") :] != after[after.index("All ") :]
