"""The words of the plans for seats."""

from api.pages.words import N_
from appraisal.nomination import Basis
from appraisal.training import Reason

PLANS: dict[str, str] = {
    Basis.RULE: N_("the rule: the most urgent need first"),
    Basis.OPTIMUM: N_("the optimiser: the most needs met in all"),
}
"""What a plan goes by."""

NAMES: dict[str, str] = {Basis.RULE: N_("By the rule"), Basis.OPTIMUM: N_("By the optimiser")}

ABOUT: dict[str, str] = {
    Basis.RULE: N_("Whoever has the more urgent need chooses first. Everybody can follow why."),
    Basis.OPTIMUM: N_("The seats go where they meet the most needs in all; an urgent need may come away empty."),
}

NEEDS: dict[Reason, str] = {
    Reason.VERY_POOR: N_("Very poor"),
    Reason.POOR_BEHAVIOUR: N_("Behaviour below expectation"),
    Reason.NEEDS_IMPROVEMENT: N_("Results below expectation"),
    Reason.MISSED_TARGET: N_("A target missed"),
    Reason.OUTSTANDING: N_("Very good, to grow"),
    Reason.HOURS_OWED: N_("Hours (JP) still owed"),
}
"""Kinds of need, most urgent first."""

REFUSALS: dict[str, tuple[str, str]] = {
    "no_plan_in_time": (
        N_("The optimiser found no plan in time."),
        N_("Go on with the rule's proposals, or try again in a few minutes."),
    ),
    "stale_nomination": (
        N_("Somebody has decided on this nomination since you opened it. Nothing of yours was done."),
        N_("Look at it once more."),
    ),
}
"""code -> (what is wrong, what to do)."""
