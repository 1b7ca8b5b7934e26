"""Seats in trainings as HR's approval leaves them, for tests that begin there."""

import asyncio
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import delete, insert, update

from adapters.database.reads.enrolments import enrolment
from adapters.database.reads.hours import PROPOSAL, TRAINING
from appraisal.training.enrolment import Enrolment, Seat
from appraisal.training.training import NoTraining
from runtime.processes import TemporalEnrolments
from tests.stack import Stack


async def begins(stack: Stack, training: str, day: date, hours: int = 20, seats: int = 1) -> None:
    """The course takes three days from this one on."""
    values = {"starts_on": day, "ends_on": day + timedelta(days=2), "hours": hours, "seats": seats}
    async with stack.sessions.begin() as session:
        await session.execute(update(TRAINING).where(TRAINING.c.id == training).values(**values))


async def give_seats(
    stack: Stack, cycle: str, *people: str, training: str = "t1", refused: tuple[str, ...] = ()
) -> None:
    """HR has approved this course for these people, and left those without a training for want of a seat in it."""
    decided = {
        "cycle_id": cycle,
        "round": 1,
        "decision": "approved",
        "decided_by": "olga",
        "decided_at": datetime.now(UTC),
    }
    said = [
        ["need", "Target 1."],
        ["course", "Analisis data"],
        ["seats", "1"],
        ["urgent", "1"],
        ["equal", "0"],
        ["before", "0"],
    ]
    theirs = (PROPOSAL.c.cycle_id == cycle, PROPOSAL.c.employee_id.in_((*people, *refused)))
    async with stack.sessions.begin() as session:
        await session.execute(delete(PROPOSAL).where(*theirs))
        for rank, who in enumerate((*people, *refused)):
            got = who in people
            row = {"employee_id": who, "training_id": training if got else None, "rank": rank, "reason": "Target 1."}
            why = {"code": "poor_behaviour" if got else NoTraining.SEATS_TAKEN, "parameters": [] if got else said}
            await session.execute(insert(PROPOSAL).values(**decided, **row, **why, decision_reason="Target 1."))
    for who in people:
        await TemporalEnrolments(stack.client, stack.settings.task_queue).start(Seat(cycle, who, training, 1))
        await seat(stack, cycle, who)


async def seat(stack: Stack, cycle: str, who: str) -> Enrolment:
    """The seat, once it is on record."""
    async with asyncio.timeout(20):
        while True:
            async with stack.sessions() as session:
                found = await enrolment(session, cycle, who)
            if found:
                return found
            await asyncio.sleep(0.05)
