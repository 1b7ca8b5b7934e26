"""Objecting in time and to the right person; the answer, the decision, and the end where nobody acts."""

from dataclasses import replace
from datetime import timedelta

import pytest

from appraisal import commands, errors
from appraisal.access import ORGANISATION, Action, Actor, can
from appraisal.clock import ring
from appraisal.notices import notices
from appraisal.objection import errors as objection_errors
from appraisal.objection.commands import (
    AnswerObjection,
    DecideObjection,
    NameDecider,
    Object,
    RefuseAcknowledgement,
    WithdrawObjection,
)
from appraisal.objection.objections import Account, Complaint, ObjectionEnd
from appraisal.objection.policy import AtClosing
from appraisal.objection.times import last_moment
from appraisal.parties import HR
from appraisal.remedies import gone_back
from appraisal.transitions import perform
from appraisal.vocabulary import Alarm, EndRule, Exit, Outcome, Predicate, Rating, Step
from tests import builders
from tests.builders import EMPLOYEE, SUPERIOR, SUPERVISOR
from tests.rules.objected import (
    ANSWER,
    DAY,
    DELIVERED,
    OBJECT,
    OFFICER,
    TICK,
    UNTIL,
    delivered,
    do,
    left_alone,
    objected,
    refusal,
    to_be_decided,
)


def test_the_last_instant_counts_and_what_is_later_does_not() -> None:
    case = delivered()
    assert case.object_by == UNTIL
    assert do(case, OBJECT, EMPLOYEE, UNTIL).step is Step.HEARING
    refusal(case, OBJECT, EMPLOYEE, objection_errors.ObjectionTooLate, UNTIL + TICK)


def test_nothing_outlives_the_cycle() -> None:
    table = builders.objectionable(builders.timetable(), "P90D")
    assert last_moment(table, table.closes - DAY) == table.closes
    case = delivered(window="P90D")
    late = do(case, OBJECT, EMPLOYEE, table.closes - timedelta(hours=1))
    assert late.window.end == table.closes
    gone = left_alone(late, table.closes - timedelta(hours=1))
    assert (gone.exit, gone.outcome, gone.events[-1].at) == (Exit.UNDECIDED, Outcome.RATED, table.closes)
    assert gone.objection
    assert gone.objection.ended is ObjectionEnd.UNDECIDED


def test_who_acknowledged_may_object_until_the_training_is_decided() -> None:
    case = do(delivered(), commands.Acknowledge(), EMPLOYEE)
    assert do(case, OBJECT, EMPLOYEE, UNTIL).step is Step.HEARING
    refusal(case, OBJECT, EMPLOYEE, objection_errors.ObjectionTooLate, UNTIL + TICK)
    closed = perform(case, builders.year()[6], UNTIL - DAY, "n")
    refusal(closed, OBJECT, EMPLOYEE, errors.AlreadyClosed)


def test_there_is_one_objection_to_a_rating() -> None:
    refusal(objected(), OBJECT, EMPLOYEE, objection_errors.AlreadyObjected)
    settled = (
        do(objected(), WithdrawObjection(), EMPLOYEE),
        do(to_be_decided(), DecideObjection("Sudah tepat."), SUPERIOR),
    )
    for case in settled:
        assert case.step is Step.NOMINATION
        refusal(case, OBJECT, EMPLOYEE, objection_errors.AlreadyObjected)
        again = do(case, commands.SendBack(Step.ACKNOWLEDGEMENT, "Salinan keliru."), OFFICER)
        refusal(again, OBJECT, EMPLOYEE, objection_errors.AlreadyObjected)
    other_rating = do(settled[1], commands.SendBack(Step.REVIEW, "Dinilai ulang."), OFFICER)
    assert (other_rating.objection, other_rating.object_by and other_rating.parties.rater) == (None, None)


def test_without_terms_none_is_taken_and_other_dates_may_bring_them() -> None:
    case = replace(delivered(), timetable=builders.timetable(), object_by=None)
    refusal(case, OBJECT, EMPLOYEE, objection_errors.ObjectionsNotTaken)
    on = commands.Reschedule(builders.objectionable(builders.timetable()), "Kebijakan baru.", "olga")
    moved = do(case, on, Actor("cycle", system=True), DELIVERED + 2 * DAY)
    assert moved.object_by == DELIVERED + 7 * DAY, "what is announced now can be used from now on"
    shorter = commands.Reschedule(builders.objectionable(builders.timetable(), "P1D"), "Lebih singkat.", "olga")
    assert do(moved, shorter, Actor("cycle", system=True)).object_by == moved.object_by, "a right once told stays"


def test_other_dates_leave_an_open_objection_its_own_but_for_the_closing() -> None:
    case = to_be_decided()
    table = replace(builders.timetable(), closes=case.window.due)
    moved = do(case, commands.Reschedule(table, "Ditutup lebih awal.", "olga"), Actor("cycle", system=True))
    assert (moved.window.due, moved.window.end) == (case.window.due, table.closes)
    assert left_alone(moved).exit is Exit.UNDECIDED


def test_a_hold_takes_nothing_from_the_time_to_object() -> None:
    held = do(delivered(), commands.Hold("Banjir."), OFFICER)
    refusal(held, OBJECT, EMPLOYEE, errors.OnHold)
    free = do(held, commands.Release("Surut."), OFFICER, DELIVERED + 3 * DAY)
    assert free.object_by == UNTIL + 2 * DAY
    assert do(free, OBJECT, EMPLOYEE, UNTIL + 2 * DAY).step is Step.HEARING


def test_a_refusal_is_on_record_and_the_time_to_object_goes_on() -> None:
    case = do(delivered(), RefuseAcknowledgement("  Nilainya tidak sesuai bukti.  "), EMPLOYEE)
    assert (case.step, case.refused) == (Step.ACKNOWLEDGEMENT, "Nilainya tidak sesuai bukti.")
    assert case.events[-1].reason == "Nilainya tidak sesuai bukti."
    assert case.next_alarm == (UNTIL, Alarm.END), "nobody reminds who has refused"
    refusal(case, RefuseAcknowledgement("Lagi."), EMPLOYEE, errors.WrongStep)
    refusal(delivered(), RefuseAcknowledgement(" "), EMPLOYEE, errors.MissingReason)
    assert do(case, OBJECT, EMPLOYEE, UNTIL).step is Step.HEARING
    assert do(case, commands.Acknowledge(), EMPLOYEE).refused is None
    over = ring(case, Alarm.END, UNTIL)
    assert (over.step, over.events[-1].kind) == (Step.NOMINATION, "not_objected")
    told = {(one.recipient, one.kind) for one in notices(case)}
    assert told == {(HR, "acknowledgement_refused"), (SUPERVISOR, "acknowledgement_refused")}


def test_the_step_stays_open_as_long_as_one_may_object() -> None:
    case = delivered(window="P75D")
    assert case.window.end == DELIVERED + 75 * DAY > builders.timetable().window(Step.ACKNOWLEDGEMENT).end


@pytest.mark.parametrize(
    ("complaint", "by", "where"),
    [
        (Complaint(False, False, "Tidak adil."), objection_errors.InvalidObjection, "results"),
        (Complaint(True, False, "  "), errors.MissingReason, "reason"),
        (Complaint(False, False, "Tidak adil.", (0,)), objection_errors.InvalidObjection, "targets"),
        (Complaint(False, False, "Tidak adil.", (3, 4)), objection_errors.InvalidObjection, "targets"),
        (Complaint(True, False, "Tidak adil.", (), ("javascript:alert(1)",)), errors.InvalidEvidence, "evidence[0]"),
        (Complaint(True, False, "Tidak adil.", (), ("https://a.example",) * 11), errors.InvalidEvidence, "evidence"),
    ],
)
def test_what_is_no_objection(complaint: Complaint, by: type[errors.AppraisalError], where: str) -> None:
    assert refusal(delivered(), Object(complaint), EMPLOYEE, by).where == where


def test_both_are_heard_before_it_is_decided() -> None:
    case = objected()
    assert (case.holder, case.window.due) == (SUPERVISOR, DELIVERED + 3 * DAY)
    refusal(case, DecideObjection("Sudah tepat."), SUPERIOR, objection_errors.NotHeard)
    refusal(case, AnswerObjection(Account("")), SUPERVISOR, errors.MissingReason)
    refusal(case, ANSWER, "zainal", errors.NotAllowed)
    heard = do(case, ANSWER, SUPERVISOR)
    assert (heard.step, heard.holder, heard.window.due) == (Step.OBJECTION, SUPERIOR, DELIVERED + 5 * DAY)
    refusal(heard, ANSWER, SUPERVISOR, errors.NothingToDecide)
    silent = ring(case, Alarm.END, DELIVERED + 3 * DAY)
    assert (silent.step, silent.holder, silent.events[-1].kind) == (Step.OBJECTION, SUPERIOR, "account_lapsed")
    late = do(silent, ANSWER, SUPERVISOR, DELIVERED + 4 * DAY)
    assert late.step is Step.OBJECTION
    assert late.objection
    assert late.objection.given, "an answer is welcome until the decision"


def test_a_decision_is_final_and_the_predicate_follows() -> None:
    case = do(to_be_decided(), DecideObjection("Bukti baru kuat.", Rating.DI_ATAS, Rating.DI_ATAS), SUPERIOR)
    assert (case.step, case.results, case.predicate) == (Step.NOMINATION, Rating.DI_ATAS, Predicate.SANGAT_BAIK)
    event = case.events[-1]
    assert (event.kind, event.actor, event.reason) == ("decide_objection", SUPERIOR, "Bukti baru kuat.")
    assert ("results", "SESUAI", "DI_ATAS") in event.changes
    assert ("predicate", "BAIK", "SANGAT_BAIK") in event.changes
    told = {one.recipient for one in notices(case) if one.kind == "objection_changed"}
    assert told == {EMPLOYEE, SUPERVISOR, HR}
    upheld = do(to_be_decided(), DecideObjection("Sudah tepat."), SUPERIOR)
    assert (upheld.predicate, {one.kind for one in notices(upheld)}) == (Predicate.BAIK, {"objection_upheld"})
    refusal(upheld, DecideObjection("Berubah pikiran.", Rating.DI_ATAS), SUPERIOR, objection_errors.ObjectionOver)
    refusal(upheld, DecideObjection("Saya saja."), "zainal", errors.NotAllowed)


def test_a_change_must_change_something_and_every_decision_has_its_reason() -> None:
    case = to_be_decided()
    refusal(case, DecideObjection("Begitu.", Rating.SESUAI), SUPERIOR, objection_errors.InvalidRuling)
    refusal(case, DecideObjection(" "), SUPERIOR, errors.MissingReason)
    only_one = do(case, DecideObjection("Hasilnya di bawah.", Rating.DI_BAWAH), SUPERIOR)
    assert (only_one.results, only_one.behaviour) == (Rating.DI_BAWAH, Rating.SESUAI)


def test_nobody_decides_about_himself_or_the_own_rating() -> None:
    case = to_be_decided()
    refusal(case, DecideObjection("Saya benar."), EMPLOYEE, errors.NotAllowed)
    refusal(case, DecideObjection("Saya benar."), SUPERVISOR, errors.NotAllowed)
    called = ring(ring(ring(case, Alarm.DUE, UNTIL), Alarm.ESCALATE, UNTIL), Alarm.ESCALATE, UNTIL)
    assert called.parties.handed_to_hr
    refusal(called, DecideObjection("Saya benar."), Actor(EMPLOYEE, hr=True), errors.NotAllowed)
    refusal(called, DecideObjection("Benar."), Actor(SUPERVISOR, hr=True), objection_errors.DecidesOwnRating)
    assert do(called, DecideObjection("Diputus Pengelola Kinerja."), OFFICER).step is Step.NOMINATION


def test_hr_names_who_decides_and_the_line_does_not_take_it_away() -> None:
    case = to_be_decided()
    for barred in (EMPLOYEE, SUPERVISOR):
        refusal(case, NameDecider(barred, "Berhalangan."), OFFICER, objection_errors.DecidesOwnRating)
    refusal(case, NameDecider("eko", " "), OFFICER, errors.MissingReason)
    refusal(case, NameDecider("eko", "Saya mau."), SUPERIOR, errors.NotAllowed)
    named = do(case, NameDecider("eko", "Atasan berhalangan."), OFFICER)
    followed = do(named, commands.FollowLine((SUPERVISOR, "bupati"), "dewi", "dinkes"), ORGANISATION)
    assert (named.holder, followed.holder) == ("eko", "eko")
    assert {(one.recipient, one.kind) for one in notices(named)} == {("eko", "objection_waits")}
    refusal(named, DecideObjection("Tetap."), SUPERIOR, errors.NotAllowed)
    assert do(followed, DecideObjection("Tetap."), "eko").step is Step.NOMINATION


def test_a_change_of_the_line_is_followed() -> None:
    case = do(to_be_decided(), commands.FollowLine(("fajar", "bupati"), "dewi", "dinkes"), ORGANISATION)
    assert case.holder == "bupati"
    assert not can(Actor(SUPERIOR), Action.DECIDE_OBJECTION, case.parties).allowed
    assert can(Actor(SUPERVISOR), Action.VIEW, case.parties).allowed, "whose rating it is sees what becomes of it"


def test_it_can_be_withdrawn_until_it_is_decided() -> None:
    for case in (objected(), to_be_decided()):
        over = do(case, WithdrawObjection("Sudah dijelaskan."), EMPLOYEE)
        assert over.objection
        assert (over.step, over.objection.ended) == (Step.NOMINATION, ObjectionEnd.WITHDRAWN)
        assert {one.recipient for one in notices(over)} == {SUPERVISOR, SUPERIOR, HR}
        refusal(case, WithdrawObjection(), SUPERVISOR, errors.NotAllowed)
        refusal(over, WithdrawObjection(), EMPLOYEE, objection_errors.ObjectionOver)


@pytest.mark.parametrize("rule", [EndRule.GO_ON, EndRule.HAND_TO_HR])
@pytest.mark.parametrize("closing", list(AtClosing))
def test_where_nobody_acts_the_ladder_is_climbed_and_the_case_ends(rule: EndRule, closing: AtClosing) -> None:
    end = left_alone(objected(end_rule=rule, closing=closing))
    kinds = [event.kind for event in end.events if event.actor == "clock"]
    assert kinds[:6] == ["reminded", "account_lapsed", "reminded", "became_due", "escalated", "escalated"]
    assert end.objection
    assert (end.step, end.objection.ended) == (Step.CLOSED, ObjectionEnd.UNDECIDED)
    if rule is EndRule.GO_ON:
        assert (kinds[6], end.exit, end.outcome) == ("objection_undecided", Exit.LAPSED, Outcome.RATED)
    else:
        rated = Outcome.RATED if closing is AtClosing.STANDS else Outcome.UNRATED
        assert (kinds[6], end.exit, end.outcome) == ("given_to_hr", Exit.UNDECIDED, rated)


def test_a_case_sent_back_from_an_open_objection_is_delivered_anew() -> None:
    back = gone_back(to_be_decided(), Step.ACKNOWLEDGEMENT, DELIVERED + 2 * DAY)
    assert (back.objection, back.object_by) == (None, DELIVERED + 7 * DAY)
    assert (back.parties.rater, back.parties.decider) == (None, None)
