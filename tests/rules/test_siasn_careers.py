"""A course and a box of the talent map become SIASN's records, or a reason; no name, code or number of them is guessed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from appraisal.access import Actor
from appraisal.siasn.course import Attended, CourseForm, Part
from appraisal.siasn.errors import InvalidPush
from appraisal.siasn.push import Chosen, Failure, Matter, PushOrder, Which, check, push_id
from appraisal.siasn.record import Record, digest, held, is_proved, is_told
from appraisal.siasn.result import Codes, Told, record
from appraisal.siasn.talent import Mapped, TalentForm
from appraisal.vocabulary import Predicate

NIP = "199001012015012002"
NAMES = {
    Part.NAME: "namaKursus",
    Part.BEGINS: "tanggalKursus",
    Part.HOURS: "jumlahJam",
    Part.NUMBER: "nomorSertipikat",
    Part.PROVIDER: "penyelenggara",
}
COURSE = CourseForm("pns/rw-kursus", "pnsOrangId", NAMES, {Part.NUMBER: "noSertipikat"}, {"jenisDiklatId": "1"})
TALENT = TalentForm(
    *("tm/peta", "tahun", {9: 90, 5: 50}, {Predicate.SANGAT_BAIK: Decimal(100)}),
    *(True, (Decimal("0.5"), Decimal("0.5"))),
)
CODES = Codes(course=COURSE, talent=TALENT)
LATSAR = Attended(NIP, "Latsar", date(2026, 3, 2), date(2026, 3, 6), 20, 2026, "Liwa", "BKPSDM", "SR/1")
BOX = Mapped(NIP, 2026, 9, Predicate.SANGAT_BAIK, Decimal("82.5"))


def made(told: Told, codes: Codes = CODES) -> Record:
    found = record(told, codes)
    assert isinstance(found, Record), found
    return found


def test_a_course_is_told_under_the_names_that_were_given_and_no_others() -> None:
    found = made(LATSAR)
    assert (found.form.save, found.form.history, found.form.person, found.form.id) == (
        *("kursus/save", "pns/rw-kursus", "pnsOrangId", "id"),
    )
    assert found.fields == {
        "jenisDiklatId": "1",
        "namaKursus": "Latsar",
        "tanggalKursus": "02-03-2026",
        "jumlahJam": 20,
        "nomorSertipikat": "SR/1",
        "penyelenggara": "BKPSDM",
    }


def test_what_is_empty_is_left_out_of_a_course() -> None:
    assert "penyelenggara" not in made(replace(LATSAR, provider="")).fields


def test_a_box_has_its_code_and_both_axes_with_their_total() -> None:
    found = made(BOX)
    assert found.fields == {"tahun": 2026, "box": 90, "sumbu_x": 82.5, "sumbu_y": 100, "total_sumbu": 91.25}
    assert (found.form.save, found.form.person, found.form.id) == ("tm/talentmapping-save", "pns_id", "")


def test_the_axes_change_places_where_performance_lies_across() -> None:
    across = replace(CODES, talent=replace(TALENT, potential_across=False, weights=(Decimal("0.6"), Decimal("0.4"))))
    fields = made(BOX, across).fields
    assert (fields["sumbu_x"], fields["sumbu_y"], fields["total_sumbu"]) == (100, 82.5, 93)


@pytest.mark.parametrize(
    ("told", "codes", "failure"),
    [
        (LATSAR, Codes(), Failure.COURSE_FORM),
        (replace(LATSAR, certificate=""), CODES, Failure.NO_CERTIFICATE),
        (BOX, Codes(), Failure.TALENT_FORM),
        (replace(BOX, box=8), CODES, Failure.TALENT_FORM),
        (replace(BOX, predicate=Predicate.BAIK), CODES, Failure.TALENT_FORM),
    ],
)
def test_what_is_not_known_is_a_reason_and_never_guessed(told: Told, codes: Codes, failure: Failure) -> None:
    assert record(told, codes) is failure


def test_a_course_is_found_again_by_its_name_and_first_day() -> None:
    sent = made(LATSAR)
    back = {
        "id": "r1",
        "NamaKursus": "Latsar",
        "tanggalKursus": "02-03-2026",
        "jumlahJam": "20",
        "noSertipikat": "SR/1",
    }
    other = {**back, "tanggalKursus": "02-04-2026"}
    assert held(sent, (other, back)) is back
    assert held(sent, (other,)) is None
    assert is_proved(sent, back)
    assert not is_told(sent, back), "its provider is missing there"
    assert is_told(sent, {**back, "penyelenggara": "BKPSDM"})
    assert not is_proved(sent, {**back, "noSertipikat": "SR/2"})


def test_numbers_are_the_same_with_more_zeros_behind_the_point() -> None:
    sent = made(BOX)
    back = {"tahun": "2026", "box": 90, "sumbu_x": "82.50", "sumbu_y": 100.0, "total_sumbu": "91.25"}
    assert is_proved(sent, back)
    assert not is_proved(sent, {**back, "sumbu_x": "82.51"})
    assert not is_proved(sent, {**back, "sumbu_x": "tidak.ada"})
    assert held(sent, ({**back, "tahun": 2025},)) is None


def test_no_nip_and_no_certificate_is_shown_by_accident() -> None:
    shown = f"{LATSAR!r} {BOX!r} {made(LATSAR)!r}"
    assert NIP not in shown
    assert "SR/1" not in shown


def test_the_digest_is_of_all_that_is_said() -> None:
    assert digest(made(LATSAR)) != digest(made(replace(LATSAR, hours=19)))


def test_a_push_is_named_by_person_and_course_or_by_year_and_person() -> None:
    course = Chosen("3f0c00000000", matter=Matter.COURSE, course="aa0000000000")
    assert push_id(2026, course) == push_id(2027, course) == "push/course/3f0c00000000/aa0000000000"
    assert push_id(2026, Chosen("3f0c00000000", matter=Matter.TALENT)) == "push/talent/2026/3f0c00000000"


def test_a_matter_narrows_a_whole_cycle_and_not_what_is_named() -> None:
    hr = Actor("hr", hr=True)
    check(PushOrder("o", hr, "c1", 2026, Which.NEW, matter=Matter.COURSE))
    with pytest.raises(InvalidPush) as refused:
        check(PushOrder("o", hr, "c1", 2026, chosen=(Chosen("ani"),), matter=Matter.COURSE))
    assert refused.value.where == "matter"
