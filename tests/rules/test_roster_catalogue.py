"""Files of indicators and trainings."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from adapters.files import read_sheet
from appraisal.roster.catalogue import (
    INDICATOR_COLUMNS,
    INDICATOR_EXTRAS,
    TRAINING_COLUMNS,
    TRAINING_EXTRAS,
    Taken,
    completed,
    completed_trainings,
    read_indicators,
    read_trainings,
    training_doubts,
)
from appraisal.roster.codes import ProblemCode as Code
from appraisal.roster.difference import indicator_differences, training_differences
from appraisal.roster.roster import Severity
from appraisal.training.course import CourseKind
from appraisal.vocabulary import Direction, EvidenceNeed

INDICATOR = ["D", "2026", "KES-1", "Cakupan imunisasi", "%", "84,7", "92"]
TRAINING = ["2026", "MP", "Manajemen Proyek", "WAKTU; biaya", "40", "3", "02-03-2026", "06-03-2026", "Kotabumi"]


def test_a_clean_file_of_indicators_reads_decimals_with_comma_or_point() -> None:
    (entry,), wrong = read_indicators([list(INDICATOR_COLUMNS), INDICATOR], {"D"})
    assert wrong == ()
    assert (entry.baseline, entry.target) == (Decimal("84.7"), Decimal(92))


@pytest.mark.parametrize(
    ("at", "value", "code"),
    [
        (0, "X", Code.UNIT_UNKNOWN),
        (1, "26", Code.OUT_OF_RANGE),
        (1, "dua ribu", Code.BAD_NUMBER),
        (2, "", Code.EMPTY_CELL),
        (3, "<b>", Code.MARKUP),
        (5, "banyak", Code.BAD_NUMBER),
        (6, "", Code.EMPTY_CELL),
        (6, "1.234", Code.AMBIGUOUS_NUMBER),
        (6, "1.234,5", Code.AMBIGUOUS_NUMBER),
        (6, "NaN", Code.BAD_NUMBER),
        (6, "1e9", Code.BAD_NUMBER),
    ],
)
def test_a_wrong_cell_of_an_indicator_is_named(at: int, value: str, code: Code) -> None:
    row = [*INDICATOR[:at], value, *INDICATOR[at + 1 :]]
    _, wrong = read_indicators([list(INDICATOR_COLUMNS), row], {"D"})
    assert [(item.row, item.column, item.code) for item in wrong] == [(2, INDICATOR_COLUMNS[at], code)]


@pytest.mark.parametrize(
    ("at", "value", "column", "code"),
    [
        (3, "WAKTU;TERBANG", "topik", Code.TOPIC_UNKNOWN),
        (4, "0", "jp", Code.OUT_OF_RANGE),
        (5, "-1", "kuota", Code.OUT_OF_RANGE),
        (6, "02-03-2027", "mulai", Code.OUTSIDE_YEAR),
        (7, "01-03-2026", "selesai", Code.ENDS_BEFORE_START),
        (7, "besok", "selesai", Code.BAD_DATE),
    ],
)
def test_a_wrong_cell_of_a_training_is_named(at: int, value: str, column: str, code: Code) -> None:
    row = [*TRAINING[:at], value, *TRAINING[at + 1 :]]
    _, wrong = read_trainings([list(TRAINING_COLUMNS), row])
    assert (2, column, code) in [(item.row, item.column, item.code) for item in wrong]


EXTRAS = ["E_learning", "Rp1.500.000", "LAN RI", "pns; PPPK", "semua", "III/a;IX"]
WHOLE = [[*TRAINING_COLUMNS, *TRAINING_EXTRAS], [*TRAINING, *EXTRAS]]


@pytest.mark.parametrize(
    ("at", "value", "code"),
    [
        (0, "seminar", Code.UNKNOWN_WORD),
        (1, "-1", Code.NEGATIVE_AMOUNT),
        (1, "-1.500.000", Code.NEGATIVE_AMOUNT),
        (1, "1500,50", Code.BAD_AMOUNT),
        (1, "1.500,000", Code.BAD_AMOUNT),
        (1, "murah", Code.BAD_AMOUNT),
        (1, "1000000000000000", Code.BAD_AMOUNT),
        (2, "=A1", Code.FORMULA),
        (3, "PNS;Honorer", Code.UNKNOWN_WORD),
        (3, "Pejabat Negara", Code.UNKNOWN_WORD),
        (4, "Eselon", Code.UNKNOWN_WORD),
        (5, "V/a", Code.UNKNOWN_WORD),
        (5, "III/a;IV/a", Code.GRADE_TWICE),
    ],
)
def test_a_wrong_cell_of_what_a_course_is_and_costs_is_named(at: int, value: str, code: Code) -> None:
    row = [*TRAINING, *EXTRAS[:at], value, *EXTRAS[at + 1 :]]
    _, wrong = read_trainings([WHOLE[0], row])
    assert [(item.row, item.column, item.code) for item in wrong] == [(2, TRAINING_EXTRAS[at], code)]


@pytest.mark.parametrize("price", ["1500000", "1.500.000", "1,500,000", "Rp 1.500.000", "rp1500000,-"])
def test_a_price_is_read_as_people_write_it(price: str) -> None:
    (entry,), wrong = read_trainings([WHOLE[0], [*TRAINING, EXTRAS[0], price, *EXTRAS[2:]]])
    assert (entry.price, wrong) == (Decimal(1_500_000), ())


def test_an_old_catalogue_stays_valid_and_leaves_what_is_on_record() -> None:
    old, wrong = read_trainings([list(TRAINING_COLUMNS), TRAINING])
    (fresh,) = completed_trainings(old, ())
    assert (wrong, fresh.kind, fresh.price, fresh.provider, fresh.employments) == ((), None, Decimal(0), "", "")
    read, wrong = read_trainings(WHOLE)
    known = completed_trainings(read, (fresh,))
    (told,) = training_differences(known, (fresh,))
    assert (wrong, told.changes) == (
        (),
        (
            *(("jenis", "", "e_learning"), ("biaya", "0", "1500000"), ("penyelenggara", "", "LAN RI")),
            *(("statusKepegawaian", "", "PNS;PPPK"), ("golonganMinimal", "", "III/a;IX")),
        ),
    )
    assert training_differences(completed_trainings(old, known), known) == (), "an old file changes nothing"
    blank, wrong = read_trainings([WHOLE[0], [*TRAINING, *[""] * 6]])
    assert (wrong, completed_trainings(blank, known)) == ((), known)
    everybody, _ = read_trainings([WHOLE[0], [*TRAINING, "", "0", "", "semua", "", "Semua"]])
    (opened,) = completed_trainings(everybody, known)
    assert (opened.provider, opened.employments, opened.lowest_grades) == ("LAN RI", "", "")
    assert opened.price == Decimal(0)


@pytest.mark.parametrize(
    ("seats", "taken", "today", "codes"),
    [
        (3, Taken(3), date(2026, 3, 1), []),
        (3, Taken(4), date(2026, 3, 1), [Code.SEATS_GIVEN_AWAY]),
        (0, Taken(), date(2026, 3, 1), [Code.NO_SEATS]),
        (3, Taken(withdrawn=True), date(2026, 3, 1), [Code.COURSE_WITHDRAWN]),
        (3, Taken(), date(2026, 3, 2), [Code.COURSE_BEGUN]),
    ],
)
def test_a_course_without_seats_or_in_the_past_is_pointed_out(
    seats: int, taken: Taken, today: date, codes: list[Code]
) -> None:
    entries, _ = read_trainings([list(TRAINING_COLUMNS), [*TRAINING[:5], str(seats), *TRAINING[6:]]])
    found = training_doubts(entries, (), {(2026, "MP"): taken}, today)
    assert [item.code for item in found] == codes
    blocks = [item.severity is Severity.ERROR for item in found]
    assert blocks == [code is Code.SEATS_GIVEN_AWAY for code in codes]
    known_already = training_doubts(entries, entries, {}, date(2030, 1, 1))
    assert Code.COURSE_BEGUN not in [item.code for item in known_already], "what is on record is no news"


def test_topics_are_kept_in_capitals_each_once() -> None:
    (entry,), wrong = read_trainings([list(TRAINING_COLUMNS), TRAINING])
    assert (entry.topics, wrong) == ("WAKTU;BIAYA", ())


def test_a_repeated_code_names_the_first_row() -> None:
    _, wrong = read_trainings([list(TRAINING_COLUMNS), TRAINING, TRAINING])
    assert [(item.row, item.code, item.args["first"]) for item in wrong] == [(3, Code.ENTRY_REPEATED, "2")]


def test_differences_name_only_what_changes() -> None:
    known, _ = read_indicators([list(INDICATOR_COLUMNS), INDICATOR], {"D"})
    changed, _ = read_indicators([list(INDICATOR_COLUMNS), [*INDICATOR[:6], "95"]], {"D"})
    assert indicator_differences(known, known) == ()
    (difference,) = indicator_differences(changed, known)
    assert (difference.kind, difference.changes) == ("indicator_changed", (("target", "92", "95"),))


def test_the_sample_catalogues_are_clean_and_cover_two_years() -> None:
    units = {cells[3] for cells in read_sheet(Path("sample/regency/people.csv").read_bytes())[1:]}
    indicators, wrong = read_indicators(read_sheet(Path("sample/regency/indicators.csv").read_bytes()), units)
    assert wrong == ()
    trainings, wrong = read_trainings(read_sheet(Path("sample/regency/trainings.csv").read_bytes()))
    assert wrong == ()
    assert {entry.year for entry in indicators} == {entry.year for entry in trainings} == {2026, 2027}
    assert training_differences(trainings, trainings) == ()
    assert {entry.kind for entry in trainings} == set(CourseKind)


def test_direction_and_evidence_may_be_left_out_and_then_stay_as_they_are_on_record() -> None:
    old, _ = read_indicators([list(INDICATOR_COLUMNS), INDICATOR], {"D"})
    fresh = completed(old, ())
    assert [(one.direction, one.evidence) for one in fresh] == [(Direction.UP, EvidenceNeed.OPTIONAL)]
    heading = [*INDICATOR_COLUMNS, *INDICATOR_EXTRAS]
    read, wrong = read_indicators([heading, [*INDICATOR, "Turun", "wajib"]], {"D"})
    assert wrong == ()
    known = completed(read, fresh)
    (difference,) = indicator_differences(known, fresh)
    assert difference.changes == (("arah", "naik", "turun"), ("bukti", "tidak", "wajib"))
    assert indicator_differences(completed(old, known), known) == (), "an old file changes nothing"
    blank, wrong = read_indicators([heading, [*INDICATOR, "", ""]], {"D"})
    assert (wrong, completed(blank, known)) == ((), known)
    _, wrong = read_indicators([heading, [*INDICATOR, "ke samping", "mungkin"]], {"D"})
    assert [(item.column, item.code) for item in wrong] == [("arah", Code.UNKNOWN_WORD), ("bukti", Code.UNKNOWN_WORD)]
