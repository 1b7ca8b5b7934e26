"""The words of a cycle's end: why a case leaves as it does."""

from api.pages.words import N_
from appraisal.vocabulary import Exit

WHY: dict[str, str] = {
    Exit.COMPLETED: N_("Every step is over."),
    Exit.LAPSED: N_("The training nomination did not decide before the closing."),
    Exit.UNFINISHED: N_("Nobody finished this step by its end; without it there is nothing to rate."),
    Exit.UNRATEABLE: N_("HR closed the case without a rating."),
    Exit.UNDECIDED: N_("An objection is open. The policy says whether the rating stands; it is recorded as undecided."),
    Exit.CLOSING: N_("The step stays open by its rule or by a hold, until the cycle closes."),
}
"""By the exit."""

COLUMNS = (
    *(N_("Employee"), N_("Unit"), N_("Step"), N_("Holder"), N_("Since")),
    *(N_("Exit"), N_("At step"), N_("At the latest"), N_("Why")),
)
"""The columns of the exported files."""

PROVISIONAL = N_("Provisional: the cycle has not closed yet. Exits of open cases are those they take if nobody acts.")
FINGERPRINT = N_(
    "Each event's hash covers the one before. Whoever keeps this report can later see whether the record is still the same."
)
