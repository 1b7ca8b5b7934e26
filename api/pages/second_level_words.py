"""What the second level does and is told, as people read it: the look at a review, and the decision on an objection."""

from api.pages.words import N_

NOTICES: dict[str, str] = {
    "endorsement_waits": N_("A review waits for your endorsement, before the calibration."),
    "review_returned": N_("Your review was sent back with a reason; please amend it."),
    "objection_made": N_("An employee objects to a rating. See what is asked, and who decides."),
    "hearing_waits": N_("An employee objects to a rating of yours. Say how it came about."),
    "objection_waits": N_("An objection waits for your decision, which is final. Both sides have been asked."),
    "objection_withdrawn": N_("An objection was withdrawn; the rating stands."),
    "objection_upheld": N_("The objection was decided: the rating stands. See why."),
    "objection_changed": N_("The objection was decided: the rating is another one now. See why."),
    "objection_undecided": N_("Nobody decided on the objection in time; the rating stands."),
}
"""What their notices say, by kind."""

EVENTS: dict[str, str] = {
    "endorse_review": N_("%(actor)s endorsed the review."),
    "return_review": N_("%(actor)s sent the review back to be amended."),
}
"""What happened to a review, by the event's kind."""
