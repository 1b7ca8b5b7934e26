"""What HR changes in the catalogue without a file: seats and price of a course, whether it is offered, the limits of a year.

No process stands behind it: nothing waits for it and no clock runs. Each change is an event on record, with its reason.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from appraisal.record import Change, Event
from appraisal.text import reason
from appraisal.training.course import Course
from appraisal.training.errors import NothingChanges, SeatsGivenAway, StaleCatalogue, Withdrawn
from appraisal.training.limits import checked_rupiah, checked_seats


@dataclass(frozen=True, slots=True)
class Offer:
    """A course as the catalogue keeps it, with the seats given away. `revision` counts what HR has changed since."""

    course: Course
    code: str
    place: str
    given: int
    revision: int

    @property
    def left(self) -> int:
        return max(self.course.seats - self.given, 0)


@dataclass(frozen=True, slots=True)
class Act:
    """Who of HR changes something, when and why, and which revision of it was seen (None: whichever it has)."""

    by: str
    at: datetime
    command_id: str
    reason: str
    seen: int | None = None

    def demand_fresh(self, revision: int) -> None:
        """Nothing unless what was seen has been changed since."""
        if self.seen not in (None, revision):
            raise StaleCatalogue("Somebody else has changed this since you saw it.", "", "Load the page again.")

    def event(self, revision: int, kind: str, changes: tuple[Change, ...]) -> Event:
        """The event that goes on record; a refusal without a reason."""
        return Event(revision, kind, self.by, self.at, self.command_id, reason=reason(self.reason), changes=changes)


def with_terms(offer: Offer, seats: int, price: Decimal) -> Course:
    """The course with other seats and another price; never fewer seats than are given away."""
    checked_seats(seats, "seats")
    checked_rupiah(price, "price")
    if seats < offer.given:
        remedy = "Keep at least as many, or give somebody another course first."
        raise _given_away(offer, "seats", remedy)
    after = replace(offer.course, seats=seats, price=price)
    if after == offer.course:
        raise NothingChanges("Seats and price are so already.", "", "Change one of them first.")
    return after


def without(offer: Offer) -> Course:
    """The course, offered no more; refused while somebody has a seat."""
    if offer.course.withdrawn:
        raise Withdrawn("This course is withdrawn already.", "", "Load the page again.")
    if offer.given:
        raise _given_away(offer, "", "Only a course that nobody has is withdrawn.")
    return replace(offer.course, withdrawn=True)


def again(offer: Offer) -> Course:
    """The course, offered again."""
    if not offer.course.withdrawn:
        raise Withdrawn("This course is offered already.", "", "Load the page again.")
    return replace(offer.course, withdrawn=False)


def course_changes(before: Course, after: Course) -> tuple[Change, ...]:
    """What differs, for the record."""
    shown = (
        ("seats", str(before.seats), str(after.seats)),
        ("price", f"{before.price:f}", f"{after.price:f}"),
        ("withdrawn", str(before.withdrawn).lower(), str(after.withdrawn).lower()),
    )
    return tuple(change for change in shown if change[1] != change[2])


def _given_away(offer: Offer, where: str, remedy: str) -> SeatsGivenAway:
    what = f"{offer.given} seats of this course are given away."
    return SeatsGivenAway(what, where, remedy, given=str(offer.given))
