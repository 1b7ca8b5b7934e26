"""What the clock does by itself, and what becomes of a step that nobody finished."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from appraisal.case import Case
from appraisal.clock import ring
from appraisal.parties import HR
from appraisal.transitions import perform
from appraisal.vocabulary import OPEN_STEPS, Alarm, Outcome, Step
from tests import builders
from tests.builders import EMPLOYEE, START, SUPERIOR, SUPERVISOR

UNTIL = {step: number for number, step in enumerate(Step)}
"""How many orders of a year in which nothing goes wrong bring a case to this step."""


def case_at(step: Step) -> Case:
    case = builders.case()
    for number, order in enumerate(builders.year()[: UNTIL[step]]):
        case = perform(case, order, START + timedelta(minutes=number), f"c{number}")
    assert case.step is step
    return case


def rung(case: Case, until: Alarm) -> Case:
    """The case after its alarms up to this one, each at its instant."""
    while True:
        planned = case.next_alarm
        assert planned is not None
        case = ring(case, planned[1], planned[0])
        if planned[1] is until:
            return case


ENDS = """
step             becomes          outcome
targets          closed           unrated
approval         closed           unrated
self_assessment  review           -
review           closed           unrated
calibration      acknowledgement  -
acknowledgement  nomination       -
nomination       closed           rated
"""


@pytest.mark.parametrize(("step", "becomes", "outcome"), [line.split() for line in ENDS.strip().splitlines()[1:]])
def test_the_end_rule_of_each_step(step: str, becomes: str, outcome: str) -> None:
    after = rung(case_at(Step(step)), Alarm.END)
    assert (after.step, after.outcome) == (Step(becomes), None if outcome == "-" else Outcome(outcome))
    assert after.events[-1].kind == "lapsed"
    assert step in after.events[-1].reason


ESCALATIONS = """
step             holder    escalated to
targets          ani       budi
approval         budi      citra
self_assessment  ani       budi
review           budi      citra
acknowledgement  ani       budi
"""


@pytest.mark.parametrize(("step", "holder", "above"), [line.split() for line in ESCALATIONS.strip().splitlines()[1:]])
def test_a_late_step_is_handed_to_the_superior_of_its_holder_as_well(step: str, holder: str, above: str) -> None:
    before = case_at(Step(step))
    after = rung(before, Alarm.ESCALATE)
    assert (before.holder, before.escalated_to) == (holder, None)
    assert (after.holder, after.escalated_to) == (holder, above)
    assert (after.step, after.escalated) == (before.step, 1)


@pytest.mark.parametrize(("line", "above"), [((SUPERVISOR,), HR), ((), HR), ((SUPERVISOR, SUPERIOR), SUPERIOR)])
def test_where_the_line_ends_hr_stands_in(line: tuple[str, ...], above: str) -> None:
    case = case_at(Step.APPROVAL)
    case = replace(case, parties=replace(case.parties, line=line))
    assert case.holder == (line[0] if line else None)
    assert rung(case, Alarm.ESCALATE).escalated_to == above


def test_the_next_step_starts_with_nobody_standing_in() -> None:
    late = rung(case_at(Step.APPROVAL), Alarm.ESCALATE)
    approved = perform(late, builders.year()[1], late.events[-1].at, "c")
    assert (approved.escalated_to, approved.rung, approved.escalated) == (None, (), 1)


def test_each_alarm_leaves_one_event_by_the_clock() -> None:
    case = rung(case_at(Step.TARGETS), Alarm.END)
    assert [event.kind for event in case.events[1:]] == [*("reminded", "became_due", "escalated", "lapsed")]
    assert {event.actor for event in case.events[1:]} == {"clock"}
    assert len({event.command_id for event in case.events}) == len(case.events)


def test_an_alarm_rings_once() -> None:
    case = rung(case_at(Step.REVIEW), Alarm.DUE)
    assert case.next_alarm is not None
    assert case.next_alarm[1] is Alarm.ESCALATE


def test_a_step_that_opens_later_is_announced_when_it_opens() -> None:
    case = builders.case(table=builders.timetable(opens=timedelta(days=20)))
    for number, order in enumerate(builders.year()[:2]):
        case = perform(case, order, START, f"c{number}")
    assert case.next_alarm == (START + timedelta(days=20), Alarm.OPEN)
    assert rung(case, Alarm.OPEN).events[-1].kind == "step_opened"


def test_a_closed_case_has_no_alarm() -> None:
    assert rung(case_at(Step.NOMINATION), Alarm.END).next_alarm is None


@pytest.mark.parametrize("step", OPEN_STEPS)
def test_with_the_clock_alone_every_case_ends_by_the_closing_of_the_cycle(step: Step) -> None:
    case, last = case_at(step), START
    while case.next_alarm is not None:
        moment, alarm = case.next_alarm
        last = max(last, moment)
        case = ring(case, alarm, last)
    assert case.step is Step.CLOSED
    assert case.outcome is not None
    assert last <= case.timetable.closes


def test_a_clock_that_was_stopped_catches_up_without_leaving_anything_out() -> None:
    """A worker that was down for a year rings everything at once, in order."""
    case, late = case_at(Step.SELF_ASSESSMENT), datetime(2027, 12, 1, tzinfo=START.tzinfo)
    while case.next_alarm is not None:
        case = ring(case, case.next_alarm[1], late)
    assert [event.revision for event in case.events] == list(range(len(case.events)))
    assert case.parties.employee == EMPLOYEE
    assert case.outcome is Outcome.UNRATED
