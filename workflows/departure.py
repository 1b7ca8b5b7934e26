"""One order of HR that people are not there, for good or for a time: kept, done when its day comes, over when all are back."""

from datetime import datetime

from temporalio import workflow
from temporalio.exceptions import ApplicationError

from activities.departure import DepartureActivities
from appraisal.commands import Receipt
from appraisal.people.departure import Depart, Departure, Return, ordered
from workflows.attempts import settle
from workflows.following import follow_from, settle_departures
from workflows.policies import CLOCKS_AGREE, FOLLOW_MANY


@workflow.defn
class DepartureWorkflow:
    """Id `departure/{order}`. Rules: appraisal.people.departure. Who acts is never copied, only followed."""

    @workflow.init
    def __init__(self, order: Depart) -> None:
        self._state = ordered(order, workflow.now())
        self._stored_revision = -1
        self._refusal: ApplicationError | None = None

    @workflow.run
    async def run(self, order: Depart) -> Receipt:
        making = self._state
        try:
            await settle(DepartureActivities.keep_departure, making)
        except ApplicationError as refusal:
            self._refusal = refusal
        else:
            self._on_record(making)
            await self._until(order.begins_at)
            await settle_departures(order.id)
            if self._state.away:
                await self._until(order.returns_at)
                self._state = self._state.over()
                await follow_from(workflow.now())
        await workflow.wait_condition(workflow.all_handlers_finished)
        if self._refusal is not None:
            raise self._refusal
        return self._receipt()

    @workflow.update
    async def kept(self) -> Receipt:
        """Answers once the order is on record, or with the reason why it is not."""
        return await self._recorded(0)

    @workflow.update
    async def come_back(self, wish: Return) -> Receipt:
        """Some of them are back; answers once that is on record and their cases go on."""
        after = self._back(wish)
        self._state = after
        return await self._recorded(after.revision)

    @come_back.validator
    def _may_come_back(self, wish: Return) -> None:
        self._back(wish)

    @workflow.query
    def departure(self) -> Departure:
        return self._state

    def _back(self, wish: Return) -> Departure:
        info = workflow.current_update_info()
        return self._state.back(wish, workflow.now(), info.id if info else "")

    async def _until(self, instant: datetime | None) -> None:
        """Wait for this instant, or for ever. Whoever returns meanwhile does so at once; with the last the wait ends."""
        while True:
            if self._state.events:
                await self._store_return()
                if not self._state.away:
                    return
            ahead = instant - workflow.now() if instant else None
            if ahead is not None and ahead.total_seconds() <= 0:
                return
            try:
                wait = ahead + CLOCKS_AGREE if ahead is not None else None
                await workflow.wait_condition(lambda: bool(self._state.events), timeout=wait)
            except TimeoutError:
                if not self._state.events:
                    return

    async def _store_return(self) -> None:
        coming = self._state
        await workflow.execute_activity_method(DepartureActivities.keep_return, coming, **FOLLOW_MANY)
        self._on_record(coming)
        await follow_from(workflow.now())

    async def _recorded(self, revision: int) -> Receipt:
        await workflow.wait_condition(lambda: self._refusal is not None or self._stored_revision >= revision)
        if self._refusal is not None:
            raise self._refusal
        return self._receipt()

    def _on_record(self, stored: Departure) -> None:
        self._stored_revision = stored.revision
        self._state = self._state.stored(stored.revision)

    def _receipt(self) -> Receipt:
        return Receipt(self._state.revision, "kept")
