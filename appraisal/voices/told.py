"""What other voices say, and what is told of it: counted together, never kept by person, shown only from so many on.

Whatever is told stands on at least `shown_from` people, and no number that is told settles what any one of them said: a median
never does, a distribution would where all say the same (tests/rules/test_voices_told.py tries every case).
Rules: voices_shown_from, voices_scale.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from appraisal.text import checked
from appraisal.vocabulary import Behaviour
from appraisal.voices.errors import InvalidAnswer

SCALE = (1, 2, 3, 4)
"""How often the behaviour is seen: rarely, sometimes, mostly, always. Rule: voices_scale."""
LONGEST = 1000
"""Characters of the words that may be added."""
_REPEATED = re.compile(r"([^\w\s])\1+")
_ORNAMENTS = ("So", "Sk", "Cf", "Co", "Cn")
"""Kinds of characters that say nothing and that few people use: pictures, invisible marks."""
_VARIANTS = re.compile("[\ufe00-\ufe0f]")
"""Marks that choose how a picture looks."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One person's answer, on its way into a tally. Who says it is no part of it. A behaviour that is left out: cannot say."""

    ratings: Mapping[Behaviour, int]
    text: str = ""

    def checked(self, texts: bool) -> "Answer":
        """The answer, tidy; InvalidAnswer or InvalidText otherwise. `texts`: whether words are asked for."""
        for behaviour, rating in self.ratings.items():
            if rating not in SCALE:
                remedy = f"Choose one from {SCALE[0]} to {SCALE[-1]}, or leave it out."
                raise InvalidAnswer("This is not on the scale.", f"ratings.{behaviour}", remedy)
        if not self.ratings:
            raise InvalidAnswer("Nothing is rated.", "ratings", "Rate at least one behaviour, or decline.")
        text = checked(self.text, "text", LONGEST, required=False)
        if text and not texts:
            raise InvalidAnswer("This cycle asks for no words.", "text", "Leave the text out.")
        return Answer(self.ratings, plain(text))


def plain(text: str) -> str:
    """The words without what tells a hand: one paragraph, no pictures, no rows of marks, nothing in capitals alone."""
    whole = _VARIANTS.sub("", unicodedata.normalize("NFKC", text))
    simple = "".join(one for one in whole if unicodedata.category(one) not in _ORNAMENTS)
    line = " ".join(_REPEATED.sub(r"\1", simple).split())
    return line.capitalize() if line.isupper() else line


@dataclass(frozen=True, slots=True)
class Tally:
    """All answers of one kind of people together. The same answers in any order, by anybody, make the same tally."""

    answers: int = 0
    counts: dict[Behaviour, tuple[int, ...]] = field(default_factory=dict)
    texts: tuple[str, ...] = ()

    def with_one_more(self, answer: Answer) -> "Tally":
        counts = {behaviour: self._counted(behaviour, answer.ratings.get(behaviour)) for behaviour in Behaviour}
        texts = (*self.texts, answer.text) if answer.text else self.texts
        return Tally(self.answers + 1, counts, tuple(sorted(texts)))

    def _counted(self, behaviour: Behaviour, rating: int | None) -> tuple[int, ...]:
        before = self.counts.get(behaviour, (0,) * len(SCALE))
        return tuple(count + (step == rating) for step, count in zip(SCALE, before, strict=True))


@dataclass(frozen=True, slots=True)
class Heard:
    """One behaviour as so many people see it; no median, and no count, where they are too few."""

    behaviour: Behaviour
    answers: int = 0
    median: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one kind of people; `answers` is 0, and nothing else is there, where they are too few."""

    answers: int = 0
    heard: tuple[Heard, ...] = ()
    texts: tuple[str, ...] = ()


def told(tally: Tally, shown_from: int) -> Told:
    """What may be told of these answers. Words stand in the order of the alphabet."""
    if tally.answers < shown_from:
        return Told()
    heard = tuple(_heard(behaviour, tally.counts.get(behaviour, ()), shown_from) for behaviour in Behaviour)
    return Told(tally.answers, heard, tally.texts if len(tally.texts) >= shown_from else ())


def _heard(behaviour: Behaviour, counts: tuple[int, ...], shown_from: int) -> Heard:
    if sum(counts) < shown_from:
        return Heard(behaviour)
    return Heard(behaviour, sum(counts), median(counts))


def median(counts: tuple[int, ...]) -> Decimal:
    """The step in the middle of so many of each step of the scale; halfway where two stand in the middle."""
    steps = [step for step, count in zip(SCALE, counts, strict=True) for _ in range(count)]
    middle = len(steps) // 2
    low = steps[middle] if len(steps) % 2 else steps[middle - 1]
    return Decimal(low + steps[middle]) / 2
