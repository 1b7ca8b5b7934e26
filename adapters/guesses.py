"""How often somebody may be wrong: passwords, links, codes and tokens, counted in sliding windows.

Only wrong ones count. Three counts stand together, so that guessing ends soon and a stranger cannot lock anybody out: the
account from this address, this address for whatever account, and the account from anywhere. The last one does not bind
addresses from which the account was opened lately. Each process counts for itself, in its memory.
"""

import math
import time
from dataclasses import dataclass

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter

SAME_DOOR = RateLimitItemPerMinute(10, 15, "door")
"""One account from one address."""
ADDRESS = RateLimitItemPerMinute(100, 15, "address")
"""One address; an office may stand behind it."""
ACCOUNT = RateLimitItemPerHour(50, 1, "account")
"""One account from anywhere."""
CODES = RateLimitItemPerMinute(10, 15, "codes")
"""Codes of one account, the right ones too: whoever types codes has the password already."""
LINKS = RateLimitItemPerMinute(20, 15, "links")
TOKENS = RateLimitItemPerMinute(60, 15, "tokens")
"""Both by address. They cannot be guessed; this keeps a broken or hostile program from asking without end."""


NEWS = RateLimitItemPerMinute(1, 15, "news")
"""How often it is told that somebody tries too often."""


@dataclass(frozen=True, slots=True)
class Count:
    """One count: of what, and whose."""

    limit: RateLimitItem
    of: tuple[str, ...]


class TooManyTries(Exception):
    """Refused without a look at what was given; it may be tried again after so many seconds."""

    def __init__(self, seconds: int) -> None:
        super().__init__("Too many wrong tries.")
        self.seconds = seconds


class Guesses:
    """The counts of this process."""

    def __init__(self) -> None:
        self._window = MovingWindowRateLimiter(MemoryStorage())

    async def full(self, count: Count) -> bool:
        """Whether nothing more may be tried."""
        return not await self._window.test(count.limit, *count.of)

    async def demand(self, *counts: Count) -> None:
        """TooManyTries if one of these is full."""
        for count in counts:
            if await self.full(count):
                raise await self.refusal(count)

    async def refusal(self, count: Count) -> TooManyTries:
        """What to raise for a count that is full."""
        stats = await self._window.get_window_stats(count.limit, *count.of)
        return TooManyTries(max(1, math.ceil(stats.reset_time - time.time())))

    async def wrong(self, *counts: Count) -> None:
        """One more wrong try on each of these."""
        for count in counts:
            await self._window.hit(count.limit, *count.of)

    async def take(self, count: Count) -> None:
        """One more try of whatever kind; TooManyTries if it is too many. Counted first, so that none slip past together."""
        if not await self._window.hit(count.limit, *count.of):
            raise await self.refusal(count)

    async def is_news(self, count: Count) -> bool:
        """Whether it was not told lately that this count is full."""
        return await self._window.hit(NEWS, count.limit.namespace, *count.of)
