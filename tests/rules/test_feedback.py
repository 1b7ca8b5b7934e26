"""What feedback can be about, and what is refused."""

from dataclasses import replace

import pytest

from appraisal.errors import AlreadyClosed, InvalidText
from appraisal.periods.errors import NothingReferredTo
from appraisal.periods.feedback import Feedback, FeedbackKind, given, subjects
from appraisal.vocabulary import Step
from tests import builders

CASE = replace(builders.case(), plan=builders.plan())


def test_it_is_about_a_target_or_a_behaviour() -> None:
    assert subjects(CASE)[:4] == ("target/1", "target/2", "target/3", "behaviour/BP")
    assert len(subjects(CASE)) == 10
    for about in subjects(CASE):
        assert given(Feedback(FeedbackKind.FEEDBACK, " Baik. ", about), CASE).text == "Baik."


def test_a_note_of_a_talk_may_be_about_the_whole() -> None:
    assert given(Feedback(FeedbackKind.COACHING, "Bimbingan 1."), CASE).about == ""


@pytest.mark.parametrize("about", ["", "target/0", "target/4", "behaviour/XX", "<b>"])
def test_feedback_about_nothing_is_refused(about: str) -> None:
    with pytest.raises(NothingReferredTo) as refused:
        given(Feedback(FeedbackKind.FEEDBACK, "Baik.", about), CASE)
    assert refused.value.where == "about"


def test_an_empty_text_and_a_closed_year_are_refused() -> None:
    with pytest.raises(InvalidText):
        given(Feedback(FeedbackKind.COACHING, "  "), CASE)
    with pytest.raises(AlreadyClosed):
        given(Feedback(FeedbackKind.COACHING, "Baik."), replace(CASE, step=Step.CLOSED))
