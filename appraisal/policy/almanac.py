"""Which days are off: what is known beforehand, corrected by the decrees (SKB) that HR has brought in.

Rule: days_off.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DayKind(StrEnum):
    """What a decree says about a day. HARI_KERJA takes back a day off that was known beforehand."""

    LIBUR_NASIONAL = "libur_nasional"
    CUTI_BERSAMA = "cuti_bersama"
    HARI_KERJA = "hari_kerja"


@dataclass(frozen=True, slots=True)
class Holiday:
    """One day and what it is. `source` is the decree; `estimated` marks a date that nobody has fixed yet."""

    day: date
    name: str
    kind: DayKind
    source: str = ""
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Almanac:
    """The days off of some years. `version` counts the decrees applied so far; 0 is what is known without any.

    In an `unconfirmed` year some dates are estimates or the cuti bersama are not known at all.
    """

    version: int
    days: tuple[Holiday, ...]
    unconfirmed: tuple[int, ...]

    @property
    def off(self) -> tuple[date, ...]:
        return tuple(holiday.day for holiday in self.days)


def almanac(years: Sequence[int], known: Iterable[Holiday], decreed: Iterable[Holiday], version: int) -> Almanac:
    """The days off of these years. A decree's word on a day stands above what is known beforehand.

    A decree that names a year's libur nasional and its cuti bersama has settled that year: estimated dates which it does
    not name are no days off then.
    """
    before = tuple(holiday for holiday in known if holiday.day.year in years)
    since = tuple(holiday for holiday in decreed if holiday.day.year in years)
    settled = settled_years(since)
    days = {holiday.day: holiday for holiday in before if not (holiday.estimated and holiday.day.year in settled)}
    days |= {holiday.day: holiday for holiday in since}
    off = (days[day] for day in sorted(days) if days[day].kind is not DayKind.HARI_KERJA)
    return Almanac(
        version, tuple(off), tuple(year for year in years if year not in settled and not _sure(year, before))
    )


def settled_years(decreed: Collection[Holiday]) -> tuple[int, ...]:
    """The years of which a decree names both kinds of days off. One day added later does not settle a year."""
    kinds = {(holiday.day.year, holiday.kind) for holiday in decreed}
    years = sorted({year for year, _ in kinds})
    return tuple(y for y in years if {(y, DayKind.LIBUR_NASIONAL), (y, DayKind.CUTI_BERSAMA)} <= kinds)


def _sure(year: int, known: Iterable[Holiday]) -> bool:
    """Whether the dates of a year are certain without a decree."""
    theirs = [holiday for holiday in known if holiday.day.year == year]
    leave = any(holiday.kind is DayKind.CUTI_BERSAMA for holiday in theirs)
    return leave and not any(holiday.estimated for holiday in theirs)
