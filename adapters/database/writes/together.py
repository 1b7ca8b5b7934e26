"""Writing together what waits together: one transaction for all of it costs little more than one for each."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")
MOST = 32
"""Items in one transaction: a longer one would make the first of them wait for the last."""


class Together(Generic[Item]):
    """`await together(item)` returns once `write` has committed the item, or raises why it could not.

    What comes while a transaction runs waits for the next one. Should one fail, each of its items is tried alone, so that
    nobody's write is lost by a neighbour's.
    """

    def __init__(self, write: Callable[[Sequence[Item]], Awaitable[None]]) -> None:
        self._write = write
        self._waiting: list[tuple[Item, asyncio.Future[None]]] = []
        self._writer: asyncio.Task[None] | None = None

    async def __call__(self, item: Item) -> None:
        written = asyncio.get_running_loop().create_future()
        self._waiting.append((item, written))
        if self._writer is None:
            self._writer = asyncio.create_task(self._write_all())
        await written

    async def _write_all(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
                await self._try(batch)
        finally:
            self._writer = None

    async def _try(self, batch: list[tuple[Item, asyncio.Future[None]]]) -> None:
        # Whoever has given up waiting will come again; what is not written then needs no attempt.
        wanted = [(item, written) for item, written in batch if not written.done()]
        if not wanted:
            return
        try:
            await self._write([item for item, _ in wanted])
        except Exception as failed:  # whatever it is, whoever waits for the write must hear of it
            if len(wanted) > 1:
                for one in wanted:
                    await self._try([one])
            elif not wanted[0][1].done():
                wanted[0][1].set_exception(failed)
        else:
            for _, written in wanted:
                if not written.done():
                    written.set_result(None)
