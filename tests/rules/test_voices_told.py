"""What other voices say cannot be led back to anybody: not from what is told, and not from what is kept."""

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as some

from appraisal.errors import AppraisalError, InvalidText
from appraisal.vocabulary import Behaviour
from appraisal.voices.errors import InvalidAnswer
from appraisal.voices.policy import LEAST_SHOWN
from appraisal.voices.told import LONGEST, SCALE, Answer, Tally, Told, median, plain, told

BP = Behaviour.BP
ratings = some.dictionaries(some.sampled_from(Behaviour), some.sampled_from(SCALE), min_size=1)
words = some.sampled_from(("", "Ramah.", "Cepat.", "Kurang sabar.", "Suka menolong."))
answers = some.lists(some.builds(Answer, ratings, words), max_size=7)


def tallied(said: list[Answer]) -> Tally:
    found = Tally()
    for answer in said:
        found = found.with_one_more(answer)
    return found


@pytest.mark.parametrize(("people", "shown_from"), [(3, 3), (4, 3), (5, 3), (4, 4), (5, 5)])
def test_nothing_that_is_told_settles_what_anybody_said(people: int, shown_from: int) -> None:
    """Every way in which so many people can answer, or not be able to say: all of whom the same is told."""
    possible: dict[Told, list[tuple[int, ...]]] = {}
    for said in product((0, *SCALE), repeat=people):
        heard = told(tallied([Answer({BP: step} if step else {}) for step in said]), shown_from)
        possible.setdefault(heard, []).append(said)
    assert len(possible) > len(SCALE)
    for heard, ways in possible.items():
        for person in range(people):
            assert len({way[person] for way in ways}) > 1, f"{heard} tells what each said"


@given(answers, some.integers(LEAST_SHOWN, 6))
def test_whatever_is_told_stands_on_so_many_people(said: list[Answer], shown_from: int) -> None:
    found = told(tallied(said), shown_from)
    if len(said) < shown_from:
        assert found == Told()
        return
    assert found.answers == len(said)
    for one in found.heard:
        rated = sum(one.behaviour in answer.ratings for answer in said)
        assert (one.answers, one.median is None) == ((rated, False) if rated >= shown_from else (0, True))
    written = [answer.text for answer in said if answer.text]
    assert len(found.texts) in (0, len(written))
    assert not found.texts or len(written) >= shown_from


@given(answers.flatmap(lambda said: some.tuples(some.just(said), some.permutations(said))))
def test_the_order_of_the_answers_is_kept_nowhere(both: tuple[list[Answer], list[Answer]]) -> None:
    one, other = both
    assert tallied(one) == tallied(other)


@given(answers)
def test_words_and_ratings_of_one_answer_are_kept_apart(said: list[Answer]) -> None:
    """Whose words go with which ratings makes no difference to what is kept."""
    texts = sorted((answer.text for answer in said), reverse=True)
    swapped = [Answer(answer.ratings, text) for answer, text in zip(said, texts, strict=True)]
    assert tallied(said) == tallied(swapped)


@pytest.mark.parametrize(
    ("counts", "middle"),
    [((3, 0, 0, 0), "1"), ((1, 1, 1, 0), "2"), ((1, 1, 1, 1), "2.5"), ((2, 0, 0, 2), "2.5"), ((0, 0, 1, 4), "4")],
)
def test_the_median(counts: tuple[int, ...], middle: str) -> None:
    assert median(counts) == Decimal(middle)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ramah\n\n dan   cepat. ", "Ramah dan cepat."),
        ("HEBAT SEKALI!!!", "Hebat sekali!"),
        ("Baik… sekali 👍🏽 ❤️", "Baik. sekali"),
        ("Ｂｅｒｓｉｈ\u200b", "Bersih"),
        ("PNS yang baik?!?!", "PNS yang baik?!?!"),
    ],
)
def test_what_tells_a_hand_is_taken_out_of_the_words(typed: str, kept: str) -> None:
    assert plain(typed) == kept
    assert plain(kept) == kept


@pytest.mark.parametrize(
    ("answer", "texts", "refusal", "where"),
    [
        (Answer({}), True, InvalidAnswer, "ratings"),
        (Answer({BP: 0}), True, InvalidAnswer, "ratings.BP"),
        (Answer({BP: 5}), True, InvalidAnswer, "ratings.BP"),
        (Answer({BP: 4}, "Ramah."), False, InvalidAnswer, "text"),
        (Answer({BP: 4}, "x" * (LONGEST + 1)), True, InvalidText, "text"),
        (Answer({BP: 4}, "a\u0007b"), True, InvalidText, "text"),
    ],
)
def test_what_is_no_answer(answer: Answer, texts: bool, refusal: type[AppraisalError], where: str) -> None:
    with pytest.raises(refusal) as refused:
        answer.checked(texts)
    assert refused.value.where == where
    assert refused.value.remedy
    assert "Ramah" not in str(refused.value), "a refusal repeats nothing that was said"
