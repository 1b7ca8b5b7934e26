"""A seat that was given back goes to the next whom it helps: in the transaction that keeps that it is free."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select, update

from adapters.database.engine import Session
from adapters.database.reads.agreed_needs import agreed_needs
from adapters.database.reads.hours import ENROLMENT, PERSON, PROPOSAL
from adapters.database.reads.limits import limits_of
from adapters.database.reads.seat_market import candidate_of
from adapters.database.reads.seats import (
    APPRAISAL,
    CASE_OF_PROPOSAL,
    attendees,
    courses_for,
    given_away,
    granted_hours,
)
from appraisal.seats.market import Market
from appraisal.seats.rule import propose
from appraisal.training.course import ANYBODY
from appraisal.training.enrolment import Seat
from appraisal.training.training import NoTraining

MOVED_UP = "Kursi {course} diserahkan kembali oleh peserta lain; giliran berikutnya menurut urutan kebutuhan. {need}"
"""Why somebody gets a seat who was left without at first: read by the employee, beside the need that it answers."""
NO_ROOM = (NoTraining.SEATS_TAKEN, NoTraining.QUOTA_TAKEN, NoTraining.OUTWEIGHED, NoTraining.OVER_BUDGET)
"""Why somebody got none who could have had one: the seats went to others, or the money for them did."""


async def pass_on(session: Session, seat: Seat, today: date, useful: bool) -> Seat | None:
    """Give the seat back and, where that is still `useful`, let the next one have it; None where nobody waits for it.

    Rule: seat_passed_on.
    """
    await session.execute(update(PROPOSAL).where(of_seat(seat)).values(decision="given_back"))
    if not useful:
        return None
    found = await _next(session, seat, today)
    who, number = (found.employee, found.round) if found else (None, None)
    passed = {"successor_id": who, "successor_round": number, "nobody_left": found is None}
    await session.execute(update(ENROLMENT).where(ENROLMENT.c.id == seat.id).values(passed))
    return found


async def _next(session: Session, seat: Seat, today: date) -> Seat | None:
    """Whom the rule of the seats gives it, of those whom HR has left without a training for want of room.

    Which course they had missed at first does not matter: it helps them, or the rule does not give it to them.
    """
    cycle, courses = seat.cycle, await courses_for(session, seat.cycle, today, lock=True)
    course = next((course for course in courses if course.id == seat.training), None)
    if course is None:
        return None
    rows = {row.employee_id: row for row in await session.execute(_left_without(cycle))}
    people, granted = await attendees(session, tuple(rows), today), await granted_hours(session, tuple(rows))
    here = (row for who, row in rows.items() if people.get(who, ANYBODY).position)  # and not those who have gone
    agreed = await agreed_needs(session, cycle, tuple(rows), course.year, today)
    candidates = tuple(candidate_of(row, granted.get(row.employee_id, ()), people, course.year, agreed) for row in here)
    limits, given = await limits_of(session, course.year), await given_away(session, course.year)
    found = propose(Market(candidates, (course,), limits, given))
    chosen = next((proposal for proposal in found if proposal.training), None)
    if chosen is None:
        return None
    following = Seat(cycle, chosen.employee, course.id, rows[chosen.employee].round, seat.employee)
    why = MOVED_UP.format(course=course.name, need=chosen.reason)
    moved_up = update(PROPOSAL).where(of_seat(following))
    await session.execute(moved_up.values(training_id=course.id, decision_reason=why[:2000]))
    return following


def _left_without(cycle: str) -> Select[Any]:
    """Whom HR has left without a training, because there was no room; the last decision about each of them comes last."""
    p = PROPOSAL.c
    has_one = select(p.employee_id).where(p.cycle_id == cycle, p.decision == "approved", p.training_id.is_not(None))
    query = select(p.employee_id, p.round, APPRAISAL.c.unit_id, APPRAISAL.c.document, PERSON.c.employment)
    query = query.join_from(PROPOSAL, APPRAISAL, CASE_OF_PROPOSAL).join(PERSON, PERSON.c.id == p.employee_id)
    query = query.where(p.cycle_id == cycle, p.decision == "approved", p.training_id.is_(None), p.code.in_(NO_ROOM))
    return query.where(p.employee_id.not_in(has_one)).order_by(p.round)


def of_seat(seat: Seat) -> ColumnElement[bool]:
    """The decision that gave somebody this seat, and no other one about him."""
    p = PROPOSAL.c
    return and_(p.cycle_id == seat.cycle, p.employee_id == seat.employee, p.round == seat.round)
