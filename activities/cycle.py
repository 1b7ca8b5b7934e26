"""What launching and closing a cycle does to the world."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from temporalio import activity

from activities.ports import Calendars, Cases, Groups, Participants, Records
from appraisal.calibration.session_rules import BEFORE, SessionRules
from appraisal.case import Case
from appraisal.case_events import opened
from appraisal.cycle import Cycle, Leadership
from appraisal.parties import Parties
from appraisal.policy.dates import Dates, UnitDates, calendar_years, dates
from appraisal.timetable import Timetable

PAGE = 64
"""Processes started at once, and cases started between two heartbeats. More would start a little faster still, and let the
orders of others wait behind them in the engine for more than a second."""


@dataclass(frozen=True, slots=True)
class Start:
    """Start everything of this cycle that has not started yet. `units` have dates of their own.

    With `people`, only their cases, beside those that have started `already`.
    """

    cycle: str
    timetable: Timetable
    at: datetime
    units: tuple[UnitDates, ...] = ()
    people: tuple[str, ...] = ()
    already: int = 0
    session: SessionRules = BEFORE

    @property
    def dates(self) -> Dates:
        return Dates(self.timetable, units=self.units)


class CycleActivities:
    """Each is safe to repeat: enrolment keeps the first list, starting skips what runs."""

    def __init__(
        self, calendars: Calendars, participants: Participants, records: Records, cases: Cases, groups: Groups
    ) -> None:
        self._calendars, self._participants, self._records = calendars, participants, records
        self._cases, self._groups = cases, groups

    @activity.defn
    async def dates(self, cycle: Cycle) -> Dates:
        """The cycle's absolute dates, from a calendar that is read once and then frozen in them."""
        launch = cycle.launch
        almanac = await self._calendars.almanac(calendar_years(launch.year))
        return dates(launch.policy, launch.starts_at, launch.year, almanac, await self._calendars.schedules())

    @activity.defn
    async def timetable(self, cycle: Cycle) -> Timetable:
        """The agency's dates alone, for a cycle whose planning began before units could have their own."""
        return (await self.dates(cycle)).timetable

    @activity.defn
    async def enrol(self, cycle: Cycle) -> int:
        """Fix the list of participants and return its length; InvalidLaunch when it would be empty."""
        return await self._participants.enrol(cycle.launch)

    @activity.defn
    async def start_cases(self, start: Start) -> int:
        """Start every participant's case; a repeated attempt goes on where the last report was.

        A page is put on record before its processes start, in one transaction: each storing its own opening takes twice as long.
        A case that the record knows to be further on has a process, or the watch finds that it lacks one: it is not begun anew.
        """
        everybody = await self._participants.everybody(start.cycle)
        if start.people:
            everybody = tuple(parties for parties in everybody if parties.employee in start.people)
        workplaces = await self._participants.workplaces(start.cycle) if start.units else {}
        details = activity.info().heartbeat_details
        started = int(details[0]) if details else 0
        while page := everybody[started : started + PAGE]:
            states = [_first_state(start, parties, workplaces.get(parties.employee)) for parties in page]
            gone_on = await self._records.store_new_cases(states)
            fresh = [state for state in states if state.id not in gone_on]
            await asyncio.gather(*(self._cases.start(state.stored(state.revision)) for state in fresh))
            started += len(page)
            await self._participants.progress(start.cycle, start.already + started)
            activity.heartbeat(started)
        return started

    @activity.defn
    async def start_groups(self, start: Start) -> None:
        """Start the calibration of each unit, and the nomination, unless they have been on their way already."""
        known = await self._participants.groups(start.cycle)
        pools = [pool for pool in await self._participants.pools(start.cycle) if pool.unit not in known]
        for first in range(0, len(pools), PAGE):
            page = pools[first : first + PAGE]
            await asyncio.gather(*(self._start_calibration(start, pool) for pool in page))
            activity.heartbeat()
        if "" not in known:
            await self._groups.start_nomination(start.cycle, start.timetable, start.at)

    async def _start_calibration(self, start: Start, pool: Leadership) -> None:
        await self._groups.start_calibration(start.cycle, pool, start.dates.of(pool.unit), start.at, start.session)

    @activity.defn
    async def open_cases(self, cycle: str) -> int:
        """How many cases of the cycle are not closed yet, those that did not start included."""
        return await self._participants.open_cases(cycle)


def _first_state(start: Start, parties: Parties, workplace: str | None) -> Case:
    case_id = f"appraisal/{start.cycle}/{parties.employee}"
    timetable = start.dates.of_case(workplace or parties.unit, parties.unit)
    return opened(case_id, start.cycle, parties, timetable, start.at)
