"""What sending results to SIASN needs from the outside world. Adapters implement these by shape, as those of ports.py."""

from collections.abc import AsyncGenerator, Sequence
from datetime import datetime
from typing import Protocol

from appraisal.siasn.push import Attempt, Failure, PushOrder
from appraisal.siasn.record import Record
from appraisal.siasn.result import Told


class Pushes(Protocol):
    """The record of what is sent."""

    async def enlist(self, order: PushOrder, at: datetime) -> int:
        """Let the results of this order wait, unless another order has them in hand; how many wait by it."""

    async def waiting(self, order: str) -> tuple[str, ...]:
        """The pushes of the order that have not arrived yet, those that were tried least first."""

    async def results(self, pushes: Sequence[str]) -> tuple[tuple[str, Told | Failure], ...]:
        """What each of them tells as the record stands now, or why it tells nothing."""

    async def keep(self, order: str, attempts: Sequence[Attempt]) -> None:
        """Keep what came of these tries; those of another order meanwhile are left alone."""

    async def keep_outage(self, order: str, failure: Failure, at: datetime) -> None:
        """All of the order that wait have been kept from arriving by this, and none has been tried for it."""


class Gateway(Protocol):
    """SIASN, as far as the settings lead there."""

    def send(self, records: Sequence[tuple[str, Record]]) -> AsyncGenerator[Attempt, None]:
        """Try each record (under the id of its push) once, in any order. What SIASN holds already is not written again."""
