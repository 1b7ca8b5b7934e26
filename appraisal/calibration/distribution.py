"""How a unit's predicates should spread, given the unit's own result. Guidance: it warns, it never refuses.

Rule: distribution.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from appraisal.sources.sources import RULES
from appraisal.vocabulary import Predicate, UnitResult

SOURCE = RULES["distribution"].source


class Rounding(StrEnum):
    """How a percentage becomes people. STRICT rounds a maximum down and a minimum up; LENIENT the other way."""

    STRICT = "strict"
    LENIENT = "lenient"


class Majority(StrEnum):
    """What 'majority' means: the largest group (shared or not), or more than half of the people."""

    LARGEST = "largest"
    MORE_THAN_HALF = "more_than_half"


@dataclass(frozen=True, slots=True)
class DistributionPolicy:
    """What the circular leaves open (its text was not found to say): agencies set it, these are Jenjang's defaults.

    In a unit of fewer than `minimum_size` one person is more than a fifth, so percentages say nothing. Rule: small_units.
    """

    minimum_size: int = 5
    rounding: Rounding = Rounding.STRICT
    majority: Majority = Majority.LARGEST


DEFAULT = DistributionPolicy()


@dataclass(frozen=True, slots=True)
class Guide:
    """One line of the guideline, for these predicates together: percent of all people, or a number of them."""

    predicates: tuple[Predicate, ...]
    least_percent: int = 0
    most_percent: int = 100
    least_people: int = 0
    majority: bool = False


GUIDELINE: dict[UnitResult, tuple[Guide, ...]] = {
    UnitResult.ISTIMEWA: (Guide((Predicate.SANGAT_BAIK,), most_percent=70, majority=True),),
    UnitResult.BAIK: (
        Guide((Predicate.BAIK,), most_percent=70, majority=True),
        Guide((Predicate.BUTUH_PERBAIKAN, Predicate.KURANG), least_people=1),
    ),
    UnitResult.BUTUH_PERBAIKAN: (
        Guide((Predicate.BUTUH_PERBAIKAN,), least_percent=60),
        Guide((Predicate.SANGAT_BAIK,), most_percent=10),
    ),
    UnitResult.KURANG: (
        Guide((Predicate.KURANG,), least_percent=60),
        Guide((Predicate.BUTUH_PERBAIKAN,), least_percent=10),
        Guide((Predicate.SANGAT_BAIK,), most_percent=10),
    ),
    UnitResult.SANGAT_KURANG: (
        Guide((Predicate.SANGAT_KURANG,), least_percent=60),
        Guide((Predicate.KURANG, Predicate.BUTUH_PERBAIKAN), least_percent=10),
        Guide((Predicate.SANGAT_BAIK,), most_percent=0),
    ),
}
"""The guideline as data; what it does not name is left open."""


@dataclass(frozen=True, slots=True)
class Range:
    """How many people the guideline foresees for these predicates together, as drawn beside the actual number."""

    predicates: tuple[Predicate, ...]
    least: int
    most: int
    largest: bool = False


@dataclass(frozen=True, slots=True)
class Deviation:
    """One warning: its `code`, what it is about, the numbers (in people), and a plain sentence."""

    code: str
    predicates: tuple[Predicate, ...]
    actual: int
    bound: int
    text: str


def guided(result: UnitResult | None, people: int, policy: DistributionPolicy = DEFAULT) -> tuple[Range, ...] | None:
    """The guideline in people, to be drawn; None where there is nothing to compare with: no result yet, or a small unit."""
    return bounds(result, people, policy) if result and people >= policy.minimum_size else None


def bounds(result: UnitResult, people: int, policy: DistributionPolicy = DEFAULT) -> tuple[Range, ...]:
    """The range of every single predicate, best first, then those of predicates that count together."""
    guides = {guide.predicates: guide for guide in GUIDELINE[result]}
    single = tuple((predicate,) for predicate in Predicate)
    together = tuple(predicates for predicates in guides if len(predicates) > 1)
    lines = tuple(guides.get(predicates, Guide(predicates)) for predicates in (*single, *together))
    return tuple(_range(guide, people, policy) for guide in lines)


def check(
    result: UnitResult | None, counts: Mapping[Predicate, int], policy: DistributionPolicy = DEFAULT
) -> tuple[Deviation, ...]:
    """Where these numbers leave the guideline for a unit with this result (None: not set yet). Empty: nowhere."""
    people = sum(counts.values())
    if result is None:
        text = "Capaian kinerja unit belum ditetapkan; pola distribusi belum dapat diperiksa."
        return (Deviation("no_unit_result", (), people, 0, text),)
    if people < policy.minimum_size:
        text = f"Unit dengan {people} orang terlalu kecil untuk pedoman (paling sedikit {policy.minimum_size})."
        return (Deviation("too_small", (), people, policy.minimum_size, text),)
    found = (_deviation(result, _range(guide, people, policy), counts) for guide in GUIDELINE[result])
    return tuple(deviation for deviation in found if deviation)


def outside(found: tuple[Deviation, ...]) -> tuple[Deviation, ...]:
    """Those that leave the guideline; the others say that there is nothing to compare with."""
    return tuple(one for one in found if one.code not in ("no_unit_result", "too_small"))


def _range(guide: Guide, people: int, policy: DistributionPolicy) -> Range:
    strict = policy.rounding is Rounding.STRICT
    least = max(_people(guide.least_percent, people, up=strict), min(guide.least_people, people))
    if guide.majority and policy.majority is Majority.MORE_THAN_HALF:
        least = max(least, people // 2 + 1)
    most = _people(guide.most_percent, people, up=not strict)
    return Range(guide.predicates, least, most, guide.majority and policy.majority is Majority.LARGEST)


def _people(percent: int, people: int, up: bool) -> int:
    return -(-percent * people // 100) if up else percent * people // 100


def _deviation(result: UnitResult, allowed: Range, counts: Mapping[Predicate, int]) -> Deviation | None:
    actual = sum(counts.get(predicate, 0) for predicate in allowed.predicates)
    most_common = max(counts.values(), default=0)
    if actual > allowed.most:
        code, bound, rule = "too_many", allowed.most, f"paling banyak {allowed.most}"
    elif actual < allowed.least:
        code, bound, rule = "too_few", allowed.least, f"paling sedikit {allowed.least}"
    elif allowed.largest and actual < most_common:
        code, bound, rule = "not_the_majority", most_common, f"kelompok terbesar (kini {most_common})"
    else:
        return None
    names = " atau ".join(str(predicate) for predicate in allowed.predicates)
    text = f"Unit dengan capaian {result}: {names} {actual} orang, pedoman {rule}."
    return Deviation(code, allowed.predicates, actual, bound, text)
