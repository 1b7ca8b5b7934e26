"""People who take part in a cycle that runs already: forgotten at its launch, or new in the agency since."""

from dataclasses import dataclass
from datetime import datetime

from appraisal.cycle import PERSON, Cycle, NewParticipants
from appraisal.errors import HasLeft, TakesPartAlready
from appraisal.people.people import named
from appraisal.record import Event
from appraisal.rescheduling import at_work
from appraisal.text import reason

MOST = 100
"""People of one order: one event names them all."""


@dataclass(frozen=True, slots=True)
class Found:
    """Of the people of an order: who takes part already, and who can (PNS and PPPK with a position today)."""

    enrolled: tuple[str, ...]
    appraised: tuple[str, ...]


def permitted(cycle: Cycle, order: NewParticipants, at: datetime) -> None:
    """All that can be refused without the record: who asks, why, for whom, and whether the cycle runs."""
    at_work(cycle, order.actor, at)
    reason(order.reason)
    named(order.people, MOST)


def admitted(cycle: Cycle, order: NewParticipants, found: Found, at: datetime, command_id: str) -> Cycle:
    """The cycle in which all of them take part; or the first refusal, and nobody does."""
    for number, who in enumerate(order.people):
        if who in found.enrolled:
            raise TakesPartAlready(
                "This person takes part in the cycle already.", f"people[{number}]", "Leave this person out."
            )
        if who not in found.appraised:
            raise HasLeft(
                "This person holds no position as PNS or PPPK today.",
                f"people[{number}]",
                "Leave this person out, or import the personnel file first.",
            )
    return cycle.admitted(order.people, order.actor, reason(order.reason), at, command_id)


def people_of(admitted: Event) -> tuple[str, ...]:
    """Whom this event let in."""
    return tuple(name.removeprefix(PERSON) for name, _, _ in admitted.changes if name.startswith(PERSON))
