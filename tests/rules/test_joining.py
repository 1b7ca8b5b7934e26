"""Who may be let into a running cycle, by whom, and what stays on record of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from appraisal import errors
from appraisal.access import Actor
from appraisal.cycle import NewParticipants, Phase
from appraisal.people import errors as people_errors
from appraisal.people.joining import MOST, Found, admitted, people_of, permitted
from tests.builders import START
from tests.rules.test_ladder import DAY
from tests.rules.test_rescheduling import OFFICER, running

NOW = START + DAY
EVERYBODY = Found((), ("ani", "eko"))


def order(
    people: tuple[str, ...] = ("ani", "eko"), reason: str = "Terlewat.", actor: Actor = OFFICER
) -> NewParticipants:
    return NewParticipants(people, reason, actor)


def test_they_take_part_and_the_record_names_them() -> None:
    before = running()
    after = admitted(before, order(), EVERYBODY, NOW, "hr/1")
    event = after.events[-1]
    assert (after.participants, after.started) == (before.participants + 2, before.started)
    assert (event.kind, event.actor, event.reason) == ("participants_admitted", OFFICER.id, "Terlewat.")
    assert event.changes[1:] == (("person/ani", "", "in"), ("person/eko", "", "in"))
    assert dict(after.orders)["hr/1"] == after.revision == before.revision + 1
    assert after.unfinished is not None
    assert people_of(after.unfinished) == ("ani", "eko"), "whom a process that is lost now has to start afterwards"
    begun = after.begun(2, NOW)
    assert (begun.started, begun.events[-1].kind) == (before.started + 2, "cases_started")
    assert begun.unfinished is None


@pytest.mark.parametrize(
    ("found", "refusal", "where"),
    [
        (Found(("eko",), ("ani", "eko")), errors.TakesPartAlready, "people[1]"),
        (Found((), ("eko",)), errors.HasLeft, "people[0]"),
    ],
)
def test_one_who_cannot_hinders_all(found: Found, refusal: type[errors.AppraisalError], where: str) -> None:
    with pytest.raises(refusal) as told:
        admitted(running(), order(), found, NOW, "hr/1")
    assert told.value.where == where


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        (order(()), people_errors.InvalidPeople),
        (order(("ani", "ani")), people_errors.InvalidPeople),
        (order(tuple(f"p{number}" for number in range(MOST + 1))), people_errors.InvalidPeople),
        (order(reason=" "), errors.MissingReason),
        (order(actor=Actor("ani")), errors.NotAllowed),
    ],
)
def test_what_is_refused_without_the_record(asked: NewParticipants, refusal: type[errors.AppraisalError]) -> None:
    with pytest.raises(refusal):
        permitted(running(), asked, NOW)


def test_nobody_joins_before_or_after_a_cycle_runs() -> None:
    begun = running()
    assert begun.timetable
    for state, at, refusal in (
        (replace(begun, phase=Phase.STARTING), NOW, errors.StillStarting),
        (replace(begun, phase=Phase.CLOSED), NOW, errors.AlreadyClosed),
        (begun, begun.timetable.closes + timedelta(seconds=1), errors.AlreadyClosed),
    ):
        with pytest.raises(refusal):
            permitted(state, order(), at)
