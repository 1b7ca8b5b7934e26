"""A closed case that HR opens again while its cycle runs."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from appraisal.access import Actor
from appraisal.case import Case
from appraisal.clock import ring
from appraisal.commands import ApproveTargets, CloseUnrateable, Order, SubmitReview
from appraisal.errors import AppraisalError
from appraisal.group import GroupPhase
from appraisal.group_clock import finished
from appraisal.group_clock import reopened as reopened_group
from appraisal.notices import notices
from appraisal.record import Event
from appraisal.reopening import Kept, Reopen, reopened
from appraisal.transitions import perform
from appraisal.vocabulary import Alarm, Exit, Outcome, Step
from tests import builders
from tests.builders import EMPLOYEE, START, SUPERVISOR
from tests.rules.test_group_dates import of_unit
from tests.rules.test_ladder import DAY, at_step

WHY = "Keliru ditutup."
OFFICER = Actor("olga", hr=True)
LATE = START + 65 * DAY


def closed() -> Case:
    """A case that has gone through the whole year, all of it stored."""
    case = builders.case()
    for number, order in enumerate(builders.year()):
        case = perform(case, order, START + DAY * number / 10, f"c{number}")
    assert (case.step, case.exit) == (Step.CLOSED, Exit.COMPLETED)
    return case.stored(case.revision)


def kept(case: Case, at: Step = Step.NOMINATION) -> Kept:
    return Kept(case, at, ("opened", *(f"c{number}" for number in range(7))))


def reopen(what: Kept, step: Step, at: datetime = LATE, actor: Actor = OFFICER, why: str = WHY) -> Case:
    return reopened(what, Reopen(EMPLOYEE, step, why, actor), what.case.timetable, at, "olga/k1")


def refused(ask: Callable[[], object]) -> str:
    with pytest.raises(AppraisalError) as refusal:
        ask()
    return refusal.value.code()


def test_what_followed_from_the_step_is_taken_back_and_the_step_has_at_least_its_grace() -> None:
    before = closed()
    after = reopen(kept(before), Step.REVIEW)
    assert (after.step, after.holder, after.open) == (Step.REVIEW, SUPERVISOR, True)
    assert (after.plan, after.self_assessment) == (before.plan, before.self_assessment)
    assert (after.review, after.calibrated, after.nominated, after.outcome, after.exit) == (None,) * 5
    assert after.window.due == LATE + after.timetable.grace
    assert after.next_alarm is not None
    assert after.next_alarm[0] > LATE


def test_one_event_says_who_and_why_and_whoever_holds_the_step_is_told() -> None:
    before = closed()
    after = reopen(kept(before), Step.REVIEW)
    (event,) = after.events
    assert (event.revision, event.kind, event.actor) == (before.revision + 1, "reopen", "olga")
    assert (event.reason, event.command_id, event.ended) == (WHY, "olga/k1", None)
    changes = {name: (was, now) for name, was, now in event.changes}
    assert changes["step"] == ("closed", "review")
    assert changes["outcome"] == (Outcome.RATED, "")
    assert changes["exit"] == (Exit.COMPLETED, "")
    assert [(one.recipient, one.kind) for one in notices(after)] == [(SUPERVISOR, "reopened")]


def test_a_result_that_is_read_again_is_the_calibrated_one() -> None:
    before = closed()
    after = reopen(kept(before), Step.ACKNOWLEDGEMENT)
    assert (after.calibrated, after.comment, after.predicate) == (before.calibrated, None, before.predicate)


def test_it_goes_through_the_rest_of_the_year_and_closes_again() -> None:
    case = reopen(kept(closed()), Step.REVIEW)
    for number, order in enumerate(builders.year()[3:]):
        case = perform(case, order, LATE + DAY * number / 10, f"d{number}")
    assert (case.step, case.outcome, case.exit) == (Step.CLOSED, Outcome.RATED, Exit.COMPLETED)


def test_left_alone_it_ends_with_the_cycle_at_the_latest() -> None:
    for step in (Step.TARGETS, Step.APPROVAL, Step.SELF_ASSESSMENT, Step.REVIEW, Step.ACKNOWLEDGEMENT):
        case = reopen(kept(closed()), step, case_closes() - DAY / 100)
        while (planned := case.next_alarm) is not None:
            assert planned[0] <= case.timetable.closes
            case = ring(case, planned[1], planned[0])
        assert (case.step, case.exit is not None) == (Step.CLOSED, True)


def case_closes() -> datetime:
    return builders.timetable().closes


def test_an_order_from_before_is_not_taken_twice() -> None:
    case = reopen(kept(closed()), Step.REVIEW)
    order = builders.order(SubmitReview(builders.review()), SUPERVISOR)
    assert refused(lambda: perform(case, order, LATE, "c3")) == "stale_revision"
    assert perform(case, order, LATE, "d3").step is Step.CALIBRATION


def unfinished() -> Kept:
    """A case that was closed while its targets waited for approval."""
    case = at_step(Step.APPROVAL)
    case = perform(case, Order(CloseUnrateable("Pindah."), OFFICER), START + DAY, "k")
    return Kept(case.stored(case.revision), Step.APPROVAL, ("opened", "c0", "k"))


def test_a_case_goes_on_where_it_was_closed() -> None:
    case = reopen(unfinished(), Step.APPROVAL, START + 2 * DAY)
    assert case.step is Step.APPROVAL
    approved = perform(case, builders.order(ApproveTargets(), SUPERVISOR), START + 3 * DAY, "d")
    assert approved.step is Step.SELF_ASSESSMENT


@pytest.mark.parametrize(
    ("what", "step", "actor", "why", "code"),
    [
        (unfinished(), Step.SELF_ASSESSMENT, OFFICER, WHY, "wrong_step"),
        (kept(closed()), Step.CALIBRATION, OFFICER, WHY, "wrong_step"),
        (kept(closed()), Step.NOMINATION, OFFICER, WHY, "wrong_step"),
        (kept(closed()), Step.CLOSED, OFFICER, WHY, "wrong_step"),
        (kept(at_step(Step.REVIEW), Step.REVIEW), Step.TARGETS, OFFICER, WHY, "not_closed"),
        (kept(closed()), Step.REVIEW, OFFICER, " ", "missing_reason"),
        (kept(closed()), Step.REVIEW, Actor(SUPERVISOR), WHY, "not_allowed"),
        (kept(closed()), Step.REVIEW, Actor(EMPLOYEE, hr=True), WHY, "not_allowed"),
    ],
    ids=["not reached", "calibration", "nomination", "nowhere", "open", "no reason", "not HR", "the own case"],
)
def test_what_cannot_be(what: Kept, step: Step, actor: Actor, why: str, code: str) -> None:
    assert refused(lambda: reopen(what, step, actor=actor, why=why)) == code


def test_a_calibration_that_was_done_goes_on_by_the_dates_of_now() -> None:
    done = replace(finished(of_unit(), START + 57 * DAY), events=())
    why = Event(0, "reopen", "olga", START + 58 * DAY, "olga/k1", reason=WHY)
    open_again = reopened_group(done, Step.CALIBRATION, builders.timetable(START + 20 * DAY), ("dewi/k",), why)
    assert (open_again.phase, open_again.revision) == (GroupPhase.OPEN, done.revision + 1)
    assert open_again.next_alarm == (START + 67.5 * DAY, Alarm.REMIND)
    over = reopened_group(done, Step.CALIBRATION, builders.timetable(), (), why)
    assert (over.phase, over.next_alarm) == (GroupPhase.OPEN, (START + 55 * DAY, Alarm.END))
    assert [event.kind for event in over.events] == ["reopen"]
