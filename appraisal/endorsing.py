"""How the second level moves a case between its review and its calibration, where the policy has that step.

The superior of the supervisor endorses the review or sends it back; nobody endorses the own appraisal or the own review.
Where nobody is above whoever rated, the case goes straight on. Rule: endorsement.
"""

from dataclasses import replace
from datetime import datetime

from appraisal.access import Actor
from appraisal.assessment import Review
from appraisal.case import Case
from appraisal.endorsement import EndorsementCommand, EndorseReview, Look, ReturnReview
from appraisal.objection.deciding import barred, deciders, with_decider
from appraisal.objection.errors import DecidesOwnRating
from appraisal.text import checked, reason
from appraisal.vocabulary import Step


def reviewed(case: Case, review: Review, by: str, at: datetime) -> Case:
    """The case with this review: at its endorsement where the cycle has one and somebody can give it, else to be calibrated."""
    rated = replace(case, review=review, reviewed_by=by, return_reason="")
    asked = replace(case.parties, rater=by)
    if case.timetable.has(Step.ENDORSEMENT) and deciders(asked):
        return replace(rated, parties=with_decider(asked, None)).entering(Step.ENDORSEMENT, at)
    return rated.entering(Step.CALIBRATION, at)


def applied(case: Case, command: EndorsementCommand, actor: Actor, at: datetime) -> Case:
    """The case after this command, which belongs to its step; an AppraisalError says why it does not fit."""
    if actor.id in barred(case.parties):
        raise DecidesOwnRating("Nobody endorses the own rating.", "", "Leave it to somebody else.")
    look = Look(isinstance(command, EndorseReview), why(command), actor.id, at)
    seen = replace(case, looks=(*case.looks, look))
    if look.endorsed:
        return seen.entering(Step.CALIBRATION, at)
    return replace(seen, return_reason=look.text).entering(Step.REVIEW, at)


def why(command: EndorsementCommand) -> str:
    """What the record keeps as the reason: a return needs one, an endorsement may have a comment."""
    match command:
        case EndorseReview(comment):
            return checked(comment, "comment", required=False)
        case ReturnReview(words):
            return reason(words)
