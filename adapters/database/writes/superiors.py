"""Writing who answers to whom: a change closes the running period and opens the next. Refusals are the rules'."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select, text, update

from adapters.database import chain
from adapters.database.announcing import announce
from adapters.database.engine import Session, Sessions
from adapters.database.periods import change_from, in_force
from adapters.database.reads.serving import ASSIGNMENT, DEFINITIVE
from adapters.database.reads.superior_ground import CHANGE, ground
from adapters.database.reads.superior_reports import REPORT, open_report_of
from appraisal.people import superior_report
from appraisal.people.superior_report import Report, ReportPhase
from appraisal.people.superiors import Move, Replacement, allow, check
from appraisal.vocabulary import AssignmentKind


class SqlSuperiors:
    """Implements activities.people_ports.Superiors. `today` tells the agency's present day."""

    def __init__(self, sessions: Sessions, today: Callable[[], date]) -> None:
        self._sessions, self._today = sessions, today

    async def replace(self, replacement: Replacement) -> None:
        order, at = replacement.order, replacement.at
        async with self._sessions.begin() as session:
            await one_at_a_time(session)
            if not await chain.append(session, replacement.id, (replacement.event,)):
                return
            check(order)
            people = [move.person for move in order.moves]
            allow(order, await ground(session, people, order.superior, order.effective_on))
            await move_people(session, order.moves, order.superior, order.effective_on)
            told = (order.id, order.superior, order.effective_on, order.reason, order.actor.id, at)
            await keep_changes(session, order.moves, *told)
            await announce(session, replacement.id, replacement.notices(), at)

    async def keep_report(self, report: Report) -> None:
        async with self._sessions.begin() as session:
            await one_at_a_time(session)
            if not await chain.append(session, report.id, report.events):
                return
            moves: tuple[Move, ...] = ()
            if report.revision == 0:
                await self._begin(session, report)
            else:
                await session.execute(update(REPORT).where(REPORT.c.id == report.order.id).values(_state(report)))
            if report.phase is ReportPhase.ACCEPTED:
                moves = await self._accept(session, report)
            await announce(session, report.id, report.notices(moves), report.events[-1].at)

    async def _begin(self, session: Session, report: Report) -> None:
        order = report.order
        facts = await ground(session, [order.person], order.proposed or "", self._today())
        superior_report.check(order)
        superior_report.allow(order, facts, await open_report_of(session, order.person) is not None)
        row = {
            "id": order.id,
            "subject": report.id,
            "person_id": order.person,
            "before_id": facts.before[order.person],
            "proposed_id": order.proposed,
            "words": order.words,
            "reported_at": report.at,
            "due_at": report.due,
        }
        await session.execute(insert(REPORT).values(row | _state(report)))

    async def _accept(self, session: Session, report: Report) -> tuple[Move, ...]:
        """From today on the person answers to whom HR has named."""
        superior, event, today = report.superior, report.events[-1], self._today()
        assert superior is not None, "accepted with a superior"
        moves = superior_report.moves(report, await ground(session, [report.order.person], superior, today))
        if moves:
            await move_people(session, moves, superior, today)
            told = (report.order.id, superior, today, event.reason, event.actor, event.at)
            await keep_changes(session, moves, *told)
        return moves


def _state(report: Report) -> dict[str, Any]:
    """What changes while a report lives."""
    decision = report.decision
    return {
        "phase": report.phase,
        "reminded": report.reminded,
        "superior_id": report.superior,
        "reason": report.events[-1].reason if decision else "",
        "decided_by": decision.actor.id if decision else None,
        "decided_at": report.decided_at,
        "revision": report.revision,
    }


async def move_people(session: Session, moves: Sequence[Move], superior: str, on: date) -> None:
    """Let the definitive assignments of these people name another superior from the day on; all else of them stays."""
    theirs = (ASSIGNMENT.c.person_id.in_([move.person for move in moves]), DEFINITIVE)
    rows = await session.execute(select(ASSIGNMENT).where(*theirs, in_force(ASSIGNMENT, on)))
    kept = {"supervisor_id": superior, "kind": AssignmentKind.DEFINITIF}
    values = {row.person_id: {"position_id": row.position_id, **kept} for row in rows}
    await change_from(session, ASSIGNMENT, "person_id", values, on, *theirs)


async def keep_changes(
    session: Session,
    moves: Sequence[Move],
    order: str,
    superior: str,
    on: date,
    why: str,
    by: str,
    at: datetime,
) -> None:
    """Note who moved whom, when and why."""
    same = {"order_id": order, "superior_id": superior, "effective_on": on}
    same |= {"reason": why, "ordered_by": by, "ordered_at": at}
    rows = [{"person_id": move.person, "before_id": move.before, **same} for move in moves]
    await session.execute(insert(CHANGE), rows)


async def one_at_a_time(session: Session) -> None:
    """Two changes must not both find a line without a loop and then close one. SQLite's write lock does it already."""
    if session.dialect.name == "postgresql":
        await session.execute(text("LOCK TABLE assignment IN SHARE ROW EXCLUSIVE MODE"))
