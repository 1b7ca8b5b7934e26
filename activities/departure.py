"""What follows when somebody is no longer there: the own cases, and the appointments to act."""

from asyncio import gather
from dataclasses import dataclass
from datetime import datetime

from temporalio import activity

from activities.pages import AT_ONCE
from activities.people_ports import ActingProcesses, Departures
from activities.ports import Cases
from appraisal.access import Actor
from appraisal.commands import Order, Release
from appraisal.people.departure import Departure, Own, Result


@dataclass(frozen=True, slots=True)
class Settling:
    """All that is left of this order, of a process or of an import, is done now."""

    order: str
    at: datetime


class DepartureActivities:
    """Safe to repeat: what has a result is left alone, and a process takes each command id once."""

    def __init__(self, departures: Departures, cases: Cases, acting: ActingProcesses) -> None:
        self._departures, self._cases, self._acting = departures, cases, acting

    @activity.defn
    async def keep_departure(self, departure: Departure) -> None:
        """Check the order against the record and keep it; a refusal is raised and changes nothing."""
        await self._departures.keep(departure)

    @activity.defn
    async def keep_return(self, departure: Departure) -> None:
        """Keep who is back, and let their cases go on that stand still by this order.

        A case that goes on already, or is closed, refuses; then there is nothing left to do for it.
        """
        said = {person: event for event in departure.events for person, _, _ in event.changes}
        for case, person in await self._departures.keep_return(departure):
            event = said[person]
            release = Order(Release(event.reason), Actor(event.actor, hr=True))
            await self._cases.perform(case, release, f"{departure.id}/{event.revision}")
            activity.heartbeat(case)

    @activity.defn
    async def settle_departure(self, settling: Settling) -> int:
        """Do to each own case what HR has decided, and end the appointments; how many refused."""
        waiting = await self._departures.unsettled(settling.order)
        for first in range(0, len(waiting), AT_ONCE):
            page = waiting[first : first + AT_ONCE]
            codes = await gather(*(self._settle(one, f"departure/{settling.order}") for one in page))
            await self._departures.keep_results(settling.order, tuple(map(Result, page, codes)))
            activity.heartbeat(first)
        return await self._departures.settled(settling.order, settling.at)

    async def _settle(self, own: Own, command_id: str) -> str:
        if own.acting:
            return await self._acting.end(own.subject, own.actor, command_id)
        if own.remedy is None:
            return ""
        return await self._cases.perform(own.subject, Order(own.remedy, own.actor), command_id)
