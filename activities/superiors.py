"""Putting on record that people answer to another superior, and what is reported and decided about it."""

from dataclasses import dataclass
from datetime import datetime

from temporalio import activity

from activities.people_ports import Superiors
from activities.ports import Calendars
from appraisal.delivery import Hours
from appraisal.people.superior_report import Report, deadline
from appraisal.people.superiors import Replacement
from appraisal.policy.spans import Calendar


@dataclass(frozen=True, slots=True)
class ReportTime:
    """How long HR has for a report (working days, or a duration), and the agency's hours by which days are counted."""

    span: str
    hours: Hours


class SuperiorActivities:
    """One attempt is one transaction; a repeated attempt changes nothing."""

    def __init__(self, superiors: Superiors, calendars: Calendars, time: ReportTime) -> None:
        self._superiors, self._calendars, self._time = superiors, calendars, time

    @activity.defn
    async def replace_superiors(self, replacement: Replacement) -> None:
        """Check the order against the record and write all of it; a refusal is raised and changes nothing."""
        await self._superiors.replace(replacement)

    @activity.defn
    async def keep_report(self, report: Report) -> None:
        """Keep what was reported, reminded or decided; a refusal is raised and changes nothing."""
        await self._superiors.keep_report(report)

    @activity.defn
    async def report_deadline(self, start: datetime) -> datetime:
        """When HR should have decided on what waits since `start`."""
        hours = self._time.hours
        almanac = await self._calendars.almanac((start.year, start.year + 1))
        return deadline(
            self._time.span, start, Calendar(hours.zone, hours.opens, hours.closes, almanac.off, hours.week)
        )
