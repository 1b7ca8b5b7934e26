"""The quadrant of PermenPANRB 6/2022, cell by cell."""

import pytest

from appraisal.predicates import predicate
from appraisal.vocabulary import Predicate, Rating

QUADRANT = """
results     behaviour   predicate
DI_ATAS     DI_ATAS     SANGAT_BAIK
DI_ATAS     SESUAI      BAIK
DI_ATAS     DI_BAWAH    KURANG
SESUAI      DI_ATAS     BAIK
SESUAI      SESUAI      BAIK
SESUAI      DI_BAWAH    KURANG
DI_BAWAH    DI_ATAS     BUTUH_PERBAIKAN
DI_BAWAH    SESUAI      BUTUH_PERBAIKAN
DI_BAWAH    DI_BAWAH    SANGAT_KURANG
"""
CELLS = [tuple(line.split()) for line in QUADRANT.strip().splitlines()[1:]]


@pytest.mark.parametrize(("results", "behaviour", "expected"), CELLS)
def test_the_two_ratings_give_the_predicate_of_the_quadrant(results: str, behaviour: str, expected: str) -> None:
    assert predicate(Rating(results), Rating(behaviour)) is Predicate(expected)


def test_every_pair_of_ratings_has_its_cell() -> None:
    assert {(results, behaviour) for results, behaviour, _ in CELLS} == {(a, b) for a in Rating for b in Rating}


def test_bad_behaviour_weighs_more_than_bad_results() -> None:
    assert predicate(Rating.DI_ATAS, Rating.DI_BAWAH) is Predicate.KURANG
    assert predicate(Rating.DI_BAWAH, Rating.DI_ATAS) is Predicate.BUTUH_PERBAIKAN
