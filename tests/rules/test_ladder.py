"""The ladder of a late step, and what its end may be."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from appraisal.access import Action as Right
from appraisal.access import Actor, can
from appraisal.case import Case
from appraisal.clock import ring
from appraisal.commands import FollowLine, Order, TakeOver
from appraisal.notices import notices
from appraisal.parties import HR, unit_hr
from appraisal.transitions import perform
from appraisal.vocabulary import Alarm, EndRule, Exit, Outcome, Step
from tests import builders
from tests.builders import EMPLOYEE, HEAD, START, SUPERIOR, SUPERVISOR, UNIT

DAY = timedelta(days=1)


def at_step(step: Step, rule: EndRule | None = None, levels: int = 2, unit_hr: bool = False) -> Case:
    """A case that has reached this step on time; the step ends by this rule."""
    table = builders.timetable(levels=levels)
    if rule:
        table = table.with_window(replace(table.window(step), end_rule=rule))
    case = builders.case(table=table, unit_hr=unit_hr)
    for number, order in enumerate(builders.year()):
        if case.step is step:
            break
        case = perform(case, order, START + DAY * number / 10, f"c{number}")
    return case


def story(case: Case, until: datetime | None = None) -> list[tuple[str, Case]]:
    """What the clock does to a case that nobody touches, up to this instant: each event with the case after it."""
    told = []
    while (planned := case.next_alarm) is not None and (until is None or planned[0] <= until):
        case = ring(case, planned[1], planned[0])
        told.append((case.events[-1].kind, case))
    return told


def test_a_late_step_climbs_from_the_superior_to_hr_and_each_hears_once() -> None:
    told = story(at_step(Step.APPROVAL))
    assert [kind for kind, _ in told] == ["reminded", "became_due", "escalated", "escalated", "lapsed"]
    first, second = told[2][1], told[3][1]
    assert (first.escalated_to, first.parties.handed_to_hr, second.parties.handed_to_hr) == (SUPERIOR, False, True)
    assert [change for _, case in told[2:4] for change in case.events[-1].changes if change[0] == "level"] == [
        ("level", "", "1"),
        ("level", "", "2"),
    ]
    assert [(one.recipient, one.kind) for one in notices(first)] == [
        (SUPERIOR, "escalated_to_you"),
        (SUPERVISOR, "escalated"),
    ]
    assert [(one.recipient, one.kind) for one in notices(second)] == [
        (HR, "escalated_to_you"),
        (SUPERVISOR, "escalated"),
    ]


def test_between_the_superior_and_hr_of_the_agency_stands_hr_of_the_unit() -> None:
    told = story(at_step(Step.APPROVAL, levels=3, unit_hr=True))
    assert [kind for kind, _ in told] == ["reminded", "became_due", *["escalated"] * 3, "lapsed"]
    first, second, third = (case for _, case in told[2:5])
    assert [notices(case)[0].recipient for case in (first, second, third)] == [SUPERIOR, unit_hr(UNIT), HR]
    assert ("called", "", "unit_hr") in second.events[-1].changes
    assert (second.escalated_to, second.parties.handed_to_hr) == (SUPERIOR, False)


def test_a_unit_without_hr_passes_its_rung_on_and_the_story_says_so() -> None:
    told = story(at_step(Step.APPROVAL, levels=3))
    second = told[3][1]
    assert [(one.recipient, one.kind) for one in notices(second)] == [
        (HR, "escalated_to_you"),
        (SUPERVISOR, "escalated"),
    ]
    assert ("called", "unit_hr", "hr") in second.events[-1].changes
    assert (second.parties.handed_to_unit_hr, second.parties.handed_to_hr) == (False, True)


def test_what_waits_for_hr_of_the_unit_goes_on_to_the_agency_when_the_unit_loses_it() -> None:
    handed = story(at_step(Step.APPROVAL, levels=3, unit_hr=True))[3][1]
    at, umi = handed.events[-1].at + DAY / 10, Actor("umi", units=(UNIT,))
    taken = perform(handed, Order(TakeOver("Saya ambil."), umi), at, "take")
    assert taken.holder == unit_hr(UNIT)
    still, gone = (FollowLine((SUPERVISOR, SUPERIOR), HEAD, UNIT, unit_hr=there) for there in (True, False))
    kept = perform(taken, Order(still, Actor("organisation", system=True)), at, "kept")
    assert (kept.holder, notices(kept)) == (unit_hr(UNIT), ())
    left = perform(kept, Order(gone, Actor("organisation", system=True)), at, "gone")
    assert (left.holder, left.parties.handed_to_hr, left.parties.handed_to_unit_hr) == (HR, True, False)
    assert ("called", "unit_hr", "hr") in left.events[-1].changes
    assert [(one.recipient, one.kind) for one in notices(left)] == [(HR, "holder_changed")]
    beside = perform(handed, Order(gone, Actor("organisation", system=True)), at, "beside")
    assert beside.holder == SUPERVISOR
    assert [(one.recipient, one.kind) for one in notices(beside)] == [(HR, "escalated_to_you")]


def test_called_in_first_hr_of_the_unit_stays_so_when_the_line_changes() -> None:
    case = at_step(Step.APPROVAL, levels=3, unit_hr=True)
    window = case.timetable.window(Step.APPROVAL)
    alone = case.timetable.with_window(replace(window, escalate=window.escalate[1:2]))
    called = story(case.under(alone, START))[2][1]
    assert (called.escalated_to, notices(called)[0].recipient) == (unit_hr(UNIT), unit_hr(UNIT))
    order = Order(FollowLine(("fajar", "gita"), HEAD, UNIT, unit_hr=True), Actor("organisation", system=True))
    assert perform(called, order, called.events[-1].at, "line").escalated_to == unit_hr(UNIT)


def test_who_was_called_in_earlier_may_still_act() -> None:
    handed = story(at_step(Step.APPROVAL))[3][1]
    for who in (Actor(SUPERVISOR), Actor(SUPERIOR), Actor("olga", hr=True)):
        assert can(who, Right.APPROVE_TARGETS, handed.parties).allowed


def test_reminders_lie_before_on_and_after_the_due_date() -> None:
    case = at_step(Step.APPROVAL)
    window = case.timetable.window(Step.APPROVAL)
    case = case.under(
        case.timetable.with_window(
            replace(window, remind=(window.due - 3 * DAY, window.due - DAY, window.due + DAY), escalate=())
        ),
        START,
    )
    told = story(case)
    assert [kind for kind, _ in told] == ["reminded", "reminded", "became_due", "reminded", "lapsed"]
    assert [notices(case)[0].kind for _, case in told[:4]] == ["reminded", "reminded", "became_due", "still_late"]


ENDS = [
    (Step.APPROVAL, EndRule.TAKE_OVER, "given_to_superior", SUPERIOR),
    (Step.REVIEW, EndRule.TAKE_OVER, "given_to_superior", SUPERIOR),
    (Step.APPROVAL, EndRule.HAND_TO_HR, "given_to_hr", HR),
    (Step.APPROVAL, EndRule.HOLD, "kept_open", SUPERVISOR),
    (Step.TARGETS, EndRule.HOLD, "kept_open", EMPLOYEE),
]


@pytest.mark.parametrize(("step", "rule", "kind", "holder"), ENDS)
def test_a_step_that_stays_open_at_its_end_waits_for_one_person_until_the_cycle_closes(
    step: Step, rule: EndRule, kind: str, holder: str
) -> None:
    told = story(at_step(step, rule))
    assert [found for found, _ in told][-2:] == [kind, "closed_with_cycle"]
    stayed, closed = told[-2][1], told[-1][1]
    assert (stayed.step, stayed.holder) == (step, holder)
    assert stayed.next_alarm == (stayed.timetable.closes, Alarm.CLOSE)
    assert (closed.exit, closed.outcome) == (Exit.CLOSING, Outcome.UNRATED)


def test_whoever_was_given_the_step_does_it_and_the_record_says_for_whom() -> None:
    given = next(case for kind, case in story(at_step(Step.APPROVAL, EndRule.TAKE_OVER)) if kind == "given_to_superior")
    at = given.events[-1].at + DAY
    approved = perform(given, replace(builders.year()[1], actor=Actor(SUPERIOR)), at, "x")
    assert approved.step is Step.SELF_ASSESSMENT
    assert approved.holder == EMPLOYEE
    assert (approved.events[-1].actor, approved.events[-1].on_behalf_of) == (SUPERIOR, SUPERVISOR)


def test_a_reorganisation_does_not_take_a_step_away_from_whom_it_was_given_to() -> None:
    given = next(case for kind, case in story(at_step(Step.APPROVAL, EndRule.HAND_TO_HR)) if kind == "given_to_hr")
    order = Order(FollowLine(("fajar", "gita"), HEAD, UNIT), Actor("organisation", system=True))
    followed = perform(given, order, given.events[-1].at + DAY, "line")
    assert (followed.holder, followed.parties.supervisor) == (HR, "fajar")


EXITS = [
    (Step.TARGETS, EndRule.CLOSE_UNRATED, Exit.UNFINISHED, Outcome.UNRATED),
    (Step.REVIEW, EndRule.HOLD, Exit.CLOSING, Outcome.UNRATED),
    (Step.ACKNOWLEDGEMENT, EndRule.HOLD, Exit.CLOSING, Outcome.RATED),
    (Step.ACKNOWLEDGEMENT, EndRule.GO_ON, Exit.LAPSED, Outcome.RATED),
]


@pytest.mark.parametrize(("step", "rule", "exit_", "outcome"), EXITS)
def test_every_case_leaves_by_an_exit_that_is_named(step: Step, rule: EndRule, exit_: Exit, outcome: Outcome) -> None:
    closed = story(at_step(step, rule))[-1][1]
    assert (closed.step, closed.exit, closed.outcome) == (Step.CLOSED, exit_, outcome)
