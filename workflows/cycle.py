"""One cycle of the agency: plan the dates, start everybody's case, follow the organisation, close when the last case has."""

from dataclasses import replace
from datetime import timedelta

from temporalio import workflow

from activities.cycle import CycleActivities, Start
from activities.dates import Change, DatesActivities
from activities.organisation import OrganisationActivities
from activities.records import RecordActivities
from activities.reopening import Reopening, ReopeningActivities
from appraisal.commands import Receipt
from appraisal.cycle import Cycle, NewDates, Phase
from appraisal.dates import Dates
from appraisal.reopening import Reopen
from appraisal.reopening import permitted as may_reopen
from appraisal.rescheduling import permitted, rescheduled
from appraisal.spans import duration
from workflows.attempts import settle
from workflows.identity import appraisal_id
from workflows.ledger import Ledger
from workflows.policies import CLOSING_CHECK, LOOK_UP, START_MANY, TELL_CASES
from workflows.requests import Request, Requests


@workflow.defn
class CycleWorkflow:
    """Id `cycle/{cycle}`. Holds no list of its cases: each of them keeps its own time."""

    @workflow.init
    def __init__(self, cycle: Cycle) -> None:
        self._ledger = Ledger(cycle, RecordActivities.store_cycle)
        self._requests: Requests[NewDates | Reopen] = Requests()

    @workflow.run
    async def run(self, cycle: Cycle) -> Cycle:
        if cycle.phase is Phase.PLANNING:
            await self._ledger.save()
            await self._plan()
        if self._cycle.phase is Phase.STARTING:
            await self._start()
        await self._follow_the_organisation_until_the_end()
        await self._wait_for_the_last_case()
        await workflow.wait_condition(workflow.all_handlers_finished)
        return self._cycle

    @workflow.update
    async def reschedule(self, order: NewDates) -> Receipt:
        """Accept other dates, and answer once they are on record; the cases then hear of them without anybody waiting."""
        revision = self._known_revision()
        if revision is None:
            revision = await self._requests.ask(order)
            await self._ledger.stored(revision)
        return Receipt(revision, self._cycle.phase)

    @reschedule.validator
    def _may_reschedule(self, order: NewDates) -> None:
        if self._known_revision() is None:
            permitted(self._cycle, order, workflow.now())

    @workflow.update
    async def reopen(self, order: Reopen) -> Receipt:
        """A closed case goes on; its process starts by the dates that hold now, and the cycle waits for it."""
        return Receipt(await self._requests.ask(order), order.step)

    @reopen.validator
    def _may_reopen(self, order: Reopen) -> None:
        may_reopen(self._cycle, order, workflow.now())

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
        while self._requests or self._left() > timedelta(0):
            every = duration(self._cycle.launch.policy.follow_every, "follow_every")
            if await self._asked_within(min(every, self._left())):
                await self._answer()
                continue
            await workflow.execute_activity_method(OrganisationActivities.follow, **START_MANY)
            if workflow.info().is_continue_as_new_suggested() and workflow.all_handlers_finished():
                workflow.continue_as_new(self._cycle)

    async def _asked_within(self, time: timedelta) -> bool:
        """Wait so long, or until HR asks for something."""
        if not self._requests:
            try:
                await workflow.wait_condition(lambda: bool(self._requests), timeout=time)
            except TimeoutError:
                return False
        return True

    async def _answer(self) -> None:
        """First new dates are on record, then whoever has a clock is told; until all have been, nobody else is answered."""
        before = self._cycle.revision
        await self._requests.answer(self._decide)
        if self._cycle.revision == before:
            return  # it was refused, or about a single case
        decided = self._cycle.events[-1]
        await self._ledger.save()
        launch = self._cycle.launch
        change = Change(launch.cycle, self._cycle.dates, decided.reason, decided.actor, decided.revision)
        groups = await workflow.execute_activity_method(DatesActivities.reschedule_groups, change, **TELL_CASES)
        cases = await workflow.execute_activity_method(DatesActivities.reschedule_cases, change, **TELL_CASES)
        self._ledger.state = self._cycle.told(groups, cases, workflow.now())
        await self._ledger.save()

    async def _decide(self, request: Request[NewDates | Reopen]) -> int:
        order = request.order
        if isinstance(order, Reopen):
            return await self._reopen(order, request.command_id)
        permitted(self._cycle, order, request.at)
        wanted = replace(self._cycle, launch=replace(self._cycle.launch, policy=order.policy))
        dates = await settle(CycleActivities.dates, wanted)
        self._ledger.state = rescheduled(self._cycle, order, dates, workflow.now(), request.command_id)
        return self._cycle.revision

    async def _reopen(self, order: Reopen, command_id: str) -> int:
        cycle, now = self._cycle, workflow.now()
        may_reopen(cycle, order, now)
        case = appraisal_id(cycle.id, order.employee)
        wish = Reopening(cycle.id, case, order, cycle.dates, now, command_id)
        return await settle(ReopeningActivities.reopen_case, wish)

    def _known_revision(self) -> int | None:
        """The revision of this very command. The server knows command ids only until the process continues as new."""
        info = workflow.current_update_info()
        return dict(self._cycle.orders).get(info.id) if info else None

    async def _wait_for_the_last_case(self) -> None:
        cycle = self._cycle.launch.cycle
        while await workflow.execute_activity_method(CycleActivities.open_cases, cycle, **LOOK_UP):
            await workflow.sleep(CLOSING_CHECK)
        self._ledger.state = self._cycle.closed(workflow.now())
        await self._ledger.save()

    def _left(self) -> timedelta:
        """How long until the cycle closes."""
        return self._cycle.dates.timetable.closes - workflow.now()
