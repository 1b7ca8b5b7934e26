"""Whatever people and the clock do, in whatever order: what holds of every case at every moment."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from appraisal import commands
from appraisal.access import ORGANISATION, Action, Actor, can
from appraisal.clock import ring
from appraisal.commands import Command, Order
from appraisal.endorsement import EndorseReview, ReturnReview
from appraisal.errors import AppraisalError
from appraisal.objection import commands as around
from appraisal.objection.objections import Account
from appraisal.objection.policy import OBJECTION_RULES, AtClosing
from appraisal.parties import HR, unit_hr
from appraisal.policy.policy import END_RULES
from appraisal.transitions import perform
from appraisal.vocabulary import OBJECTION_STEPS, OPEN_STEPS, STAGES, Alarm, Audience, EndRule, Exit, Outcome, Step
from tests import builders
from tests.builders import EMPLOYEE, HEAD, START, UNIT
from tests.rules.anything import ACTORS, COMMANDS, LINES, WAITS

REVIEWS = (Action.NUDGE, Action.TAKE_OVER, Action.APPROVE_TARGETS, Action.SUBMIT_REVIEW)
OTHER_UNIT, OWN_UNIT = Actor("usman", units=("dinsos",)), Actor(EMPLOYEE, units=(UNIT,))


class AnyCase(RuleBasedStateMachine):
    """One case, with a clock that only goes forward and never passes an alarm without ringing it."""

    @initialize(
        opens=st.sampled_from([None, timedelta(days=25)]),
        ladder=st.lists(st.sampled_from(Audience), min_size=1, max_size=3),
        officers=st.booleans(),
        objection=st.none() | st.tuples(st.sampled_from(OBJECTION_RULES), st.sampled_from(AtClosing)),
        looks=st.booleans(),
        ends=st.lists(st.sampled_from([0, 1, 2, 3]), min_size=len(STAGES), max_size=len(STAGES)),
    )
    def open(
        self,
        opens: timedelta | None,
        ladder: list[Audience],
        officers: bool,
        objection: Any,
        looks: bool,
        ends: list[int],
    ) -> None:
        """Any ladder that a policy may give, with or without objections and the look of the second level at reviews."""
        table = builders.timetable(opens=opens, levels=3)
        table = builders.endorsed(table) if looks else table
        for window, number in zip(table.windows, ends, strict=False):
            rule = END_RULES[window.step][number % len(END_RULES[window.step])]
            rungs = tuple(replace(rung, to=to) for rung, to in zip(window.escalate, ladder, strict=False))
            table = table.with_window(replace(window, end_rule=rule, escalate=rungs))
        if objection:
            table = builders.objectionable(table, "P12D", *objection)
        self.case = builders.case(table=table, unit_hr=officers)
        self.now, self.orders = START, 0

    @rule(wait=WAITS)
    def time_passes(self, wait: timedelta) -> None:
        until = self.now + wait
        while self.case.next_alarm is not None and self.case.next_alarm[0] <= until:
            self.ring_next()
        self.now = until

    def ring_next(self) -> None:
        planned = self.case.next_alarm
        assert planned is not None
        self.now = max(self.now, planned[0])
        self.advance(ring(self.case, planned[1], self.now))

    @rule(command=COMMANDS, actor=ACTORS, behind=st.sampled_from([None, 0, 1, 3]))
    def somebody_asks(self, command: Command, actor: Actor, behind: int | None) -> None:
        seen = None if behind is None else max(0, self.case.revision - behind)
        self.ask(Order(command, actor, seen))

    @rule(line=LINES, officers=st.booleans())
    def the_organisation_changes(self, line: tuple[str, ...], officers: bool) -> None:
        self.ask(Order(commands.FollowLine(line, HEAD, UNIT, unit_hr=officers), ORGANISATION))

    @rule(number=st.integers(0, 6), back=st.booleans())
    def the_right_person_does_the_next_step(self, number: int, back: bool) -> None:
        """Without this, hardly any case would get beyond its targets."""
        number = OPEN_STEPS.index(self.case.step) if self.case.step in OPEN_STEPS else number
        given = builders.year()[number]
        if self.case.step is Step.ACKNOWLEDGEMENT and back:
            given = replace(given, command=around.Object(builders.complaint()))
        who, hr = self.case.holder or HR, self.case.holder == HR
        if self.case.step is Step.ENDORSEMENT:
            looked = ReturnReview("Lengkapi alasannya.") if back else EndorseReview()
            given = Order(looked, Actor(who, hr=hr))
        if self.case.step in OBJECTION_STEPS:
            hearing = self.case.step is Step.HEARING
            command = around.AnswerObjection(Account("Begitu.")) if hearing else around.DecideObjection("Cukup bukti.")
            given = Order(command, Actor(who, hr=hr))
        if back and self.case.step is Step.APPROVAL:
            given = replace(given, command=commands.ReturnTargets("Ulangi."))
        self.ask(given)

    def ask(self, given: Order) -> None:
        self.orders += 1
        before = self.case
        kept: dict[str, Any] = {name: getattr(before, name) for name in before.__dataclass_fields__}
        refusal, after = None, before
        try:
            after = perform(before, given, self.now, f"order-{self.orders}")
        except AppraisalError as said:
            refusal = said
        assert refusal is None or (refusal.what and refusal.remedy)
        assert {name: getattr(before, name) for name in kept} == kept
        if after is not before:
            assert before.open, "a closed case never changes"
            self.advance(after)

    def advance(self, after: Any) -> None:
        assert after.revision == self.case.revision + 1
        assert len(after.events) == len(self.case.events) + 1
        assert after.events[:-1] == self.case.events, "what is on record stays as it is"
        self.case = after

    @invariant()
    def revisions_have_no_gaps(self) -> None:
        assert [event.revision for event in self.case.events] == list(range(self.case.revision + 1))
        assert len({event.command_id for event in self.case.events}) == len(self.case.events)

    @invariant()
    def an_open_case_says_who_since_when_due_next_and_how_it_ends(self) -> None:
        if not self.case.open:
            assert self.case.outcome in tuple(Outcome)
            assert self.case.exit in tuple(Exit)
            assert self.case.held is None
            if self.case.outcome is Outcome.RATED:
                assert self.case.predicate
            return
        window, planned = self.case.window, self.case.next_alarm
        assert planned is not None
        assert self.case.holder != "", "nobody is a state of its own"
        assert self.case.since <= self.now
        ladder = tuple(one.at for one in window.escalate)
        assert sorted((window.due, *ladder, window.end)) == [window.due, *ladder, window.end]
        assert window.end <= self.case.timetable.closes
        assert ladder or self.case.refused or self.case.step is Step.HEARING
        assert planned[0] > self.case.since or planned[1] in (Alarm.END, Alarm.CLOSE)
        assert window.end_rule in tuple(EndRule)
        assert self.case.outcome is None

    @invariant()
    def nobody_holds_the_own_review(self) -> None:
        if self.case.step in (Step.APPROVAL, Step.REVIEW) and self.case.reviewed_by:
            assert self.case.reviewed_by != EMPLOYEE

    @invariant()
    def nobody_decides_on_the_own_rating(self) -> None:
        objection = self.case.objection
        if objection and objection.ruling:
            assert objection.ruling.decided_by not in (EMPLOYEE, self.case.reviewed_by)
            assert objection.ruling.reason
        looks = self.case.looks
        if looks and looks[-1].endorsed:
            assert looks[-1].by not in (EMPLOYEE, self.case.reviewed_by)
        if self.case.step in (Step.ENDORSEMENT, Step.OBJECTION):
            assert self.case.holder not in (None, EMPLOYEE, self.case.reviewed_by)

    @invariant()
    def an_objection_is_open_where_the_case_waits_for_it(self) -> None:
        waits = self.case.step in OBJECTION_STEPS
        assert waits == bool(self.case.objection and not self.case.objection.ended)

    @invariant()
    def somebody_can_be_asked_where_nobody_holds_the_step(self) -> None:
        if self.case.open and self.case.holder is None:
            assert self.case.above_holder == HR
            assert not self.case.parties.taken_by

    @invariant()
    def hr_of_the_unit_is_called_where_there_is_one_and_sees_no_other_unit(self) -> None:
        parties = self.case.parties
        assert parties.unit_hr or not parties.handed_to_unit_hr, "nobody would be there to act"
        assert parties.handed_to_unit_hr or unit_hr(UNIT) not in (parties.escalated_to, parties.taken_by)
        assert not any(can(OTHER_UNIT, action, parties).allowed for action in (Action.VIEW, *REVIEWS))
        assert not any(can(OWN_UNIT, action, parties).allowed for action in REVIEWS), (
            "the own case is another officer's"
        )

    @precondition(lambda self: self.case.open)
    @rule()
    def left_alone_it_finishes_by_the_closing_of_the_cycle(self) -> None:
        """A hold is a wait like any other: it ends, at the latest with the cycle."""
        alone, rings, now = self.case, 0, self.now
        while alone.next_alarm is not None:
            moment, alarm = alone.next_alarm
            now = max(now, moment)
            alone, rings = ring(alone, alarm, now), rings + 1
            assert rings <= len(Alarm) * len(Step)
        assert alone.step is Step.CLOSED
        assert alone.events[-1].at <= max(alone.timetable.closes, self.now)


AnyCase.TestCase.settings = settings(max_examples=1500, stateful_step_count=25, deadline=None)
TestAnyCase = AnyCase.TestCase


class AnyObjection(AnyCase):
    """The same from the delivery of the result on, in a cycle that takes objections."""

    @initialize(rule=st.sampled_from(OBJECTION_RULES), closing=st.sampled_from(AtClosing), filed=st.booleans())
    def deliver(self, rule: EndRule, closing: AtClosing, filed: bool) -> None:
        self.case = builders.case(table=builders.objectionable(builders.timetable(), "P12D", rule, closing))
        self.now, self.orders = START, 0
        for given in builders.year()[:5]:
            self.ask(given)
        if filed:
            self.ask(builders.order(around.Object(builders.complaint()), EMPLOYEE))
        assert self.case.step is (Step.HEARING if filed else Step.ACKNOWLEDGEMENT)

    open = None  # type: ignore[assignment]  # the case does not begin at its targets here


AnyObjection.TestCase.settings = settings(max_examples=500, stateful_step_count=25, deadline=None)
TestAnyObjection = AnyObjection.TestCase


class AnyEndorsement(AnyCase):
    """The same from the moment on at which the second level looks at the review."""

    @initialize(rule=st.sampled_from(END_RULES[Step.ENDORSEMENT]))
    def review(self, rule: EndRule) -> None:
        self.case = builders.case(table=builders.endorsed(builders.timetable(levels=3), rule))
        self.now, self.orders = START, 0
        for given in builders.year()[:4]:
            self.ask(given)
        assert self.case.step is Step.ENDORSEMENT

    open = None  # type: ignore[assignment]  # the case does not begin at its targets here


AnyEndorsement.TestCase.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
TestAnyEndorsement = AnyEndorsement.TestCase
