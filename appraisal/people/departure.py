"""Somebody is no longer there, for good or for a time: who may say so, what hinders it, what becomes of the own cases.

What follows for others (whose steps they held, whose head they were) is no order: cases follow the organisation. No rule
that could be confirmed says what becomes of the own case of somebody who leaves; so HR says it in each order.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from appraisal import errors
from appraisal.access import Action, Actor, can
from appraisal.commands import CloseUnrateable, Hold
from appraisal.errors import AppraisalError
from appraisal.notices import Notice
from appraisal.parties import HR
from appraisal.people import errors as people_errors
from appraisal.people.people import LATER_CHANGE, NO_POSITION, named
from appraisal.record import Change, Event
from appraisal.text import reason

MOST = 500
"""People of one order: the record of it is one transaction, and one event names them all."""


class Cause(StrEnum):
    """Why somebody is not there: the first three for good, the others for a time."""

    RETIRED = "retired"
    LEFT = "left"
    DECEASED = "deceased"
    SUSPENDED = "suspended"
    ON_LEAVE = "on_leave"


FOR_GOOD = (Cause.RETIRED, Cause.LEFT, Cause.DECEASED)
FOR_A_TIME = (Cause.SUSPENDED, Cause.ON_LEAVE)


class OwnCases(StrEnum):
    """What becomes of the open cases of whoever goes."""

    HOLD = "hold"
    CLOSE = "close"
    GO_ON = "go_on"


@dataclass(frozen=True, slots=True)
class Depart:
    """HR's order: these people are not there from the day `effective_on`, which `begins_at` in the agency's zone.

    Whoever is away for a time is back on `returns_on`, where that is known.
    """

    id: str
    cause: Cause
    own_cases: OwnCases
    effective_on: date
    begins_at: datetime
    actor: Actor
    people: tuple[str, ...]
    reason: str
    returns_on: date | None = None
    returns_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Return:
    """Some of them are back, from the day `on`: earlier than was said, or on a day that was not known."""

    people: tuple[str, ...]
    on: date
    actor: Actor
    reason: str


@dataclass(frozen=True, slots=True)
class Ground:
    """What the record says: who holds a position on that day, who has a period ahead, who is away in that time already."""

    serving: tuple[str, ...]
    later: tuple[str, ...] = ()
    away: tuple[str, ...] = ()


class Hindrance(StrEnum):
    """Why somebody cannot go on that day."""

    NO_POSITION = "no_position"
    LATER_CHANGE = "later_change"
    AWAY_ALREADY = "away_already"


REFUSALS: dict[Hindrance, AppraisalError] = {
    Hindrance.NO_POSITION: NO_POSITION,
    Hindrance.LATER_CHANGE: LATER_CHANGE,
    Hindrance.AWAY_ALREADY: people_errors.AwayAlready(
        "This person is away in that time already.", "people", "Begin on the day of return, or leave this person out."
    ),
}
"""What HR is told of each; `where` is completed with the person's place in the order."""


def hindrance(cause: Cause, person: str, ground: Ground) -> Hindrance | None:
    """What stands against it, if anything does. Whoever is away may leave for good."""
    found = (
        (Hindrance.NO_POSITION, person not in ground.serving),
        (Hindrance.LATER_CHANGE, cause in FOR_GOOD and person in ground.later),
        (Hindrance.AWAY_ALREADY, cause in FOR_A_TIME and person in ground.away),
    )
    return next((one for one, holds in found if holds), None)


def check(order: Depart) -> None:
    """What can be refused without the record."""
    if not can(order.actor, Action.ADMINISTER).allowed:
        raise errors.NotAllowed("Only HR says that somebody has gone.", "", "Ask HR.")
    named(order.people, MOST)
    reason(order.reason)
    if order.cause in FOR_GOOD and order.returns_on is not None:
        raise people_errors.InvalidDeparture(
            "Whoever has left for good does not return.", "returns_on", "Leave the day of return empty."
        )
    if order.cause in FOR_GOOD and order.own_cases is OwnCases.HOLD:
        raise people_errors.InvalidDeparture(
            "A case is held for somebody who returns.", "own_cases", "Let the case go on, or close it."
        )
    if order.returns_on is not None and order.returns_on <= order.effective_on:
        raise errors.PeriodReversed(
            "The day of return is not after the first day.", "returns_on", "Give a later day of return."
        )


def allow(order: Depart, ground: Ground) -> None:
    """Nothing if all of them may go; otherwise the first refusal, and nobody does."""
    for number, person in enumerate(order.people):
        if (found := hindrance(order.cause, person, ground)) is not None:
            raise REFUSALS[found].at(f"people[{number}]")


@dataclass(frozen=True, slots=True)
class Own:
    """One open case of somebody who goes, or an appointment to act that ends with it; `closes`: when the case's cycle does."""

    subject: str
    person: str
    own_cases: OwnCases
    reason: str
    actor: Actor
    returns_at: datetime | None = None
    closes: datetime | None = None

    @property
    def acting(self) -> bool:
        """Whether this is an appointment, which ends whatever becomes of the cases."""
        return self.subject.startswith("appointment/")

    @property
    def treatment(self) -> str:
        return "end_acting" if self.acting else str(self.own_cases)

    @property
    def remedy(self) -> Hold | CloseUnrateable | None:
        """What the case is told; None lets it go on by its dates. No hold outlives the cycle, so none needs a later end."""
        if self.own_cases is OwnCases.CLOSE:
            return CloseUnrateable(self.reason)
        if self.own_cases is OwnCases.GO_ON:
            return None
        within = self.returns_at and self.closes and self.returns_at <= self.closes
        return Hold(self.reason, self.returns_at if within else None)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one of them; `refused` is the code of the refusal, empty where it was done."""

    own: Own
    refused: str


@dataclass(frozen=True, slots=True)
class Departure:
    """The state of the order's process. `away` are those whose return is ahead. `events` holds what is not yet stored."""

    order: Depart
    away: tuple[str, ...]
    revision: int = 0
    events: tuple[Event, ...] = ()

    @property
    def id(self) -> str:
        return f"departure/{self.order.id}"

    def back(self, wish: Return, at: datetime, command_id: str) -> "Departure":
        """These people are there again; whoever returns before the first day has never been away."""
        if not can(wish.actor, Action.ADMINISTER).allowed:
            raise errors.NotAllowed("Only HR says that somebody is back.", "", "Ask HR.")
        named(wish.people, MOST)
        why = reason(wish.reason)
        for number, person in enumerate(wish.people):
            if person not in self.away:
                raise people_errors.NotAway(
                    "This person is not away by this order.", f"people[{number}]", "Load it again."
                )
        on = max(wish.on, self.order.effective_on)
        changes: tuple[Change, ...] = tuple((person, "", on.isoformat()) for person in wish.people)
        event = Event(self.revision + 1, "returned", wish.actor.id, at, command_id, reason=why, changes=changes)
        return replace(
            self,
            away=tuple(person for person in self.away if person not in wish.people),
            revision=event.revision,
            events=(*self.events, event),
        )

    def over(self) -> "Departure":
        """The day of return has come: whoever was away is back."""
        return replace(self, away=())

    def stored(self, revision: int) -> "Departure":
        return replace(self, events=tuple(event for event in self.events if event.revision > revision))


def ordered(order: Depart, at: datetime) -> Departure:
    """The order at its first moment: who, why, from when and until when."""
    changes: tuple[Change, ...] = (
        ("cause", "", str(order.cause)),
        ("effective_on", "", order.effective_on.isoformat()),
        ("returns_on", "", order.returns_on.isoformat() if order.returns_on else ""),
        ("own_cases", "", str(order.own_cases)),
        *(("person", "", person) for person in order.people),
    )
    event = Event(0, f"departed_{order.cause}", order.actor.id, at, "ordered", reason=order.reason, changes=changes)
    return Departure(order, order.people if order.cause in FOR_A_TIME else (), events=(event,))


def came_back(departure: Departure) -> tuple[tuple[str, date], ...]:
    """(person, since) of those whose return is not on record yet."""
    returns = (event for event in departure.events if event.kind == "returned")
    return tuple((person, date.fromisoformat(on)) for event in returns for person, _, on in event.changes)


def notices(undone: int) -> tuple[Notice, ...]:
    """HR hears of what could not be done. Whose step moves or stands still hears of it from the case."""
    return (Notice(HR, "departure_undone", 0),) if undone else ()
