"""Until when one may object, to whom it goes, and what a policy may say of it."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from appraisal.errors import InvalidPolicy
from appraisal.objection.deciding import deciders, with_decider
from appraisal.objection.policy import ObjectionTerms
from appraisal.objection.times import last_moment
from appraisal.parties import Parties
from appraisal.people.acting import Acting
from appraisal.policy.policy import Policy
from appraisal.policy.spans import Calendar
from tests import builders
from tests.builders import START
from tests.rules.test_policy import document

HOLIDAYS = (date(2026, 3, 18), date(2026, 3, 19), date(2026, 3, 20), date(2026, 3, 23), date(2026, 3, 24))
"""Nyepi, Idul Fitri and their cuti bersama: the golden case of the rules of the field, over 18 to 24 March 2026."""
EDGES = """
window           delivered             last moment
P14D             2026-03-09T10:13:22   2026-03-23T10:13:22
14 working days  2026-03-09T10:13:22   2026-04-03T16:00:00
14 working days  2026-03-06T17:30:00   2026-04-02T16:00:00
14 working days  2026-03-07T09:00:00   2026-04-02T16:00:00
1 working day    2026-03-17T09:00:00   2026-03-25T16:00:00
PT20S            2026-03-09T10:13:22   2026-03-09T10:13:42
"""


@pytest.mark.parametrize("row", [line.rsplit(maxsplit=2) for line in EDGES.strip().splitlines()[1:]])
def test_the_last_moment_in_calendar_and_in_working_days(row: list[str]) -> None:
    table = builders.objectionable(builders.timetable(each=timedelta(days=60)), row[0].strip())
    assert table.objection
    calendar = Calendar("Asia/Jakarta", time(7, 30), time(16), HOLIDAYS)
    table = replace(table, objection=replace(table.objection, calendar=calendar))
    found = last_moment(table, datetime.fromisoformat(row[1]).replace(tzinfo=ZoneInfo("Asia/Jakarta")))
    assert found == datetime.fromisoformat(row[2]).replace(tzinfo=ZoneInfo("Asia/Jakarta"))


LINES = """
who                                    line              acting             rater  decides
the superior of the supervisor         budi citra bupati                    budi   citra
an acting superior                     budi citra bupati citra=eko          budi   eko
not the supervisor acting above        budi citra bupati citra=budi         budi   bupati
not who rated in his place             budi citra bupati                    citra  bupati
HR where nobody is above               budi                                 budi   hr
HR where the one above is appraised    budi ani                             budi   hr
the employee does not act above        budi citra bupati citra=ani          budi   citra
HR where nobody rated and none is left                                      budi   hr
"""


@pytest.mark.parametrize("row", LINES.strip("\n").splitlines()[1:])
def test_who_decides(row: str) -> None:
    line, acting, rater, decides = (row[a:b].strip() for a, b in ((39, 57), (57, 76), (76, 83), (83, None)))
    deputies = tuple(Acting(pair.partition("=")[0], pair.partition("=")[2], True) for pair in acting.split())
    parties = Parties("ani", "dinkes", tuple(line.split()), "dewi", acting=deputies, rater=rater)
    assert with_decider(parties, None).decider == decides
    assert not {"ani", rater, parties.supervisor} & set(deciders(parties))
    assert with_decider(parties, "eko").decider == "eko", "whom HR names decides"
    assert with_decider(parties, rater).decider == decides, "but never whose rating it is"


def changed(**values: Any) -> dict[str, Any]:
    whole = document()
    return {**whole, "objection": {**whole["objection"], **values}}


@pytest.mark.parametrize(
    ("values", "where"),
    [
        ({"window": "besok"}, "objection.window"),
        ({"window": "P0D"}, "objection.window"),
        ({"account": "01-31"}, "objection.account"),
        ({"account": "8 working days"}, "objection.due"),
        ({"end": "7 working days"}, "objection.due"),
        ({"end": "P200D"}, "objection.end"),
        ({"end_rule": "hold"}, "objection.end_rule"),
        ({"at_closing": "maybe"}, "objection.at_closing"),
        ({"final": True}, "objection.final"),
        ({"escalate": [{"after": "P1D"}]}, "objection.escalate.0"),
    ],
)
def test_a_policy_that_cannot_be(values: dict[str, Any], where: str) -> None:
    calendar = Calendar("Asia/Jakarta", time(7, 30), time(16), HOLIDAYS)
    with pytest.raises(InvalidPolicy) as caught:
        Policy.read(changed(**values)).timetable(START, 2026, calendar)
    assert (caught.value.where, bool(caught.value.remedy)) == (where, True)


def test_the_terms_are_frozen_with_the_days_off_that_can_matter() -> None:
    calendar = Calendar("Asia/Jakarta", time(7, 30), time(16), (date(2026, 8, 17), date(2027, 2, 17), date(2029, 1, 1)))
    table = Policy.read(document()).timetable(START, 2026, calendar)
    assert isinstance(table.objection, ObjectionTerms)
    assert table.objection.calendar.holidays == (date(2027, 2, 17),)
    old = {key: value for key, value in document().items() if key != "objection"}
    policy = Policy.read(old)
    assert (policy.objection, policy.document(), policy.timetable(START, 2026, calendar).objection) == (None, old, None)
