"""How a calibration session says no, in people's own language: part of the table in refusals.py."""

from api.pages.words import N_

SENTENCES: dict[str, tuple[str, str]] = {
    "stale_proposal": (
        N_("Somebody else has changed the same part of the board since you saw it."),
        N_("Look at it once more; your text is kept."),
    ),
    "too_late_to_undo": (
        N_("This decision stands: its time to be undone is over, or somebody has gone on from it."),
        N_("HR can send a single case back or open it again."),
    ),
    "nothing_to_undo": (
        N_("There is no decision that could be undone, or it is being undone already."),
        N_("Load the page again."),
    ),
    "follows_unit": (
        N_("Whoever leads a unit has the unit's result as the rating of results."),
        N_("Leave it so. Ask whoever sets the unit's result if that is wrong."),
    ),
    "not_invited": (N_("You were not asked for a view in this session."), N_("The head of the unit decides who is.")),
    "votes_on_himself": (
        N_("Nobody votes on himself, or on a rating that he gave."),
        N_("Leave this person out; the others vote."),
    ),
    "votes_opened": (
        N_("The first views are open by now; nobody votes any more."),
        N_("Speak with the head of the unit."),
    ),
    "no_votes": (N_("Nobody is asked for first views here, or not yet."), N_("Decide without them.")),
}
