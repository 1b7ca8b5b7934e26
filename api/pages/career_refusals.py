"""Refusals about recognition and career as people read them, by code: what is wrong, and what to do."""

from api.pages.words import N_

OF_CAREERS: dict[str, tuple[str, str]] = {
    "invalid_career_policy": (
        N_("These rules contradict themselves, or a number is none that is possible."),
        N_(
            "Cut-offs lie above 0 and are at most 100, the high one above the middle one; a worse predicate never lies higher."
        ),
    ),
    "nothing_proposed": (
        N_("Nothing is chosen, or it is not proposed any more."),
        N_("Tick at least one in the list as it is now."),
    ),
    "proposal_changed": (
        N_("What is proposed has changed since you saw it; nothing was decided."),
        N_("Look at the list as it is now and decide anew."),
    ),
    "invalid_change": (
        N_("This cannot be decided here."),
        N_("A box is 1 to 9, a year 1 to 12 months; confirm or refuse anything else."),
    ),
    "names_no_member": (
        N_("A member of the committee decides on this, by name."),
        N_("Choose who has decided; HR sets among the rules who is a member."),
    ),
    "decides_on_himself": (N_("Nobody decides on the own career."), N_("Leave it to somebody else.")),
}
