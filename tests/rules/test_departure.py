"""Somebody is not there any more: who may say so, what hinders it, what the own case is told, and who is back when."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from appraisal import errors
from appraisal.access import Actor
from appraisal.commands import CloseUnrateable, Hold
from appraisal.notices import Notice
from appraisal.parties import HR
from appraisal.people import errors as people_errors
from appraisal.people.departure import (
    FOR_A_TIME,
    FOR_GOOD,
    MOST,
    REFUSALS,
    Cause,
    Depart,
    Departure,
    Ground,
    Hindrance,
    Own,
    OwnCases,
    Return,
    allow,
    came_back,
    check,
    hindrance,
    notices,
    ordered,
)
from tests.builders import START

OFFICER = Actor("olga", hr=True)
DAY, BACK = date(2026, 1, 5), date(2026, 3, 2)
LEAVE = Depart("o1", Cause.ON_LEAVE, OwnCases.HOLD, DAY, START, OFFICER, ("ani", "budi"), "Cuti besar.", BACK)
RETIRES = replace(LEAVE, cause=Cause.RETIRED, own_cases=OwnCases.GO_ON, returns_on=None)
ASKED = [
    (LEAVE, None, ""),
    (replace(LEAVE, returns_on=None), None, ""),
    (RETIRES, None, ""),
    (replace(LEAVE, actor=Actor("budi")), errors.NotAllowed, ""),
    (replace(LEAVE, reason=" "), errors.MissingReason, "reason"),
    (replace(LEAVE, people=()), people_errors.InvalidPeople, "people"),
    (replace(LEAVE, people=("ani", "ani")), people_errors.InvalidPeople, "people"),
    (replace(LEAVE, people=tuple(map(str, range(MOST + 1)))), people_errors.InvalidPeople, "people"),
    (replace(LEAVE, returns_on=DAY), errors.PeriodReversed, "returns_on"),
    (replace(RETIRES, returns_on=BACK), people_errors.InvalidDeparture, "returns_on"),
    (replace(RETIRES, own_cases=OwnCases.HOLD), people_errors.InvalidDeparture, "own_cases"),
]
HINDERED = """
cause     serving later away  hindrance
on_leave  yes     -     -     -
on_leave  -       -     -     no_position
on_leave  yes     yes   -     -
on_leave  yes     -     yes   away_already
suspended yes     -     yes   away_already
retired   yes     yes   -     later_change
retired   yes     -     yes   -
deceased  -       -     -     no_position
left      yes     -     -     -
"""
ROWS = [line.split() for line in HINDERED.strip().splitlines()[1:]]


@pytest.mark.parametrize(("order", "expected", "where"), ASKED)
def test_what_can_be_asked(order: Depart, expected: type[errors.AppraisalError] | None, where: str) -> None:
    if expected is None:
        check(order)
        return
    with pytest.raises(expected) as refused:
        check(order)
    assert (refused.value.where, bool(refused.value.remedy)) == (where, True)


@pytest.mark.parametrize("row", ROWS, ids=[" ".join(row) for row in ROWS])
def test_what_hinders_whom(row: list[str]) -> None:
    cause, *known, expected = row
    ground = Ground(*(("ani",) if cell == "yes" else () for cell in known))
    assert (hindrance(Cause(cause), "ani", ground) or "-") == expected


def test_one_who_is_hindered_stops_all_and_is_named_by_the_place_in_the_order() -> None:
    allow(LEAVE, Ground(("ani", "budi")))
    with pytest.raises(people_errors.AwayAlready) as refused:
        allow(LEAVE, Ground(("ani", "budi"), away=("budi",)))
    assert refused.value.where == "people[1]"


def test_every_cause_is_for_good_or_for_a_time_and_every_hindrance_has_words() -> None:
    assert sorted((*FOR_GOOD, *FOR_A_TIME)) == sorted(Cause)
    assert set(REFUSALS) == set(Hindrance)


def test_the_own_case_is_told_what_hr_has_said() -> None:
    closes = START + timedelta(days=300)
    own = Own("appraisal/c/ani", "ani", OwnCases.HOLD, "Cuti besar.", OFFICER, START + timedelta(days=60), closes)
    assert own.remedy == Hold("Cuti besar.", START + timedelta(days=60))
    assert replace(own, own_cases=OwnCases.CLOSE).remedy == CloseUnrateable("Cuti besar.")
    assert replace(own, own_cases=OwnCases.GO_ON).remedy is None


@pytest.mark.parametrize("returns", [None, START + timedelta(days=301)])
def test_no_hold_is_given_an_end_after_the_closing(returns: datetime | None) -> None:
    closes = START + timedelta(days=300)
    own = Own("appraisal/c/ani", "ani", OwnCases.HOLD, "Skors.", OFFICER, returns, closes)
    assert own.remedy == Hold("Skors.", None)


def test_an_appointment_ends_whatever_becomes_of_the_cases() -> None:
    own = Own("appointment/a1", "ani", OwnCases.GO_ON, "Pensiun.", OFFICER)
    assert (own.acting, own.treatment) == (True, "end_acting")


def test_those_who_are_away_come_back_one_by_one_and_each_once() -> None:
    state = ordered(LEAVE, START).stored(0)
    one = state.back(Return(("budi",), date(2026, 2, 1), OFFICER, "Kembali."), START, "k")
    assert (one.away, one.revision, came_back(one)) == (("ani",), 1, (("budi", date(2026, 2, 1)),))
    both = one.back(Return(("ani",), date(2026, 2, 2), OFFICER, "Kembali."), START, "l")
    assert (both.away, len(came_back(both)), both.stored(2).events) == ((), 2, ())
    with pytest.raises(people_errors.NotAway) as refused:
        both.back(Return(("ani",), date(2026, 2, 2), OFFICER, "Lagi."), START, "m")
    assert refused.value.where == "people[0]"


def test_whoever_returns_before_the_first_day_has_never_been_away() -> None:
    state = ordered(LEAVE, START).back(Return(("ani",), DAY - timedelta(days=3), OFFICER, "Batal."), START, "k")
    assert came_back(state) == (("ani", DAY),)


@pytest.mark.parametrize("state", [ordered(RETIRES, START), ordered(LEAVE, START).over()])
def test_nobody_returns_who_left_for_good_or_is_back_already(state: Departure) -> None:
    with pytest.raises(people_errors.NotAway):
        state.back(Return(("ani",), BACK, OFFICER, "Kembali."), START, "k")
    with pytest.raises(errors.NotAllowed):
        state.back(Return(("ani",), BACK, Actor("ani"), "Kembali."), START, "k")


def test_the_record_names_everybody_and_all_that_was_said() -> None:
    event = ordered(LEAVE, START).events[0]
    assert (event.kind, event.actor, event.reason) == ("departed_on_leave", "olga", "Cuti besar.")
    assert event.changes == (
        ("cause", "", "on_leave"),
        ("effective_on", "", "2026-01-05"),
        ("returns_on", "", "2026-03-02"),
        ("own_cases", "", "hold"),
        ("person", "", "ani"),
        ("person", "", "budi"),
    )


def test_hr_hears_only_of_what_could_not_be_done() -> None:
    assert notices(0) == ()
    assert notices(2) == (Notice(HR, "departure_undone", 0),)
