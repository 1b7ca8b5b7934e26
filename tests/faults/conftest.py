"""What every test of failures leaves behind."""

import asyncio
import gc
from collections.abc import AsyncIterator

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The HTTP client forgets a socket when the server dies while it connects; nothing of ours can close that."""
    for item in items:
        if item.path.parent.name == "faults":
            item.add_marker(pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"))


@pytest.fixture(autouse=True)
async def _forgotten_sockets_are_found_here() -> AsyncIterator[None]:
    """And not in the middle of somebody else's test, whenever the collector next looks: at what is new since then."""
    gc.freeze()
    yield
    for _ in range(3):
        await asyncio.sleep(0.05)
        gc.collect()
