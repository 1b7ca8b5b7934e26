"""The nine boxes at their cut-offs, what is recommended, and rules of an agency that cannot be."""

from decimal import Decimal
from typing import Any

import pytest

from appraisal.career.errors import InvalidCareerPolicy
from appraisal.career.policy import CareerPolicy, read
from appraisal.career.talent import ADVICE, AXIS, BOXES, POOL, Advice, Third, box_of, cut_offs
from appraisal.vocabulary import Predicate

CUT = cut_offs(Decimal(81), Decimal(61))
SAID = CareerPolicy(CUT).document()


@pytest.mark.parametrize(
    ("predicate", "score", "box"),
    [
        (Predicate.SANGAT_BAIK, "60.99", 4),
        (Predicate.SANGAT_BAIK, "61", 7),
        (Predicate.SANGAT_BAIK, "80.99", 7),
        (Predicate.SANGAT_BAIK, "81", 9),
        (Predicate.BAIK, "60.99", 2),
        (Predicate.BAIK, "61", 5),
        (Predicate.BAIK, "80.99", 5),
        (Predicate.BAIK, "81", 8),
        (Predicate.BUTUH_PERBAIKAN, "60.99", 1),
        (Predicate.BUTUH_PERBAIKAN, "61", 3),
        (Predicate.BUTUH_PERBAIKAN, "80.99", 3),
        (Predicate.BUTUH_PERBAIKAN, "81", 6),
        (Predicate.KURANG, "100", 6),
        (Predicate.SANGAT_KURANG, "0", 1),
    ],
)
def test_the_nine_boxes_at_their_cut_offs(predicate: Predicate, score: str, box: int) -> None:
    assert box_of(AXIS[predicate], Decimal(score), CUT) == box


def test_the_map_is_laid_out_as_the_regulation_has_it() -> None:
    assert list(BOXES.values()) == [4, 7, 9, 2, 5, 8, 1, 3, 6]
    assert len({*BOXES}) == 9
    assert set(ADVICE) == set(range(1, 10))
    assert {box for box, said in ADVICE.items() if {Advice.POOL_AGENCY, Advice.POOL_NATIONAL} & {*said}} == {*POOL}


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"high": "101"}, "high"),
        ({"high": "0", "middle": "0"}, "high"),
        ({"middle": "-1"}, "middle"),
        ({"middle": "81"}, "middle"),
        ({"middle": "90"}, "middle"),
        ({"middle": ""}, "middle"),
        ({"high": "NaN"}, "high"),
        ({"high": "banyak"}, "high"),
        ({"places": 4}, "places"),
        ({"places": None}, "places"),
        ({"rounding": "up"}, "rounding"),
        ({"axis": {}}, "axis.SANGAT_BAIK"),
        ({"axis": {**SAID["axis"], "BAIK": "high", "SANGAT_BAIK": "middle"}}, "axis.BAIK"),
        ({"committee": [str(n) for n in range(31)]}, "committee"),
    ],
)
def test_rules_that_cannot_be_are_refused_where_they_are_wrong(change: dict[str, Any], where: str) -> None:
    with pytest.raises(InvalidCareerPolicy) as refusal:
        read({**SAID, **change})
    assert refusal.value.where == where
    assert refusal.value.remedy


def test_rules_are_read_as_they_were_written_and_need_no_cut_offs() -> None:
    lenient = {**AXIS, Predicate.BAIK: Third.HIGH}
    policy = CareerPolicy(CUT, lenient, own_box=True, committee=("dewi", "citra"))
    assert read(policy.document()) == policy
    assert read(CareerPolicy().document()).cutoffs is None
