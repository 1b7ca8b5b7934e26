"""Feedback at any time, about a target or a behaviour, and notes of a talk about the work (bimbingan kinerja). Rule: feedback."""

from dataclasses import dataclass
from enum import StrEnum

from appraisal.case import Case
from appraisal.errors import AlreadyClosed
from appraisal.periods.errors import NothingReferredTo
from appraisal.text import checked
from appraisal.vocabulary import Behaviour

TARGET, BEHAVIOUR = "target/", "behaviour/"
"""What feedback is about: one of these with the number of a target from 1, or with one of the seven values."""


class FeedbackKind(StrEnum):
    """Said of the work, or noted of a talk about it."""

    FEEDBACK = "feedback"
    COACHING = "coaching"


@dataclass(frozen=True, slots=True)
class Feedback:
    """What somebody above says; `about` may stay empty for a note of a talk."""

    kind: FeedbackKind
    text: str
    about: str = ""


def subjects(case: Case) -> tuple[str, ...]:
    """Everything in this case that feedback can be about."""
    targets = case.plan.targets if case.plan else ()
    numbers = tuple(f"{TARGET}{number}" for number, _ in enumerate(targets, start=1))
    return (*numbers, *(f"{BEHAVIOUR}{value}" for value in Behaviour))


def given(feedback: Feedback, case: Case) -> Feedback:
    """This feedback with a tidy text; a refusal where it is about nothing, or where the year is over."""
    if not case.open:
        raise AlreadyClosed("This appraisal is closed.", "", "Say it in the next one.")
    free = ("",) if feedback.kind is FeedbackKind.COACHING else ()
    if feedback.about not in (*subjects(case), *free):
        raise NothingReferredTo("Feedback is about a target or a behaviour.", "about", "Choose one of them.")
    return Feedback(feedback.kind, checked(feedback.text, "text"), feedback.about)
