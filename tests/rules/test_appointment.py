"""Appointments: who may make them, which are refused, when they hold and how they end."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from appraisal import errors
from appraisal.access import Actor
from appraisal.notices import Notice
from appraisal.people.acting import ActingKind
from appraisal.people.appointment import Appoint, Ground, allow, appointed, check, notices
from tests.builders import START

DAY = timedelta(days=1)
OFFICER, BUDI = Actor("olga", hr=True), Actor("budi")
LEAVE = Appoint(
    "a1", ActingKind.DELEGATE, "eko", START + DAY, START + 3 * DAY, BUDI, represented="budi", reason="Cuti."
)
PLH = Appoint("a2", ActingKind.PLH, "citra", START, START + 3 * DAY, OFFICER, position="p1")
GROUND = Ground(("budi", "citra", "eko"), ("budi", "citra", "eko"), True, "dewi")
ASKED = [
    (LEAVE, None),
    (PLH, None),
    (replace(LEAVE, actor=OFFICER), None),
    (replace(LEAVE, actor=Actor("citra")), errors.NotAllowed),
    (replace(PLH, actor=BUDI), errors.NotAllowed),
    (replace(LEAVE, ends_at=LEAVE.begins_at), errors.PeriodReversed),
    (replace(LEAVE, begins_at=START - 2 * DAY, ends_at=START), errors.PeriodIsOver),
    (replace(LEAVE, person="budi"), errors.ActsForHimself),
    (replace(LEAVE, reason="x" * 5000), errors.InvalidText),
]
AGAINST = [
    (LEAVE, GROUND, None),
    (PLH, GROUND, None),
    (LEAVE, replace(GROUND, known=("budi",)), errors.UnknownPerson),
    (LEAVE, replace(GROUND, known=("eko",)), errors.UnknownPerson),
    (replace(LEAVE, represented=None), GROUND, errors.UnknownPerson),
    (replace(LEAVE, position="p1"), GROUND, errors.UnknownPerson),
    (PLH, replace(GROUND, position_leads=False), errors.UnknownPosition),
    (replace(PLH, represented="budi"), GROUND, errors.UnknownPosition),
    (LEAVE, replace(GROUND, serving=("budi",)), errors.HasLeft),
    (LEAVE, replace(GROUND, serving=("eko",)), errors.HasLeft),
    (PLH, replace(GROUND, holder="citra"), errors.ActsForHimself),
    (PLH, replace(GROUND, overlapping=("a9",)), errors.AppointedTwice),
]


def refusal(rule: Callable[..., None], *given: object) -> type[Exception] | None:
    """The type of the refusal, which says what to do; None where there is none."""
    try:
        rule(*given)
    except errors.AppraisalError as refused:
        return type(refused) if refused.remedy else None
    return None


@pytest.mark.parametrize(("order", "expected"), ASKED)
def test_what_can_be_asked(order: Appoint, expected: type[Exception] | None) -> None:
    assert refusal(check, order, START) is expected


@pytest.mark.parametrize(("order", "ground", "expected"), AGAINST)
def test_what_the_record_has_against_it(order: Appoint, ground: Ground, expected: type[Exception] | None) -> None:
    assert refusal(allow, order, ground) is expected


def test_it_begins_and_ends_by_itself() -> None:
    made = appointed(LEAVE, START)
    boundaries = [made.next_boundary(START + days * DAY) for days in (0, 1, 2, 3)]
    assert boundaries == [LEAVE.begins_at, LEAVE.ends_at, LEAVE.ends_at, None]
    late = appointed(PLH, START + DAY)
    assert late.begins_at == START + DAY


@pytest.mark.parametrize("who", [OFFICER, BUDI])
@pytest.mark.parametrize(("days", "ends"), [(0, 1), (2, 2)])
def test_it_ends_before_its_time_at_once_or_never_begins(who: Actor, days: int, ends: int) -> None:
    at = START + days * DAY
    ended = appointed(LEAVE, START).stored(0).ended(who, at, "e1")
    assert (ended.ends_at, ended.revision) == (START + ends * DAY, 1)
    assert [(event.kind, event.actor, event.at) for event in ended.events] == [("appointment_ended", who.id, at)]


def test_it_is_ended_by_hr_or_whoever_is_represented_and_once() -> None:
    made = appointed(LEAVE, START)
    with pytest.raises(errors.NotAllowed):
        made.ended(Actor("eko"), START + 2 * DAY, "e1")
    with pytest.raises(errors.AlreadyClosed):
        made.ended(BUDI, LEAVE.ends_at, "e1")


def test_an_appointment_that_never_begins_cannot_be_ended_again() -> None:
    never = appointed(LEAVE, START).ended(BUDI, START, "e1")
    assert never.next_boundary(START) is None
    with pytest.raises(errors.AlreadyClosed):
        never.ended(OFFICER, START, "e2")


def test_the_record_says_who_appointed_whom_for_whom() -> None:
    event = appointed(LEAVE, START).events[0]
    assert (event.actor, event.on_behalf_of, event.reason) == ("budi", None, "Cuti.")
    assert appointed(replace(LEAVE, actor=OFFICER), START).events[0].on_behalf_of == "budi"
    assert ("person", "", "eko") in event.changes


def test_both_hear_of_it_but_not_whoever_did_it() -> None:
    assert notices(appointed(LEAVE, START), "budi") == (Notice("eko", "appointed_to_you", 0),)
    told = notices(appointed(PLH, START), "dewi")
    assert told == (Notice("citra", "appointed_to_you", 0), Notice("dewi", "appointed_for_you", 0))
