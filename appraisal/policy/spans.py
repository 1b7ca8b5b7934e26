"""How long, and until when, as an officer writes it: `5 working days`, `P30D`, `PT20S`, or a date of the year like `01-31`."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from appraisal.errors import InvalidPolicy

_WORKING_DAYS = re.compile(r"(\d{1,3}) working days?", re.ASCII)
_DURATION = re.compile(r"P(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?)?", re.ASCII)
_DAY = re.compile(r"(\+1 )?(\d\d)-(\d\d)", re.ASCII)
HELP = (
    "Write '5 working days', an ISO-8601 duration like P30D or PT20S, or a date like 01-31 ('+1 01-31' for next year)."
)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days on which nobody works, as frozen for a cycle, with the office hours in the zone of those who work.

    `week` is the number of working days from Monday on: 5, or 6 where Saturday is worked. Rule: working_days.
    """

    zone: str
    opens: time
    closes: time
    holidays: tuple[date, ...]
    week: int = 5

    def works(self, day: date) -> bool:
        return day.weekday() < self.week and day not in self.holidays

    def moment(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, ZoneInfo(self.zone))

    def add_working_days(self, start: date, days: int) -> date:
        """The day that lies this many working days after (or, negative, before) the start."""
        step, left, day = timedelta(days=1 if days > 0 else -1), abs(days), start
        while left:
            day += step
            left -= self.works(day)
        return day


def after(span: str, start: datetime, calendar: Calendar, at: time, year: int, where: str, sign: int = 1) -> datetime:
    """The instant that the span names, counted from `start` (backwards with sign -1); InvalidPolicy if it names none.

    Working days and dates fall on the clock time `at` of the agency's zone; durations are counted to the second.
    """
    if found := _WORKING_DAYS.fullmatch(span):
        local = start.astimezone(ZoneInfo(calendar.zone)).date()
        return calendar.moment(calendar.add_working_days(local, sign * int(found[1])), at)
    if (found := _DAY.fullmatch(span)) and sign == 1:
        try:
            return calendar.moment(date(year + bool(found[1]), int(found[2]), int(found[3])), at)
        except ValueError as wrong:
            raise InvalidPolicy(f"'{span}' is no date of the year.", where, HELP) from wrong
    try:
        return start + sign * duration(span, where)
    except OverflowError as wrong:
        raise InvalidPolicy(f"'{span}' leads out of every calendar.", where, HELP) from wrong


def around(span: str, due: datetime, calendar: Calendar, where: str) -> datetime:
    """The instant of a reminder: '3 working days before', 'PT2H before', 'when due', '1 working day after' the due date."""
    if span == "when due":
        return due
    length, _, side = span.rpartition(" ")
    if side not in ("before", "after"):
        raise InvalidPolicy(
            f"'{span}' does not say when to remind.",
            where,
            "Write '3 working days before', 'when due' or 'PT2H after'.",
        )
    if _DAY.fullmatch(length):
        raise InvalidPolicy(f"'{length}' is a date and no length of time.", where, HELP)
    return after(length, due, calendar, calendar.opens, due.year, where, sign=-1 if side == "before" else 1)


def duration(span: str, where: str) -> timedelta:
    """An ISO-8601 duration in days, hours, minutes and seconds."""
    found = _DURATION.fullmatch(span)
    if not found or not any(found.groups()):
        raise InvalidPolicy(f"'{span}' is no length of time.", where, HELP)
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)


def checked_length(span: str, where: str) -> str:
    """The span, if it is a length of time: working days or a duration, and more than none; InvalidPolicy otherwise."""
    found = _WORKING_DAYS.fullmatch(span)
    if not (int(found[1]) if found else duration(span, where)):
        raise InvalidPolicy(f"'{span}' is no time at all.", where, "Write '5 working days' or a duration like PT2H.")
    return span


class Written(Protocol):
    """A window as a policy writes it: `opens`, `due` and `end` count from the start of the cycle, `remind` from the due date."""

    @property
    def opens(self) -> str: ...
    @property
    def remind(self) -> tuple[str, ...]: ...
    @property
    def due(self) -> str: ...
    @property
    def end(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Instants:
    """The same window as absolute instants; every reminder lies within it."""

    opens: datetime
    remind: tuple[datetime, ...]
    due: datetime
    end: datetime


def instants(window: Written, where: str, start: datetime, year: int, calendar: Calendar) -> Instants:
    """The window of a cycle of this year that starts then; InvalidPolicy names what is no time, below `where`."""
    opens = after(window.opens, start, calendar, calendar.opens, year, f"{where}.opens")
    due = after(window.due, start, calendar, calendar.closes, year, f"{where}.due")
    end = after(window.end, start, calendar, calendar.closes, year, f"{where}.end")
    remind = sorted(around(span, due, calendar, f"{where}.remind.{n}") for n, span in enumerate(window.remind))
    return Instants(opens, tuple(max(instant, opens) for instant in remind if instant < end), due, end)
