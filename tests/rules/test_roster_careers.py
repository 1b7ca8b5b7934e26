"""What files say for careers: the jenjang of people, and results of assessments."""

from datetime import date
from decimal import Decimal

import pytest

from appraisal.roster.assessments import ASSESSMENT_COLUMNS, read_assessments
from appraisal.roster.codes import ProblemCode as Code
from appraisal.roster.difference import assessment_differences, roster_differences
from appraisal.roster.people import read_people
from appraisal.roster.roster import AssessmentEntry
from appraisal.vocabulary import Level
from tests.roster_files import HEAD, HEADING, NURSE, people

TODAY = date(2026, 5, 4)
NAMES = {NURSE: "Perawat", HEAD: "Kepala"}
ROW = [NURSE, "04-05-2026", "84,5", "Assessment Center"]


def with_level(level: str, title: str = "Perawat Ahli Muda", kind: str = "Fungsional") -> list[list[str]]:
    """The small file with a column jenjang: the nurse's row says this."""
    sheet = [[*row, "jenjang" if number == 0 else ""] for number, row in enumerate(people())]
    mine = next(row for row in sheet if row[0] == NURSE)
    mine[HEADING.index("jabatanNama")], mine[HEADING.index("jenisJabatan")], mine[-1] = title, kind, level
    return sheet


def problems(sheet: list[list[str]]) -> list[tuple[str, Code]]:
    return [(one.column, one.code) for one in read_people(sheet)[1] if one.column == "jenjang"]


def test_the_level_is_read_and_what_a_file_leaves_out_stays() -> None:
    known, _ = read_people(with_level("ahli muda"))
    levels = {person.nip: person.level for person in known.people}
    assert levels == {**dict.fromkeys(levels), NURSE: Level.AHLI_MUDA}
    for sheet in (with_level(""), [row[:-1] for row in with_level("")]):
        again, _ = read_people(sheet, known)
        assert roster_differences(again, known) == ()
    changed, _ = read_people(with_level("Ahli Madya", "Perawat"), known)
    (difference,) = [one for one in roster_differences(changed, known) if one.kind == "person_changed"]
    assert difference.changes == (("jenjang", "AHLI_MUDA", "AHLI_MADYA"),)


@pytest.mark.parametrize(
    ("level", "title", "kind", "found"),
    [
        ("Ahli Muda", "Perawat", "Fungsional", []),
        ("Ahli Tua", "Perawat", "Fungsional", [("jenjang", Code.UNKNOWN_WORD)]),
        ("Ahli Madya", "Perawat Ahli Muda", "Fungsional", [("jenjang", Code.LEVEL_CONTRADICTS)]),
        ("Ahli Muda", "Pengelola", "Pelaksana", [("jenjang", Code.LEVEL_NOT_FUNCTIONAL)]),
    ],
)
def test_a_level_that_cannot_be_is_named(level: str, title: str, kind: str, found: list[tuple[str, Code]]) -> None:
    assert problems(with_level(level, title, kind)) == found


@pytest.mark.parametrize(
    ("at", "value", "code"),
    [
        (0, "198609262015051001", Code.PERSON_UNKNOWN),
        (0, "1,99103E+17", Code.NIP_AS_NUMBER),
        (1, "05-05-2026", Code.DAY_IN_FUTURE),
        (1, "2026-05-04", Code.BAD_DATE),
        (2, "100,1", Code.OUT_OF_RANGE),
        (2, "-1", Code.OUT_OF_RANGE),
        (2, "tinggi", Code.BAD_NUMBER),
        (3, "", Code.EMPTY_CELL),
    ],
)
def test_a_wrong_cell_of_an_assessment_is_named(at: int, value: str, code: Code) -> None:
    row = [*ROW[:at], value, *ROW[at + 1 :]]
    _, wrong = read_assessments([list(ASSESSMENT_COLUMNS), row], NAMES, TODAY)
    assert [(one.row, one.column, one.code) for one in wrong] == [(2, ASSESSMENT_COLUMNS[at], code)]


def test_assessments_are_added_or_corrected_and_each_stands_in_a_file_once() -> None:
    entries, wrong = read_assessments([list(ASSESSMENT_COLUMNS), ROW], NAMES, TODAY)
    assert wrong == ()
    assert entries == (AssessmentEntry(NURSE, TODAY, Decimal("84.5"), "Assessment Center", 2),)
    (added,) = assessment_differences(entries, (), NAMES)
    assert (added.kind, added.label, added.detail) == (
        "assessment_added",
        "Perawat",
        "84.5; 04-05-2026, Assessment Center",
    )
    before = (AssessmentEntry(NURSE, TODAY, Decimal(80), "Assessment Center"),)
    (corrected,) = assessment_differences(entries, before, NAMES)
    assert corrected.changes == (("nilai", "80", "84.5"),)
    assert assessment_differences(entries, entries, NAMES) == ()
    _, repeated = read_assessments([list(ASSESSMENT_COLUMNS), ROW, ROW], NAMES, TODAY)
    assert [(one.row, one.code) for one in repeated] == [(3, Code.ASSESSMENT_REPEATED)]
