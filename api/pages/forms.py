"""What comes from the forms of the pages, as the rules know it; and refusals as errors beside the fields they are about."""

import re
import uuid
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, TypeVar

from babel.numbers import NumberFormatError, parse_decimal
from fastapi import Depends, Request

from api.errors import Problem
from api.pages import refusals
from api.pages.words import Words
from appraisal.errors import AppraisalError, InvalidEvidence, InvalidNumber
from appraisal.targets import checked_number
from appraisal.text import LONG, MOST_LINKS, checked, evidence_link, reason

MOST_FIELDS = 200
Fields = Mapping[str, str]
E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")

PATHS = (
    (re.compile(r"^targets\[(\d+)\]\.(\w+)"), lambda found, rows: f"t{_row(rows, found[1])}_{found[2]}"),
    (re.compile(r"^realisations\[(\d+)\]\.(\w+)"), lambda found, rows: f"r{int(found[1]) + 1}_{found[2]}"),
    (re.compile(r"^actions\[(\d+)\]"), lambda found, rows: f"a{int(found[1]) + 1}"),
    (re.compile(r"^comments\[(\d+)\]"), lambda found, rows: f"c{int(found[1]) + 1}"),
    (re.compile(r"^expectations\.(\w+)"), lambda found, rows: f"e_{found[1]}"),
    (re.compile(r"^targets$"), lambda found, rows: "weights"),
    (re.compile(r"^(evidence)\b"), lambda found, rows: found[1]),
    (
        re.compile(r"^(results_reason|behaviour_reason|reflection|reason|comment|about|text|results)$"),
        lambda found, rows: found[1],
    ),
)
"""Where the rules point to -> the field of the form. `rows`: the numbers of the rows that were filled in."""


async def sent(request: Request) -> Fields:
    """The fields of the form that was sent, each once; files have pages of their own."""
    async with request.form(max_files=0, max_fields=MOST_FIELDS) as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


Sent = Annotated[Fields, Depends(sent)]


def day_of(text: str, where: str) -> date:
    """The day as a date field sends it; a Problem at `where` for anything else."""
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        raise Problem(422, "no_day", "", where, "") from None
    if not 2000 <= found.year <= 2100:
        raise Problem(422, "no_day", "", where, "")
    return found


def key_of(fields: Fields) -> str:
    """The key under which a double click or a reload counts once; one of its own where the form sends none."""
    key = fields.get("key", "")
    return key if key.isalnum() and len(key) <= 64 else uuid.uuid4().hex


def revision_of(fields: Fields, name: str = "revision") -> int | None:
    """The revision that a form was made from, or None where it names none."""
    said = fields.get(name, "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else None


def next_key(fields: Fields, errors: Mapping[str, str]) -> str:
    """The key under which a form counts once, however often it is sent; after a refusal it is another order."""
    return uuid.uuid4().hex if errors else fields.get("key") or uuid.uuid4().hex


class Reader:
    """Reads fields one by one and collects what is wrong with them, so that people see all of it at once."""

    def __init__(self, fields: Fields, words: Words) -> None:
        self.fields, self.words = fields, words
        self.errors: dict[str, str] = {}

    def text(self, name: str, label: str, limit: int = LONG, required: bool = True) -> str:
        value = self.fields.get(name, "")
        if required and not value.strip():
            return self._missing(name, label, "")
        return self._tried(name, label, lambda: checked(value, name, limit, required), "")

    def reason(self, name: str, label: str) -> str:
        return self._tried(name, label, lambda: reason(self.fields.get(name, ""), name), "")

    def number(self, name: str, label: str) -> Decimal:
        """A number as people of this language write it."""
        value = self.fields.get(name, "").strip()
        if not value:
            return self._missing(name, label, Decimal(0))
        return self._tried(name, label, lambda: checked_number(self._decimal(value, name), name), Decimal(0))

    def amount(self, name: str, label: str) -> Decimal:
        """A number that may lie below zero."""
        value = self.fields.get(name, "").strip()
        return self._tried(name, label, lambda: self._decimal(value, name), Decimal(0))

    def whole(self, name: str, label: str) -> int:
        value = self.fields.get(name, "").strip()
        if not value:
            return self._missing(name, label, 0)
        if not (value.isascii() and value.isdecimal() and len(value) <= 3):
            return self._refused(name, label, InvalidNumber("This is no whole number.", name, "Give 1 to 100."), 0)
        return int(value)

    def one_of(self, name: str, label: str, options: type[E], otherwise: E) -> E:
        """One of a few; `otherwise` only stands in where an error says that a choice is missing."""
        value = self.fields.get(name, "")
        return options(value) if value in tuple(options) else self._missing(name, label, otherwise)

    def links(self, name: str, label: str) -> tuple[str, ...]:
        """Addresses, one per line."""
        lines = tuple(line for line in self.fields.get(name, "").split() if line)
        if len(lines) > MOST_LINKS:
            return self._refused(name, label, InvalidEvidence(f"More than {MOST_LINKS} links."), ())
        return self._tried(name, label, lambda: tuple(evidence_link(line, name) for line in lines), ())

    def refuse(self, refusal: AppraisalError, rows: tuple[int, ...] = ()) -> None:
        """A refusal of the rules beside the field that it is about, or on the form itself."""
        self.errors.setdefault(field_of(refusal.where, rows), self._sentence(refusal))

    def _decimal(self, value: str, name: str) -> Decimal:
        try:
            return parse_decimal(value, locale=self.words.language, strict=True)
        except NumberFormatError as unreadable:
            raise InvalidNumber(f"'{value}' is no number.", name, "Write digits, like 12 or 12.5.") from unreadable

    def _tried(self, name: str, label: str, read: Callable[[], T], otherwise: T) -> T:
        try:
            return read()
        except AppraisalError as refusal:
            return self._refused(name, label, refusal, otherwise)

    def _refused(self, name: str, label: str, refusal: AppraisalError, otherwise: T) -> T:
        self.errors[name] = f"{label}: {self._sentence(refusal)}"
        return otherwise

    def _missing(self, name: str, label: str, otherwise: T) -> T:
        self.errors[name] = self.words.gettext("%(label)s: fill this in.", label=label)
        return otherwise

    def _sentence(self, refusal: AppraisalError) -> str:
        return refusals.sentence(self.words, refusal)


def field_of(where: str, rows: tuple[int, ...] = ()) -> str:
    """The form's field for a path of the rules; empty for the form as a whole."""
    for pattern, name in PATHS:
        found = pattern.match(where)
        if found:
            return name(found, rows).replace("unit_of_measure", "unit")
    return ""


def _row(rows: tuple[int, ...], index: str) -> int:
    return rows[int(index)] if int(index) < len(rows) else int(index) + 1
