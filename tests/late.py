"""Processes that take their time: with `--late SECONDS`, each side effect begins, and is heard of, up to so much later.

What a test sees right after one effect, and takes for the end of all, is seen here: it then passes only on a quick machine.
"""

import asyncio
import random
from typing import Any

import pytest
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor, Worker

OPTION = "--late"


def make_late(patch: pytest.MonkeyPatch, most: float) -> None:
    """Every worker that starts under this patch is late: often by little, seldom by much."""
    started = Worker.__init__

    def start(self: Worker, *args: Any, **options: Any) -> None:
        started(self, *args, **{**options, "interceptors": [*options.get("interceptors", ()), _Late(most)]})

    patch.setattr(Worker, "__init__", start)


class _Late(Interceptor):
    def __init__(self, most: float) -> None:
        self._most = most

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        return _LateActivity(next, self._most)


class _LateActivity(ActivityInboundInterceptor):
    def __init__(self, next: ActivityInboundInterceptor, most: float) -> None:
        super().__init__(next)
        self._most = most

    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        await self._wait()
        result = await super().execute_activity(input)
        await self._wait()
        return result

    async def _wait(self) -> None:
        await asyncio.sleep(self._most * random.random() ** 3)
