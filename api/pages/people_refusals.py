"""Refusals about officers, acting officials and superiors as people read them, by code: what is wrong, and what to do."""

from api.pages.words import N_

OF_PEOPLE: dict[str, tuple[str, str]] = {
    # about HR officers
    "invalid_office": (
        N_("HR rights are for the whole agency, for the topmost unit, or for one directly below it as it is today."),
        N_("Choose one from the list."),
    ),
    "own_office": (N_("Nobody changes the own HR rights."), N_("Ask another HR officer of the agency.")),
    # about acting officials
    "unknown_person": (N_("There is no such person here."), N_("Choose somebody from the list.")),
    "unknown_position": (N_("A Plt or Plh acts in a position that leads a unit."), N_("Choose one from the list.")),
    "takes_part_already": (
        N_("Somebody who is ticked takes part in the cycle already."),
        N_("Leave this person out."),
    ),
    "has_left": (N_("This person holds no position any more."), N_("Choose somebody who serves now.")),
    "acts_for_himself": (N_("Nobody acts for himself."), N_("Choose somebody else.")),
    "appointed_twice": (
        N_("Somebody is appointed for this already in that period."),
        N_("End that first, or change the dates."),
    ),
    "period_reversed": (N_("The period ends before it begins."), N_("Give a later last day.")),
    "period_is_over": (N_("The period lies in the past."), N_("Give a last day that is still to come.")),
    # about superiors
    "already_reported": (
        N_("You have reported this already; HR has not decided yet."),
        N_("Wait for the answer; your appraisal goes on meanwhile."),
    ),
    "invalid_people": (
        N_("These people cannot be taken together."),
        N_("Choose at least one person, nobody twice, and fewer at once."),
    ),
    "answers_to_himself": (N_("Nobody is the own superior."), N_("Choose somebody else.")),
    "answers_already": (N_("This superior is on record already."), N_("Choose another superior.")),
    "reporting_loop": (
        N_("The reporting line would go round in a circle."),
        N_("Give the new superior another superior first, or choose somebody else."),
    ),
    "later_change": (
        N_("Another change of this person's assignment is on record for a later day."),
        N_("Choose that day or a later one."),
    ),
    "invalid_departure": (
        N_("The cause, the day of return and what becomes of the cases do not fit together."),
        N_("Whoever leaves for good has no day of return, and no case is held for him."),
    ),
    "away_already": (
        N_("Somebody is away in that time already."),
        N_("Begin on the day of return, or leave that person out."),
    ),
    "not_away": (N_("Somebody here is not away by this order."), N_("Load the page again.")),
    "stale_line": (N_("The reporting lines have changed since the preview."), N_("Look at the preview again.")),
    "nobody_chosen": (N_("Nobody is chosen yet."), N_("Search by name and choose one person.")),
    "no_day": (N_("This is no day."), N_("Write the day like 2027-01-04.")),
    "invalid_choice": (N_("Something is not chosen yet."), N_("Choose one of the list.")),
}
