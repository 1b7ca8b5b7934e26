"""The board as a file for a spreadsheet: every page of exactly what is filtered, row by row."""

import asyncio
import csv
import io
import tempfile
from collections.abc import AsyncIterator, Callable
from datetime import date, datetime
from typing import IO
from zoneinfo import ZoneInfo

import xlsxwriter  # type: ignore[import-untyped]

from adapters.database import directory, open_cases
from adapters.database.engine import Sessions
from adapters.database.open_cases import OpenCase, Wanted
from adapters.database.reads import After

PAGE = 500
CHUNK = 64 * 1024
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes as the beginning of a formula."""
Cell = str | int | datetime | None
Row = tuple[Cell, ...]
Told = Callable[[OpenCase, dict[str, str], dict[str, str]], Row]


async def rows(reading: Sessions, wanted: Wanted, now: datetime, told: Told, today: date) -> AsyncIterator[list[Row]]:
    """All pages of the filtered list; `told` gets a case, the names of units and those of people handed to."""
    after: After | None = None
    async with reading() as session:
        units = await directory.unit_names(session, today)
    while True:
        async with reading() as session:
            found = await open_cases.open_cases(session, wanted, now, after, PAGE)
            handed = await directory.person_names(session, tuple({c.escalated_to for c in found if c.escalated_to}))
        if found:
            yield [told(case, units, handed) for case in found]
            after = After(found[-1].due_at, found[-1].id)
        if len(found) < PAGE:
            return


async def as_csv(heading: Row, pages: AsyncIterator[list[Row]], zone: ZoneInfo) -> AsyncIterator[str]:
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
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA) else value
    return "" if value is None else str(value)


async def as_xlsx(heading: Row, pages: AsyncIterator[list[Row]], zone: ZoneInfo) -> AsyncIterator[bytes]:
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

    def write(self, page: list[Row], bold: bool = False) -> None:
        for row in page:
            for column, value in enumerate(row):
                if isinstance(value, datetime):
                    local = value.astimezone(self._zone).replace(tzinfo=None)
                    self._sheet.write_datetime(self._next, column, local)
                elif isinstance(value, int):
                    self._sheet.write_number(self._next, column, value)
                elif value:
                    self._sheet.write_string(self._next, column, value, self._bold if bold else None)
            self._next += 1

    def close(self) -> None:
        self._book.close()
