"""The second level looks at a review before the calibration, where the policy says so: who, how it ends, and who sees what."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from appraisal import commands, errors
from appraisal.access import ORGANISATION, Action, Actor, can
from appraisal.case import Case
from appraisal.clock import ring
from appraisal.commands import Command, FollowLine, Order, SendBack, SubmitReview, TakeOver
from appraisal.endorsement import EndorseReview, ReturnReview
from appraisal.errors import AppraisalError
from appraisal.notices import notices
from appraisal.objection import errors as objection_errors
from appraisal.parties import HR, Parties
from appraisal.people.acting import Acting
from appraisal.privacy.disclosure import withheld, withheld_event
from appraisal.reopening import Kept, Reopen, reopened
from appraisal.transitions import perform
from appraisal.vocabulary import EndRule, Exit, Outcome, Rating, Step
from tests import builders
from tests.builders import EMPLOYEE, HEAD, START, SUPERIOR, SUPERVISOR, UNIT

OFFICER = Actor("olga", hr=True)
BACK = ReturnReview("Alasan perilaku belum menyebut contoh.")
BETTER = SubmitReview(builders.review(behaviour=Rating.DI_ATAS))


def do(case: Case, command: Command, who: str | Actor, at: datetime = START) -> Case:
    actor = who if isinstance(who, Actor) else Actor(who)
    return perform(case, Order(command, actor), at, f"c{case.revision}")


def refused(case: Case, command: Command, who: str | Actor, by: type[AppraisalError]) -> AppraisalError:
    with pytest.raises(by) as caught:
        do(case, command, who)
    assert type(caught.value) is by
    assert caught.value.remedy
    return caught.value


def to_review(rule: EndRule = EndRule.GO_ON, parties: Parties | None = None) -> Case:
    """A case whose self-assessment is handed in, in a cycle that has the step."""
    case = builders.case(table=builders.endorsed(builders.timetable(), rule))
    for given in builders.year()[:3]:
        case = perform(case, given, START, f"y{case.revision}")
    return replace(case, parties=parties) if parties else case


def reviewed(rule: EndRule = EndRule.GO_ON, parties: Parties | None = None, by: str | Actor = SUPERVISOR) -> Case:
    return do(to_review(rule, parties), SubmitReview(builders.review()), by)


def ended(case: Case) -> Case:
    """The case once the window of its step is over."""
    step = case.step
    while case.step is step and case.next_alarm and case.next_alarm[0] <= case.window.end:
        case = ring(case, case.next_alarm[1], case.next_alarm[0])
    return case


def test_a_review_goes_to_the_superior_of_the_supervisor_and_then_to_the_calibration() -> None:
    case = reviewed()
    assert (case.step, case.holder, case.official) == (Step.ENDORSEMENT, SUPERIOR, SUPERIOR)
    assert [(one.recipient, one.kind) for one in notices(case)] == [(SUPERIOR, "endorsement_waits")]
    seen = do(case, EndorseReview("Sudah sesuai."), SUPERIOR)
    assert (seen.step, seen.review) == (Step.CALIBRATION, case.review)
    assert [(look.endorsed, look.text, look.by) for look in seen.looks] == [(True, "Sudah sesuai.", SUPERIOR)]
    assert (seen.events[-1].actor, seen.events[-1].reason) == (SUPERIOR, "Sudah sesuai.")


def test_without_the_step_a_review_goes_to_the_calibration_as_ever() -> None:
    case = builders.case()
    for given in builders.year()[:4]:
        case = perform(case, given, START, f"y{case.revision}")
    assert (case.step, case.parties.rater, case.looks) == (Step.CALIBRATION, None, ())


def test_what_is_sent_back_is_amended_by_the_supervisor_and_looked_at_again() -> None:
    case = reviewed()
    refused(case, ReturnReview(" "), SUPERIOR, errors.MissingReason)
    back = do(case, BACK, SUPERIOR)
    assert (back.step, back.holder, back.return_reason, back.returned) == (Step.REVIEW, SUPERVISOR, BACK.reason, 0)
    assert back.review == case.review, "it stays to be amended"
    assert [(one.recipient, one.kind) for one in notices(back)] == [(SUPERVISOR, "review_returned")]
    again = do(back, BETTER, SUPERVISOR)
    assert (again.step, again.behaviour, again.return_reason) == (Step.ENDORSEMENT, Rating.DI_ATAS, "")
    assert [look.endorsed for look in do(again, EndorseReview(), SUPERIOR).looks] == [False, True]


def test_a_review_that_was_sent_back_and_not_amended_still_counts() -> None:
    """To send it back changes no rating, so it must not take the year's away either."""
    left = ended(do(reviewed(), BACK, SUPERIOR))
    assert (left.exit, left.outcome, left.results) == (Exit.UNFINISHED, Outcome.RATED, Rating.SESUAI)


def test_nobody_endorses_the_own_appraisal_or_the_own_review() -> None:
    case = reviewed()
    for who in (EMPLOYEE, SUPERVISOR, HEAD, "zainal", OFFICER):
        refused(case, EndorseReview(), who, errors.NotAllowed)
        assert not can(who if isinstance(who, Actor) else Actor(who), Action.RETURN_REVIEW, case.parties).allowed
    late = replace(case, parties=replace(case.parties, escalated_to=SUPERVISOR))
    refused(late, BACK, SUPERVISOR, objection_errors.DecidesOwnRating)
    acting = replace(case, parties=replace(case.parties, acting=(Acting(SUPERIOR, SUPERVISOR),)))
    refused(acting, TakeOver("Plh."), SUPERVISOR, objection_errors.DecidesOwnRating)


def test_who_reviewed_in_the_supervisors_place_does_not_endorse() -> None:
    line = replace(builders.parties(), line=(SUPERVISOR, SUPERIOR, HEAD), taken_by=SUPERIOR)
    assert reviewed(parties=line, by=SUPERIOR).holder == HEAD
    deputy = replace(builders.parties(), line=(SUPERVISOR, SUPERIOR, HEAD), acting=(Acting(SUPERIOR, SUPERVISOR),))
    assert reviewed(parties=deputy).holder == HEAD, "a supervisor who acts for his own superior"


def test_where_nobody_is_above_whoever_rated_it_goes_straight_on() -> None:
    for line, by in (
        ((SUPERVISOR,), SUPERVISOR),
        ((SUPERVISOR, SUPERIOR), SUPERIOR),
        ((SUPERVISOR, EMPLOYEE), SUPERVISOR),
    ):
        alone = replace(builders.parties(), line=line, taken_by=by if by == SUPERIOR else None)
        assert reviewed(parties=alone, by=by).step is Step.CALIBRATION


def test_the_holder_follows_the_organisation() -> None:
    case = reviewed()
    moved = do(case, FollowLine((SUPERVISOR, HEAD), HEAD, UNIT), ORGANISATION)
    assert (moved.holder, [one.kind for one in notices(moved)]) == (HEAD, ["holder_changed"])
    acting = do(case, FollowLine((SUPERVISOR, SUPERIOR), HEAD, UNIT, (Acting(SUPERIOR, "eko"),)), ORGANISATION)
    assert (acting.holder, acting.official) == ("eko", SUPERIOR)
    assert do(acting, EndorseReview(), "eko").events[-1].on_behalf_of == SUPERIOR
    nobody = do(case, FollowLine((SUPERVISOR,), HEAD, UNIT), ORGANISATION)
    assert nobody.holder == HR
    assert do(nobody, EndorseReview(), OFFICER).step is Step.CALIBRATION
    taken = do(do(case, TakeOver("Cuti."), SUPERIOR), FollowLine((SUPERIOR, HEAD), HEAD, UNIT), ORGANISATION)
    assert taken.holder == HR, "who took it over and has become the supervisor does not endorse any more"
    refused(taken, EndorseReview(), SUPERIOR, errors.NotAllowed)
    assert do(taken, EndorseReview(), HEAD).step is Step.CALIBRATION


ENDS = [
    (EndRule.GO_ON, Step.CALIBRATION, HEAD, "lapsed"),
    (EndRule.TAKE_OVER, Step.ENDORSEMENT, HR, "given_to_superior"),
]
ENDS += [
    (EndRule.HAND_TO_HR, Step.ENDORSEMENT, HR, "given_to_hr"),
    (EndRule.HOLD, Step.ENDORSEMENT, SUPERIOR, "kept_open"),
]


@pytest.mark.parametrize(("rule", "step", "holder", "kind"), ENDS, ids=[str(row[0]) for row in ENDS])
def test_its_end_is_on_record(rule: EndRule, step: Step, holder: str, kind: str) -> None:
    case = ended(reviewed(rule))
    assert (case.step, case.holder, case.events[-1].kind) == (step, holder, kind)
    assert case.looks == ()
    assert case.results is Rating.SESUAI


def test_who_is_late_hears_that_somebody_else_does_it() -> None:
    case = ended(reviewed(EndRule.HAND_TO_HR))
    assert [(one.recipient, one.kind) for one in notices(case)] == [(HR, "taken_over_by_you"), (SUPERIOR, "taken_over")]


def test_hr_sends_a_case_back_to_it_or_opens_it_again_there() -> None:
    case = reviewed()
    calibrated = perform(do(case, EndorseReview(), SUPERIOR), builders.year()[4], START, "calibrated")
    back = do(calibrated, SendBack(Step.ENDORSEMENT, "Belum dilihat."), OFFICER)
    assert (back.step, back.holder, back.calibrated, back.review) == (Step.ENDORSEMENT, SUPERIOR, None, case.review)
    closed = do(calibrated, commands.CloseUnrateable("Keliru."), OFFICER)
    kept = Kept(closed, Step.ACKNOWLEDGEMENT, ())
    again = reopened(kept, Reopen(EMPLOYEE, Step.ENDORSEMENT, "Keliru.", OFFICER), closed.timetable, START, "o1")
    assert (again.step, again.holder) == (Step.ENDORSEMENT, SUPERIOR)
    other = replace(calibrated, timetable=builders.timetable())
    refused(other, SendBack(Step.ENDORSEMENT, "Belum dilihat."), OFFICER, errors.WrongStep)
    with pytest.raises(errors.WrongStep):
        reopened(kept, Reopen(EMPLOYEE, Step.ENDORSEMENT, "Keliru.", OFFICER), builders.timetable(), START, "o2")


def test_what_follows_a_review_is_void_once_that_is_done_anew() -> None:
    back = do(do(reviewed(), BACK, SUPERIOR), SendBack(Step.SELF_ASSESSMENT, "Ulangi."), OFFICER)
    assert (back.looks, back.review, back.return_reason) == ((), None, "")
    assert (back.parties.rater, back.parties.decider) == (None, None)


def test_other_dates_without_the_step_let_whoever_stands_at_it_finish() -> None:
    without = commands.Reschedule(builders.timetable(), "Surat edaran.", "olga")
    here = do(reviewed(), without, Actor("cycle", system=True))
    assert here.window == reviewed().window
    assert do(here, EndorseReview(), SUPERIOR).step is Step.CALIBRATION
    before = do(to_review(), without, Actor("cycle", system=True))
    assert do(before, SubmitReview(builders.review()), SUPERVISOR).step is Step.CALIBRATION


def test_more_time_is_given_for_it_only_where_the_cycle_has_it() -> None:
    more = commands.Extend(START + timedelta(days=60), "Cuti bersama.", Step.ENDORSEMENT)
    assert do(reviewed(), more, OFFICER).window.due == more.due
    assert "endorsement" in refused(builders.case(), more, OFFICER, errors.WrongStep).what


def test_the_employee_reads_nothing_of_it_before_the_delivery() -> None:
    back = do(reviewed(), BACK, SUPERIOR)
    for case in (reviewed(), back, do(do(back, BETTER, SUPERVISOR), EndorseReview("Baik."), SUPERIOR)):
        told = withheld(case)
        assert (told.review, told.predicate, told.looks, told.return_reason) == (None, None, (), "")
        assert told.plan == case.plan
    delivered = perform(do(reviewed(), EndorseReview("Baik."), SUPERIOR), builders.year()[4], START, "calibrated")
    assert withheld(delivered) == delivered
    rated = [("step", "review", "endorsement"), ("results", "", "SESUAI"), ("predicate", "", "BAIK")]
    event = {"kind": "return_review", "changes": rated, "reason": BACK.reason}
    assert withheld_event(event) == {"kind": "return_review", "changes": rated[:1], "reason": ""}
    assert withheld_event({**event, "kind": "nudge"})["reason"] == BACK.reason
