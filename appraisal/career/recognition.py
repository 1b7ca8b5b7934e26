"""Awards that follow from the record, and those that an agency can give besides. Proposed with reasons; a person decides.

Rule: awards.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from appraisal.vocabulary import Employment, Predicate


class Award(StrEnum):
    """What somebody can be recognised with."""

    VERY_GOOD_TWICE = "very_good_twice"
    SATYALANCANA_30 = "satyalancana_30"
    SATYALANCANA_20 = "satyalancana_20"
    SATYALANCANA_10 = "satyalancana_10"
    TANDA_KEHORMATAN = "tanda_kehormatan"
    KP_LUAR_BIASA = "kp_luar_biasa"
    PRIORITY = "priority"
    EVENT = "event"


SERVICE: tuple[tuple[int, Award], ...] = (
    (30, Award.SATYALANCANA_30),
    (20, Award.SATYALANCANA_20),
    (10, Award.SATYALANCANA_10),
)
"""Years of unbroken service, the longest first. Rule: satyalancana."""
GIVEN = (Award.TANDA_KEHORMATAN, Award.KP_LUAR_BIASA, Award.PRIORITY, Award.EVENT)
"""Awards that the agency gives of its own accord. Rule: awards."""


@dataclass(frozen=True, slots=True)
class Rated:
    """The predicate of a closed year."""

    year: int
    predicate: Predicate


def very_good_twice(rated: Sequence[Rated]) -> tuple[int, ...]:
    """Each year that was rated very good as the one before it was. Rule: very_good_twice."""
    very_good = {one.year for one in rated if one.predicate is Predicate.SANGAT_BAIK}
    return tuple(year for year in sorted(very_good) if year - 1 in very_good)


def appointed(nip: str, employment: Employment) -> date | None:
    """The first day of the month in which a PNS was appointed, as the NIP says; None of anybody else. Rule: nip."""
    if employment is not Employment.PNS or not nip.isdecimal() or len(nip) != 18 or not "01" <= nip[12:14] <= "12":
        return None
    year = int(nip[8:12])
    return date(year, int(nip[12:14]), 1) if year else None


def for_service(since: date | None, today: date) -> Award | None:
    """The highest Satyalancana Karya Satya that the years of service allow. What is not on record, a person checks."""
    if since is None:
        return None
    served = today.year - since.year - ((today.month, today.day) < (since.month, since.day))
    return next((award for years, award in SERVICE if served >= years), None)
