"""Documents over HTTP: what they carry, that the same is the same, and what the holder of a paper learns."""

import asyncio
import io
import re

import httpx2
from pypdf import PdfReader

from appraisal.papers.papers import CODE, LETTERS, grouped
from appraisal.vocabulary import Step
from tests.api.scene import bring, refused, set_unit_result
from tests.api.test_appraisal_api import launch
from tests.stack import Stack

CODE_PRINTED = re.compile(rf"Kode verifikasi: ((?:[{LETTERS}]{{5}}-){{3}}[{LETTERS}]{{5}})")


def text_of(answer: httpx2.Response) -> str:
    """The words of a PDF that is to be kept and can be read aloud, without the ends of its lines."""
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf"), answer.text
    assert b"pdfaid" in answer.content
    assert b"pdfuaid" in answer.content
    read = PdfReader(io.BytesIO(answer.content))
    assert read.metadata is not None
    assert read.metadata.title
    return " ".join(" ".join(page.extract_text() for page in read.pages).split())


def code_in(text: str) -> str:
    found = CODE_PRINTED.search(text)
    assert found, text[-600:]
    return found[1].replace("-", "")


async def calibrated(stack: Stack, cycle: str, members: list[str]) -> None:
    """The head decides, and the members have been told."""
    await set_unit_result(stack, cycle)
    dewi = await stack.visitor("dewi")
    answer = await dewi.post(f"/api/v1/calibrations/{cycle}/dinkes/decision", json={"members": members})
    assert answer.status_code == 200, answer.text
    async with asyncio.timeout(30):
        for who in members:
            while (await dewi.get(f"/api/v1/appraisals/{cycle}/{who}")).json()["case"]["step"] == "calibration":
                await asyncio.sleep(0.1)


async def test_papers_from_the_record_to_the_hand(stack: Stack) -> None:
    cycle = await launch(stack, people=["ani", "eko"])
    ani, dewi, stranger = await stack.visitor("ani"), await stack.visitor("dewi"), await stack.visitor()
    mine = f"/api/v1/appraisals/{cycle}/ani/documents"
    for who in ("ani", "eko"):
        await bring(stack, cycle, Step.CALIBRATION, employee=who)
    listed = {one["kind"]: one["hindrance"] for one in (await ani.get(mine)).json()}
    assert listed == {"skp": None, "evaluation": "still_changing", "result": "still_changing"}
    refused(await ani.get(f"{mine}/result.pdf"), 409, "not_issued_yet")
    unit = f"/api/v1/calibrations/{cycle}/dinkes/documents/distribution.pdf"
    refused(await dewi.get(unit), 409, "not_issued_yet")

    skp = text_of(await ani.get(f"{mine}/skp.pdf"))
    for field in (
        "PEGAWAI YANG DINILAI",
        "Ani Contoh",
        "Budi Contoh",
        "HASIL KERJA",
        "PERILAKU KERJA",
        "Kolaboratif",
    ):
        assert field in skp
    for field in ("Indikator unit: Cakupan imunisasi", "Kuantitas", "Jumlah laporan", "12 laporan", "LAMPIRAN SKP"):
        assert field in skp
    assert skp.count("tidak tercatat di Jenjang") > 3, "the annex and what else is not held"

    await calibrated(stack, cycle, ["ani", "eko"])
    evaluation = text_of(await ani.get(f"{mine}/evaluation.pdf"))
    for field in ("Capaian kinerja organisasi", "Realisasi berdasarkan bukti dukung", "11,5 laporan", "bukti.example"):
        assert field in evaluation
    for field in ("Umpan balik", "Sesuai target.", "Konsisten.", "RATING DAN PREDIKAT", "BAIK"):
        assert field in evaluation
    first = await ani.get(f"{mine}/result.pdf")
    result = text_of(first)
    for field in ("1. PEGAWAI", "2. PEJABAT", "3. ATASAN PEJABAT", "Citra Contoh", "4. EVALUASI", "5. CATATAN"):
        assert field in result
    assert "Penerimaan oleh pegawai belum tercatat." in result
    assert (await dewi.get(f"{mine}/result.pdf")).content == first.content, "the same paper, whoever asks"
    distribution = text_of(await dewi.get(unit))
    for field in ("Dinas Kesehatan", "DISTRIBUSI PREDIKAT", "Ani Contoh", "Eko Contoh", "Dewi Lestari Contoh"):
        assert field in distribution

    code = code_in(result)
    page = await stranger.get(f"/verify/{code}")
    assert "Dokumen ini berlaku." in page.text
    assert "DEK/2026/00001" in page.text
    assert "A. C." in page.text
    assert "Ani" not in page.text, "initials, and no name"
    assert "Sesuai" not in page.text, "and no rating"
    ekos = text_of(await dewi.get(f"/api/v1/appraisals/{cycle}/eko/documents/result.pdf"))
    other = await stranger.get(f"/verify/{code_in(ekos)}")
    assert "DEK/2026/00002" in other.text, "a code of another case tells that it is another document"
    assert "E. C." in other.text

    answer = await ani.post(f"/api/v1/appraisals/{cycle}/ani/acknowledgement", json={"comment": "Saya <b>setuju</b>."})
    assert answer.status_code == 200
    assert "Catatan sudah berubah" in (await stranger.get(f"/verify/{code}")).text
    newer = text_of(await ani.get(f"{mine}/result.pdf"))
    assert "Saya <b>setuju</b>." in newer
    assert "DEK/2026/00001 · versi 2" in newer
    assert "Dokumen ini sudah digantikan." in (await stranger.get(f"/verify/{code}")).text
    assert "Dokumen ini berlaku." in (await stranger.get(f"/verify/{code_in(newer)}")).text


async def test_a_wrong_code_reveals_nothing(stack: Stack) -> None:
    stranger = await stack.visitor()
    for code in ("0" * CODE, "kurang", "<b>" + "1" * 10):
        page = await stranger.get(f"/verify/{code}")
        assert page.status_code == 404
        assert "Tidak ada dokumen yang diterbitkan dengan kode ini." in page.text
        assert "<b>1" not in page.text
    typed = await stranger.get("/verify", params={"code": grouped("0" * CODE).upper()})
    assert (typed.status_code, typed.headers["location"]) == (303, f"/verify/{'0' * CODE}")
