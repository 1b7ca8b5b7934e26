"""The loop of a process that people's orders change and that keeps a clock of its own."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol, TypeVar

from temporalio import workflow

from appraisal.timetable import Planned
from appraisal.vocabulary import Alarm
from workflows.ledger import Ledger, State


class Clocked(State, Protocol):
    """A state that knows what its clock does next."""

    @property
    def open(self) -> bool: ...

    @property
    def next_alarm(self) -> Planned | None: ...


C = TypeVar("C", bound=Clocked)


async def until_closed(ledger: Ledger[C], ring: Callable[[C, Alarm, datetime], C]) -> None:
    """Store what is unsaved and ring what is due, until the state is closed and everybody is answered."""
    while ledger.unsaved or ledger.state.open:
        if ledger.unsaved:
            await ledger.save()
        else:
            await _next_order_or_alarm(ledger, ring)
    await workflow.wait_condition(workflow.all_handlers_finished)


async def _next_order_or_alarm(ledger: Ledger[C], ring: Callable[[C, Alarm, datetime], C]) -> None:
    planned = ledger.state.next_alarm
    assert planned is not None, "an open state always has a next alarm"
    instant, alarm = planned
    wait = instant - workflow.now()
    try:
        if wait.total_seconds() > 0:
            await workflow.wait_condition(lambda: ledger.unsaved, timeout=wait)
            return
    except TimeoutError:
        pass
    if not ledger.unsaved:
        ledger.state = ring(ledger.state, alarm, workflow.now())
