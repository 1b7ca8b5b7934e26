"""Another superior: who may say so, what hinders it for whom, what is on record, and who hears of it."""

from dataclasses import replace
from datetime import date

import pytest

from appraisal import errors
from appraisal.access import Actor
from appraisal.notices import Notice
from appraisal.people import errors as people_errors
from appraisal.people.superiors import (
    MOST,
    REFUSALS,
    Ground,
    Hindrance,
    Move,
    Replace,
    Replacement,
    allow,
    check,
    examined,
)
from tests.builders import START

OFFICER = Actor("olga", hr=True)
TWO = (Move("ani", "budi"), Move("eko", "budi"))
ORDER = Replace("o1", "citra", date(2026, 1, 5), START, OFFICER, TWO, "Budi pensiun.")
GROUND = Ground(True, ("dewi", "bupati"), {"ani": "budi", "eko": "budi"})
ASKED = [
    (ORDER, None, ""),
    (replace(ORDER, actor=Actor("budi")), errors.NotAllowed, ""),
    (replace(ORDER, reason=" "), errors.MissingReason, "reason"),
    (replace(ORDER, reason="x" * 5000), errors.InvalidText, "reason"),
    (replace(ORDER, moves=()), people_errors.InvalidPeople, "people"),
    (replace(ORDER, moves=(*TWO, TWO[0])), people_errors.InvalidPeople, "people"),
    (replace(ORDER, moves=tuple(Move(str(n), None) for n in range(MOST + 1))), people_errors.InvalidPeople, "people"),
]
AGAINST = [
    ("nothing", "citra", GROUND, (None, None)),
    ("nobody known", "citra", replace(GROUND, known=False, line=None), (Hindrance.SUPERIOR_UNKNOWN,) * 2),
    ("has left", "citra", replace(GROUND, line=None), (Hindrance.SUPERIOR_LEFT,) * 2),
    ("no position", "citra", replace(GROUND, before={"ani": "budi"}), (None, Hindrance.NO_POSITION)),
    ("himself", "eko", replace(GROUND, line=("budi",)), (None, Hindrance.HIMSELF)),
    ("a loop", "gita", replace(GROUND, line=("fajar", "ani")), (Hindrance.LOOP, None)),
    ("later", "citra", replace(GROUND, later=("eko",)), (None, Hindrance.LATER_CHANGE)),
    ("the same", "citra", replace(GROUND, before={"ani": "citra", "eko": "budi"}), (Hindrance.UNCHANGED, None)),
    ("nobody before", "citra", replace(GROUND, before={"ani": None, "eko": "budi"}), (None, None)),
]


@pytest.mark.parametrize(("order", "expected", "where"), ASKED)
def test_what_can_be_asked(order: Replace, expected: type[errors.AppraisalError] | None, where: str) -> None:
    if expected is None:
        check(order)
        return
    with pytest.raises(expected) as refused:
        check(order)
    assert refused.value.where == where
    assert refused.value.remedy


@pytest.mark.parametrize(("superior", "ground", "expected"), [row[1:] for row in AGAINST], ids=[r[0] for r in AGAINST])
def test_what_hinders_whom(superior: str, ground: Ground, expected: tuple[Hindrance | None, ...]) -> None:
    found = examined(superior, ["ani", "eko"], ground)
    assert [(one.person, one.before) for one in found] == [(who, ground.before.get(who)) for who in ("ani", "eko")]
    assert tuple(one.hindrance for one in found) == expected


def test_one_who_is_hindered_stops_all_and_is_named_by_the_place_in_the_order() -> None:
    with pytest.raises(people_errors.ReportingLoop) as refused:
        allow(ORDER, replace(GROUND, line=("eko",)))
    assert (refused.value.where, bool(refused.value.remedy)) == ("people[1]", True)
    with pytest.raises(errors.HasLeft) as left:
        allow(ORDER, replace(GROUND, line=None))
    assert left.value.where == "superior"
    allow(ORDER, GROUND)


def test_a_line_that_has_changed_since_it_was_seen_must_be_seen_again() -> None:
    with pytest.raises(people_errors.StaleLine):
        allow(ORDER, replace(GROUND, before={"ani": "gita", "eko": "budi"}))


def test_every_hindrance_has_words() -> None:
    assert set(REFUSALS) == set(Hindrance)
    assert all(refusal.what and refusal.remedy for refusal in REFUSALS.values())


def test_the_record_says_who_moved_whom_from_whom_to_whom_when_and_why() -> None:
    event = Replacement(ORDER, START).event
    assert (event.revision, event.actor, event.reason) == (0, "olga", "Budi pensiun.")
    assert event.changes == (
        ("effective_on", "", "2026-01-05"),
        ("ani", "budi", "citra"),
        ("eko", "budi", "citra"),
    )


def test_those_who_moved_and_both_superiors_hear_of_it_once_but_not_whoever_did_it() -> None:
    told = Replacement(ORDER, START).notices()
    assert told == (
        Notice("ani", "superior_changed", 0),
        Notice("eko", "superior_changed", 0),
        Notice("citra", "reports_gained", 0),
        Notice("budi", "reports_lost", 0),
    )
    by_citra = Replacement(replace(ORDER, actor=Actor("citra", hr=True)), START).notices()
    assert "citra" not in [notice.recipient for notice in by_citra]
