"""Uploaded spreadsheets."""

import io
import zipfile
from datetime import date

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from adapters.files import MAX_BYTES, read_sheet
from adapters.workbooks import WORKBOOK
from appraisal.errors import UnreadableFile
from appraisal.roster.people import read_people
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


def _bomb(size: int) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(WORKBOOK, "")
        for at in range(size // 40_000_000):
            archive.writestr(f"{at}", b"0" * 40_000_000)
    return target.getvalue()


def workbook(sheet: bytes | None, without: str = "") -> bytes:
    """A workbook with this sheet in it, and without that part: as no program would write it."""
    with zipfile.ZipFile(io.BytesIO(xlsx([["a"]]))) as sound, zipfile.ZipFile(odd := io.BytesIO(), "w") as archive:
        for name in sound.namelist():
            if name != without:
                own = sheet if name == "xl/worksheets/sheet1.xml" else None
                archive.writestr(name, sound.read(name) if own is None else own)
    return odd.getvalue()


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


@pytest.mark.parametrize("size", [120_000_000, 40_000_000], ids=["too large", "too many times its size"])
def test_a_file_that_unfolds_into_gigabytes_is_refused_before_it_does(size: int) -> None:
    with pytest.raises(UnreadableFile, match="unpacked"):
        read_sheet(_bomb(size))


def test_a_file_that_unfolds_into_more_than_it_says_is_refused() -> None:
    """The sizes in the archive say one byte each."""
    content = bytearray(_bomb(40_000_000))
    size = (40_000_000).to_bytes(4, "little")
    assert content.count(size) >= 2
    with pytest.raises(UnreadableFile, match="damaged"):
        read_sheet(bytes(content.replace(size, (1).to_bytes(4, "little"))))


FAR = [
    ('<row r="1"><c r="A1"/></row><row r="1048576"><c r="XFD1048576"/></row>', "far apart"),
    ('<row r="1"><c r="A1"/></row><row r="100001"><c r="A100001"/></row>', "a row too many"),
    ('<row r="1"><c r="CW1"/></row>', "a column too many"),
    (f"<row>{'<c/>' * 101}</row>", "without addresses"),
    ("<row/>" * 100_001, "rows without addresses"),
    ('<row r="1"><c r="A999999999"/></row>', "a cell that belongs to no row"),
]


@pytest.mark.parametrize("cells", [cells for cells, _ in FAR], ids=[name for _, name in FAR])
def test_cells_that_lie_so_far_apart_that_what_is_between_fills_the_memory_are_refused(cells: str) -> None:
    with pytest.raises(UnreadableFile, match="rows or"):
        read_sheet(workbook(f"<worksheet><sheetData>{cells}</sheetData></worksheet>".encode()))


def test_a_workbook_that_defines_words_of_its_own_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="damaged"):
        read_sheet(workbook(b'<!DOCTYPE worksheet [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'))


def test_workbooks_are_told_from_other_archives_by_what_they_hold() -> None:
    """Neither the name of a file nor what a browser says of it is looked at."""
    with pytest.raises(UnreadableFile, match="no XLSX"):
        read_sheet(workbook(None, without=WORKBOOK))


def test_an_archive_that_is_no_workbook_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(UnreadableFile):
        read_sheet(target.getvalue())
