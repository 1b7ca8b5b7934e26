"""Refusals about objections as people read them, by code: what is wrong, and what to do."""

from api.pages.words import N_

OF_OBJECTIONS: dict[str, tuple[str, str]] = {
    "objections_not_taken": (
        N_("In this cycle no objection is taken in Jenjang."),
        N_("Object on paper to the superior of your supervisor, and tell HR."),
    ),
    "objection_too_late": (N_("The time to object is over."), N_("Speak to HR if you could not do it in time.")),
    "already_objected": (
        N_("You have objected to this rating already; there is one objection to a rating."),
        N_("What became of it stands on the page of your appraisal."),
    ),
    "invalid_objection": (N_("Nothing is named that is objected to."), N_("Choose a rating or a target.")),
    "invalid_ruling": (N_("These are the ratings as they stand."), N_("Change one, or uphold the rating.")),
    "not_heard": (N_("The supervisor has not been heard yet."), N_("Wait for the answer, or until its time is over.")),
    "objection_over": (N_("This objection is over, and that is final."), N_("Load the page again.")),
    "decides_own_rating": (
        N_("Nobody decides about himself or on the own rating."),
        N_("Leave it to somebody else; HR can name who decides."),
    ),
}
