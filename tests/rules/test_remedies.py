"""What frees a case: each remedy, what it changes, and when it is refused."""

from dataclasses import replace
from datetime import timedelta

import pytest

from appraisal.access import Actor
from appraisal.case import Case
from appraisal.clock import ring
from appraisal.commands import (
    CloseUnrateable,
    Command,
    Extend,
    Hold,
    Nudge,
    Order,
    Release,
    Reschedule,
    SendBack,
    TakeOver,
)
from appraisal.errors import AppraisalError
from appraisal.notices import notices
from appraisal.parties import HR
from appraisal.transitions import perform
from appraisal.vocabulary import Alarm, Exit, Outcome, Step
from tests import builders
from tests.builders import EMPLOYEE, START, SUPERIOR, SUPERVISOR
from tests.rules.test_ladder import DAY, at_step, story

HR_OFFICER = Actor("olga", hr=True)
TARGETS_DUE = START + 10 * DAY


def ask(case: Case, command: Command, at: float, actor: Actor = HR_OFFICER) -> Case:
    """The case after this order, so many days after the start."""
    return perform(case, Order(command, actor), START + at * DAY, f"order-{at}")


def late(step: Step = Step.APPROVAL) -> Case:
    """A case whose step has climbed the whole ladder."""
    return story(at_step(step))[3][1]


def test_an_extension_moves_the_timer_and_calls_everybody_off() -> None:
    case = late()
    extended = ask(case, Extend(START + 40 * DAY, "Banjir di kecamatan.", Step.APPROVAL), 24)
    assert extended.window.due == START + 40 * DAY
    assert (extended.escalated_to, extended.parties.handed_to_hr) == (None, False)
    assert extended.next_alarm == (START + 37.5 * DAY, Alarm.REMIND)
    event = extended.events[-1]
    assert (event.actor, event.reason) == ("olga", "Banjir di kecamatan.")
    assert ("due", str(case.due), str(START + 40 * DAY)) in event.changes
    assert [kind for kind, _ in story(extended)][:4] == ["reminded", "became_due", "escalated", "escalated"]


def test_without_a_step_the_present_one_is_meant() -> None:
    assert ask(late(), Extend(START + 40 * DAY, "Banjir."), 24).window.due == START + 40 * DAY


def test_nobody_is_called_in_after_an_end_that_was_set_with_the_extension() -> None:
    """Found by random histories: the escalations had gone with the due date, past the end."""
    window = ask(late(), Extend(START + 40 * DAY, "Banjir.", end=START + 41 * DAY), 24).window
    assert [rung.at for rung in window.escalate] == [window.end] * len(window.escalate)
    assert window.end == START + 41 * DAY


def test_a_step_ahead_can_be_extended_before_it_is_reached() -> None:
    extended = ask(builders.case(), Extend(START + 50 * DAY, "Audit.", Step.REVIEW), 1)
    assert extended.next_alarm == builders.case().next_alarm
    assert extended.timetable.window(Step.REVIEW).due == START + 50 * DAY


REFUSED = [
    ("into the past", Extend(START + 23 * DAY, "x", Step.APPROVAL), "invalid_extension"),
    ("no later than now", Extend(START + 20 * DAY, "x", Step.APPROVAL), "invalid_extension"),
    ("past the closing", Extend(START + 81 * DAY, "x", Step.APPROVAL), "invalid_extension"),
    ("an end past the closing", Extend(START + 40 * DAY, "x", Step.APPROVAL, START + 90 * DAY), "invalid_extension"),
    ("an end before the due date", Extend(START + 40 * DAY, "x", Step.APPROVAL, START + 39 * DAY), "invalid_extension"),
    ("a step that is over", Extend(START + 40 * DAY, "x", Step.TARGETS), "wrong_step"),
    ("a step of a group", Extend(START + 70 * DAY, "x", Step.CALIBRATION), "wrong_step"),
    ("without a reason", Extend(START + 40 * DAY, " ", Step.APPROVAL), "missing_reason"),
    ("a hold into the past", Hold("Cuti besar.", START + 2 * DAY), "invalid_hold"),
    ("a hold past the closing", Hold("Cuti besar.", START + 100 * DAY), "invalid_hold"),
    ("a hold without a reason", Hold(""), "missing_reason"),
    ("a release of nothing", Release("Kembali."), "not_on_hold"),
    ("back to where it is", SendBack(Step.APPROVAL, "x"), "wrong_step"),
    ("back to a later step", SendBack(Step.REVIEW, "x"), "wrong_step"),
    ("back to the end", SendBack(Step.CLOSED, "x"), "wrong_step"),
    ("back without a reason", SendBack(Step.TARGETS, ""), "missing_reason"),
    ("closed without a reason", CloseUnrateable(""), "missing_reason"),
]


@pytest.mark.parametrize(("command", "code"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_does_not_fit_is_refused_with_a_remedy(command: Command, code: str) -> None:
    with pytest.raises(AppraisalError) as refused:
        ask(late(), command, 24)
    assert refused.value.code() == code
    assert refused.value.remedy


def test_nobody_takes_over_what_only_the_employee_can_write() -> None:
    with pytest.raises(AppraisalError) as refused:
        ask(builders.case(), TakeOver("Sakit."), 1)
    assert refused.value.code() == "wrong_step"


def test_on_hold_the_clock_and_the_work_stand_still_and_go_on_where_they_were() -> None:
    held = ask(at_step(Step.APPROVAL), Hold("Cuti melahirkan.", START + 30 * DAY), 10)
    assert held.next_alarm == (START + 30 * DAY, Alarm.RELEASE)
    with pytest.raises(AppraisalError) as refused:
        perform(held, builders.year()[1], START + 11 * DAY, "x")
    assert (refused.value.code(), "Cuti melahirkan." in str(refused.value)) == ("on_hold", True)
    released = ring(held, Alarm.RELEASE, START + 30 * DAY)
    assert released.held is None
    assert released.due == START + 40 * DAY
    assert released.next_alarm == (START + 37.5 * DAY, Alarm.REMIND)
    assert released.timetable.window(Step.TARGETS).due == START + 10 * DAY, "what lay behind stays"
    assert released.timetable.closes == held.timetable.closes


def test_a_hold_without_an_end_lasts_until_somebody_releases_it_or_the_cycle_closes() -> None:
    held = ask(at_step(Step.APPROVAL), Hold("Tugas belajar."), 10)
    assert held.next_alarm == (held.timetable.closes, Alarm.CLOSE)
    closed = ring(held, Alarm.CLOSE, held.timetable.closes)
    assert (closed.exit, closed.outcome, closed.held) == (Exit.CLOSING, Outcome.UNRATED, None)
    assert ask(held, Release("Kembali bekerja."), 15).due == START + 25 * DAY


def test_a_second_hold_is_refused_and_a_nudge_during_one_too() -> None:
    held = ask(at_step(Step.APPROVAL), Hold("Cuti."), 10)
    for command in (Hold("Cuti lagi."), Nudge()):
        with pytest.raises(AppraisalError) as refused:
            ask(held, command, 11)
        assert refused.value.code() == "on_hold"


def test_a_superior_or_hr_takes_over_and_then_acts() -> None:
    for who, holder in ((Actor(SUPERIOR), SUPERIOR), (HR_OFFICER, HR)):
        taken = ask(at_step(Step.APPROVAL), TakeOver("Pejabat berhalangan."), 11, who)
        assert taken.holder == holder
        assert [(one.recipient, one.kind) for one in notices(taken)] == [
            (holder, "taken_over_by_you"),
            (SUPERVISOR, "taken_over"),
        ]
        approved = perform(taken, replace(builders.year()[1], actor=who), START + 12 * DAY, "x")
        assert approved.events[-1].actor == who.id


def test_sent_back_what_was_written_stays_and_what_followed_is_void() -> None:
    case = at_step(Step.NOMINATION)
    back = ask(case, SendBack(Step.REVIEW, "Bukti baru."), 61)
    assert (back.step, back.review, back.predicate, back.calibrated) == (Step.REVIEW, None, None, None)
    assert (back.plan, back.self_assessment) == (case.plan, case.self_assessment)
    assert back.due == START + 61 * DAY + back.timetable.grace, "whoever gets it has time for it"
    assert [(one.recipient, one.kind) for one in notices(back)] == [(SUPERVISOR, "sent_back")]


def test_a_case_that_cannot_be_rated_closes_without_a_rating() -> None:
    closed = ask(at_step(Step.ACKNOWLEDGEMENT), CloseUnrateable("Pensiun sejak Maret."), 61)
    assert (closed.step, closed.exit, closed.outcome) == (Step.CLOSED, Exit.UNRATEABLE, Outcome.UNRATED)


def test_a_nudge_reminds_whoever_must_act_and_changes_nothing() -> None:
    case = at_step(Step.APPROVAL)
    nudged = ask(case, Nudge(), 11)
    assert replace(nudged, revision=case.revision, events=case.events) == case
    assert [(one.recipient, one.kind) for one in notices(nudged)] == [(SUPERVISOR, "nudge")]


def test_the_cycles_new_dates_ring_from_then_on_and_the_author_is_on_record() -> None:
    later = replace(builders.timetable(START + 15 * DAY))
    order = Order(Reschedule(later, "Surat edaran Bupati.", "olga"), Actor("cycle", system=True))
    moved = perform(late(), order, START + 24 * DAY, "x")
    assert moved.next_alarm == (START + 32.5 * DAY, Alarm.REMIND)
    assert (moved.events[-1].actor, moved.events[-1].reason) == ("olga", "Surat edaran Bupati.")
    assert moved.escalated_to is None


def test_a_remedy_is_not_for_the_employee() -> None:
    for command in (Extend(TARGETS_DUE + timedelta(days=1), "x", Step.TARGETS), Hold("x"), CloseUnrateable("x")):
        with pytest.raises(AppraisalError) as refused:
            ask(builders.case(), command, 1, Actor(EMPLOYEE, hr=True))
        assert refused.value.code() == "not_allowed"
