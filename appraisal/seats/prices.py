"""The plan that meets the most needs in all: what a solver is asked, and the proof of how near its answer is to the best.

People who want the same and may be given the same are one kind; a kind's people of one unit are a group. Seats and quotas then
are a network: from units through kinds to courses. The budget is no part of a network, and gets a price.

No solver is believed. Its plan goes through the rule's own limits, which drop what does not fit and give away what it left
over. And its prices prove a bound: whatever the prices of a rupiah, of a seat of each course and of each unit are, if they are
not negative, no plan is worth more than all that is limited at these prices, and for each person the best that a course is
worth beyond them. Good prices make the bound tight; bad ones only make it loose.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice

from appraisal.seats.market import Candidate, Market, Proposal, Wishes, wishes_for, without_training
from appraisal.seats.rule import propose
from appraisal.training.training import NoTraining

NO_QUOTA = -1


@dataclass(frozen=True, slots=True)
class Group:
    """People of one kind and one unit, by number; `unit` is its place among the quotas, NO_QUOTA without one."""

    kind: int
    unit: int
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """What limits a plan, by number: seats left of `courses`, seats left of units with a quota, rupiah left.

    `people` stand best rank first. `kinds` holds for each kind what its people want, (course, points), dearest first.
    """

    people: tuple[str, ...]
    courses: tuple[str, ...]
    seats: tuple[int, ...]
    prices: tuple[Decimal, ...]
    units: tuple[str, ...]
    quotas: tuple[int, ...]
    budget: Decimal | None
    kinds: tuple[tuple[tuple[int, int], ...], ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Prices:
    """What one more would be worth, in points: of a rupiah, and of a seat of each course and of each unit."""

    rupiah: Decimal
    courses: tuple[Decimal, ...]
    units: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Solved:
    """A solver's answer: people of a kind in a course, people of a group with a seat (those with a quota), and prices."""

    seated: tuple[tuple[int, int, int], ...]
    chosen: Mapping[int, int]
    prices: Prices


@dataclass(frozen=True, slots=True)
class Optimum:
    """The plan with what no plan can exceed, both in points."""

    proposals: tuple[Proposal, ...]
    bound: Decimal


def network(market: Market) -> Network:
    """The same market by number, without those whom no course helps; the same for the same market in any order.

    Of plans that are worth the same a solver gives the one that it meets first.
    """
    wishes = wishes_for(market.courses)
    courses = sorted(market.courses, key=lambda course: course.id)
    number = {course.id: place for place, course in enumerate(courses)}
    units = tuple(sorted(market.limits.quotas))
    place = {unit: index for index, unit in enumerate(units)}
    kinds: dict[tuple[tuple[int, int], ...], int] = {}
    members: dict[tuple[int, int], list[int]] = defaultdict(list)
    people = sorted(market.candidates, key=lambda who: who.rank)
    for rank, who in enumerate(people):
        bars = wishes.bars(who)
        wanted = tuple((number[w.course.id], w.points) for w in wishes.of(who) if w.course.id not in bars)
        if wanted:
            kind = kinds.setdefault(wanted, len(kinds))
            members[kind, place.get(who.unit, NO_QUOTA)].append(rank)
    given, limits = market.given, market.limits
    return Network(
        tuple(who.employee for who in people),
        tuple(number),
        tuple(market.left(course) for course in courses),
        tuple(course.price for course in courses),
        units,
        tuple(max(limits.quotas[unit] - given.units.get(unit, 0), 0) for unit in units),
        None if limits.budget is None else max(limits.budget - given.spent, Decimal(0)),
        tuple(kinds),
        tuple(Group(kind, unit, tuple(ranks)) for (kind, unit), ranks in sorted(members.items())),
    )


def bound(net: Network, prices: Prices) -> Decimal:
    """Points that no plan exceeds, proven by these prices, none of which is negative (weak duality of linear programs)."""
    worth = sum((price * seats for price, seats in zip(prices.courses, net.seats, strict=True)), Decimal(0))
    worth += sum((price * seats for price, seats in zip(prices.units, net.quotas, strict=True)), Decimal(0))
    worth += prices.rupiah * (net.budget or 0)
    cost = _cost(net, prices)
    beyond = [max(Decimal(points) - cost[course] for course, points in wanted) for wanted in net.kinds]
    for group in net.groups:
        own = prices.units[group.unit] if group.unit != NO_QUOTA else Decimal(0)
        worth += len(group.people) * max(beyond[group.kind] - own, Decimal(0))
    return worth


def optimum(market: Market, net: Network, solved: Solved) -> Optimum:
    """The solver's plan as far as the limits allow, what is left by the rule, each with its reason, and the proven bound."""
    cost, wishes = _cost(net, solved.prices), wishes_for(market.courses)
    worth = {course: cost[number] for number, course in enumerate(net.courses)}
    of_unit = dict(zip(net.units, solved.prices.units, strict=True))
    people = {candidate.employee: candidate for candidate in market.candidates}
    proposals = (
        _explained(proposal, people[proposal.employee], wishes, worth, of_unit)
        for proposal in propose(market, _seats(net, solved))
    )
    return Optimum(tuple(proposals), bound(net, solved.prices))


def following(market: Market, plan: Mapping[str, Proposal]) -> tuple[Proposal, ...]:
    """Proposals by a plan that was made before (by employee): its seats as far as there is room, the rest by the rule.

    Whoever has none in both keeps the plan's own reason. Without a plan it is the rule alone.
    """
    fresh = propose(market, {who: seat.training for who, seat in plan.items() if seat.training})
    return tuple(
        replace(planned, rank=proposal.rank)
        if not proposal.training and (planned := plan.get(proposal.employee)) and not planned.training
        else proposal
        for proposal in fresh
    )


def _explained(
    proposal: Proposal, who: Candidate, wishes: Wishes, worth: Mapping[str, Decimal], of_unit: Mapping[str, Decimal]
) -> Proposal:
    """Whoever gets none though there are courses for him learns what a seat of the dearest is worth elsewhere in this plan."""
    bars = wishes.bars(who)
    wish = next((wish for wish in wishes.of(who) if wish.course.id not in bars), None)
    if proposal.training is not None or wish is None:
        return proposal
    price = worth[wish.course.id] + of_unit.get(who.unit, Decimal(0))
    told = (("course", wish.course.name), ("worth", f"{price:.0f}"), ("points", str(wish.points)))
    return without_training(who, (wish,), (NoTraining.OUTWEIGHED, told), proposal.rank)


def _seats(net: Network, solved: Solved) -> dict[str, str]:
    """Course by employee: within a kind the better rank gets the dearer course."""
    waiting: dict[int, list[int]] = defaultdict(list)
    for number, group in enumerate(net.groups):
        waiting[group.kind].extend(group.people[: solved.chosen.get(number, len(group.people))])
    given: dict[int, dict[int, int]] = defaultdict(dict)
    for kind, course, people in solved.seated:
        given[kind][course] = people
    seats = {}
    for kind, wanted in enumerate(net.kinds):
        queue = iter(sorted(waiting[kind]))
        for course, _ in wanted:
            for person in islice(queue, given[kind].get(course, 0)):
                seats[net.people[person]] = net.courses[course]
    return seats


def _cost(net: Network, prices: Prices) -> list[Decimal]:
    """What a seat of each course takes from others, in points: the seat itself, and its money where there is a budget."""
    of_money = prices.rupiah if net.budget is not None else Decimal(0)
    return [seat + of_money * money for seat, money in zip(prices.courses, net.prices, strict=True)]
