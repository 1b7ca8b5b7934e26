"""Starting a closed case again from its record, and with it the groups that it still has to pass."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from temporalio import activity

from activities.ports import Participants, Processes
from activities.reopening_ports import Archive, SeatOrders
from appraisal.access import CYCLE
from appraisal.calibration.calibration import Calibration
from appraisal.errors import NotClosed
from appraisal.group_clock import reopened as reopened_group
from appraisal.policy.dates import Dates
from appraisal.record import Event
from appraisal.reopening import Reopen, reopened
from appraisal.training.enrolment import EnrolmentOrder, WithdrawSeat
from appraisal.training.nomination import Nomination
from appraisal.vocabulary import WAY, Step

MOMENT = 0.05
REOPENED = "Penilaian dibuka kembali: {reason}"
"""Why a seat in a training is taken back, as its holder reads it."""


@dataclass(frozen=True, slots=True)
class Reopening:
    """An accepted order: the id of the case's process, the dates of its cycle as they are now, when, and which command."""

    cycle: str
    case: str
    order: Reopen
    dates: Dates
    at: datetime
    command_id: str


class StillEnding(Exception):
    """A process that is closed on record still runs for a moment; the next attempt finds it gone."""


class ReopeningActivities:
    """Safe to repeat: a command that is on record is done, and only one start of a process wins."""

    def __init__(self, archive: Archive, participants: Participants, processes: Processes, seats: SeatOrders) -> None:
        self._archive, self._participants, self._processes, self._seats = archive, participants, processes, seats

    @activity.defn
    async def reopen_case(self, wish: Reopening) -> int:
        """Start the case, and then, once it is on record, whichever group was done without it; the revision of the order."""
        try:
            if await self._archive.revision_of(wish.case, wish.command_id) is None:
                await self._start(wish)
        except NotClosed:  # it may be open by this very order: what an earlier attempt has started is stored just now
            if await self._archive.revision_of(wish.case, wish.command_id) is None:
                raise
        revision = await self._stored(wish.case, wish.command_id)
        kept = await self._archive.case(wish.case)
        assert kept is not None, "it is on record"
        for group in await self._archive.groups(wish.cycle, kept.case.parties.unit):
            await self._go_on(wish, group)
        return revision

    async def _start(self, wish: Reopening) -> None:
        kept = await self._archive.case(wish.case)
        if kept is None:
            raise NotClosed("This case is not on record.", "", "Wait until it has been started.")
        pool, employee = kept.case.parties.unit, wish.order.employee
        workplaces = await self._participants.workplaces(wish.cycle)
        timetable = wish.dates.of_case(workplaces.get(employee, pool), pool)
        state = reopened(kept, wish.order, timetable, wish.at, wish.command_id)
        await self._take_back_training(wish, employee)
        if not await self._processes.restart(state, over=False):
            raise StillEnding(wish.case)

    async def _take_back_training(self, wish: Reopening, employee: str) -> None:
        """What follows from a case that is open again is open again; only a course that was attended was attended."""
        if seat := await self._archive.open_seat(wish.cycle, employee):
            why = WithdrawSeat(REOPENED.format(reason=wish.order.reason.strip()))
            await self._seats.tell(seat, EnrolmentOrder(why, CYCLE), wish.command_id)
        await self._archive.withdraw_proposal(wish.cycle, employee)

    async def _go_on(self, wish: Reopening, group: Calibration | Nomination) -> None:
        step = Step.CALIBRATION if isinstance(group, Calibration) else Step.NOMINATION
        if group.open or WAY.index(wish.order.step) > WAY.index(step):
            return
        given = await self._archive.given(group.id)
        if wish.command_id in given:
            return
        table = wish.dates.of(group.unit) if isinstance(group, Calibration) else wish.dates.timetable
        why = Event(0, "reopen", wish.order.actor.id, wish.at, wish.command_id, reason=wish.order.reason.strip())
        if not await self._processes.restart_shared(reopened_group(group, step, table, given, why)):
            raise StillEnding(group.id)
        await self._stored(group.id, wish.command_id)

    async def _stored(self, subject: str, command_id: str) -> int:
        """The revision that the command made, once the process that was started has stored it."""
        while (revision := await self._archive.revision_of(subject, command_id)) is None:
            await asyncio.sleep(MOMENT)
        return revision
