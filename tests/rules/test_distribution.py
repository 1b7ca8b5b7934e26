"""The guideline of SE MenPANRB 3/2023, row by row."""

import pytest

from appraisal.calibration.distribution import DistributionPolicy, Majority, Range, Rounding, bounds, check
from appraisal.vocabulary import Predicate, UnitResult

SB, B, BP, K, SK = Predicate


@pytest.mark.parametrize(
    ("result", "counts", "codes"),
    [
        (UnitResult.ISTIMEWA, {SB: 7, B: 3}, []),
        (UnitResult.ISTIMEWA, {SB: 8, B: 2}, ["too_many"]),
        (UnitResult.ISTIMEWA, {SB: 4, B: 6}, ["not_the_majority"]),
        (UnitResult.BAIK, {SB: 2, B: 7, BP: 1}, []),
        (UnitResult.BAIK, {SB: 2, B: 7, K: 1}, []),
        (UnitResult.BAIK, {SB: 3, B: 7}, ["too_few"]),
        (UnitResult.BAIK, {B: 8, BP: 2}, ["too_many"]),
        (UnitResult.BAIK, {SB: 5, B: 4, BP: 1}, ["not_the_majority"]),
        (UnitResult.BUTUH_PERBAIKAN, {SB: 1, B: 3, BP: 6}, []),
        (UnitResult.BUTUH_PERBAIKAN, {SB: 2, B: 3, BP: 5}, ["too_few", "too_many"]),
        (UnitResult.KURANG, {SB: 1, B: 2, BP: 1, K: 6}, []),
        (UnitResult.KURANG, {SB: 2, B: 3, K: 5}, ["too_few", "too_few", "too_many"]),
        (UnitResult.SANGAT_KURANG, {B: 3, BP: 1, SK: 6}, []),
        (UnitResult.SANGAT_KURANG, {SB: 1, B: 4, SK: 5}, ["too_few", "too_few", "too_many"]),
    ],
)
def test_every_row_of_the_guideline(result: UnitResult, counts: dict[Predicate, int], codes: list[str]) -> None:
    assert [deviation.code for deviation in check(result, counts)] == codes


def test_a_warning_says_what_and_how_many() -> None:
    (found,) = check(UnitResult.ISTIMEWA, {SB: 8, B: 2})
    assert (found.predicates, found.actual, found.bound) == ((SB,), 8, 7)
    assert found.text == "Unit dengan capaian ISTIMEWA: SANGAT_BAIK 8 orang, pedoman paling banyak 7."


def test_a_small_unit_gets_one_notice_and_no_warnings() -> None:
    assert [found.code for found in check(UnitResult.ISTIMEWA, {SB: 4})] == ["too_small"]
    assert [found.code for found in check(UnitResult.ISTIMEWA, {SB: 5})] == ["too_many"]
    assert [found.code for found in check(UnitResult.ISTIMEWA, {})] == ["too_small"]


def test_without_a_unit_result_there_is_nothing_to_compare_with() -> None:
    assert [found.code for found in check(None, {SB: 10})] == ["no_unit_result"]


def test_rounding_and_majority_are_the_agencys_choice() -> None:
    lenient = DistributionPolicy(rounding=Rounding.LENIENT)
    assert check(UnitResult.ISTIMEWA, {SB: 8, B: 3})
    assert not check(UnitResult.ISTIMEWA, {SB: 8, B: 3}, lenient)
    half = DistributionPolicy(majority=Majority.MORE_THAN_HALF)
    assert [found.code for found in check(UnitResult.ISTIMEWA, {SB: 5, B: 5}, half)] == ["too_few"]
    assert not check(UnitResult.ISTIMEWA, {SB: 5, B: 5})


def test_bounds_can_be_drawn_for_every_predicate_and_for_those_that_count_together() -> None:
    assert bounds(UnitResult.SANGAT_KURANG, 10) == (
        Range((SB,), 0, 0),
        Range((B,), 0, 10),
        Range((BP,), 0, 10),
        Range((K,), 0, 10),
        Range((SK,), 6, 10),
        Range((K, BP), 1, 10),
    )
    assert bounds(UnitResult.ISTIMEWA, 10)[0] == Range((SB,), 0, 7, largest=True)


@pytest.mark.parametrize("people", [1, 5, 7, 10, 33, 999])
@pytest.mark.parametrize("result", list(UnitResult))
def test_bounds_never_contradict_themselves(result: UnitResult, people: int) -> None:
    assert all(0 <= allowed.least <= allowed.most <= people for allowed in bounds(result, people))
