"""A unit's predicates against the guideline, as drawn: what they are now, what the reviews made of them, what is foreseen."""

from collections.abc import Mapping
from dataclasses import dataclass

from api.pages import labels, terms
from api.pages.drawing import share
from api.pages.words import Words
from appraisal.calibration.distribution import Deviation, Range
from appraisal.vocabulary import Predicate


@dataclass(frozen=True, slots=True)
class Line:
    """One predicate, or several that the guideline counts together. Lengths are per cent of all people."""

    name: str
    count: int
    before: int
    people: int
    least: int
    most: int
    bounded: bool
    outside: bool

    @property
    def width(self) -> float:
        return share(self.count, self.people)

    @property
    def from_x(self) -> float:
        return share(self.least, self.people)

    @property
    def to_x(self) -> float:
        return share(self.most, self.people)


def lines(
    words: Words,
    counts: Mapping[Predicate, int],
    before: Mapping[Predicate, int],
    ranges: tuple[Range, ...] | None,
    deviations: tuple[Deviation, ...],
) -> tuple[Line, ...]:
    """Every predicate, best first, then those that the guideline counts together."""
    people = sum(counts.values())
    outside = {deviation.predicates for deviation in deviations}
    foreseen = ranges or tuple(Range((predicate,), 0, people) for predicate in Predicate)
    return tuple(
        Line(
            names(words, allowed.predicates),
            sum(counts[predicate] for predicate in allowed.predicates),
            sum(before[predicate] for predicate in allowed.predicates),
            people,
            allowed.least,
            allowed.most,
            (allowed.least, allowed.most) != (0, people),
            allowed.predicates in outside,
        )
        for allowed in foreseen
    )


def names(words: Words, predicates: tuple[Predicate, ...]) -> str:
    """'Good or very good'."""
    either = words.gettext("or")
    return f" {either} ".join(words.gettext(labels.PREDICATES[predicate]) for predicate in predicates)


def warnings(words: Words, deviations: tuple[Deviation, ...]) -> tuple[str, ...]:
    """What leaves the guideline, in the page's language."""
    return tuple(
        words.gettext(
            terms.DEVIATIONS[one.code], names=names(words, one.predicates), actual=one.actual, bound=one.bound
        )
        for one in deviations
    )
