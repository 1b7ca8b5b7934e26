"""The weighting of PP 30/2019: 70/30, and 60/40 where others are asked."""

from decimal import Decimal
from typing import Any

import pytest

from appraisal.errors import InvalidPolicy
from appraisal.policy.policy import Policy
from appraisal.vocabulary import Rating
from appraisal.weighting import WeightingPolicy, weighted
from tests.rules.test_policy import changed, document

POINTS = WeightingPolicy(110, 100, 70)
TABLE = """
results   behaviour  alone  with_voices
DI_ATAS   DI_ATAS    110    110
DI_ATAS   SESUAI     107    106
DI_ATAS   DI_BAWAH   98     94
SESUAI    DI_ATAS    103    104
SESUAI    SESUAI     100    100
SESUAI    DI_BAWAH   91     88
DI_BAWAH  DI_ATAS    82     86
DI_BAWAH  SESUAI     79     82
DI_BAWAH  DI_BAWAH   70     70
"""


@pytest.mark.parametrize("row", [line.split() for line in TABLE.strip().splitlines()[1:]], ids=" ".join)
def test_the_value_of_each_pair_of_ratings(row: list[str]) -> None:
    results, behaviour = Rating(row[0]), Rating(row[1])
    for voices, value in ((False, row[2]), (True, row[3])):
        found = weighted(results, behaviour, POINTS, voices)
        assert found.value == Decimal(value)
        assert found.results_weight + found.behaviour_weight == 100
    assert weighted(results, behaviour, POINTS, False).results_weight == 70
    assert weighted(results, behaviour, POINTS, True).results_weight == 60


def test_half_points_are_not_rounded() -> None:
    assert weighted(Rating.DI_ATAS, Rating.SESUAI, WeightingPolicy(111, 100, 70), False).value == Decimal("107.7")


def test_a_policy_without_points_weighs_nothing() -> None:
    assert Policy.read(document()).weighting is None
    policy = Policy.read(changed("weighting", POINTS.document()))
    assert policy.weighting == POINTS
    assert Policy.read(policy.document()) == policy


@pytest.mark.parametrize(
    ("points", "where"),
    [
        ({"above": 121, "expected": 100, "below": 70}, "weighting.above"),
        ({"above": 100, "expected": 100, "below": 70}, "weighting.above"),
        ({"above": 110, "expected": 60, "below": 70}, "weighting.above"),
        ({"above": 110, "expected": 100, "below": 0}, "weighting.below"),
        ({"above": 110, "expected": 100}, "weighting.below"),
        ({"above": 110, "expected": 100, "below": 70, "best": 120}, "weighting.best"),
    ],
)
def test_points_that_make_no_sense_are_refused(points: dict[str, Any], where: str) -> None:
    with pytest.raises(InvalidPolicy) as refused:
        Policy.read(changed("weighting", points))
    assert refused.value.where == where
    assert refused.value.remedy
