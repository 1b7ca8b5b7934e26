"""The documents as pages name them. What stands in them is Indonesian and belongs to api/papers."""

from typing import Any

from adapters.database.reads.paper_facts import acts_of
from api.pages.words import N_
from api.papers.issuing import Standing
from appraisal.case import Case
from appraisal.papers.papers import OF_A_CASE, Hindrance, PaperKind, hindrance

PAPERS: dict[str, str] = {
    PaperKind.SKP: N_("Targets (SKP)"),
    PaperKind.EVALUATION: N_("Evaluation"),
    PaperKind.RESULT: N_("Evaluation document (D.1.1)"),
    PaperKind.DISTRIBUTION: N_("Predicates of the unit"),
    PaperKind.SUMMONS: N_("Letter that calls to a training"),
    PaperKind.CREDIT: N_("Confirmed angka kredit (PAK)"),
}

HINDRANCES: dict[str, str] = {
    Hindrance.NOT_AGREED: N_("once the targets are approved"),
    Hindrance.STILL_CHANGING: N_("once the unit is calibrated"),
    Hindrance.UNRATED: N_("there is none: the case was closed without a rating"),
    Hindrance.NOBODY_CALIBRATED: N_("once somebody of the unit is calibrated"),
}
"""Why a document cannot be had yet."""

STANDINGS: dict[str, tuple[str, str]] = {
    Standing.NEWEST: (
        N_("This document holds."),
        N_("It is the newest version, and the record still says the same."),
    ),
    Standing.CHANGED: (
        N_("The record has changed since this document was issued."),
        N_("A decision, a name, a grade or a position is another one now. Ask for the newest version."),
    ),
    Standing.SUPERSEDED: (
        N_("This document was superseded."),
        N_("A newer version was issued. Ask for it."),
    ),
}
"""How a paper stands: what to think of it, and what to do."""


def of_case(case: Case, events: tuple[dict[str, Any], ...]) -> tuple[tuple[PaperKind, Hindrance | None], ...]:
    """The documents of a case, each with what hinders it."""
    acts = acts_of(events)
    return tuple((kind, hindrance(kind, case, acts)) for kind in OF_A_CASE)
