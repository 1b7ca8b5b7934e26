"""The rules of the field as people read them: where each comes from, and the guideline of the distribution in words."""

from typing import Any

from api.pages import labels
from api.pages.distribution_view import names
from api.pages.policy_spans import shown
from api.pages.words import N_, Words
from appraisal.calibration.distribution import GUIDELINE, Guide
from appraisal.predicates import MATRIX, SOURCE
from appraisal.sources.rule import Setting, Sure, Topic
from appraisal.sources.sources import RULES
from appraisal.timetable import Timetable
from appraisal.vocabulary import Rating

TOPICS: dict[str, str] = {
    Topic.TARGETS: N_("What is agreed"),
    Topic.REPORT: N_("What is reported"),
    Topic.RATING: N_("How it is rated"),
    Topic.UNIT: N_("The unit and its calibration"),
    Topic.AFTERWARDS: N_("What follows"),
    Topic.PEOPLE: N_("Who"),
    Topic.TIME: N_("When"),
}

SURE: dict[str, str] = {
    Sure.SEEN: N_("read in a text that quotes it"),
    Sure.SECOND_HAND: N_("second-hand: a slide, a news page or public code"),
    Sure.FROM_MEMORY: N_("from memory: no source was read"),
    Sure.CONFIGURED: N_("no source was found: a choice"),
}

SETTINGS: dict[str, str] = {
    Setting.POLICY: N_("set by the agency, in the policy of the cycle"),
    Setting.INSTALLATION: N_("set by the agency, for this installation"),
    Setting.DATA: N_("as the source has it"),
    Setting.CODE: N_("chosen by Jenjang"),
}


RULE_CONTEXT: dict[str, Any] = {"sources": RULES, "matrix": MATRIX, "source": SOURCE, "ratings": tuple(Rating)}
"""What the templates of rules and of the matrix need."""


def guideline(words: Words) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(result of the unit, what the predicates in it should be), best result first."""
    return tuple(
        (words.gettext(labels.UNIT_RESULTS[result]), tuple(_line(words, guide) for guide in guides))
        for result, guides in GUIDELINE.items()
    )


def objecting(words: Words, table: Timetable) -> str:
    """How long one may object in this cycle, and how long the answer and the decision may take."""
    if table.objection is None:
        return words.gettext("In this cycle no objection is taken in Jenjang.")
    terms = {
        name: shown(getattr(table.objection.policy, name), words.language) for name in ("window", "account", "due")
    }
    return words.gettext(
        "In this cycle: %(window)s since the delivery to object; from then on %(account)s to answer, %(due)s to decide.",
        **terms,
    )


def _line(words: Words, guide: Guide) -> str:
    parts = (
        (guide.majority, words.gettext("the largest group")),
        (guide.least_percent > 0, words.gettext("at least %(percent)s %% of the people", percent=guide.least_percent)),
        (guide.least_people > 0, words.gettext("at least %(people)s people", people=guide.least_people)),
        (guide.most_percent < 100, words.gettext("at most %(percent)s %% of the people", percent=guide.most_percent)),
    )
    return f"{names(words, guide.predicates)}: {', '.join(text for said, text in parts if said)}"
