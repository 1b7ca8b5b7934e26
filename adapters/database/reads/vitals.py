"""What an operator watches in the record: numbers alone, each read from an index."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, select

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.reads.open_cases import PEOPLE_HOLD, UNRESOLVED
from adapters.database.tables import delivery, process, record, siasn, watch
from appraisal.siasn.push import Stand
from appraisal.vocabulary import Step

APPRAISAL, NOTICE = table_of(process.Appraisal), table_of(process.Notice)
ANCHOR, DELIVERY = table_of(record.Anchor), table_of(delivery.Delivery)
PUSH, TROUBLE = table_of(siasn.Push), table_of(watch.Trouble)
WAYS = ("mail", "webhook")


@dataclass(frozen=True, slots=True)
class Vitals:
    """`steps`: open and overdue cases by step. `unsent`: messages by way, and the instant at which the oldest was made.

    `unsettled` is the oldest notice for which it is not decided yet what goes out because of it. `pushes` counts what has not
    arrived at SIASN by stand and failure, `troubles` what the watch has found by kind.
    """

    steps: dict[str, tuple[int, int]]
    alone: int
    unsent: dict[str, tuple[int, datetime | None]]
    unsettled: datetime | None
    pushes: dict[tuple[str, str], int]
    troubles: dict[str, int]
    anchored: datetime | None


async def vitals(session: Session, now: datetime) -> Vitals:
    """Everything as of this instant."""
    t = APPRAISAL.c
    nobody = select(func.count()).select_from(APPRAISAL).where(t.holder_id.is_(None), t.step.in_(PEOPLE_HOLD))
    settling = select(func.min(NOTICE.c.created_at)).where(NOTICE.c.hooks_settled_at.is_(None))
    return Vitals(
        steps=await _steps(session, now),
        alone=await session.scalar(nobody.where(t.due_at.is_not(None))) or 0,
        unsent=await _unsent(session),
        unsettled=await session.scalar(settling),
        pushes=await _pushes(session),
        troubles=await _troubles(session),
        anchored=await session.scalar(select(ANCHOR.c.made_at).order_by(ANCHOR.c.day.desc()).limit(1)),
    )


async def _steps(session: Session, now: datetime) -> dict[str, tuple[int, int]]:
    """Late is whose clock runs, as on the board."""
    t = APPRAISAL.c
    late = func.sum(case(((t.due_at < now) & t.held.is_(False), 1), else_=0))
    query = select(t.step, func.count(), late).where(t.due_at.is_not(None)).group_by(t.step)
    found = {row[0]: (row[1], row[2]) for row in await session.execute(query)}
    return {step: found.get(step, (0, 0)) for step in Step if step is not Step.CLOSED}


async def _unsent(session: Session) -> dict[str, tuple[int, datetime | None]]:
    t = DELIVERY.c
    query = select(t.channel, func.count(), func.min(t.created_at)).where(t.channel.in_(WAYS), t.try_at.is_not(None))
    found: dict[str, Any] = {row[0]: (row[1], row[2]) for row in await session.execute(query.group_by(t.channel))}
    return {way: found.get(way, (0, None)) for way in WAYS}


async def _pushes(session: Session) -> dict[tuple[str, str], int]:
    t = PUSH.c
    query = select(t.stand, t.failure, func.count()).where(t.stand.in_((Stand.WAITING, Stand.LISTED)))
    return {(row[0], row[1]): row[2] for row in await session.execute(query.group_by(t.stand, t.failure))}


async def _troubles(session: Session) -> dict[str, int]:
    query = select(TROUBLE.c.kind, func.count()).where(UNRESOLVED).group_by(TROUBLE.c.kind)
    return {row[0]: row[1] for row in await session.execute(query)}
