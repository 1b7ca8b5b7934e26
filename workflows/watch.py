"""The watch: compares all processes with the record every so often, and mends cases when an officer asks."""

from dataclasses import dataclass

from temporalio import workflow

from activities.watch import WatchActivities
from appraisal.access import Action, can
from appraisal.errors import NotAllowed
from appraisal.watch import Found, Repair, Repaired
from workflows.policies import MEND, WATCH, WATCH_EVERY


@dataclass(slots=True, eq=False)
class _Asked:
    """Somebody waits: for a look that starts from now on, or for a repair."""

    repair: Repair | None = None
    found: Found | None = None
    repaired: Repaired | None = None

    @property
    def answered(self) -> bool:
        return self.found is not None or self.repaired is not None


@workflow.defn
class WatchWorkflow:
    """Id `watch`. What counts as trouble: appraisal.watch; how a case goes on: appraisal.recovery."""

    @workflow.init
    def __init__(self, cursor: str = "") -> None:
        self._cursor, self._asked = cursor, list[_Asked]()

    @workflow.run
    async def run(self, cursor: str = "") -> None:
        while self._asked or not workflow.info().is_continue_as_new_suggested():
            orders = [asked for asked in self._asked if asked.repair]
            if orders:
                await self._mend(orders[0])
            else:
                await self._look()
                await self._asked_or_time()
        await workflow.wait_condition(workflow.all_handlers_finished)
        workflow.continue_as_new(self._cursor)

    @workflow.update
    async def look(self) -> Found:
        """Look now, and answer with what was found."""
        asked = _Asked()
        self._asked.append(asked)
        await workflow.wait_condition(lambda: asked.answered)
        assert asked.found is not None, "a look is answered by what was found"
        return asked.found

    @workflow.update
    async def mend(self, repair: Repair) -> Repaired:
        """Mend these cases, and answer with what was done."""
        asked = _Asked(repair)
        self._asked.append(asked)
        await workflow.wait_condition(lambda: asked.answered)
        assert asked.repaired is not None, "a repair is answered by what was done"
        return asked.repaired

    @mend.validator
    def _may_mend(self, repair: Repair) -> None:
        decision = can(repair.actor, Action.ADMINISTER)
        if not decision.allowed:
            raise NotAllowed(f"This is not yours to do: {decision.reason}.", "", "Ask HR.")

    async def _look(self) -> None:
        waiting = [asked for asked in self._asked if not asked.repair]
        found = await workflow.execute_activity_method(WatchActivities.look, self._cursor, **WATCH)
        self._cursor = found.cursor
        for asked in waiting:
            asked.found = found
            self._asked.remove(asked)

    async def _mend(self, asked: _Asked) -> None:
        assert asked.repair is not None, "only repairs are mended"
        asked.repaired = await workflow.execute_activity_method(WatchActivities.mend, asked.repair, **MEND)
        self._asked.remove(asked)

    async def _asked_or_time(self) -> None:
        try:
            await workflow.wait_condition(lambda: bool(self._asked), timeout=WATCH_EVERY)
        except TimeoutError:
            return
