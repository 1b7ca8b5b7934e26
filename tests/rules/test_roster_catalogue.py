"""Files of indicators and trainings."""

from decimal import Decimal
from pathlib import Path

import pytest

from adapters.files import read_sheet
from appraisal.roster_catalogue import (
    INDICATOR_COLUMNS,
    INDICATOR_EXTRAS,
    TRAINING_COLUMNS,
    completed,
    read_indicators,
    read_trainings,
)
from appraisal.roster_codes import ProblemCode as Code
from appraisal.roster_difference import indicator_differences, training_differences
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
