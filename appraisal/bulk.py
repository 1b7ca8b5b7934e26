"""One remedy for many cases: HR's order, what became of it, and which cases refused it.

A unit that stands still, or the agency, is such an order: it names what has a clock by its place instead of one by one, and the
calibrations and the nomination are told as well (decision 23).
"""

from dataclasses import dataclass, replace
from datetime import datetime

from appraisal import remedies
from appraisal.access import Actor
from appraisal.commands import Hold, Release, Remedy
from appraisal.errors import InvalidBulk
from appraisal.group import Told
from appraisal.record import Change, Event

MOST = 5000
"""Cases of one order. A larger agency gives several; each must fit into one message between processes."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Every open case of a cycle and every group beside them: of one calibration pool, or of the agency where `unit` is empty.

    With `of`, a release: only what stands still by that earlier order.
    """

    cycle: str
    unit: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True)
class BulkOrder:
    """What HR asks for: `cases` are the ids of their processes, each named once; or a `scope` instead of them."""

    id: str
    remedy: Remedy
    actor: Actor
    cases: tuple[str, ...]
    scope: Scope | None = None

    @property
    def command_id(self) -> str:
        """Under which everybody takes it once."""
        return f"bulk/{self.id}"


@dataclass(frozen=True, slots=True)
class Bulk:
    """The state of the order's process, given `at`. `refused` names (case, code of the refusal); others took it once.

    `groups` names each calibration and nomination that was told, with the code of its refusal or ''.
    """

    order: BulkOrder
    at: datetime
    done: bool = False
    taken: int = 0
    refused: tuple[tuple[str, str], ...] = ()
    revision: int = 0
    events: tuple[Event, ...] = ()
    groups: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> str:
        return self.order.command_id

    def finished(self, told: Told, at: datetime, groups: tuple[tuple[str, str], ...] = ()) -> "Bulk":
        """Every case has answered, and before them every group."""
        changes: tuple[Change, ...] = (("taken", "", str(told.moved)), ("refused", "", str(len(told.elsewhere))))
        event = Event(self.revision + 1, "bulk_finished", self.order.actor.id, at, "finished", changes=changes)
        return replace(
            self,
            done=True,
            taken=told.moved,
            refused=told.elsewhere,
            groups=groups,
            revision=event.revision,
            events=(*self.events, event),
        )

    def stored(self, revision: int) -> "Bulk":
        """This state once its events up to this revision are on record."""
        return replace(self, events=tuple(event for event in self.events if event.revision > revision))


def ordered(order: BulkOrder, at: datetime) -> Bulk:
    """The order at its first moment; InvalidBulk or MissingReason says what is wrong with it."""
    why = remedies.why(order.remedy)
    changes = _place(order, order.scope) if order.scope else _named(order)
    event = Event(0, "bulk_ordered", order.actor.id, at, "ordered", reason=why, changes=changes)
    return Bulk(order, at, events=(event,))


def _named(order: BulkOrder) -> tuple[Change, ...]:
    if not order.cases:
        raise InvalidBulk("No case was chosen.", "cases", "Choose at least one case.")
    if len(order.cases) > MOST:
        raise InvalidBulk(f"{len(order.cases)} cases are too many at once.", "cases", f"Choose at most {MOST}.")
    if len(dict.fromkeys(order.cases)) < len(order.cases):
        raise InvalidBulk("A case is named twice.", "cases", "Name each case once.")
    return ("remedy", "", order.remedy.kind), ("cases", "", str(len(order.cases)))


def _place(order: BulkOrder, scope: Scope) -> tuple[Change, ...]:
    if not isinstance(order.remedy, Hold | Release) or order.cases:
        raise InvalidBulk("A whole unit can stand still or go on, nothing else.", "remedy", "Name the cases instead.")
    place = (("cycle", "", scope.cycle), ("unit", "", scope.unit), ("of", "", scope.of))
    return (("remedy", "", order.remedy.kind), *(pair for pair in place if pair[2]))
