"""From HR's decision to the ledger of hours the worker dies at twenty places: nobody is invited twice, no hour counts twice.

Each call to the world beyond an activity is a place: half of the deaths come before it, half after it is done and before anybody
has heard. The next attempt knows the input of the first and nothing else, as with Temporal. A process dies in test_killed.py.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

import pytest
from sqlalchemy import insert, select
from temporalio.testing import ActivityEnvironment

from activities.enrolment import EnrolmentActivities, Offer
from activities.nomination import NominationActivities
from adapters.database.columns import table_of
from adapters.database.engine import Sessions
from adapters.database.reads.hours import ENROLMENT, ENTRY, years_of
from adapters.database.reads.seats import seats_taken
from adapters.database.tables import organisation, process
from adapters.database.writes.enrolments import SqlEnrolments
from adapters.database.writes.nominations import SqlNominations
from adapters.database.writes.records import SqlRecords
from appraisal.access import Actor
from appraisal.commands import Order
from appraisal.group import Told
from appraisal.parties import Parties
from appraisal.training.enrolment import (
    AcceptSeat,
    CorrectHours,
    DeclineSeat,
    Enrolment,
    EnrolmentCommand,
    EnrolmentOrder,
    RecordAttendance,
    Seat,
)
from appraisal.training.enrolment_rules import perform
from appraisal.training.nomination import prepared
from appraisal.training.training import NoTraining
from tests import agency, builders
from tests.builders import START
from tests.faults.killed_unit import Killed, Mortal, of
from tests.workflows.grouping import OFFICE

POINTS = 20
PEOPLE = "abcde"
"""By rank. Two get the two seats, the others were refused for want of one."""
NEVER = 10**6
OFFICER = Actor("olga", hr=True)
R = TypeVar("R")


class World(Mortal):
    """One cycle on record, and a worker that dies at its n-th call; each process is what it has confirmed."""

    def __init__(self, sessions: Sessions, point: int) -> None:
        super().__init__(point + 1, bool(point % 2))
        self.sessions, self.cycle, self.training = sessions, f"c{point}", f"t{point}"
        self.real = SqlEnrolments(sessions, lambda: date(2026, 2, 1), OFFICE)
        self.deaths = 0
        self.started: list[Seat] = []
        self.states: dict[str, Enrolment] = {}
        self.told: list[str] = []
        self.seats = EnrolmentActivities(self, self)

    def who(self, letter: str) -> str:
        return f"{letter}{self.cycle}"

    async def begin(self) -> None:
        """Five people whose nominations HR has decided; nothing is told yet."""
        table = builders.case()
        people = [self.who(letter) for letter in PEOPLE]
        cases = [replace(of(table, who), id=f"appraisal/{self.cycle}/{who}", cycle=self.cycle) for who in people]
        await SqlRecords(self.sessions).store_new_cases([replace(one, events=table.events) for one in cases])
        known = {"year": 2026, "name": "SKP", "phase": "running", "policy": {}, "participants": 5, "started": 5}
        course = {"id": self.training, "year": 2027, "code": self.training, "name": "Analisis data", "topics": "WAKTU"}
        days = {"starts_on": date(2027, 6, 1), "ends_on": date(2027, 6, 3), "hours": 20, "seats": 2, "place": ""}
        async with self.sessions.begin() as session:
            await session.execute(
                insert(table_of(process.Cycle)).values(id=self.cycle, starts_at=START, revision=0, **known)
            )
            await session.execute(insert(table_of(organisation.Training)).values(**course, **days))
            await agency.in_office(session, self.cycle, *people)
            for rank, who in enumerate(people):
                await session.execute(insert(table_of(process.Proposal)).values(**self._decided(rank, who)))

    def _decided(self, rank: int, who: str) -> dict[str, Any]:
        got = rank < 2
        said = [
            ["need", "Target 1."],
            ["course", "Analisis data"],
            ["seats", "2"],
            ["urgent", "2"],
            ["equal", "0"],
            ["before", "0"],
        ]
        return {
            "cycle_id": self.cycle,
            "employee_id": who,
            "training_id": self.training if got else None,
            "code": "missed_target" if got else NoTraining.SEATS_TAKEN,
            "parameters": [] if got else said,
            "reason": "Target 1.",
            "rank": rank,
            "round": 1,
            "decision": "approved",
            "decision_reason": "Target 1.",
            "decided_by": "olga",
            "decided_at": START,
        }

    async def attempts(self, activity: Callable[[Any], Awaitable[R]], argument: Any) -> R:
        """What the activity answers in the end: whoever dies is followed by another attempt."""
        while True:
            try:
                return await ActivityEnvironment().run(activity, argument)
            except (Killed, ExceptionGroup):
                self.deaths += 1

    # The ports, each call of which is a place to die at.

    async def perform(self, case_id: str, order: Order, command_id: str) -> str:
        async def telling() -> str:
            if command_id not in self.told:
                self.told.append(command_id)
            return ""

        return await self.called(telling())

    async def start(self, seat: Any) -> None:
        async def starting() -> None:
            if seat not in self.started:
                self.started.append(seat)

        await self.called(starting())

    async def offer(self, seat: Seat, at: datetime) -> Enrolment:
        return await self.called(self.real.offer(seat, at))

    async def parties(self, employee: str) -> Parties:
        return Parties(employee, self.cycle, ("budi",))

    async def keep(self, enrolment: Enrolment) -> Seat | None:
        return await self.called(self.real.keep(enrolment))

    # The processes: what workflows/enrolment.py does, without a server.

    async def tell_and_start(self) -> Told:
        nomination = prepared(f"nomination/{self.cycle}", self.cycle, builders.timetable(), START)
        telling = NominationActivities(SqlNominations(self.sessions), self, self)
        return await self.attempts(telling.nominate_members, replace(nomination, round=1))

    async def open_those_that_started(self) -> None:
        for seat in self.started:
            if seat.employee not in self.states:
                fresh = await self.attempts(self.seats.offer_seat, Offer(seat, START))
                await self._kept(fresh)

    async def order(self, letter: str, command: EnrolmentCommand, actor: Actor, at: datetime) -> None:
        before = self.states[self.who(letter)]
        parties, number = await self.parties(before.seat.employee), f"{actor.id}/{before.revision}"
        await self._kept(perform(before, EnrolmentOrder(command, actor), parties, at, number))

    async def _kept(self, after: Enrolment) -> None:
        await self.attempts(self.seats.keep_seat, after)
        self.states[after.seat.employee] = after.stored(after.revision)


async def year(world: World) -> None:
    """a declines, so c, the next by rank, gets the seat; b and c come; of c a day is taken back."""
    await world.begin()
    told = await world.tell_and_start()
    assert told.moved == len(PEOPLE)
    await world.open_those_that_started()
    soon, then = START + timedelta(days=1), datetime(2027, 6, 4, tzinfo=UTC)
    await world.order("a", DeclineSeat("Ditugaskan."), Actor(world.who("a")), soon)
    await world.open_those_that_started()
    for letter in "bc":
        await world.order(letter, AcceptSeat(), Actor(world.who(letter)), soon)
    for letter in "bc":
        await world.order(letter, RecordAttendance(True), OFFICER, then)
    await world.order("c", CorrectHours(16, "Dua hari."), OFFICER, then)


@pytest.mark.every_database
async def test_nobody_is_invited_twice_and_no_hour_counts_twice_at_twenty_kill_points(sessions: Sessions) -> None:
    notice = table_of(process.Notice)
    for point in range(POINTS):
        world = World(sessions, point)
        await year(world)
        assert world.deaths == 1, f"the worker was to die at point {point}"
        a, b, c = (world.who(letter) for letter in "abc")
        assert {seat.employee for seat in world.started} == {a, b, c}, "the seat went on, and to nobody else"
        assert len(world.started) == 3
        assert world.started[2] == Seat(world.cycle, c, world.training, 1, follows=a)
        async with sessions() as session:
            ids = [f"enrolment/{world.cycle}/{who}/1" for who in (a, b, c)]
            invited = select(notice.c.recipient).where(notice.c.subject.in_(ids), notice.c.kind == "seat_offered")
            assert sorted(await session.scalars(invited)) == [a, b, c]
            entered = select(ENTRY.c.person_id, ENTRY.c.hours).where(ENTRY.c.training_id == world.training)
            rows = await session.execute(entered.order_by(ENTRY.c.person_id, ENTRY.c.revision))
            assert [tuple(row) for row in rows] == [(b, 20), (c, 20), (c, -4)]
            assert (await seats_taken(session))[world.training] == 2
            year_of_c = (await years_of(session, c))[0]
            assert (year_of_c.counted, year_of_c.granted, year_of_c.owed) == (16, 0, 4)
            passed_on = select(ENROLMENT.c.successor_id).where(ENROLMENT.c.id == ids[0])
            assert await session.scalar(passed_on) == c


async def test_a_whole_year_has_as_many_places_to_die_at(sessions: Sessions) -> None:
    world = World(sessions, 50)
    world.left = NEVER
    await year(world)
    assert world.deaths == 0
    assert NEVER - world.left >= POINTS
