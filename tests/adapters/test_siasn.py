"""The adapter against SIASN's double over real HTTP: tokens, writing and proving, and every way in which a try can end."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import httpx2
import pytest

from adapters.siasn.code_tables import UnusableCodes
from adapters.siasn.codes import read_codes
from adapters.siasn.gateway import Access, Siasn
from adapters.siasn.tokens import MARGIN, Client, TokenSource
from appraisal.papers.people import Official
from appraisal.periods.periods import Every
from appraisal.siasn.course import Attended
from appraisal.siasn.push import Attempt, Failure
from appraisal.siasn.record import Record
from appraisal.siasn.result import ANNUAL as YEARLY
from appraisal.siasn.result import Period, Result, Told, record
from appraisal.siasn.talent import Mapped
from appraisal.vocabulary import Predicate, Rating
from demo.siasn import BASE, CODES, SSO, TOKEN, Double, Faults, siasn
from demo.siasn_records import ANNUAL, COURSE, PERIODIC, TALENT

NIP = "199001012015012002"
BUDI = Official("Budi Contoh", "198001012005011001", "III/d", "Pengawas Imunisasi", "Bidang P2P")
COURSED = Attended(NIP, "Latsar", date(2026, 3, 2), date(2026, 3, 6), 20, 2026, "Liwa", "BKPSDM", "SR/1")
BOXED = Mapped(NIP, 2026, 9, Predicate.SANGAT_BAIK, Decimal("82.5"))
LOSES_BOTH_ANSWERS = 25
RESULT = Result(2026, NIP, Rating.SESUAI, Rating.DI_ATAS, BUDI)


def told(result: Told = RESULT) -> Record:
    made = record(result, read_codes(CODES))
    assert isinstance(made, Record), made
    return made


@pytest.fixture
async def double() -> AsyncIterator[Double]:
    async with siasn() as standing:
        yield standing


def access(double: Double, secret: str = "kunci-mws", loopback: bool = True) -> Access:
    manager, sso = (
        Client(f"{double.url}{path}", *who)
        for path, who in ((TOKEN, ("jenjang", secret)), (SSO, ("jenjang-sso", "kunci-sso")))
    )
    return Access(f"{double.url}{BASE}", manager, sso, loopback)


async def sent(gateway: Siasn, *records: Record) -> list[Attempt]:
    pushes = [(f"push/2026/p{n}/0", one) for n, one in enumerate(records)]
    return sorted([attempt async for attempt in gateway.send(pushes)], key=lambda attempt: attempt.push)


def gateway_to(double: Double) -> Siasn:
    return Siasn(access(double), lambda: datetime.now(UTC))


async def test_a_year_and_a_period_arrive_once_and_are_replaced_by_what_changes(double: Double) -> None:
    gateway = gateway_to(double)
    quarter = told(replace(RESULT, period=Period(Every.QUARTER, 1, 3)))
    first = await sent(gateway, told(), quarter)
    again = await sent(gateway, told(), quarter)
    assert [attempt.failure for attempt in (*first, *again)] == [None] * 4
    assert [one.answer for one in first] == [one.answer for one in again] != ["", ""]
    assert set(double.writes.values()) == {1}
    (changed,) = await sent(gateway, told(replace(RESULT, results=Rating.DI_BAWAH)))
    (kept,) = double.of(NIP, 2026)
    assert (kept["id"], kept["hasilKinerjaNilai"]) == (changed.answer, 3) == (first[0].answer, 3)
    assert (double.of(NIP, 2026, PERIODIC)[0]["bulanSelesaiPenilaian"], len(double.records)) == ("3", 2)


async def test_a_course_and_a_box_arrive_once_also_where_the_answer_is_lost(double: Double) -> None:
    gateway, pair = gateway_to(double), (told(COURSED), told(BOXED))
    double.faults = Faults(lost=0.5, seed=LOSES_BOTH_ANSWERS)
    first = await sent(gateway, *pair)
    assert [one.failure for one in first] == [Failure.BROKEN] * 2
    assert len(double.records) == 2, "both were written, and only the answers are lost"
    double.faults = Faults()
    last = await sent(gateway, *pair)
    assert [one.failure for one in last] == [None, None]
    (course,), (box,) = double.of(NIP, 2026, COURSE), double.of(NIP, 2026, TALENT)
    assert (course["id"], course["nomorSertipikat"], course["tanggalKursus"]) == (last[0].answer, "SR/1", "02-03-2026")
    assert (box["box"], box["sumbu_x"], box["sumbu_y"], box["total_sumbu"]) == (9, 82.5, 100, 91.25)
    assert set(double.writes.values()) == {1}
    corrected = replace(COURSED, certificate="SR/1-A", hours=18)
    (again,) = await sent(gateway, told(corrected))
    (kept,) = double.of(NIP, 2026, COURSE)
    assert (again.failure, kept["id"], kept["nomorSertipikat"], kept["jumlahJam"]) == (None, course["id"], "SR/1-A", 18)


async def test_a_token_is_asked_for_once_and_renewed_before_it_ends(
    double: Double, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = SimpleNamespace(now=0.0)
    clock.monotonic = lambda: clock.now
    monkeypatch.setattr("adapters.siasn.tokens.time", clock)
    source = TokenSource(access(double).manager)
    async with httpx2.AsyncClient() as http:
        first, at_once = await asyncio.gather(source.get(http), source.get(http))
        clock.now = double.faults.lasts - MARGIN - 1
        late = await source.get(http)
        clock.now += 1
        after = await source.get(http)
    assert first == at_once == late != after
    assert double.answers["tokens"] == 2


async def test_tokens_that_are_refused_on_the_way_are_renewed(double: Double) -> None:
    gateway = gateway_to(double)
    await sent(gateway, told())
    double.tokens = {TOKEN: {}, SSO: {}}
    (attempt,) = await sent(gateway, told(replace(RESULT, year=2027)))
    assert (attempt.failure, double.answers["401"]) == (None, 1)


@pytest.mark.parametrize(
    ("faults", "failure"),
    [
        (Faults(broken=1), Failure.BROKEN),
        (Faults(lost=1), Failure.BROKEN),
        (Faults(closed=1), Failure.CLOSED),
        (Faults(busy=1), Failure.BUSY),
    ],
)
async def test_what_siasn_cannot_do_now_may_pass(double: Double, faults: Faults, failure: Failure) -> None:
    double.faults = faults
    (attempt,) = await sent(gateway_to(double), told())
    assert attempt.failure is failure
    double.faults = Faults()
    (attempt,) = await sent(gateway_to(double), told())
    assert (attempt.failure, list(double.writes.values())) == (None, [1])


async def test_what_siasn_refuses_says_why_without_numbers_of_people(double: Double) -> None:
    gateway = gateway_to(double)
    double.unknown = {NIP}
    double.refused = {"199001012015012009"}
    unknown, inactive, invalid = await sent(
        gateway,
        told(),
        replace(told(), number="199001012015012009"),
        Record(YEARLY, "199001012015012008", {**told().fields, "penilaiGolongan": "", "penilaiJabatan": ""}),
    )
    assert (unknown.failure, inactive.failure, invalid.failure) == (
        *(Failure.PERSON_UNKNOWN, Failure.REFUSED, Failure.REFUSED),
    )
    assert inactive.answer == "Pegawai tidak aktif pada instansi Anda"
    assert invalid.answer == "2 errors occurred: * PenilaiJabatan is required * PenilaiGolongan is required"
    assert double.records == {}


async def test_a_wrong_secret_is_noticed_once_and_not_for_each_record(double: Double) -> None:
    gateway = Siasn(access(double, secret="salah"), lambda: datetime.now(UTC))
    attempts = await sent(gateway, *[told()] * 3)
    assert [attempt.failure for attempt in attempts] == [Failure.CREDENTIALS] * 3
    assert dict(double.answers) == {}


async def test_nothing_is_asked_in_a_private_network(double: Double) -> None:
    gateway = Siasn(access(double, loopback=False), lambda: datetime.now(UTC))
    (attempt,) = await sent(gateway, told())
    assert (attempt.failure, dict(double.answers)) == (Failure.ADDRESS, {})


async def test_a_record_that_comes_back_otherwise_is_no_success(
    double: Double, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("demo.siasn_records.READ_AS", {ANNUAL: {"hasilKinerjaNilai": "kuadranKinerjaNilai"}})
    (attempt,) = await sent(gateway_to(double), told())
    assert (attempt.failure, next(iter(double.writes))[0]) == (Failure.NOT_AS_SENT, ANNUAL)


async def test_a_siasn_that_is_gone_does_not_answer() -> None:
    async with siasn() as double:
        gateway = gateway_to(double)
    (attempt,) = await sent(gateway, told())
    assert attempt.failure is Failure.NO_ANSWER


def test_codes_are_read_from_a_file_and_none_has_a_default(tmp_path: Path) -> None:
    found = read_codes(CODES)
    assert (found.quadrants[Predicate.KURANG], found.grades["IV/e"], found.periods[Every.MONTH]) == (
        *(4, "45", "rehearsal-month"),
    )
    nothing = read_codes(None)
    assert (nothing.quadrants, nothing.grades, nothing.periods, nothing.coefficient, nothing.others) == (
        *({}, {}, {}, "", ""),
    )


PARTS = "nama = 'n'\nmulai = 'm'\njam = 'j'\nnomor = 's'\n"
AXIS = "sumbu_x = 'potensi'\nriwayat = 'tm/peta'\ntahun = 'tahun'\n"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("kuadran = 3", "[kuadran] must be a table"),
        ("[kuadran]\nBAIK = '2'", "kuadran.BAIK must be a whole number"),
        ("[kuadran]\nBAGUS = 2", "kuadran.BAGUS is no word of Jenjang's"),
        ("[golongan]\n'III/d' = ''", "golongan.III/d must be a text"),
        ("koefisien = 1", "koefisien must be a text"),
        ("[pangkat]", "'pangkat' is unknown; there are kuadran, golongan, periodik, koefisien, bukan_asn"),
        ("kursus = 1", "[kursus] must be a table"),
        ("[kursus]\nnama = 'namaKursus'", "kursus.mulai is missing"),
        ("[kursus]\njudul = 'x'", "'kursus.judul' is unknown; there are riwayat, pegawai, nama"),
        (f"[kursus]\n{PARTS}", "kursus.riwayat is missing"),
        (f"[kursus]\nriwayat = '../x'\n{PARTS}", "kursus.riwayat must be a path like pns/rw-kursus"),
        (f"[kursus]\nriwayat = 'pns/rw-kursus'\n{PARTS}", "kursus.pegawai is missing"),
        (f"[kursus]\n{PARTS}[kursus.tetap]\nx = 1.5", "[kursus.tetap] must be a table of texts and whole numbers"),
        ("[talenta]\nsumbu_x = 'tinggi'", "talenta.sumbu_x must be one of kinerja, potensi"),
        ("[talenta]\nsumbu_x = 'potensi'", "talenta.riwayat is missing"),
        (f"[talenta]\n{AXIS}[talenta.kotak]\n10 = 1", "talenta.kotak.10 is no word of Jenjang's"),
        (f"[talenta]\n{AXIS}bobot_x = nan", "talenta.bobot_x must be a number"),
        ("[", "the file cannot be read as TOML"),
    ],
)
def test_codes_that_cannot_be_are_refused_by_name(tmp_path: Path, text: str, sentence: str) -> None:
    file = tmp_path / "codes.toml"
    file.write_text(text)
    with pytest.raises(UnusableCodes) as refused:
        read_codes(file)
    assert str(refused.value).startswith(sentence)
