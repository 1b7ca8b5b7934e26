"""The words of the field as people read them. Templates translate them: `_(labels.STEPS[case.step])`."""

from api.pages.words import N_
from appraisal.vocabulary import Alarm, Aspect, Outcome, Predicate, Rating, Step, UnitResult

STEPS: dict[str, str] = {
    Step.TARGETS: N_("Targets"),
    Step.APPROVAL: N_("Approval of the targets"),
    Step.SELF_ASSESSMENT: N_("Self-assessment"),
    Step.REVIEW: N_("Review by the supervisor"),
    Step.CALIBRATION: N_("Calibration of the unit"),
    Step.ACKNOWLEDGEMENT: N_("Acknowledgement"),
    Step.NOMINATION: N_("Training nomination"),
    Step.CLOSED: N_("Closed"),
}

TO_DO: dict[str, str] = {
    Step.TARGETS: N_("set the targets and hand them in"),
    Step.APPROVAL: N_("approve the targets or return them"),
    Step.SELF_ASSESSMENT: N_("write the self-assessment"),
    Step.REVIEW: N_("review the work and the behaviour"),
    Step.CALIBRATION: N_("calibrate the ratings of the unit"),
    Step.ACKNOWLEDGEMENT: N_("read the result and acknowledge it"),
    Step.NOMINATION: N_("decide on the training"),
}
"""What the holder of a step must do, after 'must'."""

ALARMS: dict[str, str] = {
    Alarm.OPEN: N_("the step opens"),
    Alarm.REMIND: N_("a reminder is sent"),
    Alarm.DUE: N_("the step counts as late"),
    Alarm.ESCALATE: N_("the step is also handed to the next superior"),
    Alarm.END: N_("the step ends by itself"),
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

OUTCOMES: dict[str, str] = {Outcome.RATED: N_("rated"), Outcome.UNRATED: N_("closed without a rating")}

NOTICES: dict[str, str] = {
    "reminded": N_("Reminder: this step is due soon."),
    "became_due": N_("This step is late now."),
    "step_opened": N_("This step is open now."),
    "escalated_to_you": N_("This step was handed to you, because it is late. You may act in place of its holder."),
    "escalated": N_("This step was also handed to the next superior, because it is late."),
    "targets_returned": N_("The targets were returned with a reason; please revise them."),
    "holder_changed": N_("The reporting line, or who acts in it, has changed; this step is yours now."),
    "preparer_changed": N_("You may prepare this step for its holder now."),
    "appointed_to_you": N_("You are appointed to act for somebody. See from when to when."),
    "appointed_for_you": N_("Somebody is appointed to act for you. See from when to when."),
    "appointment_ended_to_you": N_("Your appointment to act has been ended."),
    "appointment_ended_for_you": N_("Nobody acts for you any more."),
    "closed": N_("This appraisal is closed. See how it was measured."),
    "targets_waits": N_("Your targets for the year can be set now."),
    "approval_waits": N_("Targets wait for your approval."),
    "self_assessment_waits": N_("Your self-assessment can be written now."),
    "review_waits": N_("A self-assessment waits for your review."),
    "calibration_opened": N_("The calibration of your unit is open."),
    "calibration_reminded": N_("Reminder: the calibration of the unit is due soon."),
    "calibration_due": N_("The calibration of the unit is late now."),
    "calibration_escalated": N_(
        "The calibration of the unit was also handed to the next superior, because it is late."
    ),
    "calibration_escalated_to_you": N_(
        "The calibration of a unit was handed to you, because it is late or has no head."
    ),
    "nomination_opened": N_("The training nominations are open."),
    "nomination_reminded": N_("Reminder: the training nominations are due soon."),
    "nomination_due": N_("The training nominations are late now."),
    "nomination_escalated_to_you": N_("The training nominations are late; decide them now."),
    "acknowledgement_waits": N_("Your result is there: read it and acknowledge it."),
}
"""What a notice says, by its kind."""

OTHER_NOTICE = N_("Something has changed here.")

EVENTS: dict[str, str] = {
    "opened": N_("The appraisal began."),
    "submit_targets": N_("%(actor)s handed in the targets."),
    "approve_targets": N_("%(actor)s approved the targets."),
    "return_targets": N_("%(actor)s returned the targets."),
    "submit_self_assessment": N_("%(actor)s handed in the self-assessment."),
    "submit_review": N_("%(actor)s reviewed the work and the behaviour."),
    "calibrate": N_("%(actor)s calibrated the ratings of the unit."),
    "acknowledge": N_("%(actor)s acknowledged the result."),
    "nominate": N_("%(actor)s decided on the training."),
    "follow_line": N_("The reporting line, or who acts in it, changed; the appraisal follows."),
    "step_opened": N_("The step opened."),
    "reminded": N_("A reminder was sent."),
    "became_due": N_("The step became late."),
    "escalated": N_("The step was also handed to %(stand_in)s."),
    "lapsed": N_("Nobody finished the step in time; it ended by its rule."),
}
"""What happened, by the event's kind."""
