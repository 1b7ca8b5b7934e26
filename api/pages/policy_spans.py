"""Dates and lengths of time of a policy as people write them: '3 hari kerja sebelum', '15 January of the next year'.

A policy keeps them in one spelling (appraisal/policy/spans.py). Forms show the page's language, and take either
and that spelling too.
"""

import re
from dataclasses import dataclass
from functools import cache

from babel.dates import get_month_names

AT_START = "P0D"
WHEN_DUE = "when due"


@dataclass(frozen=True, slots=True)
class Grammar:
    """The words of one language; of each unit the form for one and for several."""

    working_day: tuple[str, str]
    day: tuple[str, str]
    hour: tuple[str, str]
    minute: tuple[str, str]
    second: tuple[str, str]
    before: str
    after: str
    at_start: str
    when_due: str
    next_year: str

    @property
    def units(self) -> tuple[tuple[str, str], ...]:
        """In the order in which a duration names them."""
        return self.day, self.hour, self.minute, self.second


GRAMMARS = {
    "id": Grammar(
        working_day=("hari kerja", "hari kerja"),
        day=("hari", "hari"),
        hour=("jam", "jam"),
        minute=("menit", "menit"),
        second=("detik", "detik"),
        before="sebelum",
        after="sesudah",
        at_start="saat siklus mulai",
        when_due="saat tenggat",
        next_year="tahun berikutnya",
    ),
    "en": Grammar(
        working_day=("working day", "working days"),
        day=("day", "days"),
        hour=("hour", "hours"),
        minute=("minute", "minutes"),
        second=("second", "seconds"),
        before="before",
        after="after",
        at_start="when the cycle starts",
        when_due="when due",
        next_year="of the next year",
    ),
}
_WORKING_DAYS = re.compile(r"(\d{1,3}) working days?", re.ASCII)
_DURATION = re.compile(r"P(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?)?", re.ASCII)
_DAY = re.compile(r"(\+1 )?(\d\d)-(\d\d)", re.ASCII)
_WRITTEN_DAY = re.compile(r"(\d{1,2}) ([^\W\d]+)(?: (.+))?")


def shown(span: str, language: str) -> str:
    """The span in words; what is none, as it stands."""
    words = GRAMMARS[language]
    if found := _WORKING_DAYS.fullmatch(span):
        return _counted(int(found[1]), words.working_day)
    if (found := _DAY.fullmatch(span)) and 1 <= int(found[2]) <= 12:
        month = get_month_names("wide", locale=language)[int(found[2])]
        return f"{int(found[3])} {month}{f' {words.next_year}' if found[1] else ''}"
    found = _DURATION.fullmatch(span)
    if not found or not any(found.groups()):
        return span
    numbers = [int(part or 0) for part in found.groups()]
    named = [_counted(number, unit) for number, unit in zip(numbers, words.units, strict=True) if number]
    return " ".join(named) or words.at_start


def shown_reminder(span: str, language: str) -> str:
    """The reminder in words; what is none, as it stands."""
    words = GRAMMARS[language]
    length, _, side = span.rpartition(" ")
    if span == WHEN_DUE:
        return words.when_due
    return f"{shown(length, language)} {getattr(words, side)}" if side in ("before", "after") else span


def written(text: str) -> str | None:
    """What a policy keeps for this date or length of time; None where it says none."""
    plain = " ".join(text.split())
    if _is_duration(plain.upper()):
        return plain.upper()
    if _WORKING_DAYS.fullmatch(plain) or _DAY.fullmatch(plain):
        return plain
    return next((found for words in GRAMMARS.values() if (found := _written(plain.lower(), words))), None)


def written_reminder(text: str) -> str | None:
    """The same for a reminder."""
    plain = " ".join(text.lower().replace("setelah", "sesudah").split())
    for words in GRAMMARS.values():
        if plain == words.when_due:
            return WHEN_DUE
        length, _, side = plain.rpartition(" ")
        if side in (words.before, words.after):
            found = written(length)
            return f"{found} {'before' if side == words.before else 'after'}" if found else None
    return None


def _written(text: str, words: Grammar) -> str | None:
    if text == words.at_start:
        return AT_START
    if found := re.fullmatch(rf"(\d{{1,3}}) (?:{'|'.join(words.working_day)})", text, re.ASCII):
        return f"{int(found[1])} working {'day' if int(found[1]) == 1 else 'days'}"
    return _written_day(text, words) or _written_duration(text, words)


def _written_day(text: str, words: Grammar) -> str | None:
    found = _WRITTEN_DAY.fullmatch(text)
    month = _months().get(found[2]) if found else None
    if found is None or month is None or found[3] not in (None, words.next_year):
        return None
    return f"{'+1 ' if found[3] else ''}{month:02}-{int(found[1]):02}"


def _written_duration(text: str, words: Grammar) -> str | None:
    pattern = " ?".join(rf"(?:(\d{{1,6}}) (?:{'|'.join(sorted(unit, reverse=True))}))?" for unit in words.units)
    found = re.fullmatch(pattern, text, re.ASCII)
    if not found or not any(found.groups()):
        return None
    days, *clock = found.groups()
    ticks = "".join(f"{number}{letter}" for number, letter in zip(clock, "HMS", strict=True) if number)
    return f"P{f'{days}D' if days else ''}{f'T{ticks}' if ticks else ''}"


def _is_duration(text: str) -> bool:
    found = _DURATION.fullmatch(text)
    return bool(found and any(found.groups()))


def _counted(number: int, unit: tuple[str, str]) -> str:
    return f"{number} {unit[number != 1]}"


@cache
def _months() -> dict[str, int]:
    """The months of both languages, in full and short."""
    return {
        name.lower().rstrip("."): month
        for language in GRAMMARS
        for width in ("wide", "abbreviated")
        for month, name in get_month_names(width, locale=language).items()
    }
