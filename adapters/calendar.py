"""Indonesia's days off, from the `holidays` package: public holidays and cuti bersama (its category `government`)."""

from collections.abc import Iterator, Sequence
from functools import cache

import holidays

from appraisal.policy.almanac import DayKind, Holiday

CATEGORIES = (("public", DayKind.LIBUR_NASIONAL), ("government", DayKind.CUTI_BERSAMA))
ESTIMATED = "(perkiraan)"
"""How the package marks, in Indonesian, a date that it has computed and that nobody has fixed yet."""
SEPARATOR = "; "
"""Between the names of holidays that fall on one day."""


def known_holidays(years: Sequence[int]) -> tuple[Holiday, ...]:
    """The days off of these years as far as the package knows them, by year and kind; a day may occur twice."""
    return tuple(holiday for year in years for holiday in _of_year(year))


@cache
def _of_year(year: int) -> tuple[Holiday, ...]:
    return tuple(holiday for category, kind in CATEGORIES for holiday in _of_category(year, category, kind))


def _of_category(year: int, category: str, kind: DayKind) -> Iterator[Holiday]:
    for day, names in sorted(
        holidays.country_holidays("ID", years=year, categories=(category,), language="id").items()
    ):
        # A day that is one holiday for certain is off, whatever else may fall on it.
        estimated = all(ESTIMATED in name for name in names.split(SEPARATOR))
        yield Holiday(day, names, kind, estimated=estimated)
