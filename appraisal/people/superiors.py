"""Another superior for one person or for many, from a day on: who may say so, what hinders it, and what is kept of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from appraisal import errors
from appraisal.access import Action, Actor, can
from appraisal.errors import AppraisalError
from appraisal.notices import Notice
from appraisal.people import errors as people_errors
from appraisal.people.people import LATER_CHANGE, NO_POSITION, named
from appraisal.record import Event
from appraisal.text import reason

MOST = 500
"""People of one order: the whole of it is one transaction, and one event names them all."""


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody who is to answer to another superior than `before`, whom HR saw when it decided."""

    person: str
    before: str | None


@dataclass(frozen=True, slots=True)
class Replace:
    """HR's order: all of these answer to `superior` from the day `effective_on`, which `begins_at` in the agency's zone."""

    id: str
    superior: str
    effective_on: date
    begins_at: datetime
    actor: Actor
    moves: tuple[Move, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Ground:
    """What the record says of that day: `before`, whom each person with a definitive position answers to; `later`, who has
    another period ahead; `line`, those above the new superior, nearest first, or None where he holds no position.
    """

    known: bool
    line: tuple[str, ...] | None
    before: Mapping[str, str | None] = field(default_factory=dict)
    later: tuple[str, ...] = ()


class Hindrance(StrEnum):
    """Why somebody cannot answer to that superior from that day."""

    SUPERIOR_UNKNOWN = "superior_unknown"
    SUPERIOR_LEFT = "superior_left"
    NO_POSITION = "no_position"
    HIMSELF = "himself"
    LOOP = "loop"
    LATER_CHANGE = "later_change"
    UNCHANGED = "unchanged"


REFUSALS: dict[Hindrance, AppraisalError] = {
    Hindrance.SUPERIOR_UNKNOWN: errors.UnknownPerson(
        "There is no such person.", "superior", "Choose somebody from the list of people."
    ),
    Hindrance.SUPERIOR_LEFT: errors.HasLeft(
        "The new superior holds no position on that day.", "superior", "Choose somebody who serves then."
    ),
    Hindrance.NO_POSITION: NO_POSITION,
    Hindrance.HIMSELF: people_errors.AnswersToHimself(
        "Nobody is the own superior.", "people", "Leave this person out, or choose another superior."
    ),
    Hindrance.LOOP: people_errors.ReportingLoop(
        "The new superior answers to this person, directly or through others.",
        "people",
        "Give the new superior another superior first, or leave this person out.",
    ),
    Hindrance.LATER_CHANGE: LATER_CHANGE,
    Hindrance.UNCHANGED: people_errors.AnswersAlready(
        "This person answers to that superior already.", "people", "Leave this person out."
    ),
}
"""What HR is told of each; `where` is completed with the person's place in the order."""


@dataclass(frozen=True, slots=True)
class Examined:
    """One person of an order as the record has it, and what hinders the change, if anything does."""

    person: str
    before: str | None
    hindrance: Hindrance | None


def examined(superior: str, people: Sequence[str], ground: Ground) -> tuple[Examined, ...]:
    """Each person in this order."""
    return tuple(Examined(who, ground.before.get(who), _hindrance(superior, who, ground)) for who in people)


def _hindrance(superior: str, person: str, ground: Ground) -> Hindrance | None:
    found = (
        (Hindrance.SUPERIOR_UNKNOWN, not ground.known),
        (Hindrance.SUPERIOR_LEFT, ground.line is None),
        (Hindrance.NO_POSITION, person not in ground.before),
        (Hindrance.HIMSELF, person == superior),
        # Everybody of the order answers to one superior: a circle closes exactly where one of them stands above him.
        (Hindrance.LOOP, person in (ground.line or ())),
        (Hindrance.LATER_CHANGE, person in ground.later),
        (Hindrance.UNCHANGED, ground.before.get(person) == superior),
    )
    return next((hindrance for hindrance, holds in found if holds), None)


def check(order: Replace) -> None:
    """What can be refused without the record: who asks, how many, and a reason that is missing."""
    if not can(order.actor, Action.ADMINISTER).allowed:
        raise errors.NotAllowed("Only HR names another superior.", "", "Report it from your own appraisal page.")
    named([move.person for move in order.moves], MOST)
    reason(order.reason)


def allow(order: Replace, ground: Ground) -> None:
    """Nothing if all of it may be done; otherwise the first refusal, and none of it is."""
    for number, one in enumerate(examined(order.superior, [move.person for move in order.moves], ground)):
        if one.hindrance is not None:
            refusal = REFUSALS[one.hindrance]
            raise refusal.at(f"people[{number}]" if refusal.where == "people" else refusal.where)
    if any(ground.before[move.person] != move.before for move in order.moves):
        raise people_errors.StaleLine(
            "Somebody answers to another superior by now than you saw.", "seen", "Look at the preview again."
        )


@dataclass(frozen=True, slots=True)
class Replacement:
    """The order as it is put on record, once."""

    order: Replace
    at: datetime

    @property
    def id(self) -> str:
        return f"superiors/{self.order.id}"

    @property
    def event(self) -> Event:
        """Who changed what and why: the field of each change is the person who answers to somebody else now."""
        order = self.order
        moved = tuple((move.person, move.before or "", order.superior) for move in order.moves)
        changes = (("effective_on", "", order.effective_on.isoformat()), *moved)
        return Event(0, "superiors_replaced", order.actor.id, self.at, "replaced", reason=order.reason, changes=changes)

    def notices(self) -> tuple[Notice, ...]:
        return notices(self.order.moves, self.order.superior, self.order.actor, 0)


def notices(moves: Sequence[Move], superior: str, actor: Actor, revision: int) -> tuple[Notice, ...]:
    """Whoever moved hears of it, and both superiors; not whoever did it himself."""
    lost = dict.fromkeys(move.before for move in moves if move.before)
    told = (
        *((move.person, "superior_changed") for move in moves),
        (superior, "reports_gained"),
        *((before, "reports_lost") for before in lost),
    )
    return tuple(Notice(who, kind, revision) for who, kind in told if who != actor.id)
