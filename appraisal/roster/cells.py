"""Reading one row's cells into values. Nothing is raised: every cell that is wrong is noted, and reading goes on."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from appraisal.roster.codes import ProblemCode
from appraisal.roster.roster import Problem

Word = TypeVar("Word", bound=StrEnum)

LONGEST_CELL = 200
EVERYBODY = "semua"
"""How a file says that nobody is left out."""
_EMAIL = re.compile(r"[^\s@<>\"'(),;:\\]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9-]*[A-Za-z0-9])+")
_DAY = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,14}(?:[.,]\d{1,4})?", re.ASCII)
_RUPIAH = re.compile(
    r"(?:Rp\.? ?)?(-?(?:\d{1,15}|\d{1,3}(?:[.]\d{3})+|\d{1,3}(?:,\d{3})+))(?:,-)?", re.ASCII | re.IGNORECASE
)
_THOUSANDS = re.compile(r"-?\d{1,3}(?:[.,]\d{3})+(?:[.,]\d+)?")
# Direction marks can make a name read as another one.
_DIRECTION_MARKS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def shown(value: str) -> str:
    """A cell's text as a message may quote it: short, and nothing invisible in it."""
    plain = "".join("?" if _invisible(character) else character for character in value.strip())
    return plain if len(plain) <= 40 else f"{plain[:39]}…"


def tidy(value: str) -> str:
    """Without surrounding, doubled and non-breaking spaces; a lone dash is how people write 'nothing'."""
    spaced = re.sub(" +", " ", value.replace("\u00a0", " ")).strip()
    return "" if spaced in ("-", "–") else spaced


class Cells:
    """The cells of one row by column; `problems` is the list that all rows share."""

    def __init__(self, row: int, cells: Mapping[str, str], problems: list[Problem]) -> None:
        self.row = row
        self._cells = cells
        self._problems = problems

    def refuse(self, column: str, code: ProblemCode, **args: str) -> None:
        """Note a problem of this cell."""
        self._problems.append(Problem(self.row, column, code, args))

    def raw(self, column: str) -> str:
        """The cell tidied and otherwise unchecked; empty as well when the file lacks the column."""
        return tidy(self._cells.get(column, ""))

    def optional(self, column: str, limit: int = LONGEST_CELL) -> str | None:
        """A line of text, or None for an empty cell."""
        value = self.raw(column)
        if len(value) > limit:
            self.refuse(column, ProblemCode.TOO_LONG, length=str(len(value)), limit=str(limit))
        elif any(_invisible(character) for character in value):
            self.refuse(column, ProblemCode.CONTROL_CHARACTER)
        elif "<" in value or ">" in value:
            self.refuse(column, ProblemCode.MARKUP)
        elif value[:1] in tuple("=+-@"):
            self.refuse(column, ProblemCode.FORMULA)
        return value[:limit] or None

    def text(self, column: str, limit: int = LONGEST_CELL) -> str:
        """A line of text that must be there."""
        value = self.optional(column, limit)
        if value is None and column in self._cells:
            self.refuse(column, ProblemCode.EMPTY_CELL)
        return value or ""

    def word(self, column: str, known: Mapping[str, Word], otherwise: Word) -> Word:
        """One of the known words, in any case of letters; `otherwise` stands in where it is none of them."""
        value = self.raw(column)
        found = {name.casefold(): member for name, member in known.items()}.get(value.casefold())
        if found is None and column in self._cells:
            if value:
                self.refuse(column, ProblemCode.UNKNOWN_WORD, value=shown(value), known=", ".join(known))
            else:
                self.refuse(column, ProblemCode.EMPTY_CELL)
        return found or otherwise

    def choice(self, column: str, words: type[Word]) -> Word | None:
        """One of these words; None for an empty cell, and where the file lacks the column."""
        known = {str(member): member for member in words}
        return self.word(column, known, next(iter(words))) if self.raw(column) else None

    def day(self, column: str) -> date | None:
        """A day as dd-mm-yyyy (or with / or . between)."""
        value = self.text(column)
        found = _DAY.fullmatch(value)
        try:
            if found:
                return date(int(found[3]), int(found[2]), int(found[1]))
        except ValueError:
            pass
        if value:
            self.refuse(column, ProblemCode.BAD_DATE, value=shown(value))
        return None

    def email(self, column: str) -> str | None:
        """An e-mail address in lower case, or None for an empty cell."""
        value = self.raw(column).casefold() or None
        if value and (len(value) > LONGEST_CELL or not _EMAIL.fullmatch(value)):
            self.refuse(column, ProblemCode.BAD_EMAIL)
        return value

    def number(self, column: str, required: bool = True) -> Decimal | None:
        """A decimal number with a comma or a point; None when empty or wrong."""
        value = self.raw(column)
        if not value:
            if required and column in self._cells:
                self.refuse(column, ProblemCode.EMPTY_CELL)
            return None
        if _THOUSANDS.fullmatch(value):
            self.refuse(column, ProblemCode.AMBIGUOUS_NUMBER, value=shown(value))
        elif _NUMBER.fullmatch(value):
            return Decimal(value.replace(",", "."))
        else:
            self.refuse(column, ProblemCode.BAD_NUMBER, value=shown(value))
        return None

    def rupiah(self, column: str) -> Decimal | None:
        """An amount in whole rupiah, as 1500000, 1.500.000 or Rp1.500.000; None when empty or wrong."""
        value = self.raw(column)
        found = _RUPIAH.fullmatch(value)
        amount = Decimal(found[1].replace(".", "").replace(",", "")) if found else None
        if amount is not None and amount < 0:
            self.refuse(column, ProblemCode.NEGATIVE_AMOUNT, value=shown(value))
        elif value and (amount is None or amount >= 10**15):
            self.refuse(column, ProblemCode.BAD_AMOUNT, value=shown(value))
        else:
            return amount
        return None

    def several(self, column: str, known: Mapping[str, str]) -> str | None:
        """Some of the known words, separated by ';' and each once; empty for 'semua', None for an empty cell."""
        value, words = self.raw(column), {name.casefold(): word for name, word in known.items()}
        if not value or value.casefold() == EVERYBODY:
            return "" if value else None
        asked = [word.strip() for word in value.split(";") if word.strip()]
        for word in asked:
            if word.casefold() not in words:
                self.refuse(column, ProblemCode.UNKNOWN_WORD, value=shown(word), known=", ".join((*known, EVERYBODY)))
        return ";".join(dict.fromkeys(words.get(word.casefold(), "") for word in asked))

    def whole(self, column: str, low: int, high: int) -> int:
        """A whole number from `low` to `high`; `low` stands in where it is none."""
        value = self.raw(column)
        if not value and column in self._cells:
            self.refuse(column, ProblemCode.EMPTY_CELL)
        elif value and not re.fullmatch(r"-?\d{1,9}", value, re.ASCII):
            self.refuse(column, ProblemCode.BAD_NUMBER, value=shown(value))
        elif value and not low <= int(value) <= high:
            self.refuse(column, ProblemCode.OUT_OF_RANGE, value=value, low=str(low), high=str(high))
        elif value:
            return int(value)
        return low


def _invisible(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") or character in _DIRECTION_MARKS
