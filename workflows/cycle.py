"""One cycle of the agency: plan the dates, start everybody's case, follow the organisation, close when the last case has."""

from dataclasses import replace
from datetime import timedelta

from temporalio import workflow

from activities.closing import ClosingActivities, Look
from activities.cycle import CycleActivities, Start
from activities.dates import Change, DatesActivities
from activities.joining import Joining, JoiningActivities
from activities.organisation import OrganisationActivities
from activities.periods import Begin, PeriodActivities
from activities.records import RecordActivities
from activities.reopening import Reopening, ReopeningActivities
from appraisal import reopening, rescheduling, signing
from appraisal.commands import Receipt
from appraisal.cycle import ADMITTED, Cycle, NewDates, NewParticipants, Phase, SignClosing
from appraisal.people import joining
from appraisal.policy.dates import Dates
from appraisal.policy.spans import duration
from appraisal.record import Event
from appraisal.reopening import Reopen
from workflows.attempts import settle
from workflows.identity import appraisal_id
from workflows.ledger import Ledger
from workflows.policies import CLOSING_CHECK, FOLLOW_MANY, LOOK_UP, PAGE_BY_PAGE
from workflows.requests import Request, Requests

CycleOrder = NewDates | NewParticipants | Reopen | SignClosing


@workflow.defn
class CycleWorkflow:
    """Id `cycle/{cycle}`. Holds no list of its cases: each of them keeps its own time."""

    @workflow.init
    def __init__(self, cycle: Cycle) -> None:
        self._ledger = Ledger(cycle, RecordActivities.store_cycle)
        self._requests: Requests[CycleOrder] = Requests()

    @workflow.run
    async def run(self, cycle: Cycle) -> Cycle:
        if self._ledger.unsaved:  # a launch, or a process that was lost and starts again from the record
            await self._ledger.save()
        if cycle.phase is Phase.PLANNING:
            await self._plan()
        if self._cycle.phase is Phase.STARTING:
            await self._start()
        await self._finish_the_last_order()
        await self._follow_the_organisation_until_the_end()
        await self._wait_for_the_last_case()
        await workflow.wait_condition(workflow.all_handlers_finished)
        return self._cycle

    @workflow.update
    async def reschedule(self, order: NewDates) -> Receipt:
        """Accept other dates, and answer once they are on record; the cases then hear of them without anybody waiting."""
        return await self._taken(order)

    @reschedule.validator
    def _may_reschedule(self, order: NewDates) -> None:
        if self._known_revision() is None:
            rescheduling.permitted(self._cycle, order, workflow.now())

    @workflow.update
    async def sign_closing(self, order: SignClosing) -> Receipt:
        """Accept HR's signature under the list of open cases, if it is still the list that was seen."""
        return await self._taken(order)

    @sign_closing.validator
    def _may_sign(self, order: SignClosing) -> None:
        if self._known_revision() is None:
            signing.permitted(self._cycle, order, workflow.now())

    @workflow.update
    async def admit(self, order: NewParticipants) -> Receipt:
        """Let people take part from now on; answers once that is on record, and their cases then start."""
        return await self._taken(order)

    @admit.validator
    def _may_admit(self, order: NewParticipants) -> None:
        if self._known_revision() is None:
            joining.permitted(self._cycle, order, workflow.now())

    async def _taken(self, order: CycleOrder) -> Receipt:
        revision = self._known_revision()
        if revision is None:
            revision = await self._requests.ask(order)
            await self._ledger.stored(revision)
        return Receipt(revision, self._cycle.phase)

    @workflow.update
    async def reopen(self, order: Reopen) -> Receipt:
        """A closed case goes on; its process starts by the dates that hold now, and the cycle waits for it."""
        return Receipt(await self._requests.ask(order), order.step)

    @reopen.validator
    def _may_reopen(self, order: Reopen) -> None:
        reopening.permitted(self._cycle, order, workflow.now())

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
        at, launch = self._cycle.planned_at or workflow.now(), self._cycle.launch
        start = Start(launch.cycle, timetable, at, self._cycle.units, session=launch.policy.session)
        await workflow.execute_activity_method(CycleActivities.start_groups, start, **PAGE_BY_PAGE)
        started = await workflow.execute_activity_method(CycleActivities.start_cases, start, **PAGE_BY_PAGE)
        self._ledger.state = self._cycle.running(started, workflow.now())
        await self._ledger.save()

    async def _follow_the_organisation_until_the_end(self) -> None:
        while self._requests or self._left() > timedelta(0):
            await self._begin_periods()
            if await self._asked_within(self._pause()):
                await self._answer()
                continue
            await workflow.execute_activity_method(OrganisationActivities.follow, **FOLLOW_MANY)
            if workflow.info().is_continue_as_new_suggested() and workflow.all_handlers_finished():
                workflow.continue_as_new(self._cycle)

    def _pause(self) -> timedelta:
        """How long nothing happens unless somebody asks."""
        pause = min(duration(self._cycle.launch.policy.follow_every, "follow_every"), self._left())
        period = self._cycle.next_period
        return min(pause, period.begins - workflow.now()) if period else pause

    async def _begin_periods(self) -> None:
        """Start the evaluations of each period that has begun, once."""
        while (period := self._cycle.next_period) and period.begins <= workflow.now():
            begin = Begin(self._cycle.id, self._cycle.dates, period.number, self._cycle.launch.policy.periods)
            begun = await workflow.execute_activity_method(PeriodActivities.begin_period, begin, **PAGE_BY_PAGE)
            self._ledger.state = self._cycle.period_begun(period.number, begun, workflow.now())
            await self._ledger.save()

    async def _asked_within(self, time: timedelta) -> bool:
        """Wait so long, or until HR asks for something."""
        if not self._requests:
            try:
                await workflow.wait_condition(lambda: bool(self._requests), timeout=time)
            except TimeoutError:
                return False
        return True

    async def _answer(self) -> None:
        """Answer the oldest order. It is on record first; until what follows from it has been done, nobody else is answered."""
        before = self._cycle.revision
        await self._requests.answer(self._decide)
        if self._cycle.revision == before:
            return  # it was refused, or about a single case
        await self._ledger.save()
        await self._finish_the_last_order()

    async def _finish_the_last_order(self) -> None:
        """Do what follows from an order that is on record. Each part is done once, however often it is begun."""
        ordered = self._cycle.unfinished
        if ordered is not None:
            await (self._begin(ordered) if ordered.kind == ADMITTED else self._tell(ordered))

    async def _begin(self, admitted: Event) -> None:
        """Start the cases of those who were admitted, and the calibration of a unit that had nobody in it before."""
        cycle, people = self._cycle, joining.people_of(admitted)
        launch, dates = cycle.launch, cycle.dates
        await settle(JoiningActivities.enlist, Joining(launch.cycle, people))
        rules = launch.policy.session
        start = Start(launch.cycle, dates.timetable, admitted.at, cycle.units, people, cycle.started, rules)
        await workflow.execute_activity_method(CycleActivities.start_groups, start, **PAGE_BY_PAGE)
        started = await workflow.execute_activity_method(CycleActivities.start_cases, start, **PAGE_BY_PAGE)
        self._ledger.state = self._cycle.begun(started, workflow.now())
        await self._ledger.save()

    async def _tell(self, decided: Event) -> None:
        """Tell everybody who has a clock of the dates that were decided."""
        launch = self._cycle.launch
        change = Change(launch.cycle, self._cycle.dates, decided.reason, decided.actor, decided.revision)
        groups = await workflow.execute_activity_method(DatesActivities.reschedule_groups, change, **PAGE_BY_PAGE)
        cases = await workflow.execute_activity_method(DatesActivities.reschedule_cases, change, **PAGE_BY_PAGE)
        self._ledger.state = self._cycle.told(groups, cases, workflow.now())
        await self._ledger.save()

    async def _decide(self, request: Request[CycleOrder]) -> int:
        match request.order:
            case NewDates() as order:
                await self._reschedule(order, request)
            case NewParticipants() as order:
                await self._admit(order, request)
            case SignClosing() as order:
                await self._sign(order, request)
            case Reopen() as order:
                return await self._reopen(order, request)
        return self._cycle.revision

    async def _reschedule(self, order: NewDates, request: Request[CycleOrder]) -> None:
        rescheduling.permitted(self._cycle, order, request.at)
        wanted = replace(self._cycle, launch=replace(self._cycle.launch, policy=order.policy))
        dates = await settle(CycleActivities.dates, wanted)
        self._ledger.state = rescheduling.rescheduled(self._cycle, order, dates, workflow.now(), request.command_id)

    async def _admit(self, order: NewParticipants, request: Request[CycleOrder]) -> None:
        joining.permitted(self._cycle, order, request.at)
        found = await settle(JoiningActivities.look_at_joiners, Joining(self._cycle.id, order.people))
        self._ledger.state = joining.admitted(self._cycle, order, found, workflow.now(), request.command_id)

    async def _sign(self, order: SignClosing, request: Request[CycleOrder]) -> None:
        signing.permitted(self._cycle, order, request.at)
        seen = await settle(ClosingActivities.see_open_cases, Look(self._cycle.id, workflow.now()))
        self._ledger.state = signing.signed(self._cycle, order, seen, workflow.now(), request.command_id)

    async def _reopen(self, order: Reopen, request: Request[CycleOrder]) -> int:
        """The revision of the case, which alone keeps this on its record."""
        cycle, now = self._cycle, workflow.now()
        reopening.permitted(cycle, order, now)
        case = appraisal_id(cycle.id, order.employee)
        wish = Reopening(cycle.id, case, order, cycle.dates, now, request.command_id)
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
