"""The words of the periods of a year and of feedback, as people read them."""

from api.pages.words import N_
from appraisal.periods.evaluation import Stage
from appraisal.periods.feedback import FeedbackKind

STAGES: dict[str, str] = {
    Stage.REPORT: N_("Action plan and report of the employee"),
    Stage.RATING: N_("Rating by the supervisor"),
    Stage.CLOSED: N_("closed without a rating"),
}
"""How far the evaluation of a period is; a rated one shows its predicate instead."""

FEEDBACK: dict[str, str] = {
    FeedbackKind.FEEDBACK: N_("Feedback"),
    FeedbackKind.COACHING: N_("Note of a talk"),
}

OF_PERIODS: dict[str, str] = {
    "period_opened": N_("A period of the year has begun. Say what you will do in it; report when it is over."),
    "period_reminded": N_("Reminder: a period of the year is over, and its report or rating is due soon."),
    "period_to_rate": N_("A period of the year waits for your rating."),
    "period_rated": N_("A period of your year was rated. Read the feedback."),
    "feedback_given": N_("Somebody above you has said something about your work. Read it."),
}
"""What their notices say, by kind."""
