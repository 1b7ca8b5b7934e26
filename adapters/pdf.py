"""Documents as PDF: to be kept (PDF/A-2a) and tagged for screen readers (PDF/UA-1), with nothing of the machine in them."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import typst

FOLDER = Path(__file__).with_name("typeset")
STANDARDS: list[Any] = ["a-2a", "ua-1"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. Numbers stand at the right; what is `wide` shares the width that the others leave."""

    name: str
    number: bool = False
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A section: a heading, a note, facts by name, a table."""

    heading: str
    note: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What a reader sees, in the words of `language`; `footer` stands on every page."""

    language: str
    title: str
    subtitle: str
    author: str
    footer: str
    parts: tuple[Part, ...]


def as_pdf(report: Report, at: datetime) -> bytes:
    """The report as of this instant. It takes tenths of a second, and seconds for thousands of rows: call it in a thread."""
    return typeset("report", asdict(report), at)


def typeset(template: Literal["report", "form"], data: dict[str, Any], at: datetime) -> bytes:
    """The template filled with this data. The same data and instant make the same bytes."""
    written = {"data": json.dumps(data, ensure_ascii=False)}
    second = at.replace(microsecond=0)  # no finer moment fits into a PDF
    source = FOLDER / f"{template}.typ"
    return typst.compile(
        source, format="pdf", sys_inputs=written, pdf_standards=STANDARDS, ignore_system_fonts=True, timestamp=second
    )
