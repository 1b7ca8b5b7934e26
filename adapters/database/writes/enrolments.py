"""Seats in trainings as their processes write them: with the ledger of hours, and on to the next where one is given back."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select

from adapters.database import chain
from adapters.database.announcing import announce
from adapters.database.columns import table_of
from adapters.database.documents import ENROLMENT as WHOLE
from adapters.database.documents import POLICY
from adapters.database.engine import Session, Sessions
from adapters.database.reads.calendars import almanac_of
from adapters.database.reads.enrolments import parties_today
from adapters.database.reads.hours import ENROLMENT, ENTRY, PERSON, PROPOSAL, TRAINING, years_of
from adapters.database.tables import process
from adapters.database.upsert import upsert
from adapters.database.writes.passing_on import of_seat, pass_on
from appraisal.delivery import Hours
from appraisal.parties import Parties
from appraisal.policy.spans import Calendar
from appraisal.training.enrolment import GIVEN_BACK, Enrolment, Seat, Taught, offered
from appraisal.training.enrolment_policy import EnrolmentPolicy
from appraisal.training.enrolment_rules import entry, freed, notices

CYCLE = table_of(process.Cycle)


class SqlEnrolments:
    """Implements activities.enrolment_ports.Enrolments. `today` tells the agency's present day, `hours` its office time."""

    def __init__(self, sessions: Sessions, today: Callable[[], date], hours: Hours) -> None:
        self._sessions, self._today, self._hours = sessions, today, hours

    async def offer(self, seat: Seat, at: datetime) -> Enrolment:
        async with self._sessions() as session:
            row = (await session.execute(_approved(seat))).one()
            almanac = await almanac_of(session, range(at.year, row.ends_on.year + 4))
        policy = (POLICY.validate_python(row.policy).enrolment if row.policy else None) or EnrolmentPolicy()
        hours = self._hours
        calendar = Calendar(hours.zone, hours.opens, hours.closes, almanac.off, hours.week)
        course = Taught(row.name, row.hours, row.year, row.starts_on, row.ends_on, row.place)
        dates = policy.dates(row.starts_on, row.ends_on, at, calendar)
        why = (row.decision_reason or "", row.decided_by or "", row.decided_at or at)
        return offered(Enrolment(seat, course, *why, policy.silence, dates), at)

    async def parties(self, employee: str) -> Parties:
        async with self._sessions() as session:
            return await parties_today(session, employee, self._today())

    async def keep(self, enrolment: Enrolment) -> Seat | None:
        async with self._sessions.begin() as session:
            if not await chain.append(session, enrolment.id, enrolment.events):
                return await _passed_on(session, enrolment)
            # One at a time for each person, so that two courses cannot together pass the ceiling of hours.
            employee = enrolment.seat.employee
            await session.execute(select(PERSON.c.id).where(PERSON.c.id == employee).with_for_update())
            await upsert(session, ENROLMENT, _row(enrolment))
            await _enter(session, enrolment)
            following = None
            if enrolment.stage in GIVEN_BACK:
                following = await pass_on(session, enrolment.seat, self._today(), freed(enrolment))
            parties = await parties_today(session, employee, self._today())
            told = notices(enrolment, parties.reviewer, freed(enrolment) and following is None)
            await announce(session, enrolment.id, told, enrolment.events[-1].at)
        return following


def _approved(seat: Seat) -> Any:
    """The course of a seat, why the employee gets it, and the policy of the cycle."""
    course = (TRAINING.c.name, TRAINING.c.hours, TRAINING.c.year, TRAINING.c.starts_on, TRAINING.c.ends_on)
    decision = (PROPOSAL.c.decision_reason, PROPOSAL.c.decided_by, PROPOSAL.c.decided_at)
    query = select(*course, TRAINING.c.place, *decision, CYCLE.c.policy)
    query = query.select_from(TRAINING).join(CYCLE, CYCLE.c.id == seat.cycle)
    # Without a decision: the case was opened again in this very moment, and the seat is about to be taken back.
    return query.outerjoin(PROPOSAL, of_seat(seat)).where(TRAINING.c.id == seat.training)


async def _enter(session: Session, enrolment: Enrolment) -> None:
    """Add what the newest event changes to the ledger; HoursExceeded, and nothing is kept, where it passes the ceiling."""
    line, event = entry(enrolment), enrolment.events[-1]
    if line is None:
        return
    person = enrolment.seat.employee
    values = {"person_id": person, "training_id": line.training, "year": line.year, "hours": line.hours}
    values |= {"reason": line.reason, "entered_by": line.by, "entered_at": line.at}
    await session.execute(insert(ENTRY).values(enrolment_id=enrolment.id, revision=event.revision, **values))
    if line.hours > 0:
        years = await years_of(session, person)
        next(one for one in years if one.year == line.year).demand_within("hours")


async def _passed_on(session: Session, enrolment: Enrolment) -> Seat | None:
    """Who got this seat when it was given back, as on record."""
    query = select(ENROLMENT.c.successor_id, ENROLMENT.c.successor_round).where(ENROLMENT.c.id == enrolment.id)
    who, number = (await session.execute(query)).one()
    seat = enrolment.seat
    return Seat(seat.cycle, who, seat.training, number, seat.employee) if who else None


def _row(enrolment: Enrolment) -> dict[str, Any]:
    seat, said = enrolment.seat, (enrolment.own_view, enrolment.superiors_view)
    own, superiors = (answer.helped if answer else None for answer in said)
    return {
        "id": enrolment.id,
        "cycle_id": seat.cycle,
        "employee_id": seat.employee,
        "round": seat.round,
        "training_id": seat.training,
        "stage": enrolment.stage,
        "closed": enrolment.closed,
        "asked": enrolment.asked,
        "starts_on": enrolment.course.starts_on,
        "record_from": enrolment.dates.record_from,
        "respond_by": enrolment.dates.respond_by,
        "answers_by": enrolment.dates.answers_by,
        "hours": enrolment.hours,
        "certificate": enrolment.certificate.number if enrolment.certificate else "",
        "own_view": own,
        "superiors_view": superiors,
        "follows_id": seat.follows,
        "successor_id": None,
        "successor_round": None,
        "nobody_left": False,
        "revision": enrolment.revision,
        "document": WHOLE.dump_python(enrolment.stored(enrolment.revision), mode="json"),
    }
