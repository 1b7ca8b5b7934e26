"""For which part of the agency somebody can be HR officer."""

import pytest

from appraisal.errors import InvalidOffice, OwnOffice
from appraisal.people.offices import SUPPORT, WHOLE_AGENCY, Office, demand_another, demand_office, served

UNITS = {"kabupaten": None, "dinkes": "kabupaten", "dinsos": "kabupaten", "p2p": "dinkes", "imunisasi": "p2p"}


def test_there_are_officers_of_the_agency_of_its_topmost_unit_and_of_those_directly_below() -> None:
    assert served(UNITS) == ("dinkes", "dinsos", "kabupaten")
    for unit in (None, *served(UNITS)):
        demand_office(Office(unit), UNITS)


@pytest.mark.parametrize("unit", ["p2p", "imunisasi", "dinas-lama", ""])
def test_a_unit_without_cases_or_that_is_gone_has_no_officer(unit: str) -> None:
    with pytest.raises(InvalidOffice) as refused:
        demand_office(Office(unit), UNITS)
    assert (refused.value.where, bool(refused.value.remedy)) == ("unit", True)


def test_support_is_of_no_unit_and_no_hr() -> None:
    demand_office(SUPPORT, UNITS)
    assert (SUPPORT.hr, WHOLE_AGENCY.hr, Office("dinkes").hr) == (False, True, False)
    with pytest.raises(InvalidOffice) as refused:
        demand_office(Office("dinkes", support=True), UNITS)
    assert (refused.value.where, bool(refused.value.remedy)) == ("unit", True)


def test_officers_change_the_rights_of_others_and_never_their_own() -> None:
    demand_another("ani", "olga")
    with pytest.raises(OwnOffice):
        demand_another("olga", "olga")
