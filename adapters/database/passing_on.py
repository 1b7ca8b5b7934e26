"""A seat that was given back goes to the next who was refused for want of it: in the transaction that keeps that it is free."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select, update

from adapters.database.engine import Session
from adapters.database.hours import ENROLMENT, PERSON, PROPOSAL
from adapters.database.limits import limits_of
from adapters.database.lines import reporting_line
from adapters.database.seats import APPRAISAL, attendees, courses_for, given_away, granted_hours
from appraisal.access import Actor
from appraisal.course import ANYBODY
from appraisal.enrolment import Seat
from appraisal.errors import AppraisalError
from appraisal.nomination import Decide, NominationDecision, NominationOrder, Open
from appraisal.nomination_rules import settle
from appraisal.training import NoTraining
from appraisal.vocabulary import Employment

MOVED_UP = "Kursi {course} diserahkan kembali oleh peserta lain; giliran berikutnya menurut urutan kebutuhan. {need}"
"""Why somebody gets a seat who was refused at first: read by the employee, beside the need that it answers."""
SYSTEM = Actor("enrolment", system=True)
WANTED_IT = (NoTraining.SEATS_TAKEN, NoTraining.OUTWEIGHED, NoTraining.OVER_BUDGET)
"""Why somebody got none who would have had that very seat: it went to others, or the money for it did."""


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
    """The first by rank whom HR has left without a training for want of this very seat, and who could be given it now."""
    cycle, training = seat.cycle, seat.training
    courses = {course.id: course for course in await courses_for(session, cycle, today, lock=True)}
    course, granted = courses.get(training), await granted_hours(session)
    if course is None:
        return None
    given, limits = await given_away(session, course.year), await limits_of(session, course.year)
    for row in (await session.execute(_refused(cycle))).all():
        said, who = dict(row.parameters), str(row.employee_id)
        if said.get("course") != course.name or await reporting_line(session, who, today) is None:
            continue
        why = MOVED_UP.format(course=course.name, need=said.get("need", "")).strip()
        order = NominationOrder(Decide((NominationDecision(who, True, training, why),)), SYSTEM)
        about = (await attendees(session, (who,), today)).get(who, ANYBODY)
        hours, unit = granted.get(who, ()), row.unit_id or ""
        waiting = Open(who, None, row.reason, Employment(row.employment), hours, unit, about)
        try:
            settle(order, {who: waiting}, courses, given, limits)
        except AppraisalError:  # what HR could not give, nobody gets without HR
            continue
        following = Seat(cycle, who, training, row.round, seat.employee)
        moved_up = update(PROPOSAL).where(of_seat(following))
        await session.execute(moved_up.values(training_id=training, decision_reason=why[:2000]))
        return following
    return None


def _refused(cycle: str) -> Select[Any]:
    """Whom HR has left without a training because the seats of a course went to others, or the money for them, by rank."""
    p = PROPOSAL.c
    case = (APPRAISAL.c.cycle_id == p.cycle_id) & (APPRAISAL.c.employee_id == p.employee_id)
    query = select(p.employee_id, p.round, p.parameters, p.reason, PERSON.c.employment, APPRAISAL.c.unit_id)
    query = query.join_from(PROPOSAL, PERSON, PERSON.c.id == p.employee_id).outerjoin(APPRAISAL, case)
    decided = (p.decision == "approved", p.training_id.is_(None), p.code.in_(WANTED_IT))
    return query.where(p.cycle_id == cycle, *decided).order_by(p.rank, p.employee_id)


def of_seat(seat: Seat) -> ColumnElement[bool]:
    """The decision that gave somebody this seat, and no other one about him."""
    p = PROPOSAL.c
    return and_(p.cycle_id == seat.cycle, p.employee_id == seat.employee, p.round == seat.round)
