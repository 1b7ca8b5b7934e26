"""One remedy for many cases: HR's order, what became of it, and which cases refused it."""

from dataclasses import dataclass, replace
from datetime import datetime

from appraisal import remedies
from appraisal.access import Actor
from appraisal.commands import Remedy
from appraisal.errors import InvalidBulk
from appraisal.group import Told
from appraisal.record import Change, Event

MOST = 5000
"""Cases of one order. A larger agency gives several; each must fit into one message between processes."""


@dataclass(frozen=True, slots=True)
class BulkOrder:
    """What HR asks for: `cases` are the ids of their processes, each named once."""

    id: str
    remedy: Remedy
    actor: Actor
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bulk:
    """The state of the order's process, given `at`. `refused` names (case, code of the refusal); others took it once."""

    order: BulkOrder
    at: datetime
    done: bool = False
    taken: int = 0
    refused: tuple[tuple[str, str], ...] = ()
    revision: int = 0
    events: tuple[Event, ...] = ()

    @property
    def id(self) -> str:
        return f"bulk/{self.order.id}"

    def finished(self, told: Told, at: datetime) -> "Bulk":
        """Every case has answered."""
        changes: tuple[Change, ...] = (("taken", "", str(told.moved)), ("refused", "", str(len(told.elsewhere))))
        event = Event(self.revision + 1, "bulk_finished", self.order.actor.id, at, "finished", changes=changes)
        return replace(
            self,
            done=True,
            taken=told.moved,
            refused=told.elsewhere,
            revision=event.revision,
            events=(*self.events, event),
        )

    def stored(self, revision: int) -> "Bulk":
        """This state once its events up to this revision are on record."""
        return replace(self, events=tuple(event for event in self.events if event.revision > revision))


def ordered(order: BulkOrder, at: datetime) -> Bulk:
    """The order at its first moment; InvalidBulk or MissingReason says what is wrong with it."""
    why = remedies.why(order.remedy)
    if not order.cases:
        raise InvalidBulk("No case was chosen.", "cases", "Choose at least one case.")
    if len(order.cases) > MOST:
        raise InvalidBulk(f"{len(order.cases)} cases are too many at once.", "cases", f"Choose at most {MOST}.")
    if len(dict.fromkeys(order.cases)) < len(order.cases):
        raise InvalidBulk("A case is named twice.", "cases", "Name each case once.")
    changes: tuple[Change, ...] = (("remedy", "", order.remedy.kind), ("cases", "", str(len(order.cases))))
    event = Event(0, "bulk_ordered", order.actor.id, at, "ordered", reason=why, changes=changes)
    return Bulk(order, at, events=(event,))
