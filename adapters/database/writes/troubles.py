"""The record as the watch compares it: implements activities.ports.Watched."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Table, and_, func, select, update

from adapters.database.columns import table_of
from adapters.database.documents import CALIBRATION, CASE, NOMINATION
from adapters.database.documents import CYCLE as WHOLE_CYCLE
from adapters.database.engine import Session, Sessions
from adapters.database.reads.entries import EVENT
from adapters.database.tables import process, watch
from adapters.database.upsert import upsert
from adapters.database.writes.records import keep_cases
from adapters.database.writes.siasn import PUSH, order_left
from appraisal.access import Actor
from appraisal.calibration import calibration
from appraisal.case import Case
from appraisal.cycle import Phase
from appraisal.group import GroupPhase
from appraisal.recovery import Shared
from appraisal.siasn.push import Stand
from appraisal.training import nomination
from appraisal.vocabulary import Step
from appraisal.watch import DISAGREE, Mended, Row, Trouble

APPRAISAL, CYCLE, TROUBLE = table_of(process.Appraisal), table_of(process.Cycle), table_of(watch.Trouble)
CYCLE_ID, ORDER_ID = "cycle/", "siasn/"
"""What the id of a cycle, and of an order to SIASN, has before it where it is that of a process."""
ROWS = select(APPRAISAL.c.id, APPRAISAL.c.step, APPRAISAL.c.revision)
GROUPS: dict[Table, TypeAdapter[calibration.Calibration] | TypeAdapter[nomination.Nomination]] = {
    table_of(process.Calibration): CALIBRATION,
    table_of(process.Nomination): NOMINATION,
}
OPEN = TROUBLE.c.resolved_at.is_(None)


class SqlWatched:
    """Sessions are writing ones; each call is one transaction."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def open_rows(self, after: str, size: int) -> tuple[Row, ...]:
        query = ROWS.where(APPRAISAL.c.step != Step.CLOSED, APPRAISAL.c.id > after).order_by(APPRAISAL.c.id).limit(size)
        async with self._sessions() as session:
            return tuple(_row(row) for row in await session.execute(query))

    async def rows(self, ids: tuple[str, ...]) -> tuple[Row, ...]:
        async with self._sessions() as session:
            cases = [_row(row) for row in await session.execute(ROWS.where(APPRAISAL.c.id.in_(ids)))]
            cycles = [one.removeprefix(CYCLE_ID) for one in ids if one.startswith(CYCLE_ID)]
            groups = await _groups(session, lambda table: table.c.id.in_(ids))
            orders = [one.removeprefix(ORDER_ID) for one in ids if one.startswith(ORDER_ID)]
            waiting = await orders_left(session, PUSH.c.order_id.in_(orders))
            return (*cases, *groups, *await _cycles(session, CYCLE.c.id.in_(cycles)), *waiting)

    async def open_shared(self) -> tuple[Row, ...]:
        async with self._sessions() as session:
            groups = await _groups(session, lambda table: table.c.phase != GroupPhase.DONE)
            cycles = await _cycles(session, CYCLE.c.phase != Phase.CLOSED)
            return (*groups, *cycles, *await orders_left(session))

    async def shared(self, process: str) -> Shared | None:
        async with self._sessions() as session:
            if process.startswith(ORDER_ID):
                return await order_left(session, process.removeprefix(ORDER_ID))
            if process.startswith(CYCLE_ID):
                query = select(CYCLE.c.document).where(CYCLE.c.id == process.removeprefix(CYCLE_ID))
                whole = await session.scalar(query)
                return WHOLE_CYCLE.validate_python(whole) if whole else None
            for table, state in GROUPS.items():
                document = await session.scalar(select(table.c.document).where(table.c.id == process))
                if document:
                    return state.validate_python(document)
        return None

    async def overdue(self, before: datetime, size: int) -> tuple[str, ...]:
        query = select(APPRAISAL.c.id).where(APPRAISAL.c.next_at < before).order_by(APPRAISAL.c.next_at).limit(size)
        async with self._sessions() as session:
            return tuple(await session.scalars(query))

    async def troubled(self) -> tuple[str, ...]:
        async with self._sessions() as session:
            return tuple(await session.scalars(select(TROUBLE.c.subject).where(OPEN).distinct()))

    async def keep(self, found: tuple[Trouble, ...], at: datetime) -> None:
        async with self._sessions.begin() as session:
            known = {(row.subject, row.kind): row for row in await session.execute(select(TROUBLE).where(OPEN))}
            for trouble in found:
                before = known.pop((trouble.subject, trouble.kind), None)
                await upsert(
                    session,
                    TROUBLE,
                    {
                        "subject": trouble.subject,
                        "kind": trouble.kind,
                        "detail": trouble.detail[:500],
                        "attempts": trouble.attempts,
                        "first_seen": before.first_seen if before else at,
                        "last_seen": at,
                        "resolved_at": None,
                        "repair": None,
                        "repaired_by": None,
                        "changed_at": before.changed_at if before and before.detail == trouble.detail[:500] else at,
                    },
                )
            for subject, kind in known:
                gone = and_(TROUBLE.c.subject == subject, TROUBLE.c.kind == kind)
                await session.execute(update(TROUBLE).where(gone).values(resolved_at=at, changed_at=at))

    async def case(self, case_id: str) -> Case | None:
        async with self._sessions() as session:
            document = await session.scalar(select(APPRAISAL.c.document).where(APPRAISAL.c.id == case_id))
        return CASE.validate_python(document) if document else None

    async def recover(self, case: Case) -> None:
        async with self._sessions.begin() as session:
            if not await _newer_on_record(session, case):
                await keep_cases(session, (case,))

    async def mended(self, case_id: str, what: Mended, by: Actor, at: datetime) -> None:
        """A trouble that nobody had found yet is noted as well: who mended what stays to be read."""
        async with self._sessions.begin() as session:
            open_kinds = select(TROUBLE.c.kind).where(OPEN, TROUBLE.c.subject == case_id, TROUBLE.c.kind.in_(DISAGREE))
            kinds = tuple(await session.scalars(open_kinds)) or ("other_revision",)
            noted = {"resolved_at": at, "repair": what, "repaired_by": by.id, "changed_at": at}
            for kind in kinds:
                first = await session.scalar(
                    select(TROUBLE.c.first_seen).where(TROUBLE.c.subject == case_id, TROUBLE.c.kind == kind)
                )
                fresh = {"subject": case_id, "kind": kind, "first_seen": first or at, "last_seen": at}
                await upsert(session, TROUBLE, {**fresh, "detail": "", "attempts": 0, **noted})


async def _groups(session: Session, which: Callable[[Table], ColumnElement[bool]]) -> tuple[Row, ...]:
    found: list[Row] = []
    for table in GROUPS:
        query = select(table.c.id, table.c.phase, table.c.revision).where(which(table)).order_by(table.c.id)
        found += [Row(row.id, row.phase != GroupPhase.DONE, row.revision) for row in await session.execute(query)]
    return tuple(found)


async def _cycles(session: Session, which: ColumnElement[bool]) -> tuple[Row, ...]:
    query = select(CYCLE.c.id, CYCLE.c.phase, CYCLE.c.revision).where(which).order_by(CYCLE.c.id)
    found = await session.execute(query)
    return tuple(Row(f"{CYCLE_ID}{row.id}", row.phase != Phase.CLOSED, row.revision) for row in found)


async def orders_left(session: Session, *which: ColumnElement[bool]) -> tuple[Row, ...]:
    """The orders to SIASN by which something waits; the others are over."""
    query = select(PUSH.c.order_id).where(*which, PUSH.c.stand == Stand.WAITING).distinct().order_by(PUSH.c.order_id)
    return tuple(Row(f"{ORDER_ID}{order}", True, 0) for order in await session.scalars(query))


async def _newer_on_record(session: Session, case: Case) -> bool:
    """Between look and repair the process may have stored by itself what seemed lost; its own events then stay."""
    newest = await session.scalar(select(func.max(EVENT.c.revision)).where(EVENT.c.subject == case.id))
    return newest is not None and newest >= case.events[0].revision


def _row(row: Any) -> Row:
    return Row(row.id, row.step != Step.CLOSED, row.revision)
