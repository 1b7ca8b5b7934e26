"""The proposals of a cycle's nomination: made anew while undecided, decided in one transaction with the seats."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Update, bindparam, delete, select, update

from adapters.database import chain
from adapters.database.columns import table_of
from adapters.database.documents import NOMINATION
from adapters.database.engine import Session, Sessions
from adapters.database.reads.heads_words import HAS_HEAD, SPOKEN, WORD, WORD_OF_PROPOSAL, said, unheard
from adapters.database.reads.limits import limits_of
from adapters.database.reads.presence import presence
from adapters.database.reads.seat_market import AT_NOMINATION, at_nomination, market_of
from adapters.database.reads.seat_plans import optimum_of
from adapters.database.reads.seats import (
    CASE_OF_PROPOSAL,
    attendees,
    courses_for,
    given_away,
    granted_hours,
    seats_free,
)
from adapters.database.tables import organisation, process
from adapters.database.upsert import insert_missing, upsert
from adapters.database.writes.heads_words import keep_words, tell_heads
from appraisal.access import CLOCK
from appraisal.group import Presence
from appraisal.seats.market import Proposal
from appraisal.seats.prices import following
from appraisal.training.course import ANYBODY
from appraisal.training.heads_word import SayWords
from appraisal.training.nomination import LAPSED, Basis, Decide, Nomination, NominationOrder, Open, Settled
from appraisal.training.nomination_settling import settle
from appraisal.vocabulary import Employment, Step

APPRAISAL, TABLE, PROPOSAL = table_of(process.Appraisal), table_of(process.Nomination), table_of(process.Proposal)
PERSON = table_of(organisation.Person)


class SqlNominations:
    """Implements activities.ports.Nominations."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def presence(self, cycle: str) -> Presence:
        async with self._sessions.begin() as session:
            here, free = await presence(session, Step.NOMINATION, cycle), await seats_free(session, cycle)
            waiting = await unheard(session, cycle)
        return replace(here, free=free, unheard=waiting)

    async def propose(self, cycle: str, at: datetime, basis: Basis) -> int:
        market = await market_of(self._sessions, cycle, at)
        async with self._sessions.begin() as session:
            plan = await optimum_of(session, cycle) if basis is Basis.OPTIMUM else {}
        proposals = following(market, plan)
        async with self._sessions.begin() as session:
            await session.execute(
                delete(PROPOSAL).where(
                    PROPOSAL.c.cycle_id == cycle,
                    PROPOSAL.c.decision.is_(None),
                    PROPOSAL.c.employee_id.in_(at_nomination(cycle)),
                )
            )
            await insert_missing(session, PROPOSAL, [_proposal_row(cycle, proposal) for proposal in proposals])
            await tell_heads(session, cycle, at)
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
            heads = after.schedule.heads
            until = heads.until if heads and decided_at < heads.until else None
            settled = settle(order, proposals, courses, given, limits, until, decided_at.date())
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

    async def hear(self, after: Nomination, order: NominationOrder) -> None:
        assert isinstance(order.command, SayWords)
        async with self._sessions.begin() as session:
            if not await chain.append(session, after.id, after.events):
                return
            await keep_words(session, after.cycle, order.command.words, order.actor, after.events[-1].at)
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
        query = select(*columns, PROPOSAL.c.decided_by).join_from(PROPOSAL, APPRAISAL, CASE_OF_PROPOSAL)
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
        "heads_until": nomination.schedule.heads.until if nomination.schedule.heads else None,
        "due_at": nomination.schedule.window.due,
        "ends_at": nomination.schedule.window.end,
        "next_alarm": following[1] if following else None,
        "next_at": following[0] if following else None,
        "revision": nomination.revision,
        "document": NOMINATION.dump_python(nomination.stored(nomination.revision), mode="json"),
    }


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
    granted, people = await granted_hours(session, employees), await attendees(session, employees, on)
    columns = (PROPOSAL.c.employee_id, PROPOSAL.c.training_id, PROPOSAL.c.reason, PERSON.c.employment)
    query = select(*columns, APPRAISAL.c.unit_id, HAS_HEAD.label("asked"), *SPOKEN)
    query = query.join_from(PROPOSAL, APPRAISAL, CASE_OF_PROPOSAL).join(WORD, WORD_OF_PROPOSAL, isouter=True)
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
        row.employee_id: Open(
            *(row.employee_id, row.training_id, row.reason, Employment(row.employment or Employment.PNS)),
            *(granted.get(row.employee_id, ()), row.unit_id, people.get(row.employee_id, ANYBODY)),
            *(bool(row.asked), said(row)),
        )
        for row in rows
    }


def _of_one(cycle: str) -> Update:
    return update(PROPOSAL).where(PROPOSAL.c.cycle_id == cycle, PROPOSAL.c.employee_id == bindparam("who"))
