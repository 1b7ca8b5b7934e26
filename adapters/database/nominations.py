"""The proposals of a cycle's nomination: made anew while undecided, decided in one transaction with the seats."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, Update, bindparam, delete, select, update

from adapters.database import chain
from adapters.database.columns import table_of
from adapters.database.documents import CASE, NOMINATION
from adapters.database.engine import Session, Sessions
from adapters.database.limits import limits_of
from adapters.database.presence import presence
from adapters.database.seats import attendees, courses_for, given_away, granted_hours, seats_taken
from adapters.database.tables import organisation, process
from adapters.database.upsert import insert_missing, upsert
from appraisal.access import CLOCK
from appraisal.course import ANYBODY, Attendee
from appraisal.group import Presence
from appraisal.nomination import LAPSED, Decide, Nomination, NominationOrder, Open, Settled
from appraisal.nomination_rules import settle
from appraisal.training import Candidate, Proposal, facts, needs, propose
from appraisal.vocabulary import Employment, Step

APPRAISAL, TABLE, PROPOSAL = table_of(process.Appraisal), table_of(process.Nomination), table_of(process.Proposal)
PERSON = table_of(organisation.Person)
AT_NOMINATION = (APPRAISAL.c.step == Step.NOMINATION) & APPRAISAL.c.held.is_(False)


class SqlNominations:
    """Implements activities.ports.Nominations."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def presence(self, cycle: str) -> Presence:
        async with self._sessions.begin() as session:
            return await presence(session, Step.NOMINATION, cycle)

    async def propose(self, cycle: str, at: datetime) -> int:
        async with self._sessions.begin() as session:
            rows = (await session.execute(_undecided(cycle))).all()
            granted = await granted_hours(session)
            courses = await courses_for(session, cycle, at.date())
            taken = await seats_taken(session)
            people = await attendees(session, _at_nomination(cycle), at.date())
        # Reading thousands of documents takes seconds, during which nobody should wait for the database's write lock.
        candidates = tuple(_candidate(row, granted, people) for row in rows)
        proposals = propose(candidates, courses, taken)
        async with self._sessions.begin() as session:
            await session.execute(
                delete(PROPOSAL).where(
                    PROPOSAL.c.cycle_id == cycle,
                    PROPOSAL.c.decision.is_(None),
                    PROPOSAL.c.employee_id.in_(_at_nomination(cycle)),
                )
            )
            await insert_missing(session, PROPOSAL, [_proposal_row(cycle, proposal) for proposal in proposals])
        return len(proposals)

    async def decide(self, after: Nomination, order: NominationOrder) -> None:
        assert isinstance(order.command, Decide)
        async with self._sessions.begin() as session:
            if not await chain.append(session, after.id, after.events):
                return
            employees = tuple(decision.employee for decision in order.command.decisions)
            decided_at = after.events[-1].at
            courses = {course.id: course for course in await courses_for(session, after.cycle, None, lock=True)}
            proposals = await _open_proposals(session, after.cycle, employees, decided_at.date())
            year = max((course.year for course in courses.values()), default=0)  # one year's catalogue
            given, limits = await given_away(session, year), await limits_of(session, year)
            settled = settle(order, proposals, courses, given, limits)
            rows = [
                {
                    "who": decision.employee,
                    "training_id": decision.training,
                    "decision": "approved" if decision.approve else "refused",
                    "decision_reason": decision.reason,
                    "decided_by": order.actor.id,
                    "decided_at": decided_at,
                    "round": after.round,
                }
                for decision in settled
            ]
            await session.execute(_of_one(after.cycle), rows)
            await upsert(session, TABLE, nomination_row(after), newer="revision")

    async def lapse(self, after: Nomination) -> None:
        async with self._sessions.begin() as session:
            if not await chain.append(session, after.id, after.events):
                return
            values = {
                "training_id": None,
                "decision": "lapsed",
                "decision_reason": LAPSED,
                "decided_by": CLOCK.id,
                "decided_at": after.events[-1].at,
                "round": after.round,
            }
            left = (PROPOSAL.c.cycle_id == after.cycle, PROPOSAL.c.decision.is_(None))
            await session.execute(update(PROPOSAL).where(*left).values(values))
            await upsert(session, TABLE, nomination_row(after), newer="revision")

    async def settled(self, cycle: str, number: int, after: str, size: int) -> tuple[Settled, ...]:
        columns = (PROPOSAL.c.employee_id, APPRAISAL.c.id, PROPOSAL.c.training_id, PROPOSAL.c.decision_reason)
        case = (APPRAISAL.c.cycle_id == PROPOSAL.c.cycle_id) & (APPRAISAL.c.employee_id == PROPOSAL.c.employee_id)
        query = select(*columns, PROPOSAL.c.decided_by).join_from(PROPOSAL, APPRAISAL, case)
        query = query.where(PROPOSAL.c.cycle_id == cycle, PROPOSAL.c.round == number, PROPOSAL.c.employee_id > after)
        async with self._sessions.begin() as session:
            rows = await session.execute(query.order_by(PROPOSAL.c.employee_id).limit(size))
            return tuple(Settled(*row) for row in rows)


def nomination_row(nomination: Nomination) -> dict[str, Any]:
    """The nomination as its table keeps it."""
    following = nomination.next_alarm
    return {
        "id": nomination.id,
        "cycle_id": nomination.cycle,
        "phase": nomination.phase,
        "round": nomination.round,
        "opens_at": nomination.schedule.window.opens,
        "due_at": nomination.schedule.window.due,
        "ends_at": nomination.schedule.window.end,
        "next_alarm": following[1] if following else None,
        "next_at": following[0] if following else None,
        "revision": nomination.revision,
        "document": NOMINATION.dump_python(nomination.stored(nomination.revision), mode="json"),
    }


def _at_nomination(cycle: str) -> Select[Any]:
    return select(APPRAISAL.c.employee_id).where(APPRAISAL.c.cycle_id == cycle, AT_NOMINATION)


def _undecided(cycle: str) -> Select[Any]:
    """Employee, document of the case and kind of employment of everybody who waits and is undecided."""
    decided = select(PROPOSAL.c.employee_id).where(PROPOSAL.c.cycle_id == cycle, PROPOSAL.c.decision.is_not(None))
    query = select(APPRAISAL.c.employee_id, APPRAISAL.c.document, PERSON.c.employment)
    query = query.join_from(APPRAISAL, PERSON, PERSON.c.id == APPRAISAL.c.employee_id, isouter=True)
    return query.where(
        APPRAISAL.c.cycle_id == cycle,
        AT_NOMINATION,
        APPRAISAL.c.employee_id.not_in(decided),
    )


def _candidate(
    row: Row[Any], granted: dict[str, tuple[tuple[int, int], ...]], people: dict[str, Attendee]
) -> Candidate:
    case = CASE.validate_python(row.document)
    employment = Employment(row.employment or Employment.PNS)
    who, known = row.employee_id, people.get(row.employee_id, ANYBODY)
    return Candidate(who, employment, case.predicate, needs(facts(case)), granted.get(who, ()), known)


def _proposal_row(cycle: str, proposal: Proposal) -> dict[str, Any]:
    return {
        "cycle_id": cycle,
        "employee_id": proposal.employee,
        "training_id": proposal.training,
        "code": proposal.code,
        "parameters": [list(pair) for pair in proposal.parameters],
        "reason": proposal.reason,
        "rank": proposal.rank,
        "decision_reason": "",
    }


async def _open_proposals(session: Session, cycle: str, employees: tuple[str, ...], on: date) -> dict[str, Open]:
    """The undecided proposals of these people whose cases still wait."""
    granted, people = await granted_hours(session), await attendees(session, employees, on)
    case = (APPRAISAL.c.cycle_id == PROPOSAL.c.cycle_id) & (APPRAISAL.c.employee_id == PROPOSAL.c.employee_id)
    columns = (PROPOSAL.c.employee_id, PROPOSAL.c.training_id, PROPOSAL.c.reason, PERSON.c.employment)
    query = select(*columns, APPRAISAL.c.unit_id).join_from(PROPOSAL, APPRAISAL, case)
    query = query.join(PERSON, PERSON.c.id == PROPOSAL.c.employee_id, isouter=True)
    rows = await session.execute(
        query.where(
            PROPOSAL.c.cycle_id == cycle,
            PROPOSAL.c.decision.is_(None),
            PROPOSAL.c.employee_id.in_(employees),
            AT_NOMINATION,
        )
    )
    return {
        who: Open(
            *(who, training, why, Employment(employment or Employment.PNS), granted.get(who, ()), unit),
            people.get(who, ANYBODY),
        )
        for who, training, why, employment, unit in rows
    }


def _of_one(cycle: str) -> Update:
    return update(PROPOSAL).where(PROPOSAL.c.cycle_id == cycle, PROPOSAL.c.employee_id == bindparam("who"))
