"""Writing who is not there, what became of their cases, and who is back. Refusals are the rules'."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, insert, or_, select, update

from adapters.database import chain
from adapters.database.announcing import announce
from adapters.database.columns import table_of
from adapters.database.engine import Session, Sessions
from adapters.database.periods import end_from
from adapters.database.reads.departure_ground import APPOINTMENT, DEPARTURE, RESULT, ground
from adapters.database.reads.serving import ASSIGNMENT
from adapters.database.tables import process
from adapters.database.upsert import insert_missing
from adapters.database.writes.superiors import one_at_a_time
from appraisal.access import Actor
from appraisal.people.departure import (
    FOR_A_TIME,
    FOR_GOOD,
    Depart,
    Departure,
    Own,
    OwnCases,
    Result,
    allow,
    came_back,
    check,
    notices,
)
from appraisal.vocabulary import Step

APPRAISAL, CYCLE = table_of(process.Appraisal), table_of(process.Cycle)


class SqlDepartures:
    """Implements activities.people_ports.Departures."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def keep(self, departure: Departure) -> None:
        order = departure.order
        async with self._sessions.begin() as session:
            await one_at_a_time(session)
            if not await chain.append(session, departure.id, departure.events):
                return
            check(order)
            allow(order, await ground(session, order.people, order.effective_on, order.returns_on))
            await note(session, order, departure.events[0].at)
            if order.cause in FOR_GOOD:
                await end_from(session, ASSIGNMENT, "person_id", order.people, order.effective_on)

    async def keep_return(self, departure: Departure) -> tuple[tuple[str, str], ...]:
        order, back = departure.order.id, came_back(departure)
        async with self._sessions.begin() as session:
            if await chain.append(session, departure.id, departure.events):
                for person, on in back:
                    theirs = (DEPARTURE.c.order_id == order, DEPARTURE.c.person_id == person)
                    await session.execute(update(DEPARTURE).where(*theirs).values(returns_on=on))
            held = select(RESULT.c.subject, RESULT.c.person_id).where(
                RESULT.c.order_id == order,
                RESULT.c.person_id.in_([person for person, _ in back]),
                RESULT.c.treatment == OwnCases.HOLD,
                RESULT.c.refused == "",
            )
            return tuple((row.subject, row.person_id) for row in await session.execute(held.order_by(RESULT.c.subject)))

    async def unsettled(self, order: str) -> tuple[Own, ...]:
        async with self._sessions() as session:
            rows = (await session.execute(select(DEPARTURE).where(DEPARTURE.c.order_id == order))).all()
            going = {row.person_id: row for row in rows if row.returns_on is None or row.returns_on > row.effective_on}
            done = set(await session.scalars(select(RESULT.c.subject).where(RESULT.c.order_id == order)))
            found = [*await _own_cases(session, going), *await _appointments(session, going)]
        return tuple(own for own in found if own.subject not in done)

    async def keep_results(self, order: str, results: tuple[Result, ...]) -> None:
        rows = [
            {
                "order_id": order,
                "subject": one.own.subject,
                "person_id": one.own.person,
                "treatment": one.own.treatment,
                "refused": one.refused,
            }
            for one in results
        ]
        async with self._sessions.begin() as session:
            await insert_missing(session, RESULT, rows)

    async def settled(self, order: str, at: datetime) -> int:
        async with self._sessions.begin() as session:
            refused = select(RESULT.c.subject).where(RESULT.c.order_id == order, RESULT.c.refused != "")
            undone = len((await session.scalars(refused)).all())
            theirs = (DEPARTURE.c.order_id == order, DEPARTURE.c.settled_at.is_(None))
            await session.execute(update(DEPARTURE).where(*theirs).values(settled_at=at))
            await announce(session, f"departure/{order}", notices(undone), at)
        return undone


async def note(session: Session, order: Depart, at: datetime) -> None:
    """Note who goes by this order. Whoever leaves for good is away no longer: an absence that runs ends with it."""
    same: dict[str, Any] = {
        "order_id": order.id,
        "cause": order.cause,
        "effective_on": order.effective_on,
        "begins_at": order.begins_at,
        "returns_on": order.returns_on,
        "returns_at": order.returns_at,
        "own_cases": order.own_cases,
        "reason": order.reason,
        "ordered_by": order.actor.id,
        "ordered_at": at,
    }
    if order.cause in FOR_GOOD:
        await _end_absences(session, order.people, order.effective_on)
    await session.execute(insert(DEPARTURE), [{"person_id": person, **same} for person in order.people])


async def _end_absences(session: Session, people: tuple[str, ...], on: date) -> None:
    running = or_(DEPARTURE.c.returns_on.is_(None), DEPARTURE.c.returns_on > on)
    theirs = (DEPARTURE.c.person_id.in_(people), DEPARTURE.c.cause.in_(FOR_A_TIME), DEPARTURE.c.effective_on <= on)
    await session.execute(update(DEPARTURE).where(*theirs, running).values(returns_on=on))


async def _own_cases(session: Session, going: dict[str, Row[Any]]) -> list[Own]:
    query = select(APPRAISAL.c.id, APPRAISAL.c.employee_id, CYCLE.c.closes_at)
    query = query.outerjoin(CYCLE, CYCLE.c.id == APPRAISAL.c.cycle_id)
    query = query.where(APPRAISAL.c.employee_id.in_(list(going)), APPRAISAL.c.step != Step.CLOSED).order_by(
        APPRAISAL.c.id
    )
    return [_own(row.id, going[row.employee_id], row.closes_at) for row in await session.execute(query)]


async def _appointments(session: Session, going: dict[str, Row[Any]]) -> list[Own]:
    """What those who go for good were appointed to, and the delegates who act for them."""
    gone = [person for person, row in going.items() if row.cause in FOR_GOOD]
    either = or_(APPOINTMENT.c.person_id.in_(gone), APPOINTMENT.c.represented_id.in_(gone))
    rows = await session.execute(select(APPOINTMENT).where(either).order_by(APPOINTMENT.c.id))
    found = ((row, going[row.person_id if row.person_id in gone else row.represented_id]) for row in rows)
    ahead = ((row, person) for row, person in found if row.ends_at > max(row.begins_at, person.begins_at))
    return [_own(f"appointment/{row.id}", person, None) for row, person in ahead]


def _own(subject: str, row: Row[Any], closes: datetime | None) -> Own:
    actor = Actor(row.ordered_by, hr=True)
    return Own(subject, row.person_id, OwnCases(row.own_cases), row.reason, actor, row.returns_at, closes)
