"""Uploaded spreadsheets."""

import io
import zipfile
from datetime import date

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from adapters.files import MAX_BYTES, read_sheet
from appraisal.errors import UnreadableFile
from appraisal.roster_people import read_people
from tests.roster_files import as_csv, people


def xlsx(rows: list[list[object]]) -> bytes:
    """A workbook of one sheet; dates are dates, numbers are numbers."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "dd-mm-yyyy"})
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(at, column, value, day)
                else:
                    sheet.write(at, column, value)
    return target.getvalue()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_csv_reads_the_same_with_any_separator_and_with_or_without_a_byte_order_mark(
    separator: str, mark: bytes
) -> None:
    assert read_sheet(mark + as_csv(people(), separator)) == people()


def test_xlsx_reads_like_csv() -> None:
    assert read_sheet(xlsx([list(cells) for cells in people()])) == people()


def test_rows_above_the_first_filled_one_and_between_are_counted() -> None:
    assert read_sheet(xlsx([[], ["a"], [], ["b"]])) == [[""], ["a"], [""], ["b"]]
    assert read_sheet(b"a\n\nb\n") == [["a"], [], ["b"]]


def test_a_nip_that_became_a_number_stays_recognisable() -> None:
    sheet: list[list[object]] = [list(cells) for cells in people()]
    sheet[4][0] = 198609262015051001
    _, wrong = read_people(read_sheet(xlsx(sheet)))
    assert [(item.row, item.column, item.code) for item in wrong] == [(5, "nipBaru", "nip_as_number")]


def test_dates_and_numbers_of_xlsx_read_as_they_would_be_typed() -> None:
    assert read_sheet(xlsx([[date(2024, 3, 1), 2026, 95.5, 1.234, 0.1, True]])) == [
        ["01-03-2024", "2026", "95.5", "1.2340", "0.1", "True"]
    ]


def _bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for at in range(3):
            archive.writestr(f"{at}", b"0" * 80_000_000)
    return target.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe\x00\x01",
        "nama\nJos\u00e9".encode("latin-1"),
        b"a\0b",
        b'a,"b\nc',
        b"PK\x03\x04 no archive",
        b"\xd0\xcf\x11\xe0 old",
        b"x" * (MAX_BYTES + 1),
        b"," * 200,
    ],
)
def test_what_is_no_readable_spreadsheet_is_refused_with_a_remedy(content: bytes) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        read_sheet(content)
    assert refusal.value.remedy


def test_a_file_that_unfolds_into_gigabytes_is_refused_before_it_does() -> None:
    with pytest.raises(UnreadableFile, match="unpacked"):
        read_sheet(_bomb())


def test_an_archive_that_is_no_workbook_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(UnreadableFile):
        read_sheet(target.getvalue())
