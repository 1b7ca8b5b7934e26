"""An XLSX file under watch: unpacked, measured, and packed anew, before anything reads it as a workbook.

A small file may unfold into gigabytes, say that it does not, or hold two cells so far apart that the empty ones between them
fill the memory. What the reader gets is only what was looked at here.
"""

import io
import re
import zipfile
import zlib
from xml.parsers import expat

from appraisal.errors import UnreadableFile

MAX_UNPACKED_BYTES = 100 * 1024 * 1024
MAX_RATIO = 200
"""Unpacked to packed; a sheet of text is about 10. Looked at from so many unpacked bytes on: the small ones do no harm."""
RATIO_FROM = 8 * 1024 * 1024
MAX_PARTS = 1000
MAX_ROWS, MAX_COLUMNS = 100_000, 100
WORKBOOK = "xl/workbook.xml"
SHEET = b"worksheet"
REFERENCE = re.compile(r"([A-Za-z]{1,7})([0-9]{1,10})")
TOO_LARGE = UnreadableFile("This XLSX file is too large once unpacked.", "file", "Save it as CSV UTF-8.")
TOO_WIDE = UnreadableFile(
    f"The file has over {MAX_ROWS} rows or {MAX_COLUMNS} columns.", "file", "Upload it in parts, without stray cells."
)
NO_WORKBOOK = UnreadableFile("This is no XLSX file.", "file", "Save the sheet as XLSX or as 'CSV UTF-8'.")
BROKEN = UnreadableFile("This XLSX file is damaged.", "file", "Open it, save it again as XLSX, and upload that file.")


def repacked(content: bytes) -> bytes:
    """The same workbook, without compression and without surprises.

    Raises:
        UnreadableFile: it is damaged, no workbook, or larger than a spreadsheet of people can be.
    """
    target = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(target, "w") as plain:
            for entry in _entries(archive, len(content)):
                part = archive.read(
                    entry
                )  # never more than the entry says, and an error where it says less than there is
                _measure(part)
                plain.writestr(entry.filename, part)
    except (
        zipfile.BadZipFile,
        zlib.error,
        expat.ExpatError,
        EOFError,
        NotImplementedError,
        OSError,
        RuntimeError,
    ) as wrong:
        raise BROKEN from wrong
    return target.getvalue()


def _entries(archive: zipfile.ZipFile, packed: int) -> list[zipfile.ZipInfo]:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if WORKBOOK not in names:
        raise NO_WORKBOOK
    if len(entries) > MAX_PARTS or len(set(names)) < len(names):
        raise BROKEN
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED_BYTES or (unpacked > RATIO_FROM and unpacked > MAX_RATIO * packed):
        raise TOO_LARGE
    return entries


def _measure(part: bytes) -> None:
    """How far the cells of a sheet reach. What is between them costs memory, whether it is there or not."""
    if SHEET not in part[:4096]:
        return
    row = column = 0

    def element(name: str, attributes: dict[str, str]) -> None:
        nonlocal row, column
        name, given = name.rpartition(":")[2], attributes.get("r", "")
        if name == "row":
            row, column = (int(given) if given.isdecimal() else row + 1), 0
        elif name == "c":
            found = REFERENCE.fullmatch(given)
            column = _number(found[1]) if found else column + 1
            row = int(found[2]) if found else row
        if row > MAX_ROWS or column > MAX_COLUMNS:
            raise TOO_WIDE

    def no_types(*_: object) -> None:
        raise BROKEN

    reader = expat.ParserCreate()
    reader.StartElementHandler, reader.StartDoctypeDeclHandler = element, no_types
    reader.Parse(part, True)


def _number(letters: str) -> int:
    """'A' is 1, 'AA' is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
