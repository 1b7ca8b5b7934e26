"""One value of results and behaviour, as PP 30/2019 weighs them: for agencies that want it, beside the predicate.

PermenPANRB 6/2022 has no weights, and no rule was found that makes points of its ratings: which points a rating has is the
agency's own choice, and without them nothing is computed. The predicate follows from the matrix alone.
Rules: legacy_weights, rating_points, predicate_matrix.
"""

from dataclasses import dataclass, fields
from decimal import Decimal

from appraisal.errors import InvalidPolicy
from appraisal.policy.document import Part
from appraisal.vocabulary import Rating

HIGHEST = 120
"""The most that results or behaviour can be worth. Rule: rating_points."""
RESULTS = {False: 70, True: 60}
"""Per cent that the results count, by whether peers' and subordinates' opinions are used; behaviour counts the rest.

Rule: legacy_weights.
"""


@dataclass(frozen=True, slots=True)
class WeightingPolicy:
    """How many points each rating is worth, from 1 to HIGHEST, the better the more."""

    above: int
    expected: int
    below: int

    @staticmethod
    def read(part: Part) -> "WeightingPolicy":
        """This part of a policy; InvalidPolicy names the key that is wrong."""
        found = WeightingPolicy(*(part.number(one.name) for one in fields(WeightingPolicy)))
        part.knows_only(tuple(found.document()))
        if not found.below < found.expected < found.above <= HIGHEST:
            remedy = f"Give more points for more, at most {HIGHEST}."
            raise InvalidPolicy("These points are not in order.", part.place("above"), remedy)
        return found

    def document(self) -> dict[str, int]:
        """This part as a document has it."""
        return {one.name: getattr(self, one.name) for one in fields(self)}

    def points(self, rating: Rating) -> int:
        """What this rating is worth. Rule: rating_points."""
        return {Rating.DI_ATAS: self.above, Rating.SESUAI: self.expected, Rating.DI_BAWAH: self.below}[rating]


@dataclass(frozen=True, slots=True)
class Weighted:
    """The arithmetic, to be shown: points times weight (per cent) of both, and their sum."""

    results: int
    results_weight: int
    behaviour: int
    behaviour_weight: int
    value: Decimal


def weighted(results: Rating, behaviour: Rating, policy: WeightingPolicy, voices: bool) -> Weighted:
    """Both ratings as one value; `voices`: whether the cycle uses opinions of peers or subordinates. Rule: legacy_weights."""
    weight, points, other = RESULTS[voices], policy.points(results), policy.points(behaviour)
    value = Decimal(points * weight + other * (100 - weight)) / 100
    return Weighted(points, weight, other, 100 - weight, value)
