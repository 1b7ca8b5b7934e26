"""Sending notices: decide what goes to whom, then send what waits."""

from collections.abc import Awaitable, Callable
from contextlib import aclosing
from datetime import datetime
from typing import TypeVar

from temporalio import activity

from activities.notice_ports import Deliveries, Sender
from activities.ports import Calendars
from appraisal.delivery import Hours, Office, Round
from appraisal.policy.spans import Calendar
from appraisal.sending import Letter, Outcome, Parcel

PAGE = 100
"""So many are sent before it is looked again whether something urgent has come."""

Thing = TypeVar("Thing", Letter, Parcel)


class NoticeActivities:
    """Over the inbox and its two ways out. What was planned stays planned, whoever dies before it is sent."""

    def __init__(
        self,
        deliveries: Deliveries,
        mail: Sender[Letter],
        webhooks: Sender[Parcel],
        calendars: Calendars,
        hours: Hours,
    ) -> None:
        self._deliveries, self._mail, self._webhooks = deliveries, mail, webhooks
        self._calendars, self._hours = calendars, hours

    @activity.defn
    async def plan_deliveries(self, at: datetime) -> Round:
        hours = self._hours
        years = (at.year - 1, at.year, at.year + 1)
        almanac = await self._calendars.almanac(years)
        office = Office(Calendar(hours.zone, hours.opens, hours.closes, almanac.off, hours.week), hours.digest)
        await self._deliveries.plan(office, at)
        mails, events = await self._deliveries.waiting(at)
        open_now = office.open_at(at)
        watched = open_now or await self._deliveries.listeners() > 0
        return Round(mails if open_now else 0, events, watched, office.next_opening(at))

    @activity.defn
    async def send_mails(self, at: datetime) -> int:
        """Send the next page; returns how many need no second try."""
        return await self._send(self._mail, self._deliveries.letters, at)

    @activity.defn
    async def send_events(self, at: datetime) -> int:
        """The same for messages to programs."""
        return await self._send(self._webhooks, self._deliveries.parcels, at)

    async def _send(
        self, sender: Sender[Thing], waiting: Callable[[datetime, int], Awaitable[tuple[Thing, ...]]], at: datetime
    ) -> int:
        done = 0
        async with aclosing(sender.send(await waiting(at, PAGE))) as attempts:
            async for attempt in attempts:
                await self._deliveries.record(attempt)
                activity.heartbeat()
                if attempt.outcome in (Outcome.SENT, Outcome.REFUSED):
                    done += 1
                if attempt.outcome is not Outcome.SENT:
                    told = {"delivery": attempt.delivery, "outcome": str(attempt.outcome), "error": attempt.error}
                    activity.logger.warning("A delivery was not sent.", extra=told)
        return done
