"""What limits the trainings of a year beside the seats of each course: the budget, and seats for each unit.

Rule: training_limits.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from appraisal.record import Change
from appraisal.training.course import Course, rupiah
from appraisal.training.errors import InvalidAmount, InvalidSeats, NoBudgetLeft, NoQuotaLeft, NothingChanges

MOST_RUPIAH = Decimal(10) ** 15 - 1
MOST_SEATS = 10_000


@dataclass(frozen=True, slots=True)
class Limits:
    """The budget in whole rupiah, and the most seats for people of a unit (calibration pool), by its id.

    None, and a unit that is not named, mean no limit; zero means none at all.
    """

    budget: Decimal | None = None
    quotas: Mapping[str, int] = field(default_factory=dict)


NO_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Given:
    """What has been given away: seats by course, and of one year what they cost and how many each unit has."""

    seats: Mapping[str, int] = field(default_factory=dict)
    spent: Decimal = Decimal(0)
    units: Mapping[str, int] = field(default_factory=dict)

    def and_one(self, course: Course, unit: str) -> "Given":
        """The same with one seat more."""
        return replace(
            self,
            seats={**self.seats, course.id: self.seats.get(course.id, 0) + 1},
            spent=self.spent + course.price,
            units={**self.units, unit: self.units.get(unit, 0) + 1},
        )


def demand_within(limits: Limits, given: Given, course: Course, unit: str, where: str) -> None:
    """Nothing if one more seat of this course, for somebody of this unit, is within the limits of its year.

    A course that costs nothing needs no budget.
    """
    if limits.budget is not None and course.price and given.spent + course.price > limits.budget:
        left = rupiah(max(limits.budget - given.spent, Decimal(0)))
        what = f"{course.name} costs {rupiah(course.price)}, and {left} of the budget of {course.year} is left."
        said = {"course": course.name, "price": rupiah(course.price), "left": left, "year": str(course.year)}
        raise NoBudgetLeft(what, where, "Choose a cheaper training, refuse somebody, or raise the budget.", **said)
    quota = limits.quotas.get(unit)
    if quota is not None and given.units.get(unit, 0) >= quota:
        what = f"The unit may have {quota} seats in {course.year}, and they are given away."
        said = {"quota": str(quota), "year": str(course.year)}
        raise NoQuotaLeft(what, where, "Refuse somebody of this unit, or raise its quota.", **said)


def changes(before: Limits, after: Limits) -> tuple[Change, ...]:
    """What setting these limits changes, for the record; a refusal where one of them is none, or nothing changes."""
    if after.budget is not None:
        checked_rupiah(after.budget, "budget")
    for unit, seats in after.quotas.items():
        checked_seats(seats, f"quotas.{unit}")
    found = [("budget", _shown(before.budget), _shown(after.budget))]
    for unit in sorted({*before.quotas, *after.quotas}):
        found.append((f"quota/{unit}", _shown(before.quotas.get(unit)), _shown(after.quotas.get(unit))))
    changed = tuple(change for change in found if change[1] != change[2])
    if not changed:
        raise NothingChanges("These limits are set already.", "", "Change the budget or a quota first.")
    return changed


def checked_rupiah(amount: Decimal, where: str) -> Decimal:
    """An amount of money: whole rupiah, not below 0."""
    if not amount.is_finite() or amount != amount.to_integral_value() or not 0 <= amount <= MOST_RUPIAH:
        raise InvalidAmount("This is no amount in whole rupiah.", where, "Give 0 or more, without decimals.")
    return amount


def checked_seats(seats: int, where: str) -> int:
    """A number of seats, 0 included."""
    if not 0 <= seats <= MOST_SEATS:
        most = f"{MOST_SEATS:,}".replace(",", ".")
        raise InvalidSeats("This is no number of seats.", where, f"Give a whole number from 0 to {most}.", most=most)
    return seats


def _shown(value: Decimal | int | None) -> str:
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)
