"""How generously reviewers rate: found again where it is known, and as an exact REML has it."""

from collections import defaultdict
from math import exp, log, sqrt
from random import Random
from statistics import correlation, mean

import pytest

from appraisal.calibration.leniency import Reviews, Spread, estimated, in_unit, spread, summed
from appraisal.vocabulary import Rating

UNITS, REVIEWERS, PEOPLE = 200, 25, 15
"""5,000 reviewers, each with as many people as one superior answers for."""
BIAS, PERSON, CRITERION = 0.6, 0.4, 0.4
"""Standard deviations in steps: of reviewers, of people, and of one of the two ratings by itself."""
LEVELS = (Rating.DI_BAWAH, Rating.SESUAI, Rating.DI_ATAS)
SMALL = (
    ("dinkes", "budi", (1, 1, 0.5)),
    ("dinkes", "citra", (0, -0.5, 0, 0.5)),
    ("dinkes", "dewi", (0.5, 0)),
    ("dinsos", "eko", (-1, -0.5, 0)),
    ("dinsos", "fajar", (0.5, 0.5, 1)),
    ("dinsos", "gita", (0,)),
)
"""Unit, reviewer, and the middle of both ratings of each person."""
NORMAL = tuple(
    Reviews(who, unit, len(all_), mean(all_), sum((one - mean(all_)) ** 2 for one in all_)) for unit, who, all_ in SMALL
)


def rated(value: float) -> Rating:
    """Three levels are all that a reviewer can give."""
    return LEVELS[0 if value < -0.5 else 2 if value > 0.5 else 1]


def agency(dice: Random) -> tuple[tuple[Reviews, ...], dict[str, float]]:
    """Every review of an agency, and how lenient each reviewer truly is beside the others of the unit."""
    given: list[tuple[str, str, Rating, Rating, int]] = []
    truth: dict[str, float] = {}
    for unit in range(UNITS):
        usual = dice.gauss(0, 0.2)
        biases = {f"{unit}/{number}": dice.gauss(0, BIAS) for number in range(REVIEWERS)}
        truth |= {who: bias - mean(biases.values()) for who, bias in biases.items()}
        for who, bias in biases.items():
            for _ in range(PEOPLE):
                person = usual + bias + dice.gauss(0, PERSON)
                results, behaviour = (rated(person + dice.gauss(0, CRITERION)) for _ in range(2))
                given.append((str(unit), who, results, behaviour, 1))
    return summed(given), truth


def test_a_known_bias_is_found_again_among_five_thousand_reviewers() -> None:
    reviews, truth = agency(Random(3))
    found, by_unit = spread(reviews), defaultdict(list)
    assert found is not None
    for one in reviews:
        by_unit[one.unit].append(one)
    estimates = [one for members in by_unit.values() for one in estimated(tuple(members), found)]
    assert len(estimates) == len(truth) == 5000
    assert correlation([one.steps for one in estimates], [truth[one.reviewer] for one in estimates]) > 0.95


def test_the_error_is_as_large_as_it_says() -> None:
    """Without the rounding to three levels, so that the truth is known in the same steps."""
    dice, missed, inside = Random(5), [], []
    spreads = Spread(0.25, 0.5)
    for _ in range(400):
        biases = [dice.gauss(0, sqrt(spreads.reviewers)) for _ in range(4)]
        ratings = [[bias + dice.gauss(0, sqrt(spreads.people)) for _ in range(n + 1)] for n, bias in enumerate(biases)]
        members = tuple(Reviews(str(n), "u", n + 1, mean(all_), 0) for n, all_ in enumerate(ratings))
        for one in estimated(members, spreads):
            off = one.steps - biases[int(one.reviewer)]
            missed.append(off**2 / one.error**2)
            inside.append(abs(off) < 1.645 * one.error)
    assert mean(missed) == pytest.approx(1, abs=0.12)
    assert mean(inside) == pytest.approx(0.9, abs=0.025)


def test_an_exact_reml_says_the_same() -> None:
    """Written from the likelihood: the whole covariance matrix, and both variances searched for."""
    exact = _reml()
    found = spread(NORMAL)
    assert found is not None
    assert (found.reviewers, found.people) == pytest.approx(exact, rel=0.02)
    predicted = _predicted(*exact)
    ours = {one.reviewer: one.steps for unit in ("dinkes", "dinsos") for one in in_unit(NORMAL, unit)}
    assert ours == pytest.approx(predicted, rel=0.02)


def test_whoever_reviewed_few_is_drawn_to_the_others_and_less_sure() -> None:
    few, many, other = (Reviews(*one) for one in (("a", "u", 1, 1, 0), ("b", "u", 20, 1, 2), ("c", "u", 20, -1, 2)))
    by_name = {one.reviewer: one for one in estimated((few, many, other), Spread(0.5, 0.2))}
    assert 0 < by_name["a"].steps < by_name["b"].steps
    assert by_name["a"].error > by_name["b"].error


@pytest.mark.parametrize(
    "reviews",
    [
        (),
        (Reviews("a", "u", 5, 0, 2),),
        (Reviews("a", "u", 5, 0, 2), Reviews("b", "v", 5, 1, 2)),
        (Reviews("a", "u", 1, 0, 0), Reviews("b", "u", 1, 1, 0)),
        (Reviews("a", "u", 5, 0, 0), Reviews("b", "u", 5, 0, 0)),
        (Reviews("a", "u", 5, 0, 0), Reviews("b", "u", 5, 1, 0)),
        (Reviews("a", "u", 5, 0, 2), Reviews("b", "u", 5, 0.1, 2)),
    ],
    ids=["nobody", "one", "one in each unit", "one person each", "all the same", "no two of one differ", "chance"],
)
def test_where_nothing_can_be_compared_nothing_is_said(reviews: tuple[Reviews, ...]) -> None:
    assert in_unit(reviews, "u") == ()


def test_a_person_counts_once_by_the_middle_of_both_ratings() -> None:
    given = [("u", "a", Rating.DI_ATAS, Rating.SESUAI, 2), ("u", "a", Rating.DI_BAWAH, Rating.DI_BAWAH, 1)]
    assert summed(given) == (Reviews("a", "u", 3, 0.0, 1.5),)


Y = [value for _, _, values in SMALL for value in values]
Z = [number for number, (_, _, values) in enumerate(SMALL) for _ in values]
X = [[float(unit == name) for name in ("dinkes", "dinsos")] for unit, _, values in SMALL for _ in values]
Matrix = list[list[float]]


def _covariance(reviewers: float, people: float) -> Matrix:
    return [[reviewers * (a == b) + people * (i == j) for j, b in enumerate(Z)] for i, a in enumerate(Z)]


def _eliminated(matrix: Matrix, sides: Matrix) -> tuple[Matrix, float]:
    """The solutions for these right sides (as columns of rows), and the logarithm of the determinant."""
    rows = [[*row, *side] for row, side in zip(matrix, sides, strict=True)]
    size, volume = len(rows), 0.0
    for pivot in range(size):
        volume += log(rows[pivot][pivot])
        rows[pivot] = [value / rows[pivot][pivot] for value in rows[pivot]]
        for other in range(size):
            if other != pivot and rows[other][pivot]:
                factor = rows[other][pivot]
                rows[other] = [a - factor * b for a, b in zip(rows[other], rows[pivot], strict=True)]
    return [row[size:] for row in rows], volume


def _fitted(reviewers: float, people: float) -> tuple[float, list[float]]:
    """The restricted log likelihood, and V^-1 of what the unit means leave over."""
    solved, volume = _eliminated(_covariance(reviewers, people), [[*x, y] for x, y in zip(X, Y, strict=True)])
    normal = [[sum(x[a] * one[b] for x, one in zip(X, solved, strict=True)) for b in range(3)] for a in range(2)]
    usual, inner = _eliminated([row[:2] for row in normal], [[row[2]] for row in normal])
    left = [one[2] - sum(one[a] * usual[a][0] for a in range(2)) for one in solved]
    return -(volume + inner + sum(y * one for y, one in zip(Y, left, strict=True))) / 2, left


def _reml() -> tuple[float, float]:
    """Both variances, by steps that halve: the likelihood has one peak here."""
    at, step = (log(0.2), log(0.2)), 1.0
    best = _fitted(*map(exp, at))[0]
    while step > 1e-4:
        around = [(at[0] + a * step, at[1] + b * step) for a in (-1, 0, 1) for b in (-1, 0, 1) if a or b]
        likelihood, there = max((_fitted(*map(exp, one))[0], one) for one in around)
        at, best, step = (there, likelihood, step) if likelihood > best else (at, best, step / 2)
    return exp(at[0]), exp(at[1])


def _predicted(reviewers: float, people: float) -> dict[str, float]:
    """The best linear predictions of each reviewer's leniency."""
    left = _fitted(reviewers, people)[1]
    return {
        who: reviewers * sum(one for at, one in zip(Z, left, strict=True) if at == number)
        for number, (_, who, _) in enumerate(SMALL)
    }
