"""Who is proposed for which seat: deferred acceptance that people can follow. Every refusal says why, with numbers.

A claim is a person and a course that helps. All claims stand in one order, which both sides share: the more urgent need that
the course meets, then the worse predicate, then the person's id; claims of one person by what the person prefers (`Wishes`).
So whoever is accepted is never put off for a later claim: accepting for the time being and accepting are the same, and one
pass through the order is the whole of deferred acceptance.

Stable means, under seats, quotas of units and the budget: take any claim that the plan does not hold, of somebody whom the
course is for. Either the person has a course by an earlier claim, and prefers that; or the plan's earlier claims (and what had
been given away before) leave no room for it: no seat of the course, no seat of the unit, or less money than its price. So no
person and course, no unit and no treasurer would rather have each other than what they have. There is exactly one such plan.

When a seat is given back, whoever has a seat keeps it: nobody is moved, and that is the fewest. What became free goes by the
same order to those who have none.

Rules: training_order, hours_pppk, training_limits.
"""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from heapq import heapify, heappop, heappush

from appraisal.seats.market import (
    Candidate,
    Market,
    Proposal,
    Refusal,
    Wish,
    Wishes,
    wishes_for,
    with_training,
    without_training,
)
from appraisal.training.course import Course, rupiah
from appraisal.training.training import NoTraining

NOBODY: Mapping[str, str] = {}
BEFORE = -1
"""The urgency of what had been given away or was to be kept: before every claim."""


class Room:
    """What is left of the seats, of the units' quotas and of the budget, and how urgent the needs are that have been met.

    `shut` are the courses that nobody can be given any more: no seat, or a price above what is left of the budget.
    """

    def __init__(self, market: Market) -> None:
        limits, given = market.limits, market.given
        self._limits = limits
        self._seats = {course.id: market.left(course) for course in market.courses}
        self._units = {unit: most - given.units.get(unit, 0) for unit, most in limits.quotas.items()}
        self._budget = None if limits.budget is None else limits.budget - given.spent
        self._met: Counter[tuple[str, str, int]] = Counter()
        self._by_price = sorted((course for course in market.courses if course.price), key=lambda course: course.price)
        self.shut = {course for course, seats in self._seats.items() if seats < 1}
        self._shut_the_dear()

    def fits(self, unit: str, course: Course) -> bool:
        """Whether there is room. A course that costs nothing needs no budget."""
        return course.id not in self.shut and not self.closed(unit)

    def closed(self, unit: str) -> bool:
        """Whether the unit has no seat left for anybody."""
        return self._units.get(unit, 1) < 1

    def take(self, unit: str, course: Course, urgency: int) -> None:
        self._seats[course.id] -= 1
        self._met["course", course.id, urgency] += 1
        self._met["unit", unit, urgency] += 1
        if self._seats[course.id] < 1:
            self.shut.add(course.id)
        if unit in self._units:
            self._units[unit] -= 1
        if self._budget is not None:
            self._budget -= course.price
            self._shut_the_dear()

    def _shut_the_dear(self) -> None:
        while self._budget is not None and self._by_price and self._by_price[-1].price > self._budget:
            self.shut.add(self._by_price.pop().id)

    def refusal(self, unit: str, wish: Wish) -> Refusal:
        """Why this wish, for which there is no room, is refused, with how many went to whom."""
        course = wish.course
        if self._seats[course.id] < 1:
            numbers = self._numbers("course", course.id, course.seats, wish.urgency)
            return NoTraining.SEATS_TAKEN, (("course", course.name), *numbers)
        if self.closed(unit):
            return NoTraining.QUOTA_TAKEN, self._numbers("unit", unit, self._limits.quotas[unit], wish.urgency)
        left = max(self._budget or Decimal(0), Decimal(0))
        prices = (("price", rupiah(course.price)), ("left", rupiah(left)))
        return NoTraining.OVER_BUDGET, (("course", course.name), *prices)

    def _numbers(self, kind: str, name: str, seats: int, urgency: int) -> tuple[tuple[str, str], ...]:
        urgent = sum(self._met[kind, name, more] for more in range(urgency))
        equal = self._met[kind, name, urgency]
        before = seats - urgent - equal
        return (("seats", str(seats)), ("urgent", str(urgent)), ("equal", str(equal)), ("before", str(before)))


def propose(market: Market, kept: Mapping[str, str] = NOBODY) -> tuple[Proposal, ...]:
    """One proposal for each candidate, best rank first. The same input in any order gives the same plan.

    `kept` are seats (course by employee) that stay as they are, as far as there is room for them; the rule gives the rest.
    """
    wishes, room = wishes_for(market.courses), Room(market)
    people = {candidate.employee: candidate for candidate in market.candidates}
    wanted = {employee: wishes.of(who) for employee, who in people.items()}
    seated = _kept(people, wishes, room, kept)
    refused: dict[str, Refusal] = {}
    turns = [(*_turn(people[who], own[0]), 0) for who, own in wanted.items() if own and who not in seated]
    heapify(turns)
    while turns:
        *_, employee, first = heappop(turns)
        who, own = people[employee], wanted[employee]
        bars = wishes.bars(who)
        wish, following = _first_with_room(own, bars, first, room, who.unit)
        if first == 0 and wish is not own[0]:
            refused[employee] = bars.get(own[0].course.id) or room.refusal(who.unit, own[0])
        if wish is not None:
            seated[employee] = wish
            room.take(who.unit, wish.course, wish.urgency)
        elif following < len(own):
            heappush(turns, (*_turn(who, own[following]), following))
    return tuple(
        with_training(who, seated[who.employee], rank)
        if who.employee in seated
        else without_training(who, wanted[who.employee], refused.get(who.employee), rank)
        for rank, who in enumerate(sorted(people.values(), key=lambda who: who.rank), start=1)
    )


def _turn(who: Candidate, wish: Wish) -> tuple[int, int, str]:
    return wish.urgency, *who.place


def _first_with_room(
    wanted: tuple[Wish, ...], bars: Mapping[str, Refusal], first: int, room: Room, unit: str
) -> tuple[Wish | None, int]:
    """The first of the equally urgent wishes from here on that there is room for; and where the next urgency begins."""
    if room.closed(unit):
        return None, len(wanted)
    urgency, shut = wanted[first].urgency, room.shut
    for number in range(first, len(wanted)):
        wish = wanted[number]
        if wish.urgency != urgency:
            return None, number
        if wish.course.id not in shut and wish.course.id not in bars:
            return wish, number
    return None, len(wanted)


def _kept(people: Mapping[str, Candidate], wishes: Wishes, room: Room, kept: Mapping[str, str]) -> dict[str, Wish]:
    """The seats that stay, in the order of their claims as far as there is room."""
    found = (
        (who, wish)
        for who in people.values()
        if who.employee in kept
        for wish in wishes.of(who)
        if wish.course.id == kept[who.employee] and wish.course.id not in wishes.bars(who)
    )
    seated = {}
    for who, wish in sorted(found, key=lambda claim: _turn(*claim)):
        if room.fits(who.unit, wish.course):
            room.take(who.unit, wish.course, BEFORE)
            seated[who.employee] = wish
    return seated
