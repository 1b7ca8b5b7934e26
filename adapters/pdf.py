"""Reports as PDF: tagged for screen readers (PDF/UA-1), without fonts or anything else of the machine."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import typst

TEMPLATE = Path(__file__).with_name("report.typ")


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
    data = {"data": json.dumps(asdict(report), ensure_ascii=False)}
    second = at.replace(microsecond=0)  # no finer moment fits into a PDF
    return typst.compile(
        TEMPLATE, format="pdf", sys_inputs=data, pdf_standards="ua-1", ignore_system_fonts=True, timestamp=second
    )
