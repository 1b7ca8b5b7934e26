"""Uploaded spreadsheets (CSV or XLSX) as rows of text, exactly as many rows as the spreadsheet shows."""

import csv
import io
from datetime import date, datetime
from decimal import Decimal
from itertools import islice

from python_calamine import CalamineError, CalamineWorkbook

from adapters.workbooks import BROKEN, MAX_COLUMNS, MAX_ROWS, TOO_WIDE, repacked
from appraisal.errors import UnreadableFile

MAX_BYTES = 10 * 1024 * 1024

_XLSX, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def read_sheet(content: bytes) -> list[list[str]]:
    """All rows of a CSV file or of the first sheet of an XLSX file; UnreadableFile when it is neither.

    Numbers of XLSX keep what is left of them: a NIP that became a number is shown as 1.98609262015051e+17.
    """
    if len(content) > MAX_BYTES:
        raise UnreadableFile("The file is larger than 10 MB.", "file", "Upload it in parts, or without pictures.")
    if content.startswith(_OLE):
        remedy = "Save it as XLSX or CSV without a password."
        raise UnreadableFile("This is an old or password-protected Excel file.", "file", remedy)
    rows = _xlsx(content) if content.startswith(_XLSX) else _csv(content)
    if len(rows) > MAX_ROWS or any(len(row) > MAX_COLUMNS for row in rows):
        raise TOO_WIDE
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def _csv(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
        if "\0" in text:
            raise UnreadableFile("This is no text file.", "file", "Save the sheet as 'CSV UTF-8' or as XLSX.")
        first = text.partition("\n")[0]
        separator = max(",;\t", key=first.count)
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        return list(islice(rows, MAX_ROWS + 1))
    except UnicodeDecodeError as wrong:
        raise UnreadableFile("The text is not UTF-8.", "file", "Save the sheet as 'CSV UTF-8' or as XLSX.") from wrong
    except csv.Error as wrong:
        raise UnreadableFile("The quotation marks of this CSV do not match.", "file", "Save it as XLSX.") from wrong


def _xlsx(content: bytes) -> list[list[str]]:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(repacked(content))) as workbook:
            sheet = workbook.get_sheet_by_index(0)
            rows = sheet.to_python(skip_empty_area=False, nrows=MAX_ROWS + 1)
    except (CalamineError, IndexError, ValueError, OSError) as wrong:
        raise BROKEN from wrong
    return [[_text(cell) for cell in row] for row in rows]


def _text(cell: object) -> str:
    """A cell as it would be typed into a CSV file."""
    if isinstance(cell, date):
        timed = isinstance(cell, datetime) and (cell.hour or cell.minute or cell.second)
        return str(cell) if timed else f"{cell:%d-%m-%Y}"
    if isinstance(cell, bool) or not isinstance(cell, float):
        return str(cell)
    if cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if abs(cell) >= 1e15:
        return repr(cell)
    plain = format(Decimal(repr(cell)), "f")
    # A number of a cell is certain: a fourth decimal says that the point separates no thousands.
    return f"{plain}0" if len(plain.partition(".")[2]) == 3 else plain
