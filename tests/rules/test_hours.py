"""Hours of training (JP): at least 20 for a PNS, at most 24 for a PPPK."""

import pytest

from appraisal.errors import HoursExceeded
from appraisal.training.hours import YearOfHours
from appraisal.vocabulary import Employment


@pytest.mark.parametrize(("counted", "owed"), [(0, 20), (19, 1), (20, 0), (40, 0)])
def test_a_pns_owes_what_is_missing_from_20(counted: int, owed: int) -> None:
    year = YearOfHours(2027, Employment.PNS, counted, granted=100)
    assert (year.owed, year.left) == (owed, None), "what is only granted does not count yet"
    year.demand_within("hours")


@pytest.mark.parametrize(("counted", "granted"), [(24, 0), (0, 24), (20, 4)])
def test_a_pppk_may_have_24_granted_ones_among_them(counted: int, granted: int) -> None:
    year = YearOfHours(2027, Employment.PPPK, counted, granted)
    year.demand_within("hours")
    assert (year.left, year.owed) == (0, 0)


@pytest.mark.parametrize(("counted", "granted"), [(25, 0), (0, 25), (21, 4)])
def test_and_never_25(counted: int, granted: int) -> None:
    with pytest.raises(HoursExceeded) as refusal:
        YearOfHours(2027, Employment.PPPK, counted, granted).demand_within("hours")
    assert (refusal.value.where, "25 JP in 2027" in refusal.value.what) == ("hours", True)
    assert YearOfHours(2027, Employment.PPPK, counted, granted).left == 0
