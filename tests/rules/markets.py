"""Markets at random, small enough to look at every plan there is."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import product

from hypothesis import strategies as st

from appraisal.seats.market import Candidate, Market, Wish, Wishes, points
from appraisal.training.course import Course, Eligibility
from appraisal.training.limits import Given, Limits
from appraisal.training.training import DEVELOPMENT, Need, Reason, hours_owed
from appraisal.vocabulary import Employment, Predicate

YEAR, CEILING = 2027, 24
TOPICS = ("WAKTU", "BIAYA", DEVELOPMENT)
UNITS = ("u1", "u2")
Seats = Mapping[str, str]
"""A plan: the course of each employee who has one."""


@st.composite
def markets(draw: st.DrawFn, most: int = 4) -> Market:
    """Up to this many people and three courses, with whatever limits."""
    courses = tuple(
        Course(
            f"t{number}",
            f"Kursus {number}",
            tuple(draw(st.lists(st.sampled_from(TOPICS), min_size=1, unique=True))),
            draw(st.sampled_from((8, 20, 30))),
            draw(st.integers(0, 2)),
            YEAR,
            price=Decimal(draw(st.sampled_from((0, 2, 3, 5)))),
            eligibility=Eligibility(draw(st.sampled_from(((), (), (Employment.PNS,))))),
        )
        for number in range(draw(st.integers(1, 3)))
    )
    people = tuple(_candidate(draw, f"p{number}") for number in range(draw(st.integers(1, most))))
    budget = draw(st.none() | st.integers(0, 12).map(Decimal))
    quotas = draw(st.dictionaries(st.sampled_from(UNITS), st.integers(0, 2)))
    given = Given({"t0": draw(st.integers(0, 1))}, Decimal(draw(st.integers(0, 3))), {"u1": draw(st.integers(0, 1))})
    return Market(people, courses, Limits(budget, quotas), given)


def _candidate(draw: st.DrawFn, employee: str) -> Candidate:
    reasons = st.lists(st.sampled_from(tuple(Reason)[:-2]), max_size=2, unique=True)
    topics = st.lists(st.sampled_from(TOPICS), min_size=1, unique=True).map(tuple)
    employment = draw(st.sampled_from((Employment.PNS, Employment.PPPK)))
    granted = ((YEAR, draw(st.sampled_from((0, 4, 5, 20)))),)
    needs = tuple(Need(reason, draw(topics), _told(reason)) for reason in sorted(draw(reasons), key=list(Reason).index))
    agreed = tuple(
        Need(Reason.AGREED, draw(topics), (("year", "2027"),), agreed=weight)
        for weight in draw(st.lists(st.integers(1, 6), max_size=1))
    )
    owed = hours_owed(employment, dict(granted), YEAR)
    predicate = draw(st.none() | st.sampled_from(Predicate))
    return Candidate(
        employee, employment, predicate, (*needs, *agreed, *owed), granted, unit=draw(st.sampled_from(UNITS))
    )


def _told(reason: Reason) -> tuple[tuple[str, str], ...]:
    names = ("number", "aspect", "reached", "value", "unit") if reason is Reason.MISSED_TARGET else ()
    return tuple((name, "1") for name in names)


def claims(market: Market) -> list[tuple[Candidate, Wish]]:
    """All claims of people whom the course is for, in the order that both sides share, written out once more."""
    wishes = Wishes(market.courses)
    found = [
        ((wish.urgency, *who.place, place), who, wish)
        for who in market.candidates
        for place, wish in enumerate(wishes.of(who))
        if wish.course.id not in wishes.bars(who)
    ]
    return [(who, wish) for _, who, wish in sorted(found, key=lambda claim: claim[0])]


def within(market: Market, seats: Seats) -> bool:
    """Whether the plan keeps all limits, counted from its own list."""
    courses = {course.id: course for course in market.courses}
    units = [who.unit for who in market.candidates if who.employee in seats]
    full = any(
        list(seats.values()).count(c.id) + market.given.seats.get(c.id, 0) > c.seats
        for c in market.courses
        if c.id in seats.values()
    )
    over = any(
        units.count(unit) + market.given.units.get(unit, 0) > most
        for unit, most in market.limits.quotas.items()
        if unit in units
    )
    paid = [courses[course].price for course in seats.values() if courses[course].price]
    poor = bool(paid) and market.limits.budget is not None and sum(paid) + market.given.spent > market.limits.budget
    taught = [(who, courses[seats[who.employee]]) for who in market.candidates if who.employee in seats]
    late = any(
        who.employment is Employment.PPPK and dict(who.granted)[YEAR] + course.hours > CEILING for who, course in taught
    )
    return not (full or over or poor or late)


def plans(market: Market) -> Iterator[dict[str, str]]:
    """Every plan that keeps the limits and gives people only what helps them and is for them."""
    possible = claims(market)
    choices = [[None, *(w.course.id for who, w in possible if who is one)] for one in market.candidates]
    for chosen in product(*choices):
        seats = {who.employee: c for who, c in zip(market.candidates, chosen, strict=True) if c is not None}
        if within(market, seats):
            yield seats


def stable(market: Market, seats: Seats) -> bool:
    """Whether no person and course would both rather have each other: the definition of appraisal/seats/rule.py."""
    earlier: dict[str, str] = {}
    for who, wish in claims(market):
        if seats.get(who.employee) == wish.course.id:
            earlier[who.employee] = wish.course.id
        elif who.employee not in earlier and within(market, {**earlier, who.employee: wish.course.id}):
            return False
    return True


def value(market: Market, seats: Seats) -> int:
    courses = {course.id: course for course in market.courses}
    return sum(points(who.needs, courses[seats[who.employee]]) for who in market.candidates if who.employee in seats)
