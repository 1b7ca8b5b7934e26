"""The periods of a cycle: which there are, and by when each is reported and rated. Without any there is the year alone."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from appraisal.errors import InvalidPolicy
from appraisal.policy.document import Part
from appraisal.policy.spans import Calendar, after, around, checked_length


class Every(StrEnum):
    """How long the periods of an agency are. One kind for a whole cycle. Rule: periods."""

    QUARTER = "quarter"
    MONTH = "month"


MOST = {Every.QUARTER: 4, Every.MONTH: 12}
"""Periods of a cycle."""


class Evidence(StrEnum):
    """Whether a realisation of a period needs a link to its evidence. Rule: period_evidence."""

    REQUIRED = "required"
    WELCOME = "welcome"


@dataclass(frozen=True, slots=True)
class PeriodDates:
    """One period: when it begins and ends, then when the employee is reminded and must have reported, then when the
    supervisor is reminded and must have rated. `last_day` is the day of its end by the calendar of those who work."""

    number: int
    begins: datetime
    ends: datetime
    last_day: date
    remind_report: datetime
    report_by: datetime
    remind_rating: datetime
    rate_by: datetime


@dataclass(frozen=True, slots=True)
class PeriodPolicy:
    """How a year is divided. `ends` are counted like the dates of a step; each period begins where the one before ends.

    `report` counts from the end of a period, `rate` from then on; `remind` is one reminder before either. Nobody waits for a
    period: what is not handed in by then goes on without. Rule: period_dates.
    """

    every: Every
    ends: tuple[str, ...]
    report: str
    rate: str
    remind: str
    evidence: Evidence

    @staticmethod
    def read(part: Part) -> "PeriodPolicy":
        """This section of a document; InvalidPolicy names the key that is wrong."""
        every = Every(part.one_of("every", tuple(Every)))
        found = PeriodPolicy(
            every,
            tuple(part.listed("ends", MOST[every], part.item)),
            checked_length(part.text("report"), part.place("report")),
            checked_length(part.text("rate"), part.place("rate")),
            part.text("remind"),
            Evidence(part.one_of("evidence", tuple(Evidence))),
        )
        part.knows_only(tuple(found.document()))
        if not found.ends:
            raise InvalidPolicy("There is no period.", part.place("ends"), "Name at least one end, like 03-31.")
        return found

    def document(self) -> dict[str, Any]:
        """This section as a document has it."""
        plain = {"every": str(self.every), "ends": list(self.ends), "report": self.report, "rate": self.rate}
        return {**plain, "remind": self.remind, "evidence": str(self.evidence)}

    def dates(self, starts_at: datetime, year: int, calendar: Calendar) -> tuple[PeriodDates, ...]:
        """The periods of a cycle of this year that starts then; InvalidPolicy if they are not in order.

        What is over at the start is no period of this cycle; the others keep their numbers.
        """
        close = calendar.closes
        ends = [after(end, starts_at, calendar, close, year, f"periods.ends.{n}") for n, end in enumerate(self.ends)]
        for number, (end, following) in enumerate(pairwise(ends), start=1):
            if end >= following:
                raise InvalidPolicy(
                    f"Period {number + 1} ends before it begins.", f"periods.ends.{number}", "Order the ends."
                )
        bounds = enumerate(pairwise((starts_at, *ends)), start=1)
        return tuple(
            self._dates(number, max(begins, starts_at), end, calendar)
            for number, (begins, end) in bounds
            if end > starts_at
        )

    def _dates(self, number: int, begins: datetime, ends: datetime, calendar: Calendar) -> PeriodDates:
        year, close = ends.year, calendar.closes
        report_by = after(self.report, ends, calendar, close, year, "periods.report")
        rate_by = after(self.rate, report_by, calendar, close, year, "periods.rate")
        reminders = tuple(around(self.remind, due, calendar, "periods.remind") for due in (report_by, rate_by))
        if reminders[0] >= report_by or reminders[1] >= rate_by:
            raise InvalidPolicy("A reminder comes too late.", "periods.remind", "Write '2 working days before'.")
        last_day = ends.astimezone(ZoneInfo(calendar.zone)).date()
        asked = (max(reminders[0], ends), report_by, max(reminders[1], report_by), rate_by)
        return PeriodDates(number, begins, ends, last_day, *asked)
