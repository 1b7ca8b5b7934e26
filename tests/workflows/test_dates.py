"""Other dates for a running cycle, on the real server: everybody with a clock follows once, whatever happens to the worker."""

import asyncio
import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from temporalio.client import WorkflowHandle
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Replayer, Worker

from activities.calibration import CalibrationActivities
from activities.cycle import CycleActivities
from activities.dates import DatesActivities
from activities.nomination import NominationActivities
from activities.organisation import OrganisationActivities
from activities.ports import Cases
from activities.records import RecordActivities
from adapters.database.columns import table_of
from adapters.database.engine import Sessions
from adapters.database.reads.calendars import SqlCalendars
from adapters.database.reads.calibrations import SqlCalibrations
from adapters.database.reads.running import SqlRunning
from adapters.database.tables import process
from adapters.database.writes.nominations import SqlNominations
from adapters.database.writes.participants import SqlParticipants
from adapters.database.writes.records import SqlRecords
from appraisal.access import Actor
from appraisal.commands import Receipt
from appraisal.cycle import Cycle, Launch, Leadership, NewDates, launched
from appraisal.policy.dates import Dates
from appraisal.policy.policy import Policy
from appraisal.timetable import Timetable
from appraisal.vocabulary import Step
from runtime.processes import TemporalCases, TemporalEnrolments, TemporalGroups
from tests.builders import HEAD, SUPERIOR, UNIT
from tests.keys import PLUGIN
from tests.workflows.grouping import WORKFLOWS, Agency, DyingCases, agency, refused, until
from workflows.cycle import CycleWorkflow
from workflows.identity import calibration_id, cycle_id, nomination_id

STEPS = {f"m{number:02}": number % 6 for number in range(14)}
"""Fourteen people, and how many orders of a year have happened to each: from targets to the acknowledgement."""
OFFICER = Actor("olga", hr=True)
EVERYTHING = [*WORKFLOWS, CycleWorkflow]
Handle = WorkflowHandle[CycleWorkflow, Cycle]


def policy(later: int = 0) -> Policy:
    """The policy 'open', with each due date and end so many days later."""
    document = tomllib.loads((Path(__file__).parents[2] / "policies/open.toml").read_text())
    for step in document["steps"].values():
        step |= {name: f"P{int(step[name][1:-1]) + later}D" for name in ("due", "end")}
    return Policy.read({**document, "closes": f"P{120 + later}D"})


def new_dates(later: int = 30, why: str = "Surat edaran Bupati.") -> NewDates:
    return NewDates(policy(later), why, OFFICER)


def today() -> date:
    return datetime.now(UTC).date()


@dataclass(frozen=True)
class Place:
    """An agency with a running cycle over its cases, its calibration and its nomination."""

    here: Agency
    started: datetime

    @asynccontextmanager
    async def working(self, cases: Cases | None = None) -> AsyncIterator[None]:
        here, sessions = self.here, self.here.sessions
        told, groups = cases or TemporalCases(here.client, here.queue), TemporalGroups(here.client, here.queue)
        people, records = SqlParticipants(sessions, today), SqlRecords(sessions)
        storing = RecordActivities(records)
        cycles = CycleActivities(SqlCalendars(sessions, today), people, records, told, groups)
        dates = DatesActivities(SqlRunning(sessions), people, told, groups)
        calibration = CalibrationActivities(SqlCalibrations(sessions), told)
        nomination = NominationActivities(SqlNominations(sessions), told, TemporalEnrolments(here.client, here.queue))
        activities: list[Any] = [
            *(storing.store_case, storing.store_cycle, storing.store_calibration, storing.store_nomination),
            *(cycles.dates, cycles.open_cases, dates.reschedule_groups, dates.reschedule_cases),
            OrganisationActivities(people, told, groups).follow,
            *(calibration.count_members, calibration.list_members, calibration.move_members),
            *(nomination.count_candidates, nomination.propose_trainings, nomination.decide_nominations),
            *(nomination.lapse_nominations, nomination.nominate_members),
        ]
        sticky = timedelta(seconds=1)
        async with Worker(
            here.client,
            task_queue=here.queue,
            workflows=EVERYTHING,
            activities=activities,
            sticky_queue_schedule_to_start_timeout=sticky,
        ):
            yield

    async def start(self) -> Handle:
        """Everybody's case at some step, both groups, and above them the cycle, which has been launched already."""
        here, groups = self.here, TemporalGroups(self.here.client, self.here.queue)
        dates = await self.dates(policy())
        await asyncio.gather(*(here.start_case(who, steps, self.started) for who, steps in STEPS.items()))
        pool = Leadership(UNIT, HEAD, (SUPERIOR,))
        await groups.start_calibration(here.cycle, pool, dates.timetable, self.started)
        await groups.start_nomination(here.cycle, dates.timetable, self.started)
        for subject in (calibration_id(here.cycle, UNIT), nomination_id(here.cycle)):
            await until(lambda subject=subject: self.opened(subject))  # type: ignore[misc]
        return await self.start_cycle(self.launched(dates))

    async def start_cycle(self, cycle: Cycle) -> Handle:
        await SqlRecords(self.here.sessions).store_cycle(cycle)
        return await self.here.client.start_workflow(
            CycleWorkflow.run, cycle.stored(cycle.revision), id=cycle_id(cycle.id), task_queue=self.here.queue
        )

    def launched(self, dates: Dates) -> Cycle:
        launch = Launch(self.here.cycle, 2026, "Tahun 2026", policy(), self.started, OFFICER)
        return launched(launch, self.started).planned(dates, 14, self.started).running(14, self.started)

    async def dates(self, wanted: Policy) -> Dates:
        launch = Launch(self.here.cycle, 2026, "Tahun 2026", wanted, self.started, OFFICER)
        people, records = SqlParticipants(self.here.sessions, today), SqlRecords(self.here.sessions)
        cases, groups = TemporalCases(self.here.client), TemporalGroups(self.here.client)
        calendars = SqlCalendars(self.here.sessions, today)
        return await CycleActivities(calendars, people, records, cases, groups).dates(launched(launch, self.started))

    async def opened(self, subject: str) -> bool:
        return "step_opened" in await self.here.kinds(subject)

    async def row(self, table: Any, subject: str) -> Any:
        async with self.here.sessions() as session:
            return (await session.execute(select(table).where(table.c.id == subject))).one()

    async def events(self, subject: str, kind: str) -> list[Any]:
        event = table_of(process.Event)
        async with self.here.sessions() as session:
            query = select(event).where(event.c.subject == subject, event.c.kind == kind)
            return list(await session.execute(query))


@pytest.fixture
def place(server: WorkflowEnvironment, sessions: Sessions) -> Place:
    return Place(agency(server.client, sessions), datetime.now(UTC))


async def replayed(handle: WorkflowHandle[Any, Any]) -> None:
    await Replayer(workflows=EVERYTHING, plugins=[PLUGIN]).replay_workflow(await handle.fetch_history())


async def change(handle: Handle, order: NewDates, command_id: str = "olga/k1") -> Receipt:
    return await handle.execute_update(CycleWorkflow.reschedule, order, id=command_id)


async def test_everybody_follows_once_though_the_worker_dies_in_the_middle(place: Place) -> None:
    here = place.here
    dying = DyingCases(TemporalCases(here.client, here.queue), lives=11)
    async with place.working(dying):
        handle = await place.start()
        before = {who: (await here.case(who)).step for who in STEPS}
        first = await change(handle, new_dates())
        await dying.dying.wait()
    async with place.working():
        assert await change(handle, new_dates()) == first, "the same command again is the same change"
        await until(lambda: told(place, handle.id), 60)
        timetable = (await place.dates(policy(30))).timetable
        for who in STEPS:
            await follows(place, who, timetable)
            assert (await here.case(who)).step is before[who], "nobody is moved by it"
        calibration, nomination = calibration_id(here.cycle, UNIT), nomination_id(here.cycle)
        for table, subject, step in (
            (process.Calibration, calibration, Step.CALIBRATION),
            (process.Nomination, nomination, Step.NOMINATION),
        ):
            row = await place.row(table_of(table), subject)
            window = timetable.window(step)
            assert (row.due_at, row.ends_at, row.next_at) == (window.due, window.end, window.remind[0])
            (event,) = await place.events(subject, "reschedule")
            assert (event.actor, event.reason) == ("olga", "Surat edaran Bupati.")
    (decided,) = await place.events(handle.id, "rescheduled")
    assert (decided.actor, decided.reason, decided.command_id) == ("olga", "Surat edaran Bupati.", "olga/k1")
    (done,) = await place.events(handle.id, "dates_told")
    assert {name: now for name, _, now in done.changes} == {"groups": "2", "cases": "14", "elsewhere": "0"}
    stored = await place.row(table_of(process.Cycle), here.cycle)
    assert stored.closes_at == timetable.closes
    for subject in (calibration, nomination, handle.id, here.case_id("m00")):
        await replayed(here.client.get_workflow_handle(subject))


async def follows(place: Place, who: str, timetable: Timetable) -> None:
    """The case has taken the dates once; its timer and the record show them."""
    case = await place.here.case(who)
    assert case.timetable == timetable
    assert case.next_alarm is not None
    (event,) = await place.events(case.id, "reschedule")
    assert (event.actor, event.reason) == ("olga", "Surat edaran Bupati.")
    row = await place.row(table_of(process.Appraisal), case.id)
    assert (row.next_at, row.next_alarm) == case.next_alarm
    assert row.due_at == timetable.window(case.step).due


async def told(place: Place, cycle: str) -> bool:
    return bool(await place.events(cycle, "dates_told"))


@pytest.mark.parametrize(
    ("order", "code"),
    [
        (NewDates(policy(30), " ", OFFICER), "MissingReason"),
        (NewDates(policy(30), "Ya.", Actor("ani")), "NotAllowed"),
        (NewDates(replace(policy(), closes="P1D"), "Ya.", OFFICER), "InvalidPolicy"),
        (new_dates(0), "SameDates"),
    ],
    ids=["no reason", "no officer", "contradicts itself", "nothing new"],
)
async def test_a_refusal_changes_nothing(place: Place, order: NewDates, code: str) -> None:
    async with place.working():
        cycle = place.launched(await place.dates(policy()))
        handle = await place.start_cycle(cycle)
        assert await refused(change(handle, order)) == code
        assert await handle.query(CycleWorkflow.cycle) == cycle.stored(cycle.revision)
        assert await place.here.kinds(handle.id) == ["launched", "planned", "all_cases_started"]
        assert (await change(handle, new_dates(), "olga/k2")).step == "running", "and the next order is heard"
        await replayed(handle)


async def test_dates_by_which_the_cycle_would_be_over_are_refused(place: Place) -> None:
    old = replace(place, started=place.started - timedelta(days=130))
    async with old.working():
        cycle = replace(old.launched(await old.dates(policy(30))))
        handle = await old.start_cycle(cycle)
        assert await refused(change(handle, new_dates(0))) == "ClosesInThePast"
        assert await handle.query(CycleWorkflow.cycle) == cycle.stored(cycle.revision)


async def test_a_process_that_has_continued_as_new_still_knows_the_command(place: Place) -> None:
    async with place.working():
        cycle = replace(place.launched(await place.dates(policy())), orders=(("olga/k1", 2),))
        handle = await place.start_cycle(cycle)
        assert (await change(handle, new_dates())).revision == 2
        assert await place.here.kinds(handle.id) == ["launched", "planned", "all_cases_started"]
