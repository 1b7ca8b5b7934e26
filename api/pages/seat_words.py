"""The words of the plans for seats."""

from api.pages.words import N_
from appraisal.training.nomination import Basis
from appraisal.training.training import Reason
from appraisal.vocabulary import Alarm

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

AGREES, OBJECTS = N_("the head agrees"), N_("the head objects")
"""What a head says of a proposal."""

ALARMS: dict[str, str] = {
    Alarm.HEADS_REMIND: N_("heads of units who have not spoken are reminded"),
    Alarm.HEADS_END: N_("heads of units are not waited for any more"),
}

NOTICES: dict[str, str] = {
    "heads_word_waits": N_("Trainings are proposed for people of your unit. Agree or object before HR decides."),
    "heads_word_reminded": N_("Reminder: HR will soon decide on trainings for your people, with or without your word."),
    "heads_word_lapsed": N_("The time of the heads is over: decide on the trainings without those who said nothing."),
}

NEEDS: dict[Reason, str] = {
    Reason.VERY_POOR: N_("Very poor"),
    Reason.POOR_BEHAVIOUR: N_("Behaviour below expectation"),
    Reason.NEEDS_IMPROVEMENT: N_("Results below expectation"),
    Reason.MISSED_TARGET: N_("A target missed"),
    Reason.OUTSTANDING: N_("Very good, to grow"),
    Reason.HOURS_OWED: N_("Hours (JP) still owed"),
    Reason.AGREED: N_("Agreed on in a development plan"),
}
"""Kinds of need, most urgent first; of agreed ones the policy says how urgent they are."""

REFUSALS: dict[str, tuple[str, str]] = {
    "no_plan_in_time": (
        N_("The optimiser found no plan in time."),
        N_("Go on with the rule's proposals, or try again in a few minutes."),
    ),
    "head_not_heard": (
        N_("The head of the unit has not spoken yet, and still has time to."),
        N_("Decide once he has spoken, or after that time."),
    ),
    "heads_time_over": (N_("The time of the heads is over, or they are not asked."), N_("Speak to HR, which decides.")),
    "stale_nomination": (
        N_("Somebody has decided on this nomination since you opened it. Nothing of yours was done."),
        N_("Look at it once more."),
    ),
}
"""code -> (what is wrong, what to do)."""
