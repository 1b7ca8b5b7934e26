"""What is foreseen before the closing is what then happens: every case is played to its end by the real clocks."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appraisal import commands
from appraisal.access import Actor
from appraisal.clock import ring
from appraisal.closing import Groups, Leaving, Standing, acting, digest, foreseen
from appraisal.endorsement import EndorseReview
from appraisal.errors import AppraisalError
from appraisal.group import GroupPhase, Schedule
from appraisal.holds import Held
from appraisal.objection.commands import Object, RefuseAcknowledgement
from appraisal.objection.policy import OBJECTION_RULES, AtClosing
from appraisal.policy.policy import END_RULES
from appraisal.timetable import Timetable
from appraisal.training.nomination import Nomination
from appraisal.transitions import perform
from appraisal.vocabulary import GROUP_STEPS, OBJECTION_STEPS, OPEN_STEPS, EndRule, Exit, Outcome, Rating, Step
from tests import builders
from tests.builders import EMPLOYEE, HEAD, START, SUPERIOR

OFFICER = Actor("olga", hr=True)
CALIBRATE = builders.order(
    commands.Calibrate(Rating.SESUAI, Rating.SESUAI, "", HEAD, "calibration/c1/dinkes"), "calibration", system=True
)
NOMINATE = builders.order(commands.Nominate(None, "Tidak ada.", "clock"), "nomination", system=True)
NEVER = datetime.max.replace(tzinfo=UTC)
DAYS = st.integers(0, 95).map(lambda days: timedelta(days=days, hours=1))


class Played:
    """A case with its own clock, its calibration's and the nomination's. A group looks at its end, and then every grace."""

    def __init__(self, table: Timetable, agency: Timetable) -> None:
        self.case, self.now, self.orders = builders.case(table=table), START, 0
        schedules = [Schedule.of(agency, step, START) for step in GROUP_STEPS]
        self.groups = Groups(*schedules)
        self.looks = {step: schedule.window.end for step, schedule in zip(GROUP_STEPS, schedules, strict=True)}
        self.grace, self.closes = agency.grace, agency.closes

    def until(self, end: datetime | None = None) -> None:
        """Let everything happen that nobody has to do, until then or to the very end."""
        while self.case.open:
            alarm, look = self.case.next_alarm, min(self.looks.items(), key=lambda one: one[1])
            assert alarm is not None
            moment = min(alarm[0], look[1])
            if end is not None and moment > end:
                break
            self.now = max(self.now, moment)
            if alarm[0] <= look[1]:  # of both at once, the case's own clock is quicker: the group has to ask first
                self.case = ring(self.case, alarm[1], self.now)
            else:
                self.look(look[0])
        self.now = max(self.now, end or self.now)

    def look(self, step: Step) -> None:
        if self.case.step is step and not self.case.held:
            self.ask(CALIBRATE if step is Step.CALIBRATION else NOMINATE)
        self.looks[step] = min(self.now + self.grace, self.closes) if self.now < self.closes else NEVER

    def ask(self, order: commands.Order) -> None:
        self.orders += 1
        with suppress(AppraisalError):  # what is refused changes nothing
            self.case = perform(self.case, order, self.now, f"order-{self.orders}")

    def act(self, what: int) -> None:
        """The next step is done, or HR frees the case in one of its ways."""
        wishes: list[commands.Command] = [
            commands.Hold("Cuti."),
            commands.Hold("Cuti.", self.now + timedelta(days=9)),
            commands.Release("Kembali."),
            commands.Extend(self.now + timedelta(days=14), "Perlu waktu."),
            commands.SendBack(Step.SELF_ASSESSMENT, "Ulangi."),
        ]
        words: list[commands.Command] = [RefuseAcknowledgement("Tidak."), Object(builders.complaint())]
        if what < len(wishes):
            self.ask(commands.Order(wishes[what], OFFICER))
        elif what >= 8 and self.case.step is Step.ACKNOWLEDGEMENT:
            self.ask(builders.order(words[what % 2], EMPLOYEE))
        elif self.case.step in OBJECTION_STEPS:
            return
        elif self.case.step is Step.ENDORSEMENT:
            self.ask(builders.order(EndorseReview(), SUPERIOR))
        elif self.case.step is Step.CALIBRATION:
            self.ask(CALIBRATE)
        elif self.case.step is not Step.NOMINATION:
            self.ask(builders.year()[OPEN_STEPS.index(self.case.step)])


@st.composite
def tables(draw: st.DrawFn) -> tuple[Timetable, Timetable]:
    """Dates of the agency with any ladder, and those of a case: the same, or a zone later."""
    table = builders.timetable(opens=draw(st.sampled_from([None, timedelta(days=25)])))
    table = builders.endorsed(table) if draw(st.booleans()) else table
    for window in table.windows:
        table = table.with_window(replace(window, end_rule=draw(st.sampled_from(END_RULES[window.step]))))
    if draw(st.booleans()):
        rules = draw(st.sampled_from(OBJECTION_RULES)), draw(st.sampled_from(AtClosing))
        table = builders.objectionable(table, draw(st.sampled_from(["P5D", "P20D"])), *rules)
    return draw(st.sampled_from([table, table.shifted(START, timedelta(hours=1))])), table


@given(tables(), st.booleans(), st.lists(st.tuples(DAYS, st.integers(0, 12)), max_size=12), DAYS)
@settings(max_examples=600, deadline=None)
def test_what_is_foreseen_is_what_happens(
    dates: tuple[Timetable, Timetable], delivered: bool, acts: list[tuple[timedelta, int]], looked: timedelta
) -> None:
    played = Played(*dates)
    for order in builders.year()[:5] if delivered else ():
        played.ask(order)
    for when, what in sorted(acts):
        played.until(START + when)
        if played.case.open:
            played.act(what)
    played.until(max(START + looked, played.now))
    if not played.case.open:
        return
    said = foreseen(Standing.of(played.case), played.groups, played.now)
    played.until()
    ended = played.case.events[-1]
    if said.exit is Exit.LAPSED and played.case.exit is Exit.COMPLETED:
        early = played.closes - 2 * played.grace
        assert ended.at >= early, "the looks of both groups may each come up to a grace earlier than is foreseen"
        return
    assert (said.exit, said.outcome) == (played.case.exit, played.case.outcome)
    assert ended.at <= said.at, "a group may look earlier than at the last moment; nothing happens later"
    assert ("step", str(said.step), "closed") in ended.changes


def alone(step: Step, at: datetime = START, rule: EndRule | None = None, rated: bool = False) -> Leaving:
    """How a case leaves that stands at this step since then, with the groups of its own dates."""
    table = builders.timetable() if step in OPEN_STEPS else builders.endorsed(builders.timetable())
    if rule:
        table = table.with_window(replace(table.window(step), end_rule=rule))
    groups = Groups(*(Schedule.of(table, one, START) for one in GROUP_STEPS))
    return foreseen(Standing(step, at, table, rated=rated), groups, at)


CLOSES = builders.timetable().closes
BY_RULE = [
    (Step.TARGETS, EndRule.CLOSE_UNRATED, Exit.UNFINISHED, Step.TARGETS),
    (Step.TARGETS, EndRule.HOLD, Exit.CLOSING, Step.TARGETS),
    (Step.APPROVAL, EndRule.HAND_TO_HR, Exit.CLOSING, Step.APPROVAL),
    (Step.SELF_ASSESSMENT, EndRule.GO_ON, Exit.UNFINISHED, Step.REVIEW),
    (Step.REVIEW, EndRule.TAKE_OVER, Exit.CLOSING, Step.REVIEW),
    (Step.ENDORSEMENT, EndRule.GO_ON, Exit.COMPLETED, Step.NOMINATION),
    (Step.ENDORSEMENT, EndRule.TAKE_OVER, Exit.CLOSING, Step.ENDORSEMENT),
    (Step.CALIBRATION, None, Exit.COMPLETED, Step.NOMINATION),
    (Step.ACKNOWLEDGEMENT, EndRule.HOLD, Exit.CLOSING, Step.ACKNOWLEDGEMENT),
    (Step.NOMINATION, None, Exit.COMPLETED, Step.NOMINATION),
]


@pytest.mark.parametrize(("step", "rule", "leaves", "at"), BY_RULE, ids=[f"{row[0]}-{row[1]}" for row in BY_RULE])
def test_each_step_leaves_by_its_rule(step: Step, rule: EndRule | None, leaves: Exit, at: Step) -> None:
    found = alone(step, rule=rule)
    assert (found.exit, found.step, found.outcome) == (leaves, at, Outcome.UNRATED)
    assert found.at == CLOSES if leaves is Exit.CLOSING else found.at < CLOSES


def test_ratings_that_are_there_hold_however_the_case_leaves() -> None:
    found = alone(Step.ACKNOWLEDGEMENT, rule=EndRule.HOLD, rated=True)
    assert (found.exit, found.outcome) == (Exit.CLOSING, Outcome.RATED)


def test_where_the_groups_are_done_the_closing_ends_it() -> None:
    table = builders.timetable()
    found = foreseen(Standing(Step.CALIBRATION, START, table, rated=True), Groups(), START)
    assert found == Leaving(Exit.LAPSED, Outcome.RATED, Step.NOMINATION, CLOSES)


def test_a_hold_without_an_end_lasts_until_the_closing() -> None:
    held = Standing(Step.TARGETS, START, builders.timetable(), held=Held(START, None, "Banjir.", "hr"))
    assert foreseen(held, Groups(), START) == Leaving(Exit.CLOSING, Outcome.UNRATED, Step.TARGETS, CLOSES)


def test_another_exit_is_another_list_and_another_order_is_the_same() -> None:
    cases = [("ani", "review", "closing"), ("eko", "targets", "unfinished")]
    seen = digest(CLOSES, cases)
    assert seen == digest(CLOSES, reversed(cases))
    others = (cases[:1], [*cases, ("gita", "targets", "unfinished")], [("ani", "review", "completed"), cases[1]])
    assert seen not in {digest(CLOSES, other) for other in others}
    assert seen != digest(CLOSES + timedelta(days=1), cases)


def test_a_group_that_stands_still_acts_later_or_not_any_more() -> None:
    schedule = Schedule.of(builders.timetable(), Step.NOMINATION, START)
    nomination = Nomination(id="nomination/c1", cycle="c1", schedule=schedule)
    day = timedelta(days=1)
    held = replace(nomination, held=Held(START, START + day, "Banjir.", "hr"))
    assert acting(nomination) == schedule
    assert acting(held) == schedule.shifted(START, START + day) != schedule
    assert acting(replace(nomination, held=Held(START, None, "Banjir.", "hr"))) is None
    assert acting(replace(nomination, phase=GroupPhase.DONE)) is None
    assert acting(None) is None


@given(st.sampled_from(OBJECTION_RULES), st.sampled_from(AtClosing), st.integers(0, 32), st.booleans())
@settings(max_examples=150, deadline=None)
def test_an_open_objection_and_a_refusal_leave_as_foreseen(
    rule: EndRule, closing: AtClosing, after: int, objects: bool
) -> None:
    """At whatever moment of the year it is delivered: also where the cycle closes before anybody could have decided."""
    table = builders.objectionable(builders.timetable(), "P20D", rule, closing)
    played = Played(table, table)
    for given_order in builders.year()[:4]:
        played.ask(given_order)
    played.until(START + timedelta(days=42 + after))
    played.ask(CALIBRATE)
    played.ask(builders.order(Object(builders.complaint()) if objects else RefuseAcknowledgement("Tidak."), EMPLOYEE))
    said = foreseen(Standing.of(played.case), played.groups, played.now)
    played.until()
    left = played.case.exit, played.case.outcome
    assert (said.exit, said.outcome) == left or (said.exit, played.case.exit) == (Exit.LAPSED, Exit.COMPLETED)
    if left[0] is Exit.UNDECIDED:
        assert (left[1] is Outcome.RATED) == (closing is AtClosing.STANDS)
