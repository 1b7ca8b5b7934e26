"""An appointment to act for somebody: who may make it, when it holds, and how it ends. Rule: acting_officials."""

from dataclasses import dataclass, replace
from datetime import datetime

from appraisal.access import Action, Actor, can
from appraisal.errors import (
    ActsForHimself,
    AlreadyClosed,
    AppointedTwice,
    HasLeft,
    NotAllowed,
    PeriodIsOver,
    PeriodReversed,
    UnknownPerson,
    UnknownPosition,
)
from appraisal.notices import Notice
from appraisal.people.acting import ActingKind
from appraisal.record import Event
from appraisal.text import checked


@dataclass(frozen=True, slots=True)
class Appoint:
    """What is asked for: a Plt or Plh for a `position`, or a delegate for the person `represented`."""

    id: str
    kind: ActingKind
    person: str
    begins_at: datetime
    ends_at: datetime
    actor: Actor
    position: str | None = None
    represented: str | None = None
    signs: bool = True
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """What the record says about an order: who is known, who holds a position now, what overlaps with it.

    `holder` is whoever holds the position, or the person represented; None where the position is vacant.
    """

    known: tuple[str, ...]
    serving: tuple[str, ...]
    position_leads: bool = False
    holder: str | None = None
    overlapping: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Appointment:
    """The state of the process. `events` holds what is not yet stored."""

    order: Appoint
    begins_at: datetime
    ends_at: datetime
    revision: int = 0
    events: tuple[Event, ...] = ()

    @property
    def id(self) -> str:
        return f"appointment/{self.order.id}"

    def next_boundary(self, at: datetime) -> datetime | None:
        """The next instant at which somebody else must act; None when it is over."""
        boundaries = (self.begins_at, self.ends_at) if self.begins_at < self.ends_at else ()
        return next((instant for instant in boundaries if instant > at), None)

    def ended(self, actor: Actor, at: datetime, command_id: str) -> "Appointment":
        """This appointment ended before its time; one that has not begun never begins."""
        if not can(actor, Action.ADMINISTER).allowed and actor.id != self.order.represented:
            raise NotAllowed("Only HR, or whoever is represented, ends this.", "", "Ask HR.")
        if self.next_boundary(at) is None:
            raise AlreadyClosed("This appointment has ended.", "", "Nothing is left to end.")
        ends_at = max(at, self.begins_at)
        changes = (("ends_at", self.ends_at.isoformat(), ends_at.isoformat()),)
        event = Event(self.revision + 1, "appointment_ended", actor.id, at, command_id, changes=changes)
        return replace(self, ends_at=ends_at, revision=event.revision, events=(*self.events, event))

    def stored(self, revision: int) -> "Appointment":
        return replace(self, events=tuple(event for event in self.events if event.revision > revision))


def appointed(order: Appoint, at: datetime) -> Appointment:
    """The appointment as it will be, if the record has nothing against it."""
    begins_at = max(order.begins_at, at)
    changes = (
        ("kind", "", str(order.kind)),
        ("person", "", order.person),
        ("for", "", order.position or order.represented or ""),
        ("signs", "", str(order.signs)),
        ("begins_at", "", begins_at.isoformat()),
        ("ends_at", "", order.ends_at.isoformat()),
    )
    represented = order.represented if order.represented != order.actor.id else None
    event = Event(0, "appointed", order.actor.id, at, "appointed", represented, order.reason, changes)
    return Appointment(order, begins_at, order.ends_at, events=(event,))


def check(order: Appoint, at: datetime) -> None:
    """What can be refused without the record: who asks, the period, and people named twice."""
    own = order.kind is ActingKind.DELEGATE and order.represented == order.actor.id
    if not own and not can(order.actor, Action.ADMINISTER).allowed:
        raise NotAllowed(
            "You may name a delegate for yourself alone.", "represented", "Ask HR to appoint a Plt or Plh."
        )
    if order.ends_at <= order.begins_at:
        raise PeriodReversed("The period ends before it begins.", "ends_at", "Give a later end.")
    if order.ends_at <= at:
        raise PeriodIsOver("The period lies in the past.", "ends_at", "Give an end that is still to come.")
    if order.person == order.represented:
        raise ActsForHimself("Nobody acts for himself.", "person", "Choose somebody else.")
    checked(order.reason, "reason", required=False)


def allow(order: Appoint, ground: Ground) -> None:
    """What the record has against it; nothing if the appointment may be made."""
    named = (("person", order.person), ("represented", order.represented))
    for where, person in named:
        if person is not None and person not in ground.known:
            raise UnknownPerson("There is no such person.", where, "Choose somebody from the list of people.")
    if order.kind is ActingKind.DELEGATE:
        if order.represented is None or order.position is not None:
            raise UnknownPerson("A delegate acts for a person.", "represented", "Say for whom, and name no position.")
    elif order.represented is not None or not ground.position_leads:
        raise UnknownPosition(
            "A Plt or Plh acts in a structural position.", "position", "Choose a position that leads a unit."
        )
    for where, person in named:
        if person is not None and person not in ground.serving:
            raise HasLeft("This person holds no position any more.", where, "Choose somebody who serves now.")
    if order.person == ground.holder:
        raise ActsForHimself("This person holds the position himself.", "person", "Choose somebody else.")
    if ground.overlapping:
        raise AppointedTwice(
            "Somebody is appointed for this already in that period.",
            "begins_at",
            "End that first, or change the dates.",
        )


def notices(appointment: Appointment, holder: str | None) -> tuple[Notice, ...]:
    """Who must hear of the newest event: whoever acts, and whoever is represented, but not whoever did it himself."""
    event = appointment.events[-1]
    told = ((appointment.order.person, f"{event.kind}_to_you"), (holder, f"{event.kind}_for_you"))
    return tuple(Notice(who, kind, event.revision) for who, kind in told if who and who != event.actor)
