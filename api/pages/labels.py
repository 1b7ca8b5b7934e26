"""The words of the field as people read them. Templates translate them: `_(labels.STEPS[case.step])`."""

from api.pages import data_words, enrolment_words, seat_words, second_level_words, voice_words
from api.pages.period_words import OF_PERIODS
from api.pages.words import N_
from appraisal.objection.objections import ObjectionEnd
from appraisal.parties import HR, unit_hr
from appraisal.vocabulary import Alarm, Aspect, Exit, Outcome, Predicate, Rating, Step, UnitResult

STEPS: dict[str, str] = {
    Step.TARGETS: N_("Targets"),
    Step.APPROVAL: N_("Approval of the targets"),
    Step.SELF_ASSESSMENT: N_("Self-assessment"),
    Step.REVIEW: N_("Review by the supervisor"),
    Step.ENDORSEMENT: N_("Endorsement of the review"),
    Step.CALIBRATION: N_("Calibration of the unit"),
    Step.ACKNOWLEDGEMENT: N_("Acknowledgement"),
    Step.HEARING: N_("Answer to the objection"),
    Step.OBJECTION: N_("Decision on the objection"),
    Step.NOMINATION: N_("Training nomination"),
    Step.CLOSED: N_("Closed"),
}

TO_DO: dict[str, str] = {
    Step.TARGETS: N_("set the targets and hand them in"),
    Step.APPROVAL: N_("approve the targets or return them"),
    Step.SELF_ASSESSMENT: N_("write the self-assessment"),
    Step.REVIEW: N_("review the work and the behaviour"),
    Step.ENDORSEMENT: N_("endorse the review or send it back"),
    Step.CALIBRATION: N_("calibrate the ratings of the unit"),
    Step.ACKNOWLEDGEMENT: N_("read the result and acknowledge it"),
    Step.HEARING: N_("say how the rating came about"),
    Step.OBJECTION: N_("decide on the objection, finally"),
    Step.NOMINATION: N_("decide on the training"),
}
"""What the holder of a step must do, after 'must'."""

ALARMS: dict[str, str] = {
    Alarm.OPEN: N_("the step opens"),
    Alarm.REMIND: N_("a reminder is sent"),
    **seat_words.ALARMS,
    Alarm.DUE: N_("the step counts as late"),
    Alarm.ESCALATE: N_("the step is also handed to the next superior"),
    Alarm.END: N_("the step ends by itself"),
    Alarm.RELEASE: N_("the hold ends and the clock goes on"),
    Alarm.CLOSE: N_("the cycle closes, and the case with it"),
}

RATINGS: dict[str, str] = {
    Rating.DI_ATAS: N_("Above expectation"),
    Rating.SESUAI: N_("As expected"),
    Rating.DI_BAWAH: N_("Below expectation"),
}

PREDICATES: dict[str, str] = {
    Predicate.SANGAT_BAIK: N_("Very good"),
    Predicate.BAIK: N_("Good"),
    Predicate.BUTUH_PERBAIKAN: N_("Needs improvement"),
    Predicate.KURANG: N_("Poor / misconduct"),
    Predicate.SANGAT_KURANG: N_("Very poor"),
}

UNIT_RESULTS: dict[str, str] = {
    UnitResult.ISTIMEWA: N_("Outstanding"),
    UnitResult.BAIK: N_("Good"),
    UnitResult.BUTUH_PERBAIKAN: N_("Needs improvement"),
    UnitResult.KURANG: N_("Poor"),
    UnitResult.SANGAT_KURANG: N_("Very poor"),
}

ASPECTS: dict[str, str] = {
    Aspect.KUANTITAS: N_("Quantity"),
    Aspect.KUALITAS: N_("Quality"),
    Aspect.WAKTU: N_("Time"),
    Aspect.BIAYA: N_("Cost"),
}

REMEDIES: dict[str, str] = {
    "nudge": N_("Remind whoever must act"),
    "extend": N_("Give more time"),
    "hold": N_("Put on hold"),
    "release": N_("End the hold"),
    "take_over": N_("Take the step over"),
    "send_back": N_("Send back to an earlier step"),
    "close_unrateable": N_("Close without a rating"),
}
"""What HR can do to free a case."""

EXITS: dict[str, str] = {
    Exit.COMPLETED: N_("completed"),
    Exit.LAPSED: N_("completed, the last step lapsed"),
    Exit.UNFINISHED: N_("a step was not finished"),
    Exit.UNRATEABLE: N_("could not be rated"),
    Exit.CLOSING: N_("still open when the cycle closed"),
    Exit.UNDECIDED: N_("objection undecided when the cycle closed"),
}
"""How a case left the cycle."""

OFFICES = (N_("HR"), N_("HR of the unit"))


def office(who: str | None) -> str:
    """What HR is called where it stands in the place of a person: of the agency, of a unit; empty for everybody else."""
    if who == HR:
        return OFFICES[0]
    return OFFICES[1] if who and who.startswith(unit_hr("")) else ""


OUTCOMES: dict[str, str] = {Outcome.RATED: N_("rated"), Outcome.UNRATED: N_("closed without a rating")}

NOTICES: dict[str, str] = {
    "reminded": N_("Reminder: this step is due soon."),
    "became_due": N_("This step is late now."),
    "step_opened": N_("This step is open now."),
    "still_late": N_("Reminder: this step is late."),
    "nudge": N_("HR asks you to finish this step."),
    "extend": N_("HR has given this step more time."),
    "hold": N_("This appraisal is on hold: the clock stands still, and nothing has to be done."),
    "release": N_("This appraisal goes on; its dates have been moved by the time it was on hold."),
    "released": N_("The hold has ended; the dates have been moved by the time it lasted."),
    "reschedule": N_("The dates of the cycle have changed, and those of this step with them."),
    "kept_open": N_("This step has ended but stays open for you until the cycle closes."),
    "taken_over_by_you": N_("This step is yours now: it was taken over from its holder."),
    "taken_over": N_("Somebody else does this step in your place now."),
    "reopened": N_("HR has opened this appraisal again, with a reason; this step is yours."),
    "sent_back": N_("HR has sent this appraisal back to you with a reason."),
    "escalated_to_you": N_("This step was handed to you, because it is late. You may act in place of its holder."),
    "escalated": N_("This step was also handed to the next superior, because it is late."),
    "targets_returned": N_("The targets were returned with a reason; please revise them."),
    "holder_changed": N_("The reporting line, or who acts in it, has changed; this step is yours now."),
    "preparer_changed": N_("You may prepare this step for its holder now."),
    "appointed_to_you": N_("You are appointed to act for somebody. See from when to when."),
    "appointed_for_you": N_("Somebody is appointed to act for you. See from when to when."),
    "appointment_ended_to_you": N_("Your appointment to act has been ended."),
    "appointment_ended_for_you": N_("Nobody acts for you any more."),
    "superior_changed": N_("HR has named another superior for you."),
    "reports_gained": N_("HR has named you the superior of somebody. What waits comes to you by itself."),
    "reports_lost": N_("Somebody who answered to you answers to another superior."),
    **data_words.NOTICES,
    "superior_reported": N_("An employee reports that the superior is wrong. Please decide."),
    "superior_report_due": N_("A report that a superior is wrong waits longer than it should; decide it now."),
    "superior_report_accepted": N_("HR has followed your report: your superior is another one now."),
    "superior_report_declined": N_("HR has declined your report about your superior. See why."),
    "part_to_state": N_("Somebody who answered to you has moved. You may say what you saw of the work this year."),
    "part_stated": N_("An earlier superior has said what a part of the year was like. Read it before you review."),
    "departure_undone": N_("Somebody has gone, and not everything that follows could be done. See what is left."),
    "rules_asked": N_("Somebody asks about the rules of a cycle. Please answer."),
    "rules_answered": N_("HR has answered your question about the rules of the cycle."),
    "rules_reminder": N_("Please read the rules of this cycle and confirm that you have."),
    **(voice_words.NOTICES | enrolment_words.NOTICES | seat_words.NOTICES),
    **OF_PERIODS,
    "career_decided": N_("Somebody has decided on something of your career. See what, why and who."),
    "closed": N_("This appraisal is closed. See how it was measured."),
    "targets_waits": N_("Your targets for the year can be set now."),
    "approval_waits": N_("Targets wait for your approval."),
    "self_assessment_waits": N_("Your self-assessment can be written now."),
    "review_waits": N_("A self-assessment waits for your review."),
    "unit_result_waits": N_("A unit below you is being calibrated, and its own result is not set yet: set it."),
    "targets_awaited": N_("People wait for your targets, so that they can tie theirs to them."),
    "calibration_opened": N_("The calibration of your unit is open."),
    "calibration_reminded": N_("Reminder: the calibration of the unit is due soon."),
    "calibration_due": N_("The calibration of the unit is late now."),
    "calibration_escalated": N_(
        "The calibration of the unit was also handed to the next superior, because it is late."
    ),
    "calibration_escalated_to_you": N_(
        "The calibration of a unit was handed to you, because it is late or has no head."
    ),
    "calibration_rescheduled": N_("The dates of the calibration have changed with those of the cycle."),
    "calibration_undone": N_("The calibration of the unit was undone; it is decided anew."),
    "calibration_undo_failed": N_("The calibration could not be undone: somebody had gone on. The decision stands."),
    "calibration_vote_wanted": N_("Your first view on members of a unit is wanted, before they are calibrated."),
    "rating_taken_back": N_("The calibration of your unit was undone; your result will be decided anew. See why."),
    "rating_stands": N_("The calibration of your unit could not be undone after all: your result stands."),
    "calibration_held": N_("The calibration of the unit is on hold: its clock stands still, and nobody decides."),
    "calibration_released": N_("The calibration of the unit goes on; its dates have been moved by the time on hold."),
    "nomination_opened": N_("The training nominations are open."),
    "nomination_reminded": N_("Reminder: the training nominations are due soon."),
    "nomination_due": N_("The training nominations are late now."),
    "nomination_escalated_to_you": N_("The training nominations are late; decide them now."),
    "nomination_held": N_("The training nominations are on hold: their clock stands still, and nobody decides."),
    "nomination_released": N_("The training nominations go on; their dates have been moved by the time on hold."),
    "acknowledgement_waits": N_("Your result is there: read it and acknowledge it."),
    "acknowledgement_refused": N_("An employee does not acknowledge the result. See why."),
    **second_level_words.NOTICES,
}
"""What a notice says, by its kind."""

OTHER_NOTICE = N_("Something has changed here.")

EVENTS: dict[str, str] = {
    "calibrate by clock": N_("Nobody calibrated the unit in time; the rating goes on by the rule."),
    "nominate by clock": N_("Nobody decided on the training in time; the cycle goes on without it."),
    "opened": N_("The appraisal began."),
    "submit_targets": N_("%(actor)s handed in the targets."),
    "approve_targets": N_("%(actor)s approved the targets."),
    "return_targets": N_("%(actor)s returned the targets."),
    "submit_self_assessment": N_("%(actor)s handed in the self-assessment."),
    "submit_review": N_("%(actor)s reviewed the work and the behaviour."),
    **second_level_words.EVENTS,
    "calibrate": N_("%(actor)s calibrated the ratings of the unit."),
    "take_back": N_("%(actor)s undid the calibration; the ratings are those of the review again."),
    "put_back": N_("The calibration could not be undone for everybody, so it stands here too."),
    "acknowledge": N_("%(actor)s acknowledged the result."),
    "nominate": N_("%(actor)s decided on the training."),
    "refuse_acknowledgement": N_("%(actor)s did not acknowledge the result."),
    "object": N_("%(actor)s objected to the rating."),
    "answer_objection": N_("%(actor)s answered the objection."),
    "withdraw_objection": N_("%(actor)s withdrew the objection."),
    "decide_objection": N_("%(actor)s decided on the objection, finally."),
    "name_decider": N_("%(actor)s named who decides on the objection."),
    "not_objected": N_("The time to object ended; the rating stands."),
    "account_lapsed": N_("Nobody answered the objection in time; it goes to whoever decides."),
    "objection_undecided": N_("Nobody decided on the objection in time; the rating stands."),
    "follow_line": N_("The reporting line, or who acts in it, changed; the appraisal follows."),
    "split_period": N_("The employee has moved to another position, last on %(day)s; the year has parts."),
    "state_part": N_("%(actor)s said what an earlier part of the year was like."),
    "step_opened": N_("The step opened."),
    "reminded": N_("A reminder was sent."),
    "became_due": N_("The step became late."),
    "escalated": N_("The step was also handed to %(stand_in)s."),
    "lapsed": N_("Nobody finished the step in time; it ended by its rule."),
    "given_to_superior": N_("Nobody finished the step in time; the next superior does it now."),
    "given_to_hr": N_("Nobody finished the step in time; HR does it now."),
    "kept_open": N_("Nobody finished the step in time; it stays open until the cycle closes."),
    "released": N_("The hold ended; all dates ahead moved by the time it had lasted."),
    "closed_with_cycle": N_("The cycle closed, and the appraisal with it."),
    "nudge": N_("%(actor)s reminded whoever must act."),
    "extend": N_("%(actor)s gave the step more time, until %(due)s."),
    "hold": N_("%(actor)s put the appraisal on hold; the clock stands still."),
    "release": N_("%(actor)s ended the hold; all dates ahead moved by the time it had lasted."),
    "take_over": N_("%(actor)s took the step over."),
    "send_back": N_("%(actor)s sent the appraisal back."),
    "close_unrateable": N_("%(actor)s closed the appraisal without a rating."),
    "reschedule": N_("%(actor)s changed the dates of the cycle."),
    "reopen": N_("%(actor)s opened the case again; the outcome is taken back."),
    "restarted": N_("%(actor)s had the process started again from the record."),
    "recovered": N_("%(actor)s had the record completed from the process; what happened here was lost."),
}
"""What happened, by the event's kind."""

OBJECTIONS: dict[str, str] = {
    "open": N_("not decided yet"),
    ObjectionEnd.UPHELD: N_("decided: the rating stands"),
    ObjectionEnd.CHANGED: N_("decided: the rating was changed"),
    ObjectionEnd.WITHDRAWN: N_("withdrawn; the rating stands"),
    ObjectionEnd.UNDECIDED: N_("not decided in time"),
}
"""What became of an objection."""
