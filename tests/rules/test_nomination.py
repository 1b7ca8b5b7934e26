"""HR decides on proposals: all of an order or none, within seats and hours, and never without a reason."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from appraisal.access import Actor
from appraisal.errors import (
    AlreadyClosed,
    AppraisalError,
    HoursExceeded,
    MissingReason,
    NoSeatLeft,
    NotAllowed,
    NothingToDecide,
    NotOpenYet,
    ReviewsHimself,
    UnknownTraining,
)
from appraisal.group import GroupPhase, Presence
from appraisal.group_clock import finished, ring
from appraisal.parties import HR
from appraisal.seats.errors import StaleNomination
from appraisal.seats.figures import Comparison, Figures
from appraisal.training.course import Course
from appraisal.training.errors import CourseBegun
from appraisal.training.limits import Given
from appraisal.training.nomination import (
    MOST_DECISIONS,
    Basis,
    ComparePlans,
    Decide,
    Nomination,
    NominationDecision,
    NominationOrder,
    Open,
    RefreshProposals,
    TakePlan,
    prepared,
)
from appraisal.training.nomination_rules import based, decided, lapsed, notices, permitted, planned
from appraisal.training.nomination_settling import settle
from appraisal.vocabulary import Alarm, Employment
from tests import builders
from tests.builders import START

OFFICER = Actor("olga", hr=True)
PROJECT = Course("t1", "Manajemen Proyek", ("WAKTU",), 40, 2, 2027)
SHORT = Course("t2", "Manajemen Waktu", ("WAKTU",), 20, 1, 2027)
COURSES = {course.id: course for course in (PROJECT, SHORT)}
PROPOSALS = {
    "ani": Open("ani", "t1", "Target 1 tercapai 60 dari 90 %.", Employment.PNS),
    "eko": Open("eko", None, "Tidak ada kesenjangan.", Employment.PNS),
    "gita": Open("gita", "t2", "Target 2 terlambat.", Employment.PPPK, ((2027, 10),)),
    "olga": Open("olga", "t1", "Target 3 terlambat.", Employment.PNS),
}
SOME = Presence(3, 0)
NONE = Figures(0, 0, Decimal(0), (), (), ())


def waiting() -> Nomination:
    return prepared("nomination/c1", "c1", builders.timetable(START + timedelta(days=1)), START)


def opened() -> Nomination:
    return ring(waiting(), Alarm.OPEN, SOME, START + timedelta(days=1))


def order(*decisions: NominationDecision, actor: Actor = OFFICER) -> NominationOrder:
    return NominationOrder(Decide(decisions), actor)


def approve(employee: str, training: str | None, why: str = "") -> NominationDecision:
    return NominationDecision(employee, True, training, why)


def test_what_is_approved_as_proposed_keeps_the_reason_of_the_proposal() -> None:
    first, second = settle(order(approve("ani", "t1"), approve("eko", None)), PROPOSALS, COURSES, Given())
    assert (first.training, first.reason) == ("t1", "Target 1 tercapai 60 dari 90 %.")
    assert (second.training, second.reason) == (None, "Tidak ada kesenjangan.")


def test_another_training_or_a_refusal_carries_hrs_own_reason() -> None:
    changed, refused = settle(
        order(approve("ani", "t2", "Lebih sesuai."), NominationDecision("eko", False, "t1", "Pensiun.")),
        PROPOSALS,
        COURSES,
        Given(),
    )
    assert (changed.training, changed.reason) == ("t2", "Lebih sesuai.")
    assert (refused.training, refused.reason) == (None, "Pensiun.")


@pytest.mark.parametrize(
    ("decisions", "taken", "refusal"),
    [
        ((approve("ani", "t1"),), {"t1": 2}, NoSeatLeft),
        ((approve("ani", "t2", "Ya."), approve("eko", "t2", "Ya.")), {}, NoSeatLeft),
        ((approve("ani", "t2"),), {}, MissingReason),
        ((approve("ani", "t9", "Ya."),), {}, UnknownTraining),
        ((approve("gita", "t2"),), {}, HoursExceeded),
        ((approve("budi", None),), {}, NothingToDecide),
        ((approve("olga", "t2", "Saya mau."),), {}, ReviewsHimself),
    ],
)
def test_refusals(
    decisions: tuple[NominationDecision, ...], taken: dict[str, int], refusal: type[AppraisalError]
) -> None:
    with pytest.raises(refusal):
        settle(order(*decisions), PROPOSALS, COURSES, Given(taken))


@pytest.mark.parametrize("day", [date(2027, 6, 1), date(2027, 6, 2), date(2028, 1, 1)])
def test_nobody_is_given_a_course_that_has_begun_or_is_over(day: date) -> None:
    course = replace(COURSES["t1"], starts_on=date(2027, 6, 1), ends_on=date(2027, 6, 3))
    ahead = settle(order(approve("ani", "t1")), PROPOSALS, {"t1": course}, Given(), on=date(2027, 5, 31))
    assert ahead[0].training == "t1"
    with pytest.raises(CourseBegun) as refused:
        settle(order(approve("ani", "t1")), PROPOSALS, {"t1": course}, Given(), on=day)
    assert (refused.value.what, refused.value.where) == (
        f"{course.name} began on 2027-06-01.",
        "decisions[0].training",
    )


@pytest.mark.parametrize(
    ("command", "actor", "refusal"),
    [
        (RefreshProposals(), Actor("budi"), NotAllowed),
        (Decide((approve("ani", "t1"),)), Actor("budi"), NotAllowed),
        (Decide(()), OFFICER, NothingToDecide),
        (Decide((approve("ani", "t1"), approve("ani", None))), OFFICER, NothingToDecide),
        (Decide(tuple(approve(str(n), None) for n in range(MOST_DECISIONS + 1))), OFFICER, NothingToDecide),
        (Decide((NominationDecision("ani", False, None, " "),)), OFFICER, MissingReason),
        (TakePlan(Basis.OPTIMUM), OFFICER, NothingToDecide),
        (ComparePlans(), Actor("budi"), NotAllowed),
    ],
)
def test_what_can_be_refused_without_a_look(
    command: RefreshProposals | ComparePlans | TakePlan | Decide, actor: Actor, refusal: type[AppraisalError]
) -> None:
    with pytest.raises(refusal):
        permitted(opened(), NominationOrder(command, actor), START + timedelta(days=2))


def test_a_plan_is_taken_only_where_nobody_has_decided_since_it_was_seen() -> None:
    seen, at = opened(), START + timedelta(days=2)
    made = Comparison(1, NONE, NONE, (), Decimal(0), (), (), None, 0)
    compared = planned(seen, OFFICER, made, at, "k1")
    assert (compared.plans, compared.basis) == (seen.revision + 1, Basis.RULE)
    take = NominationOrder(TakePlan(Basis.OPTIMUM), OFFICER, compared.revision)
    permitted(compared, take, at)
    by_another = decided(compared, order(approve("ani", "t1")), at, "k2")
    with pytest.raises(StaleNomination):
        permitted(by_another, take, at)
    taken = based(compared, OFFICER, Basis.OPTIMUM, at, "k3")
    assert (taken.basis, taken.events[-1].changes) == (Basis.OPTIMUM, (("basis", "rule", "optimum"),))


def test_nothing_before_it_opens_and_nothing_after_the_end() -> None:
    with pytest.raises(NotOpenYet):
        permitted(waiting(), NominationOrder(RefreshProposals(), OFFICER), START)
    ended = ring(opened(), Alarm.END, SOME, START + timedelta(days=90))
    for closed in (ended, finished(ended, START)):
        with pytest.raises(AlreadyClosed):
            permitted(closed, order(approve("ani", "t1")), START + timedelta(days=90))


def test_a_round_is_one_event_with_its_numbers() -> None:
    asked = order(approve("ani", "t1"), NominationDecision("eko", False, None, "Pensiun."))
    after = decided(opened(), asked, START, "k1")
    assert (after.round, after.moving) == (1, True)
    assert after.events[-1].changes == (("approved", "", "1"), ("refused", "", "1"))
    assert lapsed(after, 3, START).events[-1].reason.startswith("nobody decided by")


def test_hr_hears_of_every_alarm_and_nobody_of_silent_ones() -> None:
    escalated = ring(ring(opened(), Alarm.DUE, SOME, START), Alarm.ESCALATE, SOME, START)
    assert [(notice.recipient, notice.kind) for notice in notices(escalated)] == [
        (HR, "nomination_opened"),
        (HR, "nomination_due"),
        (HR, "nomination_escalated_to_you"),
    ]
    assert ring(opened(), Alarm.DUE, Presence(0, 5), START).revision == opened().revision
    assert opened().phase is GroupPhase.OPEN
