"""One appraisal cycle of the agency: who takes part, under which frozen policy, and how far it is."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from appraisal.access import CLOCK, Actor
from appraisal.errors import InvalidLaunch
from appraisal.group import Told
from appraisal.group_clock import NAMED
from appraisal.periods.periods import PeriodDates
from appraisal.policy.dates import Dates, UnitDates
from appraisal.policy.policy import Policy
from appraisal.record import Change, Event
from appraisal.text import checked
from appraisal.timetable import Timetable

ADMITTED = "participants_admitted"
"""The kind of event by which people take part after the launch."""
PERSON = "person/"
"""Stands before each person whom such an event names."""
SIGNED = "closing_signed"
"""The kind of event by which HR stands for the list before the closing."""


class Phase(StrEnum):
    """How far a cycle is."""

    PLANNING = "planning"
    STARTING = "starting"
    RUNNING = "running"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Launch:
    """What HR asks for. Empty `units` and `people` mean everybody; else only those units (with all below) or those people."""

    cycle: str
    year: int
    name: str
    policy: Policy
    starts_at: datetime
    actor: Actor
    units: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewDates:
    """What HR asks for while a cycle runs: from now on the dates and ladders of this policy, counted from the same start."""

    policy: Policy
    reason: str
    actor: Actor


@dataclass(frozen=True, slots=True)
class NewParticipants:
    """HR lets these people take part in a cycle that runs: forgotten at its launch, or new in the agency since."""

    people: tuple[str, ...]
    reason: str
    actor: Actor


@dataclass(frozen=True, slots=True)
class SignClosing:
    """HR has seen the list of cases that are open, each with its exit, and stands for it. `digest` says which list that was."""

    digest: str
    actor: Actor
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Leadership:
    """Who leads a calibration pool now: its head, and the superiors of that head, nearest first.

    `represents` is the official for whom an acting head acts; `member`: the head is one of the pool's own people.
    """

    unit: str
    head: str | None
    line: tuple[str, ...]
    represents: str | None = None
    member: bool = False


@dataclass(frozen=True, slots=True)
class Cycle:
    """The state of the cycle's process, `id` without the prefix. `participants` and `started` count people.

    `calendar`, `unconfirmed` and `units` are those of the Dates that were frozen with the timetable. `launch.policy` is the
    policy now in force. `orders`: the command id of each order of HR since the launch, with the revision that holds it.
    `planned_at` is the moment of every case's opening. `unfinished` is an order that is on record, and not yet what follows
    from it: a process that is started again goes on there. `periods_begun` is the number of the last period that has begun.
    """

    id: str
    launch: Launch
    phase: Phase
    timetable: Timetable | None = None
    participants: int = 0
    started: int = 0
    revision: int = 0
    events: tuple[Event, ...] = ()
    calendar: int | None = None
    unconfirmed: tuple[int, ...] = ()
    units: tuple[UnitDates, ...] = ()
    orders: tuple[tuple[str, int], ...] = ()
    planned_at: datetime | None = None
    unfinished: Event | None = None
    periods_begun: int = 0

    @property
    def open(self) -> bool:
        return self.phase is not Phase.CLOSED

    @property
    def dates(self) -> Dates:
        """The dates in force; only a planned cycle has any."""
        assert self.timetable is not None, "a planned cycle has dates"
        return Dates(self.timetable, self.calendar, self.unconfirmed, self.units)

    @property
    def next_period(self) -> PeriodDates | None:
        """The first period that has not begun; None where there is none any more, or never was."""
        return next((one for one in self.dates.timetable.periods if one.number > self.periods_begun), None)

    def planned(self, dates: Dates, participants: int, at: datetime) -> "Cycle":
        """The dates and the people stand; the cases can start. Later changes of the calendar do not reach this cycle."""
        after = replace(
            self,
            timetable=dates.timetable,
            calendar=dates.calendar,
            unconfirmed=dates.unconfirmed,
            units=dates.units,
            participants=participants,
            phase=Phase.STARTING,
            planned_at=at,
        )
        changes: tuple[Change, ...] = (("participants", "", str(participants)),)
        if dates.calendar is not None:
            changes = (*changes, ("calendar", "", str(dates.calendar)))
        return self._recorded(after, "planned", at, changes)

    def running(self, started: int, at: datetime) -> "Cycle":
        """Every participant's case has been started."""
        after = replace(self, started=started, phase=Phase.RUNNING)
        return self._recorded(after, "all_cases_started", at, (("started", "", str(started)),))

    def rescheduled(self, policy: Policy, dates: Dates, by: Actor, why: str, at: datetime, command_id: str) -> "Cycle":
        """Other dates are in force from now on; whoever has a clock is then told of them."""
        after = replace(
            self,
            launch=replace(self.launch, policy=policy),
            timetable=dates.timetable,
            calendar=dates.calendar,
            unconfirmed=dates.unconfirmed,
            units=dates.units,
        )
        return self._ordered(after, "rescheduled", by, at, command_id, why, _shown_dates(self, after)).to_be_finished()

    def told(self, groups: Told, cases: Told, at: datetime) -> "Cycle":
        """Everybody has heard of the new dates; who had ended by then is on record."""
        elsewhere = (*groups.elsewhere, *cases.elsewhere)
        named = tuple((f"elsewhere/{who}", "", code) for who, code in elsewhere[:NAMED])
        counts = (("groups", "", str(groups.moved)), ("cases", "", str(cases.moved)))
        return self._recorded(
            replace(self, unfinished=None), "dates_told", at, (*counts, ("elsewhere", "", str(len(elsewhere))), *named)
        )

    def admitted(self, people: tuple[str, ...], by: Actor, why: str, at: datetime, command_id: str) -> "Cycle":
        """These people take part from now on; their cases are then started."""
        after = replace(self, participants=self.participants + len(people))
        counted = ("participants", str(self.participants), str(after.participants))
        changes = (counted, *((f"{PERSON}{who}", "", "in") for who in people))
        return self._ordered(after, ADMITTED, by, at, command_id, why, changes).to_be_finished()

    def begun(self, cases: int, at: datetime) -> "Cycle":
        """The cases of those who were admitted have started."""
        after = replace(self, started=self.started + cases, unfinished=None)
        return self._recorded(after, "cases_started", at, (("started", str(self.started), str(after.started)),))

    def signed(self, by: Actor, remark: str, changes: tuple[Change, ...], at: datetime, command_id: str) -> "Cycle":
        """HR stands for the list of open cases. Nothing else changes: a cycle closes signed or not."""
        return self._ordered(self, SIGNED, by, at, command_id, remark, changes)

    def period_begun(self, number: int, started: int, at: datetime) -> "Cycle":
        """So many evaluations of this period have started."""
        changes = (("period", str(self.periods_begun), str(number)), ("evaluations", "", str(started)))
        return self._recorded(replace(self, periods_begun=number), "period_begun", at, changes)

    def closed(self, at: datetime) -> "Cycle":
        """No case is open any more."""
        return self._recorded(replace(self, phase=Phase.CLOSED), "cycle_closed", at, ())

    def restarted(self, by: Actor, at: datetime, command_id: str) -> "Cycle":
        """The same cycle, whose process was lost and is started again from the record."""
        event = Event(self.revision + 1, "restarted", by.id, at, command_id)
        return replace(self, revision=event.revision, events=(*self.events, event))

    def to_be_finished(self) -> "Cycle":
        """This cycle, whose last event asks for something to be done."""
        return replace(self, unfinished=self.events[-1])

    def stored(self, revision: int) -> "Cycle":
        """This cycle once its events up to this revision are on record."""
        return replace(self, events=tuple(event for event in self.events if event.revision > revision))

    def _ordered(
        self, after: "Cycle", kind: str, by: Actor, at: datetime, command_id: str, why: str, changes: tuple[Change, ...]
    ) -> "Cycle":
        """`after` with one more event, for an order of HR; its command is known from now on."""
        event = Event(self.revision + 1, kind, by.id, at, command_id, reason=why, changes=changes)
        orders = (*self.orders, (command_id, event.revision))
        return replace(after, revision=event.revision, orders=orders, events=(*self.events, event))

    def _recorded(self, after: "Cycle", kind: str, at: datetime, changes: tuple[Change, ...]) -> "Cycle":
        moved = (("phase", str(self.phase), str(after.phase)),) if self.phase is not after.phase else ()
        phases = (*moved, *changes)
        event = Event(self.revision + 1, kind, CLOCK.id, at, f"cycle/{self.revision + 1}", changes=phases)
        return replace(after, revision=event.revision, events=(*self.events, event))


def _shown_dates(before: Cycle, after: Cycle) -> tuple[Change, ...]:
    """What an event shows of other dates: the policy, the calendar, the closing, and when each step is due."""
    old, new = before.dates.timetable, after.dates.timetable
    pairs = (
        ("policy", before.launch.policy.name, after.launch.policy.name),
        ("calendar", str(before.calendar or 0), str(after.calendar or 0)),
        ("closes", str(old.closes), str(new.closes)),
        *((f"due/{w.step}", str(w.due), str(new.window(w.step).due)) for w in old.windows),
    )
    return tuple(pair for pair in pairs if pair[1] != pair[2])


def launched(launch: Launch, at: datetime) -> Cycle:
    """A cycle at its first moment; InvalidLaunch or InvalidText says what is wrong with the order."""
    checked(launch.name, "name", 120)
    if not 2000 <= launch.year <= 2100:
        raise InvalidLaunch(f"{launch.year} is no year of an appraisal.", "year", "Give a year from 2000 to 2100.")
    if not 2000 <= launch.starts_at.year <= 2100:
        raise InvalidLaunch("The cycle starts in another century.", "starts_at", "Give a date from 2000 to 2100.")
    event = Event(0, "launched", launch.actor.id, at, "launched", changes=(("policy", "", launch.policy.name),))
    return Cycle(launch.cycle, launch, Phase.PLANNING, events=(event,))
