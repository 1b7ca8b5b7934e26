"""What a plan comes to, in numbers that people compare."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from appraisal.seats.market import Market, Proposal, points
from appraisal.seats.prices import Optimum
from appraisal.training.training import Reason


@dataclass(frozen=True, slots=True)
class Figures:
    """One plan: people with a seat, points, rupiah; seats by course and by unit; of each reason (people whose need is met).

    Only what the plan itself gives; what was given away before is in neither.
    """

    seats: int
    points: int
    cost: Decimal
    courses: tuple[tuple[str, int], ...]
    units: tuple[tuple[str, int], ...]
    met: tuple[tuple[Reason, int], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two plans for the same people and seats, in numbers; no plan is worth more points than the `bound`, which is proven.

    `seats` (course, name, free), `quotas` (unit, free) and `budget` (rupiah left, None without one) are what both had to share.
    """

    people: int
    rule: Figures
    optimum: Figures
    needed: tuple[tuple[Reason, int], ...]
    bound: Decimal
    seats: tuple[tuple[str, str, int], ...]
    quotas: tuple[tuple[str, int], ...]
    budget: Decimal | None
    differing: int

    def gap(self, plan: Figures) -> Decimal:
        """By how much of the bound a plan may fall short of the best there is: 0 for none, 0.01 for one per cent."""
        return (self.bound - plan.points) / self.bound if self.bound else Decimal(0)


@dataclass(frozen=True, slots=True)
class Plans:
    """Both plans, person by person in the same order, and in numbers."""

    rule: tuple[Proposal, ...]
    optimum: tuple[Proposal, ...]
    comparison: Comparison


def compared(market: Market, rule: tuple[Proposal, ...], optimum: Optimum) -> Plans:
    """Both plans side by side."""
    limits, given = market.limits, market.given
    quotas = ((unit, max(most - given.units.get(unit, 0), 0)) for unit, most in sorted(limits.quotas.items()))
    pairs = zip(rule, optimum.proposals, strict=True)
    comparison = Comparison(
        len(market.candidates),
        figures(market, rule),
        figures(market, optimum.proposals),
        needed(market),
        optimum.bound,
        tuple((course.id, course.name, market.left(course)) for course in market.courses),
        tuple(quotas),
        None if limits.budget is None else max(limits.budget - given.spent, Decimal(0)),
        sum(1 for one, other in pairs if one.training != other.training),
    )
    return Plans(rule, optimum.proposals, comparison)


def figures(market: Market, proposals: Iterable[Proposal]) -> Figures:
    """The plan in numbers."""
    people = {candidate.employee: candidate for candidate in market.candidates}
    catalogue = {course.id: course for course in market.courses}
    courses: Counter[str] = Counter()
    units: Counter[str] = Counter()
    met: Counter[Reason] = Counter()
    worth, cost = 0, Decimal(0)
    for proposal in proposals:
        if proposal.training is None:
            continue
        who, course = people[proposal.employee], catalogue[proposal.training]
        courses[course.id] += 1
        units[who.unit] += 1
        met.update({need.reason for need in who.needs if need.met_by(course)})
        worth += points(who.needs, course)
        cost += course.price
    by_reason = tuple((reason, met[reason]) for reason in Reason)
    return Figures(sum(courses.values()), worth, cost, _sorted(courses), _sorted(units), by_reason)


def needed(market: Market) -> tuple[tuple[Reason, int], ...]:
    """How many people have a need of each reason."""
    found = Counter(reason for who in market.candidates for reason in {need.reason for need in who.needs})
    return tuple((reason, found[reason]) for reason in Reason)


def _sorted(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items()))
