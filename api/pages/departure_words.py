"""The words of departures and absences as people read them; templates translate them."""

from api.pages.words import N_
from appraisal.people.departure import Cause, Hindrance, OwnCases

CAUSES: dict[str, str] = {
    Cause.RETIRED: N_("retires"),
    Cause.LEFT: N_("leaves the agency"),
    Cause.DECEASED: N_("has died"),
    Cause.SUSPENDED: N_("is suspended"),
    Cause.ON_LEAVE: N_("is on long leave"),
}
OWN_CASES: dict[str, tuple[str, str]] = {
    OwnCases.HOLD: (
        N_("Hold it until the return"),
        N_("Only for a suspension or a leave. The clock stands still, at the latest until the cycle closes."),
    ),
    OwnCases.CLOSE: (N_("Close it without a rating"), N_("Nothing can be rated. It can be opened again.")),
    OwnCases.GO_ON: (
        N_("Let it go on by its dates"),
        N_("Who is the superior now finishes it; what only the employee can do ends by its date."),
    ),
}
HINDRANCES: dict[str, str] = {
    Hindrance.NO_POSITION: N_("Holds no position on that day."),
    Hindrance.LATER_CHANGE: N_("Another change is on record for a later day; choose that day or a later one."),
    Hindrance.AWAY_ALREADY: N_("Is away in that time already."),
}
TREATMENTS: dict[str, str] = {
    OwnCases.HOLD: N_("on hold"),
    OwnCases.CLOSE: N_("closed without a rating"),
    OwnCases.GO_ON: N_("goes on by its dates"),
    "end_acting": N_("the appointment to act has ended"),
}
