"""What calibration and nomination share: they stand above many cases and act on whoever is there."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from appraisal.holds import Held
from appraisal.record import Event
from appraisal.timetable import Planned, Timetable, Window, alarms, not_rung
from appraisal.training.heads_policy import HeadsTimes
from appraisal.vocabulary import Alarm, Audience, Step


class GroupPhase(StrEnum):
    """How far such a process is. ENDED: people decide no more, the clock settles whoever still arrives."""

    WAITING = "waiting"
    OPEN = "open"
    ENDED = "ended"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Presence:
    """How many cases are at the group's step, and how many can still reach it; for a nomination also the seats that are free.

    Whatever of it has changed calls for other proposals: somebody has arrived or gone, or a seat was given back. Not so the
    people on whom their head has still to speak (`unheard`).
    """

    present: int
    to_come: int
    free: int = 0
    unheard: int = field(default=0, compare=False)

    @property
    def over(self) -> bool:
        return self.present == 0 and self.to_come == 0


@dataclass(frozen=True, slots=True)
class Told:
    """How many cases a decision has moved, and which had moved on by themselves: (employee, code of the refusal)."""

    moved: int
    elsewhere: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Schedule:
    """When such a process acts: in the window of its step, and then every `grace` until the cycle `closes`.

    `heads`: until when a nomination waits for what the heads of units say, where the policy asks them.
    """

    window: Window
    grace: timedelta
    closes: datetime
    since: datetime
    heads: HeadsTimes | None = None

    @staticmethod
    def of(timetable: Timetable, step: Step, at: datetime) -> "Schedule":
        """The schedule of this step for a process that starts at this instant."""
        heads = timetable.heads if step is Step.NOMINATION else None
        return Schedule(timetable.window(step), timetable.grace, timetable.closes, at, heads)

    @property
    def planned(self) -> tuple[Planned, ...]:
        """All alarms, earliest first. Opening is always among them, late if need be."""
        opening = (max(self.window.opens, self.since), Alarm.OPEN)
        later = (planned for planned in alarms(self.window, self.since) if planned[1] is not Alarm.OPEN)
        asked = self.heads
        heads = ((asked.remind, Alarm.HEADS_REMIND), (asked.until, Alarm.HEADS_END)) if asked else ()
        return (opening, *sorted((*later, *heads), key=lambda planned: planned[0]))

    def next_alarm(self, rung: tuple[Alarm, ...]) -> Planned | None:
        """The first alarm that has not rung; None after the end."""
        return next(iter(not_rung(self.planned, rung)), None)

    def shifted(self, since: datetime, at: datetime) -> "Schedule":
        """This schedule after its clock has stood still from `since` until now."""
        heads = self.heads.shifted(since, at - since, self.closes) if self.heads else None
        return replace(self, window=self.window.shifted(since, at - since, self.closes), heads=heads)

    def next_look(self, at: datetime) -> datetime:
        """When to look again whether anybody has arrived."""
        return min(at + self.grace, max(self.closes, at))


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The state of such a process. `round` counts its decisions; `moving` while cases are being told of the last.

    `events` holds what is not yet stored; the process empties it. `given` as in Case.
    """

    id: str
    cycle: str
    schedule: Schedule
    phase: GroupPhase = GroupPhase.WAITING
    rung: tuple[Alarm, ...] = ()
    round: int = 0
    moving: bool = False
    held: Held | None = None
    revision: int = 0
    events: tuple[Event, ...] = ()
    given: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        return self.phase is not GroupPhase.DONE

    @property
    def next_alarm(self) -> Planned | None:
        """What the clock does next; None when it has ended. During a hold nothing rings but the end of the hold."""
        if not self.open:
            return None
        return self.held.next_alarm(self.schedule.closes) if self.held else self.schedule.next_alarm(self.rung)

    def stored(self, revision: int) -> Self:
        """This state once its events up to this revision are on record."""
        return replace(self, events=tuple(event for event in self.events if event.revision > revision))

    def escalated(self, to: Audience = Audience.SUPERIOR) -> Self:
        """This state once these may act beside the holder."""
        return self

    def called_off(self) -> Self:
        """This state once nobody acts beside the holder any more because it was late."""
        return self
