"""A seat that was given back goes to the next who was refused for want of it: in the transaction that keeps that it is free."""

from datetime import date

from sqlalchemy import select, update

from adapters.database.engine import Session
from adapters.database.hours import ENROLMENT, PERSON, PROPOSAL
from adapters.database.lines import reporting_line
from adapters.database.seats import courses_for, granted_hours, seats_taken
from appraisal.enrolment import Seat
from appraisal.training import Course, NoTraining, exceeds
from appraisal.vocabulary import Employment

MOVED_UP = "Kursi {course} diserahkan kembali oleh peserta lain; giliran berikutnya menurut urutan kebutuhan. {need}"
"""Why somebody gets a seat who was refused at first: read by the employee, beside the need that it answers."""


async def pass_on(session: Session, seat: Seat, today: date, useful: bool) -> Seat | None:
    """Give the seat back and, where that is still `useful`, let the next one have it; None where nobody waits for it.

    Rule: seat_passed_on.
    """
    mine = (PROPOSAL.c.cycle_id == seat.cycle, PROPOSAL.c.employee_id == seat.employee)
    await session.execute(update(PROPOSAL).where(*mine).values(decision="given_back"))
    if not useful:
        return None
    courses = {course.id: course for course in await courses_for(session, seat.cycle, today, lock=True)}
    course = courses.get(seat.training)
    found = await _next(session, seat.cycle, course, today) if course else None
    of_row = update(ENROLMENT).where(ENROLMENT.c.id == seat.id)
    await session.execute(of_row.values(successor_id=found, nobody_left=found is None))
    return Seat(seat.cycle, found, seat.training, seat.employee) if found else None


async def _next(session: Session, cycle: str, course: Course, today: date) -> str | None:
    """The first by rank whom HR has left without a training for want of this very seat, and who can still take it."""
    if (await seats_taken(session)).get(course.id, 0) >= course.seats:
        return None
    granted = await granted_hours(session)
    query = select(PROPOSAL.c.employee_id, PROPOSAL.c.parameters, PERSON.c.employment)
    query = query.join_from(PROPOSAL, PERSON, PERSON.c.id == PROPOSAL.c.employee_id)
    refused = (PROPOSAL.c.decision == "approved", PROPOSAL.c.training_id.is_(None))
    query = query.where(PROPOSAL.c.cycle_id == cycle, PROPOSAL.c.code == NoTraining.SEATS_TAKEN, *refused)
    for row in (await session.execute(query.order_by(PROPOSAL.c.rank, PROPOSAL.c.employee_id))).all():
        said = dict(row.parameters)
        hours = dict(granted.get(row.employee_id, ()))
        fits = said.get("course") == course.name and not exceeds(Employment(row.employment), hours, course)
        if fits and await reporting_line(session, row.employee_id, today) is not None:
            why = MOVED_UP.format(course=course.name, need=said.get("need", "")).strip()
            theirs = (PROPOSAL.c.cycle_id == cycle, PROPOSAL.c.employee_id == row.employee_id)
            await session.execute(
                update(PROPOSAL).where(*theirs).values(training_id=course.id, decision_reason=why[:2000])
            )
            return str(row.employee_id)
    return None
