"""The dates of a cycle, for the agency and for those units that work another week or in another zone."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from appraisal.errors import InvalidSchedule
from appraisal.policy.almanac import Almanac
from appraisal.policy.policy import Policy
from appraisal.policy.spans import Calendar
from appraisal.timetable import Timetable, Window
from appraisal.vocabulary import Step

T = TypeVar("T")

FIVE, SIX = 5, 6
"""Working days of a week: Monday to Friday, or to Saturday."""


class Zone(StrEnum):
    """Indonesia's zones by their usual names."""

    WIB = "Asia/Jakarta"
    WITA = "Asia/Makassar"
    WIT = "Asia/Jayapura"


@dataclass(frozen=True, slots=True)
class Schedule:
    """How a unit works: days of the week, and its zone; None is the zone of the policy."""

    week: int = FIVE
    zone: Zone | None = None


def schedule(week: int, zone: str | None) -> Schedule:
    """How a unit works, as HR writes it down; no zone is that of the policy. InvalidSchedule says what cannot be."""
    if week not in (FIVE, SIX):
        raise InvalidSchedule(f"Nobody works {week} days a week.", "week", f"Give {FIVE} or {SIX}.")
    if zone and zone not in Zone.__members__:
        known = ", ".join(one.name for one in Zone)
        raise InvalidSchedule(f"There is no zone '{zone[:40]}'.", "zone", f"Choose one of: {known}; or none.")
    return Schedule(week, Zone[zone] if zone else None)


@dataclass(frozen=True, slots=True)
class UnitDates:
    """The dates of these units (ids), where they differ from the agency's."""

    units: tuple[str, ...]
    timetable: Timetable


@dataclass(frozen=True, slots=True)
class Dates:
    """What a launch freezes. `calendar` is the version of the almanac, None for a cycle planned before there were any.

    `unconfirmed` are those years of the cycle whose days off were not certain.
    """

    timetable: Timetable
    calendar: int | None = None
    unconfirmed: tuple[int, ...] = ()
    units: tuple[UnitDates, ...] = ()

    def of(self, unit: str) -> Timetable:
        """The dates by which this unit works."""
        return next((own.timetable for own in self.units if unit in own.units), self.timetable)

    def of_case(self, unit: str, pool: str) -> Timetable:
        """The dates of a case: those of the own unit, but the pool's for its calibration and the agency's for the nomination.

        A case must not leave a step that it shares with others before they do.
        """
        own = self.of(unit)
        shared = {Step.CALIBRATION: self.of(pool), Step.NOMINATION: self.timetable}
        windows: tuple[Window, ...] = tuple(shared.get(w.step, own).window(w.step) for w in own.windows)
        return replace(own, windows=windows, closes=self.timetable.closes)


def inherited(schedules: Mapping[str, T], parents: Mapping[str, str | None]) -> dict[str, T]:
    """The schedule of every unit that has one: its own, else that of the nearest unit above."""
    found: dict[str, T] = {}
    for unit in parents:
        step: str | None = unit
        seen: set[str] = set()
        while step is not None and step not in seen:
            if step in schedules:
                found[unit] = schedules[step]
                break
            seen.add(step)
            step = parents.get(step)
    return found


def dates(policy: Policy, starts_at: datetime, year: int, almanac: Almanac, schedules: Mapping[str, Schedule]) -> Dates:
    """All dates of a cycle of this year that starts then; InvalidPolicy if they contradict each other, for any unit."""
    others: dict[tuple[int, str], list[str]] = {}
    for unit, schedule in sorted(schedules.items()):
        others.setdefault((schedule.week, schedule.zone or policy.zone), []).append(unit)
    others.pop((FIVE, policy.zone), None)

    def by(week: int, zone: str) -> Timetable:
        return policy.timetable(starts_at, year, Calendar(zone, *policy.hours(), almanac.off, week))

    timetable = by(FIVE, policy.zone)
    units = tuple(UnitDates(tuple(theirs), by(week, zone)) for (week, zone), theirs in others.items())
    return Dates(timetable, almanac.version, _unconfirmed(almanac, policy, starts_at, timetable), units)


def calendar_years(year: int) -> tuple[int, ...]:
    """The years whose days off the dates of a cycle may need."""
    return year - 1, year, year + 1


def _unconfirmed(almanac: Almanac, policy: Policy, starts_at: datetime, timetable: Timetable) -> tuple[int, ...]:
    zone = ZoneInfo(policy.zone)
    first, last = starts_at.astimezone(zone).year, timetable.closes.astimezone(zone).year
    return tuple(year for year in almanac.unconfirmed if first <= year <= last)
