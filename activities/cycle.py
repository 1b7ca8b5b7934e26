"""What launching and closing a cycle does to the world."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from temporalio import activity

from activities.ports import Calendars, Cases, Groups, Participants
from appraisal.access import Parties
from appraisal.case import Case, opened
from appraisal.cycle import Cycle, Leadership
from appraisal.timetable import Timetable

PAGE = 50
"""Processes started at once, and cases started between two heartbeats."""


@dataclass(frozen=True, slots=True)
class Start:
    """Start everything of this cycle that has not started yet."""

    cycle: str
    timetable: Timetable
    at: datetime


class CycleActivities:
    """Each is safe to repeat: enrolment keeps the first list, starting skips what runs."""

    def __init__(self, calendars: Calendars, participants: Participants, cases: Cases, groups: Groups) -> None:
        self._calendars, self._participants, self._cases, self._groups = calendars, participants, cases, groups

    @activity.defn
    async def timetable(self, cycle: Cycle) -> Timetable:
        """The cycle's absolute dates, from a calendar that is read once and then frozen in them."""
        launch = cycle.launch
        years = (launch.year - 1, launch.year, launch.year + 1)
        calendar = self._calendars.calendar(years, launch.policy.zone, launch.policy.hours())
        return launch.policy.timetable(launch.starts_at, launch.year, calendar)

    @activity.defn
    async def enrol(self, cycle: Cycle) -> int:
        """Fix the list of participants and return its length; InvalidLaunch when it would be empty."""
        return await self._participants.enrol(cycle.launch)

    @activity.defn
    async def start_cases(self, start: Start) -> int:
        """Start every participant's case; a repeated attempt goes on where the last report was."""
        everybody = await self._participants.everybody(start.cycle)
        details = activity.info().heartbeat_details
        started = int(details[0]) if details else 0
        while page := everybody[started : started + PAGE]:
            await asyncio.gather(*(self._cases.start(_first_state(start, parties)) for parties in page))
            started += len(page)
            await self._participants.progress(start.cycle, started)
            activity.heartbeat(started)
        return started

    @activity.defn
    async def start_groups(self, start: Start) -> None:
        """Start the calibration of each unit, and the nomination."""
        pools = await self._participants.pools(start.cycle)
        for first in range(0, len(pools), PAGE):
            page = pools[first : first + PAGE]
            await asyncio.gather(*(self._start_calibration(start, pool) for pool in page))
        await self._groups.start_nomination(start.cycle, start.timetable, start.at)

    async def _start_calibration(self, start: Start, pool: Leadership) -> None:
        await self._groups.start_calibration(start.cycle, pool, start.timetable, start.at)

    @activity.defn
    async def open_cases(self, cycle: str) -> int:
        """How many cases of the cycle are not closed yet, those that did not start included."""
        return await self._participants.open_cases(cycle)


def _first_state(start: Start, parties: Parties) -> Case:
    case_id = f"appraisal/{start.cycle}/{parties.employee}"
    return opened(case_id, start.cycle, parties, start.timetable, start.at)
