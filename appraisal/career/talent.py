"""The talent map: nine boxes of performance and potential, and what is recommended for each. Never a decision by itself.

Rule: talent_map.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from appraisal.career.errors import InvalidCareerPolicy
from appraisal.vocabulary import Predicate

HIGHEST = Decimal(100)


class Third(StrEnum):
    """A third of an axis, best first: of performance above, as or below expectation; of potential high, middle or low."""

    HIGH = "high"
    MIDDLE = "middle"
    LOW = "low"


BOXES: dict[tuple[Third, Third], int] = {
    (Third.HIGH, Third.LOW): 4,
    (Third.HIGH, Third.MIDDLE): 7,
    (Third.HIGH, Third.HIGH): 9,
    (Third.MIDDLE, Third.LOW): 2,
    (Third.MIDDLE, Third.MIDDLE): 5,
    (Third.MIDDLE, Third.HIGH): 8,
    (Third.LOW, Third.LOW): 1,
    (Third.LOW, Third.MIDDLE): 3,
    (Third.LOW, Third.HIGH): 6,
}
"""(performance, potential) to box: the rows of the map from the top, each from low to high potential."""

POOL = (7, 8, 9)
"""Boxes from which successors are proposed (kelompok rencana suksesi). Rule: succession_pool."""


class Advice(StrEnum):
    """What is recommended for the people of a box."""

    PROMOTE = "promote"
    KEEP = "keep"
    POOL_NATIONAL = "pool_national"
    POOL_AGENCY = "pool_agency"
    AWARD = "award"
    ROTATE_BROADEN = "rotate_broaden"
    ROTATE_ENRICH = "rotate_enrich"
    ROTATE = "rotate"
    DEVELOP = "develop"
    STUDY = "study"
    PLACE = "place"
    COACH = "coach"
    COUNSEL = "counsel"
    BY_REGULATION = "by_regulation"


ADVICE: dict[int, tuple[Advice, ...]] = {
    9: (Advice.PROMOTE, Advice.KEEP, Advice.POOL_NATIONAL, Advice.AWARD),
    8: (Advice.KEEP, Advice.POOL_AGENCY, Advice.ROTATE_BROADEN, Advice.COACH),
    7: (Advice.KEEP, Advice.POOL_AGENCY, Advice.ROTATE_ENRICH, Advice.DEVELOP, Advice.STUDY),
    6: (Advice.PLACE, Advice.COACH, Advice.COUNSEL),
    5: (Advice.PLACE, Advice.COACH, Advice.DEVELOP),
    4: (Advice.ROTATE, Advice.DEVELOP),
    3: (Advice.COACH, Advice.COUNSEL, Advice.DEVELOP, Advice.PLACE),
    2: (Advice.COACH, Advice.DEVELOP, Advice.PLACE),
    1: (Advice.BY_REGULATION,),
}
"""Recommendations by box. Rule: talent_advice."""

AXIS: dict[Predicate, Third] = {
    Predicate.SANGAT_BAIK: Third.HIGH,
    Predicate.BAIK: Third.MIDDLE,
    Predicate.BUTUH_PERBAIKAN: Third.LOW,
    Predicate.KURANG: Third.LOW,
    Predicate.SANGAT_KURANG: Third.LOW,
}
"""Where a predicate lies on the axis of performance unless the agency says otherwise. Rule: talent_performance."""


@dataclass(frozen=True, slots=True)
class CutOffs:
    """From which score on the potential is high, and from which at least middle. Rule: talent_cutoffs."""

    high: Decimal
    middle: Decimal

    def third(self, score: Decimal) -> Third:
        """A score that reaches a cut-off belongs above it."""
        return Third.HIGH if score >= self.high else Third.MIDDLE if score >= self.middle else Third.LOW


def cut_offs(high: Decimal, middle: Decimal) -> CutOffs:
    """These cut-offs; InvalidCareerPolicy unless they lie in order between 0 and 100."""
    for name, value in (("high", high), ("middle", middle)):
        if not value.is_finite() or not 0 < value <= HIGHEST:
            raise InvalidCareerPolicy(
                "A cut-off lies above 0 and is at most 100.", name, "Scores run from 0 to 100: give such a number."
            )
    if middle >= high:
        raise InvalidCareerPolicy(
            "The cut-off of a middle potential must lie below that of a high one.", "middle", "Give a lower number."
        )
    return CutOffs(high, middle)


def box_of(performance: Third, score: Decimal, known: CutOffs) -> int:
    """The box in which this performance and this score meet."""
    return BOXES[performance, known.third(score)]
