"""What makes a self-assessment and a review acceptable."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from appraisal.assessment import Review, SelfAssessment
from appraisal.errors import (
    AppraisalError,
    IncompleteRealisations,
    InvalidEvidence,
    InvalidNumber,
    InvalidText,
    MissingReason,
)
from appraisal.vocabulary import Rating
from tests import builders


def account(**changes: Any) -> SelfAssessment:
    """A complete account in which the second realisation is changed."""
    whole = builders.self_assessment()
    first, second, third = whole.realisations
    return replace(whole, realisations=(first, replace(second, **changes), third))


def linking(*links: str) -> Callable[[], SelfAssessment]:
    return lambda: account(evidence=links)


REFUSED: list[tuple[str, Callable[[], SelfAssessment], type[AppraisalError], str]] = [
    ("a target without one", lambda: builders.self_assessment(2), IncompleteRealisations, "realisations"),
    ("one too many", lambda: builders.self_assessment(4), IncompleteRealisations, "realisations"),
    ("the same target twice", lambda: account(target=1), IncompleteRealisations, "realisations"),
    ("target number 0", lambda: account(target=0), IncompleteRealisations, "realisations"),
    ("a value that is none", lambda: account(value=Decimal("NaN")), InvalidNumber, "realisations[1].value"),
    ("a negative value", lambda: account(value=Decimal(-1)), InvalidNumber, "realisations[1].value"),
    ("no words", lambda: account(text=""), InvalidText, "realisations[1].text"),
    ("4001 characters", lambda: account(text="x" * 4001), InvalidText, "realisations[1].text"),
    ("no reflection", lambda: replace(account(), reflection=" "), InvalidText, "reflection"),
    ("eleven links", linking(*("https://bukti.example/1",) * 11), InvalidEvidence, "realisations[1].evidence"),
    ("a script", linking("javascript:alert(1)"), InvalidEvidence, "realisations[1].evidence[0]"),
    ("a hidden script", linking("java\tscript:alert(1)"), InvalidEvidence, "realisations[1].evidence[0]"),
    (
        "a script in capitals",
        linking("JavaScript://x.example/%0aalert(1)"),
        InvalidEvidence,
        "realisations[1].evidence[0]",
    ),
    ("data", linking("data:text/html,<b>x"), InvalidEvidence, "realisations[1].evidence[0]"),
    ("a file", linking("file:///etc/passwd"), InvalidEvidence, "realisations[1].evidence[0]"),
    ("no host", linking("https://"), InvalidEvidence, "realisations[1].evidence[0]"),
    ("half an address", linking("https://ok.example", "http://["), InvalidEvidence, "realisations[1].evidence[1]"),
    ("a word", linking("bukti.pdf"), InvalidEvidence, "realisations[1].evidence[0]"),
    ("an empty link", linking(""), InvalidText, "realisations[1].evidence[0]"),
    ("an endless link", linking("https://x.example/" + "x" * 1000), InvalidText, "realisations[1].evidence[0]"),
]


@pytest.mark.parametrize(("given", "refusal", "where"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_an_account_that_cannot_be_accepted_names_the_field_and_the_remedy(
    given: Callable[[], SelfAssessment], refusal: type[AppraisalError], where: str
) -> None:
    with pytest.raises(refusal) as refused:
        given().checked(3)
    assert (type(refused.value), refused.value.where) == (refusal, where)
    assert refused.value.what
    assert refused.value.remedy


def test_realisations_may_come_in_any_order_and_are_kept_in_that_of_the_targets() -> None:
    whole = builders.self_assessment()
    shuffled = replace(whole, realisations=whole.realisations[::-1])
    assert shuffled.checked(3) == whole.checked(3)


@pytest.mark.parametrize("link", ["https://bukti.example/a?b=c#d", "http://10.0.0.1:8080/x", "HTTPS://Bukti.example"])
def test_web_addresses_are_evidence(link: str) -> None:
    assert account(evidence=(link,)).checked(3).realisations[1].evidence == (link,)


@pytest.mark.parametrize("field", ["results_reason", "behaviour_reason"])
@pytest.mark.parametrize("words", ["", "  ", "\n\t"])
def test_a_rating_without_a_reason_is_refused(field: str, words: str) -> None:
    changes: dict[str, Any] = {field: words}
    with pytest.raises(MissingReason) as refused:
        replace(builders.review(), **changes).checked(3)
    assert refused.value.where == field
    assert refused.value.remedy


def test_a_review_has_one_comment_for_each_target() -> None:
    few = replace(builders.review(), comments=(" Baik. ",)).checked(3)
    many = replace(builders.review(), comments=("1", "2", "3", "4")).checked(3)
    assert (few.comments, many.comments) == (("Baik.", "", ""), ("1", "2", "3"))


def test_an_endless_comment_is_refused() -> None:
    with pytest.raises(InvalidText) as refused:
        Review(Rating.SESUAI, "a", Rating.SESUAI, "b", ("", "x" * 4001)).checked(3)
    assert refused.value.where == "comments[1]"
