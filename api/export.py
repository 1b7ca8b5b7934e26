"""Lists as files for a spreadsheet: a page of rows after the other, so that the length of a list costs no memory."""

import asyncio
import csv
import io
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, TypeVar
from zoneinfo import ZoneInfo

import xlsxwriter  # type: ignore[import-untyped]

PAGE = 500
CHUNK = 64 * 1024
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes as the beginning of a formula, in the wide letters of Asia too."""
Cell = str | int | date | datetime | None
Row = tuple[Cell, ...]
Pages = AsyncIterator[list[Row]]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Listing:
    """A list that can be had as a file: the address of its page, what it is called, its headings, and where its rows are.

    `rows` takes what its page takes and refuses whom its page refuses, before the first row. Title and headings are
    translated by whoever makes the file.
    """

    path: str
    title: str
    columns: tuple[str, ...]
    rows: Callable[..., Awaitable[Pages]]


async def paged(read: Callable[[T | None], Awaitable[Sequence[T]]], told: Callable[[T], Row]) -> Pages:
    """All pages of a list. `read` gives what comes after that entry (from the beginning after none), PAGE at most."""
    last: T | None = None
    while found := await read(last):
        yield [told(one) for one in found]
        if len(found) < PAGE:
            return
        last = found[-1]


async def at_once(rows: Iterable[Row]) -> Pages:
    """A list that is short enough to be read in one go."""
    yield list(rows)


async def as_csv(heading: Row, pages: Pages, zone: ZoneInfo) -> AsyncIterator[str]:
    """Semicolons and a byte order mark: under Indonesian settings Excel takes the comma as the decimal sign, looks for
    semicolons between the cells, and without the mark reads UTF-8 as Windows-1252."""
    yield "\ufeff" + _lines([heading], zone)
    async for page in pages:
        yield _lines(page, zone)


def _lines(page: list[Row], zone: ZoneInfo) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([_cell(value, zone) for value in row] for row in page)
    return text.getvalue()


def _cell(value: Cell, zone: ZoneInfo) -> str:
    """A text that would become a formula gets an apostrophe, which spreadsheets show as text."""
    if isinstance(value, datetime):
        return value.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA) else value
    return "" if value is None else str(value)


async def as_xlsx(heading: Row, pages: Pages, zone: ZoneInfo) -> AsyncIterator[bytes]:
    """Written row by row to a file that has no name, and read from there. Every text is a text cell, never a formula."""
    with tempfile.TemporaryFile() as file:
        sheet = _Sheet(file, zone)
        sheet.write([heading], bold=True)
        async for page in pages:
            await asyncio.to_thread(sheet.write, page)
        await asyncio.to_thread(sheet.close)
        file.seek(0)
        while chunk := file.read(CHUNK):
            yield chunk


class _Sheet:
    def __init__(self, file: IO[bytes], zone: ZoneInfo) -> None:
        self._zone, self._next = zone, 0
        self._book = xlsxwriter.Workbook(file, {"constant_memory": True, "default_date_format": "yyyy-mm-dd hh:mm"})
        self._sheet = self._book.add_worksheet("Jenjang")
        self._sheet.freeze_panes(1, 0)
        self._sheet.set_column(0, 30, 20)
        self._bold = self._book.add_format({"bold": True})
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})

    def write(self, page: list[Row], bold: bool = False) -> None:
        for row in page:
            for column, value in enumerate(row):
                if isinstance(value, datetime):
                    local = value.astimezone(self._zone).replace(tzinfo=None)
                    self._sheet.write_datetime(self._next, column, local)
                elif isinstance(value, date):
                    self._sheet.write_datetime(self._next, column, value, self._day)
                elif isinstance(value, int):
                    self._sheet.write_number(self._next, column, value)
                elif value:
                    self._sheet.write_string(self._next, column, value, self._bold if bold else None)
            self._next += 1

    def close(self) -> None:
        self._book.close()
