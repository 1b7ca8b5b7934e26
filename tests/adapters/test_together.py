"""What waits together is written together, and nobody's write is lost by a neighbour's."""

import asyncio
from collections.abc import Sequence

import pytest

from adapters.database.writes.together import MOST, Together


class Store:
    """Keeps what it is given, one transaction at a time, each of which ends when it is told to."""

    def __init__(self, *refused: int) -> None:
        self.refused = frozenset(refused)
        self.asked: list[list[int]] = []
        self.kept: list[int] = []
        self.may_end = asyncio.Event()

    async def write(self, items: Sequence[int]) -> None:
        self.asked.append(list(items))
        await self.may_end.wait()
        if self.refused & set(items):
            raise ValueError(f"refused: {self.refused & set(items)}")
        self.kept += items


async def _begin(together: Together[int], *items: int) -> list[asyncio.Task[None]]:
    """Ask for these writes, until each waits."""
    tasks = [asyncio.create_task(together(item)) for item in items]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    return tasks


async def test_what_comes_while_a_transaction_runs_waits_for_the_next_one_and_not_for_one_each() -> None:
    store = Store()
    together = Together(store.write)
    first = await _begin(together, 1)
    later = await _begin(together, *range(2, MOST + 4))
    store.may_end.set()
    await asyncio.gather(*first, *later)
    assert store.asked == [[1], list(range(2, MOST + 2)), [MOST + 2, MOST + 3]]
    assert store.kept == list(range(1, MOST + 4))


async def test_nobody_is_told_of_a_write_before_it_is_done() -> None:
    store = Store()
    waiting = await _begin(Together(store.write), 1, 2)
    assert not any(one.done() for one in waiting)
    store.may_end.set()
    await asyncio.gather(*waiting)


async def test_one_that_fails_fails_alone() -> None:
    store = Store(3)
    store.may_end.set()
    together = Together(store.write)
    answers = await asyncio.gather(*(together(item) for item in (1, 2, 3, 4)), return_exceptions=True)
    assert [type(answer) for answer in answers] == [type(None), type(None), ValueError, type(None)]
    assert store.kept == [1, 2, 4]
    with pytest.raises(ValueError, match="refused"):
        await together(3)
    await together(5)
    assert store.kept == [1, 2, 4, 5], "and writing goes on"


async def test_who_has_given_up_is_not_written_for_and_holds_up_nobody() -> None:
    store = Store()
    together = Together(store.write)
    running, gone, here = await _begin(together, 1, 2, 3)
    gone.cancel()
    await asyncio.sleep(0)
    store.may_end.set()
    await asyncio.gather(running, here)
    assert gone.cancelled()
    assert 2 not in (item for batch in store.asked[1:] for item in batch)
