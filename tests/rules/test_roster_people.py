"""What a file of people may hold, and what is said about everything it may not."""

from dataclasses import replace
from pathlib import Path

import pytest

from adapters.files import read_sheet
from appraisal.roster.codes import ProblemCode as Code
from appraisal.roster.messages import MESSAGES
from appraisal.roster.people import read_people
from appraisal.roster.roster import Problem, Roster, Severity
from tests.roster_files import BUPATI, HEAD, HEADING, NURSE, OFFICER, people, row, with_cell


def problems(sheet: list[list[str]], known: Roster | None = None) -> tuple[Problem, ...]:
    return read_people(sheet, known or Roster())[1]


def found(sheet: list[list[str]], known: Roster | None = None) -> list[tuple[int, str, Code]]:
    return [(problem.row, problem.column, problem.code) for problem in problems(sheet, known)]


def test_a_clean_file_has_no_problem_and_keeps_the_order_of_rows() -> None:
    roster, wrong = read_people(people())
    assert wrong == ()
    assert [person.row for person in roster.people] == [2, 3, 4, 5, 6]
    assert [(unit.code, unit.parent) for unit in roster.units] == [("R", None), ("S", "R"), ("D", "R")]


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("nipBaru", "1.98609262015051E+17", Code.NIP_AS_NUMBER),
        ("nipBaru", "1,98609E+17", Code.NIP_AS_NUMBER),
        ("nipBaru", "1.98609262015051e+17", Code.NIP_AS_NUMBER),
        ("nipBaru", "198609262015051000", Code.NIP_AS_NUMBER),
        ("nipBaru", "198609262015051001.0", Code.NIP_AS_NUMBER),
        ("nipBaru", "19860926201505100", Code.NIP_LENGTH),
        ("nipBaru", "19860926201505100X", Code.NIP_NOT_DIGITS),
        ("nipBaru", "198613262015051001", Code.NIP_BIRTH_DATE),
        ("nipBaru", "198602302015051001", Code.NIP_BIRTH_DATE),
        ("nipBaru", "198609262015131001", Code.NIP_APPOINTMENT),
        ("nipBaru", "198609261990051001", Code.NIP_APPOINTMENT),
        ("nipBaru", "198609262015053001", Code.NIP_SEX),
        ("nipBaru", "", Code.EMPTY_CELL),
        ("nama", "", Code.EMPTY_CELL),
        ("nama", "<b>Budi</b>", Code.MARKUP),
        ("nama", "Budi\nDarmawan", Code.CONTROL_CHARACTER),
        ("nama", "Budi\u202eiduB", Code.CONTROL_CHARACTER),
        ("nama", "=HYPERLINK(1)", Code.FORMULA),
        ("nama", "x" * 201, Code.TOO_LONG),
        ("jabatanNama", "<script>", Code.MARKUP),
        ("unorId", "D" * 65, Code.TOO_LONG),
        ("email", "budi at example", Code.BAD_EMAIL),
        ("email", "budi@example", Code.BAD_EMAIL),
        ("jenisJabatan", "Strukturall", Code.UNKNOWN_WORD),
        ("statusKepegawaian", "Honorer", Code.UNKNOWN_WORD),
        ("golongan", "III/f", Code.GRADE_UNKNOWN),
        ("eselon", "x" * 11, Code.TOO_LONG),
        ("tmt", "2024-03-01", Code.BAD_DATE),
        ("tmt", "31-02-2024", Code.BAD_DATE),
        ("nipAtasan", "197202261998041099", Code.SUPERIOR_UNKNOWN),
        ("nipAtasan", "1.97E+17", Code.NIP_AS_NUMBER),
        ("nipAtasan", OFFICER, Code.SUPERIOR_SELF),
        ("nipAtasan", "", Code.SUPERIOR_MISSING),
        ("unorNama", "Dinas Lain", Code.UNIT_TWO_NAMES),
        ("unorIndukId", "S", Code.UNIT_TWO_PARENTS),
        ("jenisJabatan", "Struktural", Code.UNIT_TWO_HEADS),
    ],
)
def test_a_wrong_cell_is_named_by_row_and_column(column: str, value: str, code: Code) -> None:
    assert (5, column, code) in found(with_cell(people(), 5, column, value))


def test_a_wrong_cell_brings_no_other_error_with_it() -> None:
    assert found(with_cell(people(), 5, "tmt", "kemarin")) == [(5, "tmt", Code.BAD_DATE)]
    assert found(with_cell(people(), 5, "nama", "<i>")) == [(5, "nama", Code.MARKUP)]


def test_the_contract_number_of_a_pppk_needs_no_month_but_that_of_a_pns_does() -> None:
    assert NURSE[12:14] == "21"
    assert found(people()) == []
    assert found(with_cell(people(), 6, "statusKepegawaian", "PNS")) == [(6, "nipBaru", Code.NIP_APPOINTMENT)]


def test_a_number_in_place_of_a_nip_says_how_to_format_the_column() -> None:
    (problem,) = [
        item for item in problems(with_cell(people(), 5, "nipBaru", "1,98609E+17")) if item.column == "nipBaru"
    ]
    assert "Format the column as Text" in problem.remedy
    assert problem.severity is Severity.ERROR


def test_the_printed_form_of_a_nip_and_the_apostrophe_of_spreadsheets_are_understood() -> None:
    printed = "19860926 201505 1 001"
    for form in (printed, f"'{OFFICER}", f" {OFFICER}\u00a0"):
        roster, wrong = read_people(with_cell(people(), 5, "nipBaru", form))
        assert (wrong, roster.people[3].nip) == ((), OFFICER)


def test_every_problem_is_listed_and_not_only_the_first() -> None:
    sheet = with_cell(with_cell(people(), 5, "nama", ""), 5, "tmt", "x")
    sheet = with_cell(with_cell(sheet, 6, "email", "x"), 3, "golongan", "V/z")
    assert found(sheet) == [
        (3, "golongan", Code.GRADE_UNKNOWN),
        (5, "nama", Code.EMPTY_CELL),
        (5, "tmt", Code.BAD_DATE),
        (6, "email", Code.BAD_EMAIL),
    ]


def test_a_repeated_nip_or_address_names_the_first_row() -> None:
    sheet = [*people(), people()[4]]
    repeated = [item for item in problems(sheet) if item.row == 7]
    assert [(item.column, item.code, item.args["first"]) for item in repeated] == [
        ("email", Code.EMAIL_REPEATED, "5"),
        ("nipBaru", Code.NIP_REPEATED, "5"),
    ]


def test_a_misspelled_column_names_the_one_that_is_meant_and_the_rows_are_still_checked() -> None:
    sheet = with_cell(people(), 5, "email", "x")
    sheet[0][HEADING.index("nipAtasan")] = "nip_atasn"
    wrong = problems(sheet)
    assert [(item.row, item.column, item.code) for item in wrong] == [
        (1, "nipAtasan", Code.COLUMN_MISSING),
        (1, "nip_atasn", Code.COLUMN_MISSPELLED),
        (5, "email", Code.BAD_EMAIL),
    ]
    assert "nipAtasan" in wrong[1].remedy


def test_a_foreign_column_and_a_repeated_one_are_errors() -> None:
    sheet = [[*cells, "x"] for cells in people()]
    sheet[0][-1] = "gaji"
    assert found(sheet) == [(1, "gaji", Code.COLUMN_UNKNOWN)]
    sheet[0][-1] = "Nama"
    assert found(sheet) == [(1, "nama", Code.COLUMN_REPEATED)]


def test_columns_are_known_by_letters_and_digits_alone() -> None:
    sheet = people()
    sheet[0] = [title.replace("jenisJabatan", "Jenis Jabatan").upper() for title in sheet[0]]
    assert found(sheet) == []


def test_rows_are_counted_as_the_spreadsheet_shows_them() -> None:
    sheet = with_cell(people(), 5, "tmt", "x")
    sheet.insert(2, [""] * len(HEADING))
    assert found(sheet) == [(6, "tmt", Code.BAD_DATE)]


def test_a_cell_right_of_the_heading_is_an_error() -> None:
    sheet = people()
    sheet[3].append("stray")
    assert found(sheet) == [(4, "", Code.CELL_BEYOND_HEADING)]


@pytest.mark.parametrize("sheet", [[], [[]], [HEADING]])
def test_an_empty_file_is_an_error(sheet: list[list[str]]) -> None:
    assert (0, "", Code.EMPTY_FILE) in found(sheet)


def test_a_circle_of_superiors_is_named_by_its_rows_once() -> None:
    sheet = with_cell(with_cell(people(), 4, "nipAtasan", OFFICER), 6, "nipAtasan", OFFICER)
    (loop,) = [item for item in problems(sheet) if item.code is Code.SUPERIOR_LOOP]
    assert (loop.row, loop.args["chain"]) == (4, "row 4 → row 5 → row 4")


def test_a_circle_that_closes_over_the_record_is_found() -> None:
    known, _ = read_people(with_cell(people(), 4, "nipAtasan", BUPATI))
    sheet = [HEADING, *with_cell(people(), 4, "nipAtasan", OFFICER)[3:4]]
    (loop,) = [item for item in problems(sheet, _on_record(known)) if item.code is Code.SUPERIOR_LOOP]
    assert loop.args["chain"] == "row 2 → Budi Darmawan (on record) → row 2"


def test_a_superior_on_record_will_do_but_is_mentioned() -> None:
    known = _on_record(read_people(people())[0])
    sheet = [HEADING, *people()[4:]]
    assert found(sheet, known) == [
        (2, "nipAtasan", Code.SUPERIOR_NOT_IN_FILE),
        (3, "nipAtasan", Code.SUPERIOR_NOT_IN_FILE),
    ]


def test_units_in_a_circle_a_second_top_and_an_unknown_parent_are_errors() -> None:
    circle = with_cell(with_cell(people(), 3, "unorIndukId", "X"), 2, "unorIndukId", "S")
    assert (3, "unorIndukId", Code.UNIT_PARENT_UNKNOWN) in found(circle)
    circle = with_cell(with_cell(people(), 3, "unorIndukId", "R"), 2, "unorIndukId", "S")
    assert (2, "unorIndukId", Code.UNIT_LOOP) in found(circle)
    assert (3, "unorIndukId", Code.UNIT_SECOND_ROOT) in found(with_cell(people(), 3, "unorIndukId", ""))


def test_a_unit_without_a_head_is_only_a_warning() -> None:
    sheet = with_cell(people(), 3, "jenisJabatan", "Pelaksana")
    assert [(item.row, item.code, item.severity) for item in problems(sheet)] == [
        (3, Code.UNIT_WITHOUT_HEAD, Severity.WARNING)
    ]


def test_a_head_on_record_who_is_not_in_the_file_is_mentioned() -> None:
    known = _on_record(read_people(people())[0])
    successor = row("198001012005011002", "Sri Utami", "D", "R", BUPATI, jenisJabatan="Struktural", jabatanNama="Kadis")
    assert found([HEADING, people()[1], successor], known) == [(3, "jenisJabatan", Code.UNIT_HEAD_ON_RECORD)]


def test_one_position_cannot_be_two_kinds() -> None:
    twin = row("198001012005011002", "Sri Utami", "D", "R", HEAD, jenisJabatan="Fungsional")
    assert found([*people(), twin]) == [(7, "jenisJabatan", Code.POSITION_CONTRADICTS)]


def test_a_superior_below_pengawas_is_a_warning_at_the_superiors_row() -> None:
    assert found(with_cell(people(), 6, "nipAtasan", OFFICER)) == [(5, "jenisJabatan", Code.SUPERIOR_NOT_STRUCTURAL)]


def test_the_sample_regency_is_clean() -> None:
    roster, wrong = read_people(read_sheet(Path("sample/regency/people.csv").read_bytes()))
    assert wrong == ()
    assert 420 <= len(roster.people) <= 480


def test_every_problem_has_its_words() -> None:
    assert set(MESSAGES) == set(Code)


def test_nothing_from_a_cell_reaches_a_message_unbounded_or_invisible() -> None:
    for problem in problems(with_cell(people(), 5, "jenisJabatan", "\x00\u202e" + "x" * 5000)):
        assert len(problem.what + problem.remedy) < 400
        assert "\x00" not in problem.what


def _on_record(roster: Roster) -> Roster:
    """As if read from the record: without rows."""
    return Roster(
        tuple(replace(unit, row=0) for unit in roster.units), tuple(replace(person, row=0) for person in roster.people)
    )


def test_any_beginning_of_the_sample_is_a_pilot_of_its_own() -> None:
    sheet = read_sheet(Path("sample/regency/people.csv").read_bytes())
    assert all(found(sheet[: number + 1]) == [] for number in (2, 28, 48, 60, 61, 200))
