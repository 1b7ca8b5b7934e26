"""Sending results to SIASN: a round tries everything of an order that waits; Temporal lets the rounds follow each other."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import aclosing, asynccontextmanager
from datetime import datetime

from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.siasn_ports import Gateway, Pushes
from appraisal.siasn.push import Attempt, Failure, PushOrder, outage
from appraisal.siasn.record import Record
from appraisal.siasn.result import Codes, Told, record

PAGE = 50
"""Results whose outcome is kept together. A worker that dies leaves at most so many to be looked up again."""
BEAT = 2.0
"""Seconds between two signs of life. A request may take longer than a dead worker should go unnoticed."""


class PushActivities:
    """Safe to repeat: before a record is written it is looked whether SIASN holds it already."""

    def __init__(self, pushes: Pushes, gateway: Gateway, codes: Codes, now: Callable[[], datetime]) -> None:
        self._pushes, self._gateway, self._codes, self._now = pushes, gateway, codes, now

    @activity.defn
    async def enlist_results(self, order: PushOrder) -> int:
        """Let the results of the order wait; how many do."""
        async with _beating():
            return await self._pushes.enlist(order, self._now())

    @activity.defn
    async def send_results(self, order: str) -> None:
        """One round. It fails while results wait that may arrive at another try."""
        async with _beating():
            waiting = await self._pushes.waiting(order)
            for first in range(0, len(waiting), PAGE):
                records = await self._records(order, waiting[first : first + PAGE])
                async with aclosing(self._gateway.send(records)) as tries:
                    attempts = [attempt async for attempt in tries]
                if away := outage(attempts):
                    await self._pushes.keep_outage(order, away, self._now())
                    raise ApplicationError(f"SIASN cannot be reached: {away}.", type="SiasnAway")
                await self._pushes.keep(order, attempts)
            left = len(await self._pushes.waiting(order))
        if left:
            raise ApplicationError(f"{left} results have not arrived yet.", type="ResultsWait")

    async def _records(self, order: str, pushes: Sequence[str]) -> list[tuple[str, Record]]:
        """What these tell, as SIASN's records. Where there is none, the reason is kept at once."""
        made = [(push, self._record(told)) for push, told in await self._pushes.results(pushes)]
        hopeless = [Attempt(push, self._now(), one) for push, one in made if not isinstance(one, Record)]
        if hopeless:
            await self._pushes.keep(order, hopeless)
        return [(push, one) for push, one in made if isinstance(one, Record)]

    def _record(self, told: Told | Failure) -> Record | Failure:
        return told if isinstance(told, Failure) else record(told, self._codes)


@asynccontextmanager
async def _beating() -> AsyncIterator[None]:
    """Tell Temporal that this attempt lives, so that another worker goes on soon after this one has died."""

    async def beat() -> None:
        while True:
            activity.heartbeat()
            await asyncio.sleep(BEAT)

    beating = asyncio.create_task(beat())
    try:
        yield
    finally:
        beating.cancel()
