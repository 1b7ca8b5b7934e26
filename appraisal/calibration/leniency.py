"""How generously each reviewer rates, beside the others who review in the same unit, and how sure that is.

Empirical Bayes: a rating is what is usual in its unit, plus the reviewer's leniency, plus the person. Both spreads come from
all reviews of the cycle by restricted maximum likelihood (REML); a reviewer of few people is drawn towards the others. It
cannot tell a generous reviewer from one whose people are good: information, from which nothing follows.

Rule: leniency.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import log, sqrt

from appraisal.vocabulary import Rating

STEPS = {Rating.DI_BAWAH: -1, Rating.SESUAI: 0, Rating.DI_ATAS: 1}
"""Ratings as numbers; leniency is counted in these steps."""
GRID, NARROWINGS = 24, 40
GOLDEN = (sqrt(5) - 1) / 2


@dataclass(frozen=True, slots=True)
class Reviews:
    """What one person has given in one unit: to how many people, on average, and how far they lie apart (sum of squares)."""

    reviewer: str
    unit: str
    people: int
    mean: float
    apart: float


@dataclass(frozen=True, slots=True)
class Spread:
    """How far ratings lie apart, as variances: `reviewers` from each other, and `people` of the same reviewer."""

    reviewers: float
    people: float


@dataclass(frozen=True, slots=True)
class Leniency:
    """More generous than the others in the unit by so many steps; stricter below 0. `error` is the standard error.

    It takes the spreads as known, so it is a little too small where few people review.
    """

    reviewer: str
    people: int
    steps: float
    error: float


def summed(given: Iterable[tuple[str, str, Rating, Rating, int]]) -> tuple[Reviews, ...]:
    """From (unit, reviewer, results, behaviour, how many people): a person counts once, by the middle of both ratings."""
    found: dict[tuple[str, str], tuple[int, float, float]] = {}
    for unit, reviewer, results, behaviour, people in given:
        step = (STEPS[results] + STEPS[behaviour]) / 2
        count, total, squares = found.get((unit, reviewer), (0, 0.0, 0.0))
        found[unit, reviewer] = count + people, total + people * step, squares + people * step**2
    return tuple(
        Reviews(reviewer, unit, count, total / count, max(0.0, squares - total**2 / count))
        for (unit, reviewer), (count, total, squares) in sorted(found.items())
    )


def spread(reviews: tuple[Reviews, ...]) -> Spread | None:
    """The REML estimate; None where nothing can be compared: nobody beside another, or nobody with two different ratings."""
    units = _by_unit(reviews)
    people = sum(one.people for one in reviews)
    if len(reviews) <= len(units) or not any(one.apart for one in reviews):
        return None

    def fit(share: float) -> float:
        return _likelihood(units, people - len(units), _ratio(share))

    best = max((step / GRID for step in range(GRID)), key=fit)
    ratio = _ratio(_peak(fit, max(0.0, best - 1 / GRID), min(1 - 1e-9, best + 1 / GRID)))
    of_people = sum(_misfit(members, ratio) for members in units.values()) / (people - len(units))
    return Spread(ratio * of_people, of_people)


def in_unit(reviews: tuple[Reviews, ...], unit: str) -> tuple[Leniency, ...]:
    """The leniency of everybody who reviewed in this unit, by all reviews of the cycle.

    Empty where nothing can be compared, or where reviewers differ no more than chance would have it.
    """
    found, members = spread(reviews), _by_unit(reviews).get(unit, ())
    return estimated(members, found) if found and found.reviewers and len(members) > 1 else ()


def estimated(members: tuple[Reviews, ...], found: Spread) -> tuple[Leniency, ...]:
    """The leniency of each of these, who review in one unit, the most generous first."""
    usual, known = _usual(members, found.reviewers / found.people)
    estimates = []
    for one in members:
        kept = found.reviewers / (found.reviewers + found.people / one.people)
        error = sqrt(found.reviewers * (1 - kept) + kept**2 * found.people / known)
        estimates.append(Leniency(one.reviewer, one.people, kept * (one.mean - usual), error))
    return tuple(sorted(estimates, key=lambda one: (-one.steps, one.reviewer)))


def _by_unit(reviews: tuple[Reviews, ...]) -> dict[str, tuple[Reviews, ...]]:
    found: dict[str, list[Reviews]] = {}
    for one in reviews:
        found.setdefault(one.unit, []).append(one)
    return {unit: tuple(members) for unit, members in found.items()}


def _ratio(share: float) -> float:
    """The spread of reviewers by that of people, from the share of the whole that it is."""
    return share / (1 - share)


def _usual(members: tuple[Reviews, ...], ratio: float) -> tuple[float, float]:
    """What is usual in a unit (by generalised least squares), and the weight of what is known of it."""
    weights = [one.people / (1 + one.people * ratio) for one in members]
    known = sum(weights)
    return sum(weight * one.mean for weight, one in zip(weights, members, strict=True)) / known, known


def _misfit(members: tuple[Reviews, ...], ratio: float) -> float:
    usual, _ = _usual(members, ratio)
    return sum(one.apart + one.people / (1 + one.people * ratio) * (one.mean - usual) ** 2 for one in members)


def _likelihood(units: dict[str, tuple[Reviews, ...]], free: int, ratio: float) -> float:
    """The restricted log likelihood of this ratio, with the rest at its best, but for a constant."""
    misfit = sum(_misfit(members, ratio) for members in units.values())
    volume = sum(log(1 + one.people * ratio) for members in units.values() for one in members)
    volume += sum(log(_usual(members, ratio)[1]) for members in units.values())
    return -(free * log(misfit) + volume) / 2


def _peak(of: Callable[[float], float], low: float, high: float) -> float:
    """Where a function with one peak between these two is highest (golden section)."""
    for _ in range(NARROWINGS):
        left, right = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
        low, high = (low, right) if of(left) >= of(right) else (left, high)
    return low if of(low) >= of((low + high) / 2) else (low + high) / 2
