"""Figures of the whole installation for Prometheus: what waits in the record, and what waits at Temporal.

They are the same whichever API process is asked, and are made when somebody asks: at most every ten seconds in each process, so
that no scrape costs more than a page. What does not answer tells nothing but that: a figure is never an old one.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import wraps
from typing import ParamSpec, TypeVar

from prometheus_client import Histogram
from prometheus_client.core import GaugeMetricFamily, Metric
from sqlalchemy.exc import SQLAlchemyError
from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest, DescribeTaskQueueResponse
from temporalio.client import Client
from temporalio.service import RPCError

from adapters.database.engine import Sessions
from adapters.database.reads import vitals
from appraisal.errors import AppraisalError

FRESH = 10.0
"""Seconds for which the figures are told again."""
PATIENCE = timedelta(seconds=3)
TASKS = {
    "workflow": TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    "activity": TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
}
ORDERS = Histogram("jenjang_order_seconds", "From an order to the answer of its process, by how it ended", ("outcome",))
"""Outcomes: stored, accepted (taken, not on record yet), refused (by a rule), unreachable."""
P = ParamSpec("P")
T = TypeVar("T")
K = TypeVar("K", bound=tuple[str, ...])


def timed(giving: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[T]]:
    """Times an order, whose answer is empty where it is not on record yet."""

    @wraps(giving)
    async def given(*args: P.args, **kwargs: P.kwargs) -> T:
        started, outcome = time.perf_counter(), "unreachable"
        try:
            answer = await giving(*args, **kwargs)
            outcome = "accepted" if answer is None else "stored"
        except AppraisalError:
            outcome = "refused"
            raise
        finally:
            ORDERS.labels(outcome).observe(time.perf_counter() - started)
        return answer

    return given


class Told:
    """The figures of one instant, in the shape that prometheus_client writes out."""

    def __init__(self, metrics: list[Metric]) -> None:
        self._metrics = metrics

    def collect(self) -> Iterator[Metric]:
        yield from self._metrics


class Vitals:
    """One for each process that serves."""

    def __init__(self, reading: Sessions, temporal: Client, task_queue: str) -> None:
        self._reading, self._temporal, self._queue = reading, temporal, task_queue
        self._told, self._until, self._making = Told([]), 0.0, asyncio.Lock()

    async def figures(self, now: datetime) -> Told:
        """As of this instant, or of one a few seconds ago."""
        async with self._making:
            if time.monotonic() >= self._until:
                record, tasks = await asyncio.gather(self._of_record(now), self._of_temporal())
                self._told, self._until = Told([*record, *tasks]), time.monotonic() + FRESH
        return self._told

    async def _of_record(self, now: datetime) -> list[Metric]:
        try:
            async with asyncio.timeout(PATIENCE.total_seconds()), self._reading() as session:
                found = await vitals.vitals(session, now)
        except (SQLAlchemyError, OSError):
            return [_up("database", False)]
        return [_up("database", True), *_in_record(found, now)]

    async def _of_temporal(self) -> list[Metric]:
        try:
            answers = await asyncio.gather(*(self._described(kind) for kind in TASKS.values()))
        except RPCError:
            return [_up("temporal", False)]
        return [_up("temporal", True), *_at_temporal(dict(zip(TASKS, answers, strict=True)))]

    async def _described(self, kind: TaskQueueType.ValueType) -> DescribeTaskQueueResponse:
        question = DescribeTaskQueueRequest(
            namespace=self._temporal.namespace,
            task_queue=TaskQueue(name=self._queue),
            task_queue_type=kind,
            report_stats=True,
        )
        return await self._temporal.workflow_service.describe_task_queue(question, timeout=PATIENCE)


def _in_record(found: vitals.Vitals, now: datetime) -> Iterator[Metric]:
    def age(since: datetime | None) -> float:
        return max((now - since).total_seconds(), 0.0) if since else 0.0

    steps, unsent = found.steps.items(), found.unsent.items()
    yield _gauge("jenjang_cases_open", "Open cases", ("step",), {(step,): n for step, (n, _) in steps})
    yield _gauge("jenjang_cases_overdue", "Cases whose step is late", ("step",), {(step,): n for step, (_, n) in steps})
    yield _gauge(
        "jenjang_cases_without_holder", "Cases whose step waits for somebody and has nobody", (), {(): found.alone}
    )
    yield _gauge(
        "jenjang_messages_unsent", "Messages still to be sent", ("way",), {(way,): n for way, (n, _) in unsent}
    )
    ages = {(way,): age(since) for way, (_, since) in unsent}
    yield _gauge("jenjang_messages_unsent_age_seconds", "Age of the oldest message still to be sent", ("way",), ages)
    waiting = {(): age(found.unsettled)}
    yield _gauge("jenjang_notices_unsettled_age_seconds", "Age of the oldest notice nobody has looked at", (), waiting)
    labels = ("stand", "failure")
    yield _gauge("jenjang_siasn_unsent", "Results that have not arrived at SIASN", labels, found.pushes)
    kinds = {(kind,): n for kind, n in found.troubles.items()}
    yield _gauge("jenjang_troubles", "Processes that the watch found wrong", ("kind",), kinds)
    if found.anchored:
        yield _gauge(
            "jenjang_anchor_age_seconds", "Age of the newest anchor of the record", (), {(): age(found.anchored)}
        )


def _at_temporal(answers: dict[str, DescribeTaskQueueResponse]) -> Iterator[Metric]:
    stats = {(kind,): answer.stats for kind, answer in answers.items()}
    pollers = {(kind,): len(answer.pollers) for kind, answer in answers.items()}
    backlog = {kind: one.approximate_backlog_count for kind, one in stats.items()}
    ages = {kind: one.approximate_backlog_age.ToTimedelta().total_seconds() for kind, one in stats.items()}
    yield _gauge("jenjang_task_pollers", "Workers that have asked for tasks lately", ("kind",), pollers)
    yield _gauge("jenjang_task_backlog", "Tasks that wait for a worker", ("kind",), backlog)
    yield _gauge("jenjang_task_backlog_age_seconds", "How long the oldest task has waited", ("kind",), ages)


def _up(what: str, answers: bool) -> Metric:
    return _gauge(f"jenjang_{what}_up", f"Whether the {what} answers this process", (), {(): int(answers)})


def _gauge(name: str, meaning: str, labels: tuple[str, ...], values: Mapping[K, float]) -> Metric:
    family = GaugeMetricFamily(name, meaning, labels=labels)
    for key, value in values.items():
        family.add_metric(key, value)
    return family
