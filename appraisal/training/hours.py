"""The hours of training (JP) that count for somebody: a ledger to which entries are only added.

A course that was attended gives its hours once. What was wrong is corrected by a counter-entry with its reason.
Rules: hours_ledger, hours_pns, hours_pppk.
"""

from dataclasses import dataclass
from datetime import datetime

from appraisal.errors import HoursExceeded
from appraisal.training.training import HOURS
from appraisal.vocabulary import Employment


@dataclass(frozen=True, slots=True)
class HoursEntry:
    """One line: so many hours of this course in this year, fewer than none where they are taken back."""

    training: str
    year: int
    hours: int
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class YearOfHours:
    """The hours of one year: `counted` by the ledger, and `granted` by seats of which nobody has said yet who was there."""

    year: int
    employment: Employment
    counted: int = 0
    granted: int = 0

    @property
    def least(self) -> int | None:
        return HOURS[self.employment].least

    @property
    def most(self) -> int | None:
        return HOURS[self.employment].most

    @property
    def owed(self) -> int:
        """The hours that are missing from what the law asks for at least; what is only granted does not count yet."""
        return max((self.least or 0) - self.counted, 0)

    @property
    def left(self) -> int | None:
        """How many more may be given; None where there is no ceiling."""
        return None if self.most is None else max(self.most - self.counted - self.granted, 0)

    def demand_within(self, where: str) -> None:
        """HoursExceeded where all of it together is more than is allowed."""
        total = self.counted + self.granted
        if self.most is not None and total > self.most:
            what = f"That would make {total} JP in {self.year}; a PPPK may have {self.most}."
            raise HoursExceeded(what, where, "Record fewer hours, or take a seat of that year back first.")
