"""A running cycle gets other dates: what that does to the cycle, to a case and to a group, and when it is refused."""

import tomllib
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from appraisal.access import CYCLE, Actor
from appraisal.case import Case
from appraisal.clock import ring
from appraisal.commands import Hold, Order, Release, Reschedule
from appraisal.cycle import Cycle, Launch, NewDates, launched
from appraisal.errors import AppraisalError
from appraisal.group import Presence, Told
from appraisal.policy.almanac import Almanac
from appraisal.policy.dates import Dates, UnitDates, dates
from appraisal.policy.policy import Policy
from appraisal.rescheduling import permitted
from appraisal.rescheduling import rescheduled as cycle_rescheduled
from appraisal.timetable import Timetable
from appraisal.transitions import perform as ask_case
from appraisal.vocabulary import Alarm, EndRule, Step
from tests import builders
from tests.builders import START
from tests.rules.test_ladder import DAY, at_step

WHY = "Surat edaran Bupati."
OFFICER = Actor("olga", hr=True)
SOME = Presence(2, 1)


def policy(name: str) -> Policy:
    return Policy.read(tomllib.loads((Path(__file__).parents[2] / f"policies/{name}.toml").read_text()))


def frozen(name: str, calendar: int = 0) -> Dates:
    """The dates of this policy for a cycle that starts at START, by a calendar without a day off."""
    return dates(policy(name), START, 2026, Almanac(calendar, (), ()), {})


def running(name: str = "open") -> Cycle:
    launch = Launch("c1", 2026, "Tahun 2026", policy(name), START, OFFICER)
    cycle = launched(launch, START).planned(frozen(name), 8, START).running(8, START)
    return cycle.stored(cycle.revision)


def wish(name: str = "annual", why: str = WHY, actor: Actor = OFFICER) -> NewDates:
    return NewDates(policy(name), why, actor)


def test_the_cycle_keeps_who_changed_its_dates_why_and_what_was_different() -> None:
    before = running()
    order = wish()
    permitted(before, order, START + DAY)
    after = cycle_rescheduled(before, order, frozen("annual", 3), START + DAY, "olga/k1")
    assert (after.timetable, after.calendar, after.launch.policy.name) == (frozen("annual").timetable, 3, "annual")
    event = after.events[-1]
    assert (event.kind, event.actor, event.reason) == ("rescheduled", "olga", WHY)
    assert (event.command_id, event.revision) == ("olga/k1", before.revision + 1)
    changed = {name: (was, now) for name, was, now in event.changes}
    assert changed["policy"] == ("open", "annual")
    assert changed["calendar"] == ("0", "3")
    assert set(changed) > {"closes", "due/targets", "due/nomination"}
    assert after.orders == (("olga/k1", event.revision),)


def test_what_became_of_telling_is_on_record_with_names() -> None:
    told = running().told(Told(2), Told(5, (("ani", "AlreadyClosed"),)), START + DAY)
    assert told.events[-1].kind == "dates_told"
    assert told.events[-1].changes == (
        ("groups", "", "2"),
        ("cases", "", "5"),
        ("elsewhere", "", "1"),
        ("elsewhere/ani", "", "AlreadyClosed"),
    )


LATER = START + DAY
REFUSED: list[tuple[str, Cycle, NewDates, datetime, str]] = [
    ("no officer", running(), wish(actor=Actor("ani")), LATER, "not_allowed"),
    ("no reason", running(), wish(why="  "), LATER, "missing_reason"),
    ("control characters", running(), wish(why="a\x00b"), LATER, "invalid_text"),
    ("an ended cycle", running().closed(LATER), wish(), LATER, "already_closed"),
    ("past the closing", running(), wish(), START + timedelta(days=121), "already_closed"),
    ("still planning", launched(running().launch, START), wish(), LATER, "still_starting"),
    (
        "still starting",
        launched(running().launch, START).planned(frozen("open"), 8, START),
        wish(),
        LATER,
        "still_starting",
    ),
]


@pytest.mark.parametrize(
    ("cycle", "order", "at", "code"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_an_order_that_cannot_be_is_refused(cycle: Cycle, order: NewDates, at: datetime, code: str) -> None:
    with pytest.raises(AppraisalError) as refused:
        permitted(cycle, order, at)
    assert refused.value.code() == code
    assert refused.value.remedy


@pytest.mark.parametrize(("name", "code"), [("rehearsal", "closes_in_the_past"), ("open", "same_dates")])
def test_dates_that_do_not_fit_are_refused_at_the_policy(name: str, code: str) -> None:
    with pytest.raises(AppraisalError) as refused:
        cycle_rescheduled(running(), wish(name), frozen(name), LATER, "k")
    assert (refused.value.code(), refused.value.where) == (code, "policy")


def test_the_same_policy_counts_when_the_calendar_or_a_unit_has_changed_since() -> None:
    same = frozen("open", 4)
    with_unit = replace(same, units=(UnitDates(("dinkes",), frozen("annual").timetable),))
    assert cycle_rescheduled(running(), wish("open"), with_unit, LATER, "k").units == with_unit.units


def moved(case: Case, table: Timetable, day: float) -> Case:
    order = Order(Reschedule(table, WHY, "olga"), CYCLE)
    return ask_case(case, order, START + day * DAY, "cycle/c1/4")


@pytest.mark.parametrize("step", [Step.TARGETS, Step.APPROVAL, Step.SELF_ASSESSMENT, Step.REVIEW, Step.ACKNOWLEDGEMENT])
def test_the_next_alarm_follows_at_every_step(step: Step) -> None:
    case = at_step(step)
    later = builders.timetable(START + 5 * DAY)
    after = moved(case, later, 1)
    assert after.next_alarm is not None
    assert case.next_alarm is not None
    assert after.due == case.window.due + 5 * DAY
    assert after.step is step
    assert (after.events[-1].actor, after.events[-1].reason) == ("olga", WHY)


def test_a_step_that_was_passed_is_not_opened_again() -> None:
    after = moved(at_step(Step.REVIEW), builders.timetable(START + 30 * DAY), 5)
    assert after.step is Step.REVIEW
    assert [one.ended for one in after.events if one.ended] == [
        one.ended for one in at_step(Step.REVIEW).events if one.ended
    ]


def test_an_end_that_the_new_dates_put_behind_happens_at_once() -> None:
    case = at_step(Step.APPROVAL, EndRule.HAND_TO_HR)
    earlier = builders.timetable(START - 20 * DAY, levels=2).with_window(
        replace(builders.timetable(START - 20 * DAY, levels=2).window(Step.APPROVAL), end_rule=EndRule.HAND_TO_HR)
    )
    after = moved(case, earlier, 8)
    at = START + 8 * DAY
    planned = after.next_alarm
    rung = []
    while planned is not None and planned[0] <= at:
        after = ring(after, planned[1], at)
        rung.append(after.events[-1].kind)
        planned = after.next_alarm
    # Grace from the arrival puts the second rung onto the end, which weighs more. No reminder of what is over.
    assert rung == ["became_due", "escalated", "given_to_hr"]
    assert after.next_alarm == (earlier.closes, Alarm.CLOSE)


def test_a_step_that_opens_earlier_says_so_and_one_that_opens_later_waits() -> None:
    closed = builders.timetable(opens=20 * DAY)
    case = replace(at_step(Step.SELF_ASSESSMENT), timetable=closed)
    assert case.next_alarm == (START + 20 * DAY, Alarm.OPEN)
    sooner = moved(case, builders.timetable(opens=10 * DAY), 12)
    assert sooner.next_alarm == (START + 10 * DAY, Alarm.OPEN)
    assert ring(sooner, Alarm.OPEN, START + 12 * DAY).events[-1].kind == "step_opened"
    later = moved(case, builders.timetable(opens=25 * DAY), 12)
    assert later.next_alarm == (START + 25 * DAY, Alarm.OPEN)


def test_a_case_on_hold_takes_the_dates_and_is_moved_by_the_hold_when_it_ends() -> None:
    held = ask_case(at_step(Step.REVIEW), Order(Hold("Banjir."), OFFICER), START + 2 * DAY, "h")
    after = moved(held, builders.timetable(START + 5 * DAY), 3)
    assert after.held == held.held
    free = ask_case(after, Order(Release("Surut."), OFFICER), START + 6 * DAY, "r")
    assert free.due == builders.timetable(START + 5 * DAY).window(Step.REVIEW).due + 4 * DAY


def test_only_the_cycle_itself_may_give_a_case_other_dates() -> None:
    with pytest.raises(AppraisalError) as refused:
        ask_case(at_step(Step.REVIEW), Order(Reschedule(builders.timetable(), WHY, "olga"), OFFICER), START, "x")
    assert refused.value.code() == "not_allowed"


def test_pools_and_the_agency_keep_their_own_dates_for_shared_steps() -> None:
    """What a case is told is what a launch would give it."""
    own = UnitDates(("p2p",), builders.timetable(START + DAY))
    found = Dates(builders.timetable(), units=(own,)).of_case("p2p", "dinkes")
    assert found.window(Step.REVIEW) == own.timetable.window(Step.REVIEW)
    assert found.window(Step.CALIBRATION) == builders.timetable().window(Step.CALIBRATION)
