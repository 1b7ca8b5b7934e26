"""An agency's year of trainings at random: what people need, what is offered, what limits it."""

import random
from decimal import Decimal

from appraisal.seats.market import Candidate, Market
from appraisal.training.course import EVERYBODY, Attendee, Course, Eligibility
from appraisal.training.limits import Limits
from appraisal.training.training import DEVELOPMENT, Facts, Measured, hours_owed, needs
from appraisal.vocabulary import Aspect, Behaviour, Employment, PositionKind, Predicate, Rating

YEAR, UNITS, WITH_QUOTA = 2027, 40, 30
TOPICS = (*map(str, Aspect), *map(str, Behaviour), DEVELOPMENT)
HOURS = (8, 16, 20, 24, 40, 60, 80)
PRICES = (0, 500_000, 1_500_000, 2_500_000, 4_000_000, 7_500_000, 12_000_000)
FOR = (
    *(EVERYBODY,) * 6,
    Eligibility((Employment.PNS,)),
    Eligibility(positions=(PositionKind.STRUKTURAL,)),
    Eligibility(lowest=("III/c", "IX")),
)
GRADES = {
    Employment.PNS: ("II/c", "III/a", "III/b", "III/c", "III/d", "IV/a"),
    Employment.PPPK: ("V", "VII", "IX", "X"),
}


def market(employees: int, courses: int, seed: int) -> Market:
    """So many of both; seats for about half of the people, money for less than half of the seats."""
    dice = random.Random(seed)
    offered = tuple(_course(dice, number) for number in range(courses))
    people = tuple(_candidate(dice, number) for number in range(employees))
    whole = sum((course.price * course.seats for course in offered), Decimal(0))
    quotas = {f"u{unit:02}": dice.randint(employees // 170, employees // 70) for unit in range(WITH_QUOTA)}
    return Market(people, offered, Limits(whole * 45 // 100, quotas))


def _course(dice: random.Random, number: int) -> Course:
    topics = tuple(dice.sample(TOPICS, dice.randint(1, 4)))
    hours, seats, price = dice.choice(HOURS), dice.randint(4, 30), Decimal(dice.choice(PRICES))
    return Course(
        f"t{number:03}", f"Kursus {number}", topics, hours, seats, YEAR, price=price, eligibility=dice.choice(FOR)
    )


def _candidate(dice: random.Random, number: int) -> Candidate:
    predicate = dice.choices(tuple(Predicate), (15, 60, 15, 7, 3))[0]
    behaviour = Rating.DI_BAWAH if dice.random() < 0.08 else Rating.SESUAI
    employment = dice.choices((Employment.PNS, Employment.PPPK), (7, 3))[0]
    granted = ((YEAR, dice.choice((4, 8, 16, 20))),) if dice.random() < 0.3 else ()
    gaps = needs(
        Facts(predicate, Rating.SESUAI, behaviour, tuple(_target(dice, n) for n in range(1, dice.randint(4, 8))))
    )
    who = Attendee(dice.choice(tuple(PositionKind)), dice.choice(GRADES[employment]))
    found = (*gaps, *hours_owed(employment, dict(granted), YEAR))
    return Candidate(f"p{number:05}", employment, predicate, found, granted, who, f"u{dice.randrange(UNITS):02}")


def _target(dice: random.Random, number: int) -> Measured:
    return Measured(number, dice.choice(tuple(Aspect)), Decimal(100), Decimal(dice.randint(60, 130)), "dokumen")
