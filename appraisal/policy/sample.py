"""What a policy would do, before anybody is under it: one sample case, and what rings for it when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from appraisal.policy.policy import Policy
from appraisal.policy.spans import Calendar
from appraisal.timetable import Timetable, Window, alarms
from appraisal.vocabulary import FINAL, GROUP_STEPS, Alarm, Audience, Step


@dataclass(frozen=True, slots=True)
class Ring:
    """What the clock does at this instant; `to`: whom an escalation calls in."""

    at: datetime
    alarm: Alarm
    to: Audience | None = None


@dataclass(frozen=True, slots=True)
class SampleStep:
    """One step of the sample case: when it comes there, the window it finds, and what rings if nobody does anything."""

    step: Step
    arrives: datetime
    window: Window
    rings: tuple[Ring, ...]


def sample_start(policy: Policy, year: int, holidays: tuple[date, ...]) -> datetime:
    """The opening of the office on the first working day of the year."""
    calendar = Calendar(policy.zone, *policy.hours(), holidays)
    return calendar.moment(calendar.add_working_days(date(year - 1, 12, 31), 1), calendar.opens)


def sample(timetable: Timetable, starts_at: datetime) -> tuple[SampleStep, ...]:
    """A case that always comes to a step when the one before is due, the latest that is still in time."""
    return tuple(_steps(timetable, starts_at))


def _steps(timetable: Timetable, starts_at: datetime) -> Iterator[SampleStep]:
    arrives = starts_at
    for planned in timetable.windows:
        # Calibration and nomination have a clock of their own, which runs whether or not this case has come.
        shared = planned.step in GROUP_STEPS
        window = planned if shared else timetable.for_arrival(planned.step, arrives)
        rings = _rings(window, starts_at if shared else arrives, timetable.closes)
        yield SampleStep(planned.step, arrives, window, rings)
        arrives = window.due


def _rings(window: Window, since: datetime, closes: datetime) -> tuple[Ring, ...]:
    ladder = {one.at: one.to for one in window.escalate}
    found = tuple(
        Ring(at, alarm, ladder[at] if alarm is Alarm.ESCALATE else None) for at, alarm in alarms(window, since)
    )
    return found if window.end_rule in FINAL else (*found, Ring(closes, Alarm.CLOSE))
