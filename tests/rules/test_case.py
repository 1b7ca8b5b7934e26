"""The process itself: what moves a case on, what is refused, and what stays on record."""

from dataclasses import replace
from datetime import timedelta

import pytest

from appraisal import commands, errors
from appraisal.access import ORGANISATION, Actor
from appraisal.case import Case
from appraisal.clock import ring
from appraisal.commands import Order
from appraisal.parties import HR
from appraisal.transitions import BELONGS_TO, perform
from appraisal.vocabulary import OPEN_STEPS, Alarm, Outcome, Predicate, Rating, Step
from tests import builders
from tests.builders import EMPLOYEE, HEAD, START, SUPERIOR, SUPERVISOR, order

YEAR = builders.year()
NOW = START + timedelta(days=1)
STEPS = [*OPEN_STEPS, Step.CLOSED]
RETURN = order(commands.ReturnTargets("Terlalu umum."), SUPERVISOR)
FOLLOW = Order(commands.FollowLine((SUPERIOR, "bupati"), HEAD, "dinkes"), ORGANISATION)


def case_at(step: Step) -> Case:
    case = builders.case()
    for number, given in enumerate(YEAR[: STEPS.index(step)]):
        case = perform(case, given, NOW, f"c{number}")
    return case


def refused(case: Case, given: Order, by: type[errors.AppraisalError]) -> errors.AppraisalError:
    """The refusal; the case is a value and cannot have changed."""
    with pytest.raises(by) as caught:
        perform(case, given, NOW, "x")
    assert type(caught.value) is by
    return caught.value


@pytest.mark.parametrize(("number", "step"), list(enumerate(STEPS[1:])))
def test_a_year_in_which_nothing_goes_wrong(number: int, step: Step) -> None:
    before = case_at(STEPS[number])
    after = perform(before, YEAR[number], NOW, f"c{number}")
    assert (after.step, after.revision, after.since) == (step, before.revision + 1, NOW)
    event = after.events[-1]
    assert (event.revision, event.command_id, event.at) == (after.revision, f"c{number}", NOW)
    assert event.kind == YEAR[number].command.kind
    assert ("step", str(before.step), str(step)) in event.changes


HOLDERS = """
step             holder
targets          ani
approval         budi
self_assessment  ani
review           budi
calibration      dewi
acknowledgement  ani
nomination       hr
closed           -
"""


@pytest.mark.parametrize(("step", "holder"), [line.split() for line in HOLDERS.strip().splitlines()[1:]])
def test_who_must_act(step: str, holder: str) -> None:
    assert case_at(Step(step)).holder == (None if holder == "-" else holder)


@pytest.mark.parametrize("step", STEPS[:-1])
@pytest.mark.parametrize("given", [*YEAR, RETURN], ids=lambda given: given.command.kind)
def test_a_command_of_another_step_is_refused(step: Step, given: Order) -> None:
    case = case_at(step)
    if step in BELONGS_TO[given.command.kind]:
        assert perform(case, given, NOW, "x").revision == case.revision + 1
    else:
        assert refused(case, given, errors.WrongStep).remedy


@pytest.mark.parametrize("given", [*YEAR, RETURN, FOLLOW], ids=lambda given: given.command.kind)
def test_nothing_changes_a_closed_case(given: Order) -> None:
    assert refused(case_at(Step.CLOSED), given, errors.AlreadyClosed).remedy


@pytest.mark.parametrize("given", [*YEAR, RETURN], ids=lambda given: given.command.kind)
def test_a_stranger_is_refused_whatever_is_asked(given: Order) -> None:
    case = case_at(BELONGS_TO[given.command.kind][0])
    assert refused(case, replace(given, actor=Actor("zainal")), errors.NotAllowed).remedy


def test_a_step_takes_no_command_before_it_opens() -> None:
    case = builders.case(table=builders.timetable(opens=timedelta(days=20)))
    for number, given in enumerate(YEAR[:2]):
        case = perform(case, given, NOW, f"c{number}")
    assert (START + timedelta(days=20)).isoformat() in refused(case, YEAR[2], errors.NotOpenYet).what
    assert perform(case, YEAR[2], START + timedelta(days=20), "x").step is Step.REVIEW


def test_two_tabs() -> None:
    """What was decided on a step that has ended since is stale; a reminder or a new superior in between is not."""
    case = case_at(Step.APPROVAL)
    seen = case.revision
    returned = perform(case, RETURN, NOW, "r")
    again = perform(returned, YEAR[0], NOW, "s")
    assert refused(again, replace(YEAR[1], expected_revision=seen), errors.StaleRevision).where == "revision"
    reminded = ring(case, Alarm.REMIND, NOW)
    assert perform(reminded, replace(YEAR[1], expected_revision=seen), NOW, "a").step is Step.SELF_ASSESSMENT


def test_targets_go_back_and_forth_as_often_as_needed() -> None:
    case = case_at(Step.APPROVAL)
    for number in range(5):
        case = perform(case, RETURN, NOW, f"r{number}")
        assert (case.step, case.return_reason, case.returned) == (Step.TARGETS, "Terlalu umum.", number + 1)
        case = perform(case, YEAR[0], NOW, f"s{number}")
        assert case.return_reason == ""
    assert perform(case, YEAR[1], NOW, "a").step is Step.SELF_ASSESSMENT


def test_a_return_needs_its_reason() -> None:
    given = order(commands.ReturnTargets(" "), SUPERVISOR)
    assert refused(case_at(Step.APPROVAL), given, errors.MissingReason).where == "reason"


def calibrating(results: Rating, behaviour: Rating, why: str) -> Order:
    return order(commands.Calibrate(results, behaviour, why, HEAD, "calibration/c1/dinkes"), "calibration", system=True)


def test_calibration_changes_ratings_only_with_a_reason() -> None:
    case = case_at(Step.CALIBRATION)
    refused(case, calibrating(Rating.DI_ATAS, Rating.DI_ATAS, ""), errors.MissingReason)
    after = perform(case, calibrating(Rating.DI_ATAS, Rating.DI_ATAS, "Memimpin imunisasi."), NOW, "k")
    assert (case.predicate, after.predicate) == (Predicate.BAIK, Predicate.SANGAT_BAIK)
    assert after.review == case.review
    event = after.events[-1]
    assert (event.actor, event.reason) == (HEAD, "Memimpin imunisasi.")
    assert ("predicate", "BAIK", "SANGAT_BAIK") in event.changes


def test_what_calibration_leaves_alone_needs_no_reason() -> None:
    after = perform(case_at(Step.CALIBRATION), calibrating(Rating.SESUAI, Rating.SESUAI, ""), NOW, "k")
    assert after.calibrated is not None
    assert after.calibrated.reason == ""


def test_a_closed_case_says_how_it_ended() -> None:
    case = case_at(Step.CLOSED)
    assert (case.outcome, case.predicate) == (Outcome.RATED, Predicate.BAIK)
    assert case.nominated is not None
    assert (case.next_alarm, case.holder) == (None, None)


def test_a_new_superior_takes_over_what_waits_and_the_former_one_may_no_more() -> None:
    case = case_at(Step.APPROVAL)
    followed = perform(case, FOLLOW, NOW, "f")
    assert (case.holder, followed.holder) == (SUPERVISOR, SUPERIOR)
    assert (followed.step, followed.since, followed.next_alarm) == (case.step, case.since, case.next_alarm)
    assert ("holder", SUPERVISOR, SUPERIOR) in followed.events[-1].changes
    refused(followed, YEAR[1], errors.NotAllowed)
    assert perform(followed, order(commands.ApproveTargets(), SUPERIOR), NOW, "a").step is Step.SELF_ASSESSMENT


def test_who_stands_in_is_found_anew_under_new_superiors() -> None:
    late = ring(case_at(Step.APPROVAL), Alarm.ESCALATE, NOW)
    assert (late.escalated_to, perform(late, FOLLOW, NOW, "f").escalated_to) == (SUPERIOR, "bupati")


def test_a_case_without_a_superior_is_visibly_nobodys_and_hr_can_free_it() -> None:
    alone = Order(commands.FollowLine((), None, "dinkes"), ORGANISATION)
    case = perform(case_at(Step.APPROVAL), alone, NOW, "f")
    assert case.holder is None
    late = ring(case, Alarm.ESCALATE, NOW)
    assert late.escalated_to == HR
    freed = perform(late, Order(commands.ApproveTargets(), Actor("olga", hr=True)), NOW, "a")
    assert freed.step is Step.SELF_ASSESSMENT


def test_whoever_acts_for_a_late_holder_is_on_record_beside_him() -> None:
    late = ring(case_at(Step.APPROVAL), Alarm.ESCALATE, NOW)
    event = perform(late, order(commands.ApproveTargets(), SUPERIOR), NOW, "a").events[-1]
    assert (event.actor, event.on_behalf_of) == (SUPERIOR, SUPERVISOR)
    assert perform(late, YEAR[1], NOW, "a").events[-1].on_behalf_of is None


def test_what_is_stored_is_taken_off_and_nothing_else() -> None:
    case = case_at(Step.REVIEW)
    assert [event.revision for event in case.stored(2).events] == [3]
    assert replace(case.stored(2), events=case.events) == case
    assert case.parties.employee == EMPLOYEE
