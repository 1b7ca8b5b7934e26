"""Telling whoever has a clock in a running cycle that its dates have changed."""

from asyncio import TaskGroup
from collections.abc import Mapping
from dataclasses import dataclass

from temporalio import activity

from activities.dates_ports import Clocks, Running
from activities.pages import AT_ONCE, progress, tell
from activities.ports import Cases, Participants
from appraisal.access import CYCLE
from appraisal.commands import Order, Reschedule
from appraisal.group import Told
from appraisal.policy.dates import Dates
from appraisal.rescheduling import OpenCase
from appraisal.timetable import Timetable


@dataclass(frozen=True, slots=True)
class Change:
    """The new dates of a cycle, with who decided them and why. `number` is the cycle's revision that holds the decision."""

    cycle: str
    dates: Dates
    reason: str
    decided_by: str
    number: int

    @property
    def command_id(self) -> str:
        """The same decision is the same command to everybody, however often it is carried."""
        return f"cycle/{self.cycle}/{self.number}"

    def wish(self, timetable: Timetable) -> Reschedule:
        return Reschedule(timetable, self.reason, self.decided_by)


class DatesActivities:
    """Safe to repeat: everybody takes a command id once, and a second attempt goes on where the first one died."""

    def __init__(self, running: Running, participants: Participants, cases: Cases, clocks: Clocks) -> None:
        self._running, self._participants, self._cases, self._clocks = running, participants, cases, clocks

    @activity.defn
    async def reschedule_groups(self, change: Change) -> Told:
        """Give the calibrations and the nomination their dates. They come first: cases must not be ahead of their group."""
        told = Told(0)
        calibrations = await self._running.open_calibrations(change.cycle)
        for first in range(0, len(calibrations), AT_ONCE):
            page = calibrations[first : first + AT_ONCE]
            async with TaskGroup() as group:
                tasks = [group.create_task(self._calibration(change, *one)) for one in page]
            told = _with(told, tuple((one[0], task.result()) for one, task in zip(page, tasks, strict=True)))
            activity.heartbeat(first + len(page))
        wish = change.wish(change.dates.timetable)
        for nomination in await self._running.open_nominations(change.cycle):
            code = await self._clocks.tell(nomination, wish, CYCLE, change.command_id)
            told = _with(told, ((nomination, code),))
        return told

    async def _calibration(self, change: Change, calibration: str, unit: str) -> str:
        wish = change.wish(change.dates.of(unit))
        return await self._clocks.tell(calibration, wish, CYCLE, change.command_id)

    @activity.defn
    async def reschedule_cases(self, change: Change) -> Told:
        """Give every open case its own dates, as at the launch; how many took them, and which had closed meanwhile."""
        workplaces = await self._participants.workplaces(change.cycle) if change.dates.units else {}
        last, told = progress("")
        while page := await self._running.open_cases(change.cycle, last, AT_ONCE):
            told = await tell(self._cases, tuple(_order(change, case, workplaces) for case in page), told)
            last = page[-1].employee
            activity.heartbeat(last, told.moved, told.elsewhere)
        return told


def _order(change: Change, case: OpenCase, workplaces: Mapping[str, str]) -> tuple[str, str, Order, str]:
    timetable = change.dates.of_case(workplaces.get(case.employee, case.pool), case.pool)
    return case.employee, case.id, Order(change.wish(timetable), CYCLE), change.command_id


def _with(told: Told, answers: tuple[tuple[str, str], ...]) -> Told:
    elsewhere = tuple((who, code) for who, code in answers if code)
    return Told(told.moved + len(answers) - len(elsewhere), (*told.elsewhere, *elsewhere))
