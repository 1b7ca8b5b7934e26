"""Reading the document of a policy, which anybody may have written: each value is what it must be, or is refused by its key."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from appraisal.errors import InvalidPolicy
from appraisal.text import checked
from appraisal.vocabulary import Audience

LONGEST_VALUE = 60
"""Characters of one value; '999 working days before' has 23."""
NAME = "[a-z0-9-]{1,40}"
"""A policy's name stands in addresses and is the name of a file."""
_CLOCK_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d", re.ASCII)
MOST_REMINDERS, MOST_RUNGS = 10, 5
"""Of one step. Every alarm that rings is an event of every case."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung of a step's ladder: so long after the due date it also goes to these."""

    after: str
    to: Audience


class Part:
    """A document, or a part of it at this path."""

    def __init__(self, document: Any, where: str = "") -> None:
        if not isinstance(document, dict):
            raise InvalidPolicy("This is no table.", where, "policies/annual.toml shows how it is written.")
        self._document, self._where = document, where

    def place(self, key: str) -> str:
        return f"{self._where}.{key}".lstrip(".")

    def given(self, key: str) -> Any:
        if key not in self._document:
            raise InvalidPolicy(
                "A value is missing.", self.place(key), "Add it; policies/annual.toml shows all of them."
            )
        return self._document[key]

    def text(self, key: str) -> str:
        return self.item(self.given(key), self.place(key))

    def item(self, value: Any, where: str) -> str:
        """A text of one line."""
        if not isinstance(value, str):
            raise InvalidPolicy("This is no text.", where, "Put it in quotation marks.")
        return checked(value, where, LONGEST_VALUE)

    def name(self, key: str) -> str:
        found = self.text(key)
        if not re.fullmatch(NAME, found):
            remedy = "Use lower-case letters, digits and hyphens, up to 40."
            raise InvalidPolicy("This cannot be the name of a policy.", self.place(key), remedy)
        return found

    def number(self, key: str, otherwise: int | None = None, least: int = 1) -> int:
        """A whole number from `least` on; `otherwise` where an older document does not know this key."""
        found = self.given(key) if otherwise is None else self._document.get(key, otherwise)
        if not isinstance(found, int) or isinstance(found, bool) or found < least:
            raise InvalidPolicy(f"This is no whole number from {least} on.", self.place(key), f"Write {least}.")
        return found

    def flag(self, key: str) -> bool:
        found = self.given(key)
        if not isinstance(found, bool):
            raise InvalidPolicy("This is neither true nor false.", self.place(key), "Write true or false.")
        return found

    def zone(self, key: str) -> str:
        found = self.text(key)
        try:
            ZoneInfo(found)
        except (KeyError, ValueError, OSError) as unknown:
            raise InvalidPolicy(f"'{found}' is no time zone.", self.place(key), "Write Asia/Jakarta.") from unknown
        return found

    def clock_time(self, key: str) -> str:
        found = self.text(key)
        if not _CLOCK_TIME.fullmatch(found):
            raise InvalidPolicy(f"'{found}' is no time of the day.", self.place(key), "Write it like 07:30.")
        return found

    def one_of(self, key: str, options: tuple[str, ...]) -> str:
        found = self.text(key)
        if found not in options:
            remedy = f"Choose one of: {', '.join(options)}."
            raise InvalidPolicy(f"'{found}' is not among the choices.", self.place(key), remedy)
        return found

    def listed(self, key: str, most: int, read: Callable[[Any, str], T]) -> Iterator[T]:
        """Each item of a list, read with its own place."""
        found = self.given(key)
        if not isinstance(found, list):
            raise InvalidPolicy(f"'{key}' is no list.", self.place(key), "Put it in brackets: [ ... ].")
        if len(found) > most:
            raise InvalidPolicy(f"'{key}' has {len(found)} items.", self.place(key), f"Leave at most {most}.")
        return (read(item, f"{self.place(key)}.{number}") for number, item in enumerate(found))

    def knows_only(self, keys: tuple[str, ...]) -> None:
        """A mistyped key must not silently be left out."""
        for key in self._document:
            if key not in keys:
                remedy = f"Leave it out, or choose one of: {', '.join(keys)}."
                raise InvalidPolicy("There is no such key.", self.place(str(key))[:100], remedy)

    def reminders(self) -> tuple[str, ...]:
        return tuple(self.listed("remind", MOST_REMINDERS, self.item))

    def ladder(self) -> tuple[Rung, ...]:
        return tuple(self.listed("escalate", MOST_RUNGS, _rung))


def ladder_document(ladder: tuple[Rung, ...]) -> list[dict[str, str]]:
    """The ladder as a document has it."""
    return [{"after": rung.after, "to": str(rung.to)} for rung in ladder]


def _rung(document: Any, where: str) -> Rung:
    if not isinstance(document, dict) or set(document) != {"after", "to"} or document["to"] not in tuple(Audience):
        raise InvalidPolicy(
            "A rung needs exactly 'after' and 'to'.",
            where,
            'Write { after = "3 working days", to = "superior" }, "unit_hr" or "hr".',
        )
    return Rung(Part(document, where).text("after"), Audience(document["to"]))
