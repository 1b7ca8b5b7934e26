"""Writing who answers to whom: a change closes the running period and opens the next. Refusals are the rules'."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import insert, select, text

from adapters.database import chain
from adapters.database.announcing import announce
from adapters.database.engine import Session, Sessions
from adapters.database.periods import change_from, in_force
from adapters.database.superior_ground import ASSIGNMENT, CHANGE, DEFINITIVE, ground
from appraisal.superiors import Move, Replacement, allow, check
from appraisal.vocabulary import AssignmentKind


class SqlSuperiors:
    """Implements activities.people_ports.Superiors."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

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
