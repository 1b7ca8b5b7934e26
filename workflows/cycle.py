"""One cycle of the agency: plan the dates, start everybody's case, follow the organisation, close when the last case has."""

from datetime import datetime

from temporalio import workflow

from activities.cycle import CycleActivities, Start
from activities.organisation import OrganisationActivities
from activities.records import RecordActivities
from appraisal.cycle import Cycle, Phase
from appraisal.dates import Dates
from appraisal.spans import duration
from workflows.ledger import Ledger
from workflows.policies import CLOSING_CHECK, LOOK_UP, START_MANY


@workflow.defn
class CycleWorkflow:
    """Id `cycle/{cycle}`. Holds no list of its cases: each of them keeps its own time."""

    @workflow.init
    def __init__(self, cycle: Cycle) -> None:
        self._ledger = Ledger(cycle, RecordActivities.store_cycle)

    @workflow.run
    async def run(self, cycle: Cycle) -> Cycle:
        if cycle.phase is Phase.PLANNING:
            await self._ledger.save()
            await self._plan()
        if self._cycle.phase is Phase.STARTING:
            await self._start()
        await self._follow_the_organisation_until_the_end()
        await self._wait_for_the_last_case()
        return self._cycle

    @workflow.query
    def cycle(self) -> Cycle:
        return self._ledger.state

    @property
    def _cycle(self) -> Cycle:
        return self._ledger.state

    async def _plan(self) -> None:
        dates = await self._dates()
        participants = await workflow.execute_activity_method(CycleActivities.enrol, self._cycle, **LOOK_UP)
        self._ledger.state = self._cycle.planned(dates, participants, workflow.now())
        await self._ledger.save()

    async def _dates(self) -> Dates:
        if workflow.patched("dates-by-unit"):
            return await workflow.execute_activity_method(CycleActivities.dates, self._cycle, **LOOK_UP)
        return Dates(await workflow.execute_activity_method(CycleActivities.timetable, self._cycle, **LOOK_UP))

    async def _start(self) -> None:
        timetable = self._cycle.timetable
        assert timetable is not None, "a planned cycle has dates"
        start = Start(self._cycle.launch.cycle, timetable, workflow.now(), self._cycle.units)
        await workflow.execute_activity_method(CycleActivities.start_groups, start, **START_MANY)
        started = await workflow.execute_activity_method(CycleActivities.start_cases, start, **START_MANY)
        self._ledger.state = self._cycle.running(started, workflow.now())
        await self._ledger.save()

    async def _follow_the_organisation_until_the_end(self) -> None:
        every = duration(self._cycle.launch.policy.follow_every, "follow_every")
        while (left := self._closes_at() - workflow.now()).total_seconds() > 0:
            await workflow.sleep(min(every, left))
            await workflow.execute_activity_method(OrganisationActivities.follow, **START_MANY)
            if workflow.info().is_continue_as_new_suggested():
                workflow.continue_as_new(self._cycle)

    async def _wait_for_the_last_case(self) -> None:
        cycle = self._cycle.launch.cycle
        while await workflow.execute_activity_method(CycleActivities.open_cases, cycle, **LOOK_UP):
            await workflow.sleep(CLOSING_CHECK)
        self._ledger.state = self._cycle.closed(workflow.now())
        await self._ledger.save()

    def _closes_at(self) -> datetime:
        timetable = self._cycle.timetable
        assert timetable is not None, "a running cycle has dates"
        return timetable.closes
