"""Which finished cycles are archived, and which are not yet."""

from datetime import datetime
from typing import Any

from sqlalchemy import String, exists, literal, select

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.reads.entries import EVENT
from adapters.database.tables import process
from appraisal.cycle import Phase
from appraisal.privacy.archive import ARCHIVED, Archived, read_archived
from appraisal.record import Event
from appraisal.vocabulary import Step

CYCLE, APPRAISAL = table_of(process.Cycle), table_of(process.Appraisal)
SUBJECT = literal("archive/", String).concat(CYCLE.c.id)


async def archives(session: Session) -> tuple[tuple[str, str, Archived | None], ...]:
    """Every closed cycle, the newest first: its id, its name, and its last archive if there is one."""
    e = EVENT.c
    query = select(CYCLE.c.id, CYCLE.c.name, e.revision, e.kind, e.actor, e.at, e.command_id, e.changes)
    query = query.outerjoin_from(CYCLE, EVENT, (e.subject == SUBJECT) & (e.kind == ARCHIVED))
    query = query.where(CYCLE.c.phase == Phase.CLOSED).order_by(CYCLE.c.starts_at.desc(), CYCLE.c.id, e.revision)
    found: dict[str, tuple[str, str, Archived | None]] = {}
    for row in await session.execute(query):
        found[row.id] = (row.id, row.name, _read(row) if row.kind else None)
    return tuple(found.values())


async def unarchived(session: Session, before: datetime) -> tuple[str, ...]:
    """The cycles that had closed by then, of which no case is open and no archive is on record."""
    still_open = exists().where(APPRAISAL.c.cycle_id == CYCLE.c.id, APPRAISAL.c.step != Step.CLOSED)
    query = select(CYCLE.c.id).where(CYCLE.c.phase == Phase.CLOSED, CYCLE.c.closes_at < before, ~still_open)
    query = query.where(~exists().where(EVENT.c.subject == SUBJECT, EVENT.c.kind == ARCHIVED))
    return tuple(await session.scalars(query.order_by(CYCLE.c.id)))


def _read(row: Any) -> Archived:
    changes = tuple((name, before, after) for name, before, after in row.changes)
    return read_archived(Event(row.revision, row.kind, row.actor, row.at, row.command_id, changes=changes))
