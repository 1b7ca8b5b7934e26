"""The state of a process, and the one way in which it reaches the database."""

from collections.abc import Awaitable, Callable
from typing import Generic, Protocol, Self, TypeVar

from temporalio import workflow
from temporalio.exceptions import FailureError

from activities.records import RecordActivities
from appraisal.record import Event
from workflows.policies import STORE_AT_ONCE, STORE_WHEN_POSSIBLE


class State(Protocol):
    """What every process state offers: its revision, and the events that are not yet stored."""

    @property
    def revision(self) -> int: ...

    @property
    def events(self) -> tuple[Event, ...]: ...

    def stored(self, revision: int) -> Self: ...


S = TypeVar("S", bound=State)


class Ledger(Generic[S]):
    """Messages replace `state`; the process's own loop calls `save`; whoever must answer waits for `stored`."""

    def __init__(self, state: S, store: Callable[[RecordActivities, S], Awaitable[None]]) -> None:
        self.state = state
        self._store = store
        self._stored_revision = -1

    @property
    def unsaved(self) -> bool:
        return bool(self.state.events)

    async def save(self) -> None:
        """Store what is unsaved, at once if the database answers, else for as long as it takes."""
        saving = self.state
        try:
            await workflow.execute_local_activity_method(self._store, saving, **STORE_AT_ONCE)
        except FailureError:
            # Not ActivityError: when a history is replayed, the failure of a local activity comes without that wrapping.
            await workflow.execute_activity_method(self._store, saving, **STORE_WHEN_POSSIBLE)
        self._stored_revision = saving.revision
        self.state = self.state.stored(saving.revision)

    async def stored(self, revision: int) -> None:
        """Wait until this revision is on record, so that people read their own writes."""
        await workflow.wait_condition(lambda: self._stored_revision >= revision)
