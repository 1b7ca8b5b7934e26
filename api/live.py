"""Whether anything has changed: one look at the database each second for all who watch, and none when nobody does."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any, TypeVar

import structlog
from sqlalchemy.exc import SQLAlchemyError

from adapters.database.engine import Sessions
from adapters.database.reads.board import Units
from adapters.database.reads.closing import Line, left, still_open
from adapters.database.reads.figures import Figures, figures
from adapters.database.reads.open_cases import Counts, counts, fingerprint

log = structlog.get_logger(__name__)

EVERY = 1.0
"""Seconds between two looks."""
COARSE = timedelta(seconds=10)
"""Lateness comes with time alone: counts are of the last full ten seconds, or of the last change."""
DRAWN_FOR = timedelta(seconds=30)
"""Drawings over all steps ever done are as old as this at most."""
T = TypeVar("T")


class Live:
    """One for each process that serves pages."""

    def __init__(self, reading: Sessions) -> None:
        self._reading = reading
        self._watchers, self._beat = 0, 0
        self._changed, self._starting = asyncio.Condition(), asyncio.Lock()
        self._listener: asyncio.Task[None] | None = None
        self._ended = False
        self._kept: dict[str, tuple[Any, Any]] = {}
        self._making: dict[str, asyncio.Lock] = {}

    @property
    def watched(self) -> bool:
        """Whether anybody watches; only then is the database looked at."""
        return self._listener is not None

    async def changes(self) -> AsyncIterator[int]:
        """Yields at once, and then whenever something has changed, until the reader goes or the process ends."""
        async with self._watching():
            seen = self._beat
            yield seen
            while True:
                async with self._changed:
                    while self._beat == seen and not self._ended:
                        await self._changed.wait()
                    if self._ended:
                        return
                seen = self._beat
                yield seen

    async def end(self) -> None:
        """Let go everybody who watches; their browsers come back, to a process that stays."""
        async with self._changed:
            self._ended = True
            self._changed.notify_all()

    @asynccontextmanager
    async def _watching(self) -> AsyncIterator[None]:
        self._watchers += 1
        try:
            async with self._starting:
                if self._listener is None:
                    # Marked before the first word goes out: whoever reads on that word misses nothing that comes after it.
                    self._listener = asyncio.create_task(self._listen(await self._mark()))
            yield
        finally:
            self._watchers -= 1
            if self._watchers == 0 and self._listener is not None:
                self._listener.cancel()
                self._listener = None

    async def _listen(self, last: tuple[Any, ...] | None) -> None:
        while True:
            await asyncio.sleep(EVERY)
            mark = await self._mark()
            if mark is not None and mark != last:
                last = mark
                async with self._changed:
                    self._beat += 1
                    self._changed.notify_all()

    async def _mark(self) -> tuple[Any, ...] | None:
        """None while the database is away: the next look tells."""
        try:
            async with self._reading() as session:
                return await fingerprint(session)
        except (SQLAlchemyError, OSError) as away:
            log.warning("board_not_watched", error=type(away).__name__)
            return None

    async def counts(self, now: datetime, units: Units = None) -> Counts:
        """The counts as of the last change, in these units or in all, made once for all who ask."""
        async with self._reading() as session:
            mark = (await fingerprint(session), _floor(now, COARSE))
            return await self._once(f"counts/{units}", mark, lambda: counts(session, now, units))

    async def figures(self, now: datetime, cycle: str, units: Units = None) -> Figures:
        """The drawn figures; `at` tells how old they are."""
        async with self._reading() as session:
            name, mark = f"figures/{cycle}/{units}", _floor(now, DRAWN_FOR)
            return await self._once(name, mark, lambda: figures(session, now, cycle, units))

    async def still_open(self, now: datetime, cycle: str, revision: int) -> tuple[Line, ...]:
        """The open cases of a cycle at this revision, with the exits that they take if nobody acts any more."""
        async with self._reading() as session:
            mark = (revision, await fingerprint(session), _floor(now, COARSE))
            return await self._once(f"closing/{cycle}", mark, lambda: still_open(session, cycle, now))

    async def left(self, cycle: str, revision: int) -> tuple[Line, ...]:
        """How each case left a cycle that has closed: nothing of that changes any more."""
        async with self._reading() as session:
            return await self._once(f"left/{cycle}", revision, lambda: left(session, cycle))

    async def _once(self, name: str, mark: Any, make: Callable[[], Awaitable[T]]) -> T:
        async with self._making.setdefault(name, asyncio.Lock()):
            kept = self._kept.get(name)
            if kept is None or kept[0] != mark:
                kept = (mark, await make())
                self._kept[name] = kept
        made: T = kept[1]
        return made


def _floor(now: datetime, step: timedelta) -> int:
    return int(now.timestamp() // step.total_seconds())
