"""Whether HR may sign the list before the closing. What stands on the list is foreseen in closing.py."""

from dataclasses import dataclass
from datetime import datetime

from appraisal.cycle import Cycle, SignClosing
from appraisal.errors import StaleList
from appraisal.rescheduling import at_work
from appraisal.text import checked


@dataclass(frozen=True, slots=True)
class Seen:
    """The list as it is now: its digest, how many cases are open, and how many of them take which exit."""

    digest: str
    cases: int
    exits: tuple[tuple[str, int], ...]


def permitted(cycle: Cycle, order: SignClosing, at: datetime) -> None:
    """All that can be refused before the list is made anew: who, the remark, and whether the cycle runs."""
    at_work(cycle, order.actor, at)
    checked(order.remark, "remark", required=False)


def signed(cycle: Cycle, order: SignClosing, now: Seen, at: datetime, command_id: str) -> Cycle:
    """The cycle with the signature on its record; StaleList if what was seen is not what there is now.

    Rule: closing_signature.
    """
    if order.digest != now.digest:
        raise StaleList(
            "The list has changed since you saw it: somebody has acted, or the clock has.",
            "digest",
            "Load the list again, look at it and sign that one.",
        )
    counts = tuple((f"exit/{way}", "", str(count)) for way, count in now.exits)
    changes = (("digest", "", now.digest), ("cases", "", str(now.cases)), *counts)
    remark = checked(order.remark, "remark", required=False)
    return cycle.signed(order.actor, remark, changes, at, command_id)
