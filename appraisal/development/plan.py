"""An individual development plan: what the record proposes, and what employee and superior have made of it, agreed or not.

Nothing is ever deleted: a plan is what follows from its entries, in their order. Rules: needs_and_plan, plan_agreement.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from appraisal.development.development import Need, Way
from appraisal.development.errors import NothingToChange
from appraisal.training.training import Need as Wanted
from appraisal.training.training import Reason

ADDED = "added"
NO_COURSE = (None, Way.COACHING)
"""Ways in which a need is met without a seat in a course."""


class Side(StrEnum):
    """Who acts on a plan: the two who agree to it, and HR, which only enters gaps in competence."""

    EMPLOYEE = "employee"
    SUPERIOR = "superior"
    HR = "hr"


BOTH = (Side.EMPLOYEE, Side.SUPERIOR)
"""Who agrees to a plan. Rule: plan_agreement."""


class Deed(StrEnum):
    """What was done."""

    ADDED = "added"
    PLANNED = "planned"
    LEFT_OUT = "left_out"
    TAKEN_IN = "taken_in"
    AGREED = "agreed"


@dataclass(frozen=True, slots=True)
class Item:
    """A need in a plan: how it is met and by when, or left out. `gone`: the record does not propose it any more."""

    need: Need
    way: Way | None = None
    by: date | None = None
    left_out: bool = False
    gone: bool = False

    @property
    def planned(self) -> bool:
        return self.left_out or (self.way is not None and self.by is not None)


@dataclass(frozen=True, slots=True)
class Entry:
    """One deed, the `number`th from 1: `items` as they are after it; of an agreement all that were agreed to."""

    number: int
    deed: Deed
    items: tuple[Item, ...]
    reason: str
    side: Side
    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan of a year as it is now, and how it came about."""

    year: int
    items: tuple[Item, ...]
    entries: tuple[Entry, ...] = ()

    @property
    def kept(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if not item.left_out)

    @property
    def mark(self) -> str:
        """Another one whenever other needs, ways or terms stand in it; numbers of a reason may change."""
        return mark_of(self.items)

    @property
    def seen(self) -> str:
        """What somebody has seen who looks at it now."""
        return f"{self.mark}-{len(self.entries)}"

    @property
    def agreed(self) -> dict[Side, Entry]:
        """Who has agreed to the plan as it is now, and when."""
        newest = {entry.side: entry for entry in self.entries if entry.deed is Deed.AGREED}
        return {side: entry for side, entry in newest.items() if mark_of(entry.items) == self.mark}

    @property
    def holds(self) -> bool:
        """Whether both have agreed to it as it is now."""
        return set(BOTH) <= set(self.agreed)

    def item(self, key: str) -> Item:
        found = next((item for item in self.items if item.need.key == key), None)
        if found is None:
            raise NothingToChange("The plan has no such need.", "key", "Look at the plan again.")
        return found


def mark_of(items: Iterable[Item]) -> str:
    """What was agreed to, in short."""
    said = sorted((item.need.key, item.left_out, str(item.way), str(item.by)) for item in items)
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def plan_of(year: int, needs: Iterable[Need], entries: Iterable[Entry] = ()) -> Plan:
    """What the record proposes, as people have changed it. What they have touched stays when the record drops it."""
    fresh, told = {need.key: need for need in needs}, tuple(entries)
    items = {key: Item(need) for key, need in fresh.items()}
    for entry in told:
        for item in entry.items:
            key = item.need.key
            gone = key not in fresh and not key.startswith(f"{ADDED}/")
            items[key] = replace(item, need=fresh.get(key, item.need), gone=gone)
    return Plan(year, tuple(items.values()), told)


def wanted(plan: Plan, weight: int) -> tuple[Wanted, ...]:
    """What the plan asks of the seats: the needs that both agreed to meet by a course, with this weight each; 0 asks nothing.

    Rule: agreed_need.
    """
    if not weight or not plan.holds:
        return ()
    kept = (item.need for item in plan.kept if item.way not in NO_COURSE and item.need.topics)
    topics = dict.fromkeys(need.topics for need in kept)
    return tuple(Wanted(Reason.AGREED, one, (("year", str(plan.year)),), agreed=weight) for one in topics)
