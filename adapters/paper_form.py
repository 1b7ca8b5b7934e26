"""The forms of the appraisal as PDF: what stands on them in what order, and the seal by which a holder verifies them."""

import io
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

import segno

from adapters.pdf import typeset

Pairs = tuple[tuple[str, str], ...]
Cell = str | tuple[str, ...]
"""A text, or a list of them."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known, by name."""

    pairs: Pairs
    heading: str = ""
    kind: Literal["facts"] = "facts"


@dataclass(frozen=True, slots=True)
class Side:
    """One of those who stand side by side."""

    heading: str
    pairs: Pairs


@dataclass(frozen=True, slots=True)
class Sides:
    """People side by side: who is appraised, and by whom."""

    sides: tuple[Side, ...]
    kind: Literal["sides"] = "sides"


@dataclass(frozen=True, slots=True)
class RuledColumn:
    """A column: its share of the width, or 0 for as much as it needs. Numbers stand in the middle."""

    name: str
    share: int = 0
    number: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table; one with a `section` is a heading within it and has no cells."""

    cells: tuple[Cell, ...] = ()
    section: str = ""


@dataclass(frozen=True, slots=True)
class Ruled:
    """A table with all its lines, as the forms have them."""

    heading: str
    columns: tuple[RuledColumn, ...]
    rows: tuple[Row, ...]
    note: str = ""
    kind: Literal["ruled"] = "ruled"


@dataclass(frozen=True, slots=True)
class Prose:
    """What people wrote, each under its name."""

    paragraphs: Pairs
    heading: str = ""
    kind: Literal["prose"] = "prose"


@dataclass(frozen=True, slots=True)
class Signature:
    """Who stands for it, and since when, as recorded."""

    role: str
    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signatures:
    """Signatures side by side."""

    signatures: tuple[Signature, ...]
    heading: str


FormPart = Facts | Sides | Ruled | Prose


@dataclass(frozen=True, slots=True)
class Form:
    """A form before it has a number. `lines` stand at the top right, the signatures at the end beside the seal."""

    title: str
    subtitle: str
    agency: str
    lines: tuple[str, ...]
    parts: tuple[FormPart, ...]
    signatures: Signatures
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Seal:
    """What makes a paper verifiable: `url` becomes the QR code, `says` its description for who cannot see it."""

    url: str
    says: str
    pairs: Pairs
    note: str
    footer: str


def form_as_pdf(form: Form, seal: Seal, at: datetime) -> bytes:
    """The form, issued at this instant. It takes tenths of a second: call it in a thread."""
    drawn = {"picture": qr(seal.url), "picture_says": seal.says, "pairs": seal.pairs, "note": seal.note}
    shared = {"language": "id", "author": form.agency, "footer": seal.footer, "seal": drawn}
    return typeset("form", {**asdict(form), **shared}, at)


def qr(url: str) -> str:
    """The address as a QR code (SVG), readable with a seventh of it gone."""
    written = io.BytesIO()
    segno.make(url, error="m", micro=False).save(written, kind="svg", border=4, xmldecl=False)
    return written.getvalue().decode()
