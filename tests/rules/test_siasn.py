"""A result becomes SIASN's record, or a reason; and what becomes of a push after each try."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from api.pages import siasn_words
from appraisal.access import Actor
from appraisal.papers.people import Official
from appraisal.periods.periods import Every
from appraisal.siasn.errors import InvalidPush
from appraisal.siasn.push import (
    MOST,
    MOST_TRIES,
    OWNERS,
    PASSING,
    STRIKES,
    Attempt,
    Chosen,
    Failure,
    PushOrder,
    Stand,
    Which,
    check,
    outage,
    push_id,
    stand,
    wanted,
)
from appraisal.siasn.record import Record, digest, held, is_proved, is_told
from appraisal.siasn.result import ANNUAL as YEARLY
from appraisal.siasn.result import PERIODIC, Codes, Period, Result, months, record
from appraisal.vocabulary import Predicate, Rating

NOW = datetime(2027, 1, 5, tzinfo=UTC)
BUDI = Official("Budi Contoh", "198001012005011001", "III/d", "Pengawas Imunisasi", "Bidang P2P")
BUPATI = Official("Bupati Contoh", "", "", "Bupati", "Pemerintah Kabupaten")
CODES = Codes(
    dict(zip(Predicate, range(1, 6), strict=True)), {"III/d": "34"}, {Every.QUARTER: "q"}, "k100", others="NON ASN"
)
RESULT = Result(2026, "199001012015012002", Rating.DI_ATAS, Rating.SESUAI, BUDI)
ANNUAL: dict[str, Any] = {
    "tahun": 2026,
    "hasilKinerjaNilai": 1,
    "perilakuKerjaNilai": 2,
    "kuadranKinerjaNilai": 2,
    "penilaiNipNrp": "198001012005011001",
    "penilaiNama": "Budi Contoh",
    "penilaiJabatan": "Pengawas Imunisasi",
    "penilaiGolongan": "34",
    "penilaiUnorNama": "Bidang P2P",
    "statusPenilai": "ASN",
}
READ: dict[str, Any] = {
    "id": "r1",
    "tahun": "2026",
    "hasilKinerjaNilai": 1,
    "PerilakuKerjaNilai": 2,
    "KuadranKinerjaNilai": 2,
    "nipNrpPenilai": "198001012005011001",
    "namaPenilai": "Budi Contoh",
    "penilaiJabatanNm": "Pengawas Imunisasi",
    "penilaiGolonganId": "34",
    "penilaiUnorNm": "Bidang P2P",
    "statusPenilai": "ASN",
}
"""The same record as SIASN gives it back: other names, other capitals, a year as text."""


def made(result: Result = RESULT, codes: Codes = CODES) -> Record:
    found = record(result, codes)
    assert isinstance(found, Record), found
    return found


def test_a_year_has_the_fields_and_codes_of_siasn() -> None:
    assert made() == Record(YEARLY, "199001012015012002", ANNUAL)


def test_a_period_names_its_kind_and_its_months() -> None:
    quarter = replace(RESULT, period=months(Every.QUARTER, date(2026, 6, 30)))
    found = made(quarter)
    added = {name: value for name, value in found.fields.items() if name not in ANNUAL}
    assert found.form is PERIODIC
    assert added == {
        "periodikId": "q",
        "koefisienId": "k100",
        "bulanMulaiPenilaian": "4",
        "bulanSelesaiPenilaian": "6",
        "tahunMulaiPenilaian": 2026,
        "tahunSelesaiPenilaian": 2026,
    }


@pytest.mark.parametrize(
    ("every", "last_day", "first"),
    [
        (Every.MONTH, date(2026, 2, 28), 2),
        (Every.QUARTER, date(2026, 12, 31), 10),
        (Every.QUARTER, date(2026, 1, 9), 1),
    ],
)
def test_the_months_of_a_period_are_counted_back_from_its_end(every: Every, last_day: date, first: int) -> None:
    assert months(every, last_day) == Period(every, first, last_day.month)


def test_a_supervisor_who_is_no_civil_servant_has_neither_nip_nor_grade() -> None:
    fields = made(replace(RESULT, supervisor=BUPATI)).fields
    assert (fields["penilaiNipNrp"], fields["penilaiGolongan"], fields["statusPenilai"]) == ("", "", "NON ASN")


@pytest.mark.parametrize(
    ("result", "codes", "failure"),
    [
        (RESULT, Codes(), Failure.QUADRANT_CODE),
        (RESULT, replace(CODES, quadrants={Predicate.SANGAT_BAIK: 1}), Failure.QUADRANT_CODE),
        (RESULT, replace(CODES, grades={}), Failure.GRADE_CODE),
        (replace(RESULT, supervisor=None), CODES, Failure.NO_SUPERVISOR),
        (replace(RESULT, supervisor=replace(BUDI, grade="")), CODES, Failure.SUPERVISOR_INCOMPLETE),
        (replace(RESULT, supervisor=replace(BUDI, title="")), CODES, Failure.SUPERVISOR_INCOMPLETE),
        (replace(RESULT, supervisor=BUPATI), replace(CODES, others=""), Failure.SUPERVISOR_OUTSIDE),
        (replace(RESULT, period=Period(Every.MONTH, 1, 1)), CODES, Failure.PERIOD_CODE),
        (replace(RESULT, period=Period(Every.QUARTER, 1, 3)), replace(CODES, coefficient=""), Failure.PERIOD_CODE),
    ],
)
def test_what_is_not_known_is_a_reason_and_never_guessed(result: Result, codes: Codes, failure: Failure) -> None:
    assert record(result, codes) is failure


def test_what_siasn_gives_back_is_recognised_under_its_other_names() -> None:
    found = held(made(), ({**READ, "tahun": "2025"}, READ))
    assert found is READ
    assert is_told(made(), READ)
    assert is_proved(made(), READ)


def test_other_names_and_titles_are_written_anew_but_prove_the_record() -> None:
    shouting = {**READ, "namaPenilai": "BUDI CONTOH"}
    assert (is_told(made(), shouting), is_proved(made(), shouting)) == (False, True)


@pytest.mark.parametrize("name", ["hasilKinerjaNilai", "PerilakuKerjaNilai", "KuadranKinerjaNilai", "nipNrpPenilai"])
def test_another_rating_or_another_supervisor_proves_nothing(name: str) -> None:
    assert not is_proved(made(), {**READ, name: 3})


def test_periods_of_one_year_are_told_apart_by_their_months() -> None:
    first, second = (made(replace(RESULT, period=Period(Every.QUARTER, n, n + 2))) for n in (1, 4))
    assert held(first, (dict(second.fields),)) is None
    assert held(second, (dict(first.fields), dict(second.fields))) == dict(second.fields)


def test_the_digest_is_of_all_that_is_said() -> None:
    assert digest(made()) == digest(made())
    assert digest(made()) != digest(made(replace(RESULT, behaviour=Rating.DI_ATAS)))
    assert digest(made()) != digest(made(replace(RESULT, number="199001012015012003")))


def test_no_nip_and_no_name_is_shown_by_accident() -> None:
    assert not {"199001012015012002", "Budi"} & set(f"{RESULT!r} {made()!r}".replace("'", " ").split())


def test_every_failure_has_an_owner_and_words() -> None:
    assert set(OWNERS) == set(Failure) == set(siasn_words.FAILURES)
    assert set(siasn_words.OWNERS) == set(OWNERS.values())


def tried(*failures: Failure | None) -> list[Attempt]:
    return [Attempt(f"push/2026/p{n}/0", NOW, failure) for n, failure in enumerate(failures)]


@pytest.mark.parametrize(
    ("attempts", "away"),
    [
        (tried(), None),
        (tried(None), None),
        (tried(Failure.NO_ANSWER), Failure.NO_ANSWER),
        (tried(Failure.NO_ANSWER, Failure.CREDENTIALS), Failure.CREDENTIALS),
        (tried(Failure.NO_ANSWER, None), None),
        (tried(Failure.NO_ANSWER, Failure.REFUSED), None),
        (tried(*[Failure.BROKEN] * (STRIKES - 1)), None),
        (tried(*[Failure.BROKEN] * STRIKES), Failure.BROKEN),
    ],
)
def test_an_outage_is_when_nobody_gets_through(attempts: list[Attempt], away: Failure | None) -> None:
    assert outage(attempts) is away


def test_what_may_pass_is_tried_again_for_a_while_and_then_listed() -> None:
    assert [stand(Failure.BROKEN, tries) for tries in (1, MOST_TRIES - 1, MOST_TRIES)] == [
        *(Stand.WAITING, Stand.WAITING, Stand.LISTED)
    ]
    assert stand(None, MOST_TRIES) is Stand.SENT
    assert {stand(failure, 1) for failure in set(Failure) - set(PASSING)} == {Stand.LISTED}


def test_which_of_a_cycle_an_order_means() -> None:
    how = (None, *Stand)
    assert [wanted(Which.ALL, one) for one in how] == [True] * 4
    assert [one for one in how if wanted(Which.NEW, one)] == [None]
    assert [one for one in how if wanted(Which.LISTED, one)] == [Stand.LISTED]


@pytest.mark.parametrize(
    ("which", "chosen", "where"),
    [
        (None, (), "chosen"),
        (Which.ALL, (Chosen("ani"),), "which"),
        (None, (Chosen("ani"), Chosen("ani")), "chosen"),
        (None, tuple(Chosen(str(n)) for n in range(MOST + 1)), "chosen"),
    ],
)
def test_an_order_names_some_or_says_which(which: Which | None, chosen: tuple[Chosen, ...], where: str) -> None:
    with pytest.raises(InvalidPush) as refused:
        check(PushOrder("o", Actor("hr", hr=True), "c1", 2026, which, chosen))
    assert (refused.value.where, bool(refused.value.remedy)) == (where, True)


def test_a_push_is_named_by_year_person_and_period() -> None:
    assert push_id(2026, Chosen("3f0c00000000", 2)) == "push/2026/3f0c00000000/2"
    assert len({Chosen("ani"), Chosen("ani", 1), Chosen("ani")}) == 2
