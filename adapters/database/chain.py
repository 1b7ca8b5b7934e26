"""The append-only record: each event's hash covers the one before it, so that nothing can be changed or left out unseen."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC
from typing import Any

import structlog
from sqlalchemy import bindparam, delete, insert, select

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.tables import process, watch
from adapters.database.upsert import insert_missing
from appraisal.record import Event

log = structlog.get_logger(__name__)

EVENT, PASSAGE = table_of(process.Event), table_of(watch.Passage)
GENESIS = "0" * 64
RECENT = select(EVENT.c.subject, EVENT.c.revision, EVENT.c.command_id, EVENT.c.at, EVENT.c.hash).where(
    EVENT.c.subject.in_(bindparam("subjects", expanding=True)), EVENT.c.revision >= bindparam("revision")
)
ADD = insert(EVENT)


class RecordIsBehind(Exception):
    """What came before these events is not on record."""


def digest(previous: str, subject: str, event: Event) -> str:
    """SHA-256 over the previous hash and every field of the event, as canonical JSON."""
    fields = [
        subject,
        event.revision,
        event.kind,
        event.actor,
        event.on_behalf_of,
        event.at.astimezone(UTC).isoformat(),
        event.command_id,
        event.reason,
        [list(change) for change in event.changes],
    ]
    text = json.dumps([previous, *fields], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


async def append(session: Session, subject: str, events: Sequence[Event]) -> bool:
    """Add the events that are not there yet. False when all of them were: the whole change is then on record already."""
    return bool(await append_all(session, ((subject, events),)))


async def append_all(session: Session, changes: Sequence[tuple[str, Sequence[Event]]]) -> frozenset[str]:
    """The same for many processes at once; those of which something was not there yet.

    Two states of one process do not go together: the unique key refuses them.
    """
    firsts = [events[0].revision for _, events in changes if events]
    if not firsts:
        return frozenset()
    asked = {"subjects": [subject for subject, _ in changes], "revision": min(firsts) - 1}
    stored = {(row.subject, row.revision): row for row in await session.execute(RECENT, asked)}
    rows = list[dict[str, Any]]()
    for subject, events in changes:
        rows += await _missing(session, subject, events, {r: row for (s, r), row in stored.items() if s == subject})
    if rows:
        await session.execute(ADD, rows)
    return frozenset(row["subject"] for row in rows)


async def _missing(
    session: Session, subject: str, events: Sequence[Event], stored: Mapping[int, Any]
) -> list[dict[str, Any]]:
    """The rows to add, each chained to the one before it."""
    fresh = [event for event in events if event.revision not in stored]
    foreign = [e.revision for e in events if e.revision in stored and not _same(stored[e.revision], e)]
    if foreign:
        await _take_back(session, subject, foreign[0])
        fresh = [event for event in events if event.revision >= foreign[0]]
    if fresh and fresh[0].revision and fresh[0].revision - 1 not in stored:
        # Never over a gap: the record was restored from an older backup, and `jenjang reconcile` fills it (decision 13).
        raise RecordIsBehind(f"The record of {subject} lacks revision {fresh[0].revision - 1}.")
    rows = []
    previous = stored[fresh[0].revision - 1].hash if fresh and fresh[0].revision else GENESIS
    for event in fresh:
        link = digest(previous, subject, event)
        rows.append(_row(subject, event, previous, link))
        previous = link
    return rows


async def begin(session: Session, firsts: Sequence[tuple[str, Event]]) -> None:
    """Add the first event of each of these processes, all in one statement; one that is there already stays as it is."""
    rows = [_row(subject, event, GENESIS, digest(GENESIS, subject, event)) for subject, event in firsts]
    await insert_missing(session, EVENT, rows)


def _same(stored: Any, event: Event) -> bool:
    """Whether this is the event that is stored, and not another attempt at it: those differ in their moment."""
    return bool(stored.command_id == event.command_id and stored.at == event.at)


async def _take_back(session: Session, subject: str, revision: int) -> None:
    """Remove what was written for an order that the process itself never confirmed.

    A worker that dies or is too slow between the write and its report leaves such an event; nobody has been told of it, and
    the process, which is the source of truth, goes on without it. Its next event takes the revision: often the same one,
    a moment later. This is the record's only deletion.
    """
    log.warning("unconfirmed_event_replaced", workflow_id=subject, revision=revision)
    await session.execute(delete(EVENT).where(EVENT.c.subject == subject, EVENT.c.revision >= revision))
    await session.execute(delete(PASSAGE).where(PASSAGE.c.case_id == subject, PASSAGE.c.revision >= revision))


def _row(subject: str, event: Event, previous: str, link: str) -> dict[str, Any]:
    return {
        "subject": subject,
        "revision": event.revision,
        "command_id": event.command_id,
        "kind": event.kind,
        "actor": event.actor,
        "on_behalf_of": event.on_behalf_of,
        "at": event.at,
        "reason": event.reason,
        "changes": [list(change) for change in event.changes],
        "previous_hash": previous,
        "hash": link,
    }


async def subjects(session: Session) -> tuple[str, ...]:
    """Every process that has a record."""
    return tuple(await session.scalars(select(EVENT.c.subject).distinct().order_by(EVENT.c.subject)))


async def broken(session: Session, subject: str) -> int | None:
    """The first revision at which the chain of this process does not hold: changed, missing, or out of order. None: whole."""
    previous, expected = GENESIS, 0
    rows = await session.execute(select(EVENT).where(EVENT.c.subject == subject).order_by(EVENT.c.revision))
    for row in rows:
        event = Event(
            row.revision,
            row.kind,
            row.actor,
            row.at,
            row.command_id,
            row.on_behalf_of,
            row.reason,
            tuple((name, before, after) for name, before, after in row.changes),
        )
        if row.revision != expected or row.previous_hash != previous or row.hash != digest(previous, subject, event):
            return expected
        previous, expected = row.hash, expected + 1
    return None
