"""Angka kredit: what a year in a functional position counts by predicate, level and months, and what comes next needs.

Rule: credit_formula.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from enum import StrEnum

from appraisal.vocabulary import Level, Predicate

PERCENT: dict[Predicate, int] = {
    Predicate.SANGAT_BAIK: 150,
    Predicate.BAIK: 100,
    Predicate.BUTUH_PERBAIKAN: 75,
    Predicate.KURANG: 50,
    Predicate.SANGAT_KURANG: 25,
}
"""What the predicate makes of the coefficient. Rule: credit_percent."""

PER_YEAR: dict[Level, Decimal] = {
    Level.PEMULA: Decimal("3.75"),
    Level.TERAMPIL: Decimal(5),
    Level.MAHIR: Decimal("12.5"),
    Level.PENYELIA: Decimal(25),
    Level.AHLI_PERTAMA: Decimal("12.5"),
    Level.AHLI_MUDA: Decimal(25),
    Level.AHLI_MADYA: Decimal("37.5"),
    Level.AHLI_UTAMA: Decimal(50),
}
"""Coefficients of a whole year. Rule: credit_coefficient."""


@dataclass(frozen=True, slots=True)
class Needed:
    """Credit for the next rank within the level, and for the next level; None above which there is none."""

    rank: Decimal
    level: Decimal | None


NEEDED: dict[Level, Needed] = {
    Level.PEMULA: Needed(Decimal(15), Decimal(15)),
    Level.TERAMPIL: Needed(Decimal(20), Decimal(60)),
    Level.MAHIR: Needed(Decimal(50), Decimal(100)),
    Level.PENYELIA: Needed(Decimal(100), None),
    Level.AHLI_PERTAMA: Needed(Decimal(50), Decimal(100)),
    Level.AHLI_MUDA: Needed(Decimal(100), Decimal(200)),
    Level.AHLI_MADYA: Needed(Decimal(150), Decimal(450)),
    Level.AHLI_UTAMA: Needed(Decimal(200), None),
}
"""Cumulative credit. Rule: credit_needed."""

LEVELS: dict[str, Level] = {level.replace("_", " ").title(): level for level in Level}
"""Levels as people and files write them: 'Ahli Pertama'."""
MONTHS = 12


class Half(StrEnum):
    """Which way the digits that are left over go."""

    UP = "half_up"
    EVEN = "half_even"
    DOWN = "down"


_WAYS = {Half.UP: ROUND_HALF_UP, Half.EVEN: ROUND_HALF_EVEN, Half.DOWN: ROUND_DOWN}


@dataclass(frozen=True, slots=True)
class Rounding:
    """To so many places, and which way. Rule: credit_rounding."""

    places: int = 2
    way: Half = Half.UP

    def of(self, value: Decimal) -> Decimal:
        return value.quantize(Decimal(1).scaleb(-self.places), _WAYS[self.way])


@dataclass(frozen=True, slots=True)
class Conversion:
    """One evaluated year (or a part of it) as credit: months / 12 x percent x coefficient."""

    predicate: Predicate
    level: Level
    months: int

    @property
    def percent(self) -> int:
        return PERCENT[self.predicate]

    @property
    def per_year(self) -> Decimal:
        return PER_YEAR[self.level]

    def credit(self, rounding: Rounding = Rounding()) -> Decimal:
        return rounding.of(self.per_year * self.percent * self.months / (100 * MONTHS))


@dataclass(frozen=True, slots=True)
class Progress:
    """What was collected at a level, beside what it needs. Rule: credit_counts."""

    level: Level
    credit: Decimal

    @property
    def needed(self) -> Needed:
        return NEEDED[self.level]

    @property
    def to_rank(self) -> Decimal:
        """What the next rank still needs."""
        return max(self.needed.rank - self.credit, Decimal(0))

    @property
    def to_level(self) -> Decimal | None:
        """What the next level still needs; None where there is none."""
        return None if self.needed.level is None else max(self.needed.level - self.credit, Decimal(0))


def progress(level: Level, collected: Iterable[tuple[Level, Decimal]]) -> Progress:
    """What counts at this level, of all that was confirmed: (level at which it was earned, credit)."""
    return Progress(level, sum((credit for earned, credit in collected if earned is level), Decimal(0)))


def level_in(title: str) -> Level | None:
    """The level with which the title of a functional position ends, as in 'Perencana Ahli Muda'."""
    words = title.casefold()
    return next((level for name, level in LEVELS.items() if words.endswith(f" {name.casefold()}")), None)


@dataclass(frozen=True, slots=True)
class Held:
    """A position on record from this day until the day before `until`; the last one lasts."""

    functional: bool
    since: date
    until: date | None = None


def months_held(held: Sequence[Held], year: int) -> int:
    """In how many months of that year a functional position was held, asked on the 28th of each.

    The record begins somewhere: what is before its first position counts as that one. Rule: credit_months.
    """
    ordered = sorted(held, key=lambda one: one.since)
    return sum(_functional(ordered, date(year, month, 28)) for month in range(1, MONTHS + 1))


def _functional(ordered: Sequence[Held], day: date) -> bool:
    begun = [one for one in ordered if one.since <= day] or list(ordered[:1])
    return bool(begun) and begun[-1].functional and (begun[-1].until is None or day < begun[-1].until)
