"""Adding to the record. Entries are chained by hash and only ever added; readers see those that processes went on from.

The record is the table `event` (ENTRY); everybody reads it through the view `standing_event` (EVENT, appraisal.chain.Entry).
"""

from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from sqlalchemy import bindparam, delete, insert, select

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.projections import PROJECTIONS
from adapters.database.reads.entries import ENTRY, EVENT
from adapters.database.tables import watch
from adapters.database.upsert import insert_missing
from appraisal.chain import GENESIS, digest
from appraisal.record import Event

log = structlog.get_logger(__name__)

PASSAGE = table_of(watch.Passage)
RECENT = select(
    *(EVENT.c.subject, EVENT.c.revision, EVENT.c.attempt, EVENT.c.command_id, EVENT.c.at, EVENT.c.hash)
).where(EVENT.c.subject.in_(bindparam("subjects", expanding=True)), EVENT.c.revision >= bindparam("revision"))
ADD = insert(ENTRY)


class RecordIsBehind(Exception):
    """What came before these events is not on record."""


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
    head = stored[max(stored)] if stored else None
    previous, attempt = (head.hash, head.attempt) if head else (GENESIS, 0)
    if foreign:
        await _take_up_again(session, subject, foreign[0])
        fresh, attempt = [event for event in events if event.revision >= foreign[0]], attempt + 1
    if fresh and fresh[0].revision and fresh[0].revision - 1 not in stored:
        # Never over a gap: the record was restored from an older backup, and `jenjang reconcile` fills it (decision 13).
        raise RecordIsBehind(f"The record of {subject} lacks revision {fresh[0].revision - 1}.")
    rows = []
    for event in fresh:
        rows.append(_row(subject, event, previous, attempt))
        previous = rows[-1]["hash"]
    return rows


async def begin(session: Session, firsts: Sequence[tuple[str, Event]]) -> None:
    """Add the first event of each of these processes, all in one statement; one that is there already stays as it is."""
    await insert_missing(session, ENTRY, [_row(subject, event, GENESIS, 0) for subject, event in firsts])


def _same(stored: Any, event: Event) -> bool:
    """Whether this is the event that is stored, and not another attempt at it: those differ in their moment."""
    return bool(stored.command_id == event.command_id and stored.at == event.at)


async def _take_up_again(session: Session, subject: str, revision: int) -> None:
    """What was written for an order that the process itself never confirmed does not count any more from here on.

    A worker that dies or is too slow between the write and its report leaves such an entry; nobody has been told of it, and
    the process, which is the source of truth, goes on without it. Its next event has the same revision: often the same
    one, a moment later. The entry stays where it is, and the one after it begins another attempt, which says so. What was
    made of it goes: the process writes its row anew in this transaction.
    """
    log.warning("unconfirmed_event_set_aside", workflow_id=subject, revision=revision)
    await session.execute(delete(PASSAGE).where(PASSAGE.c.case_id == subject, PASSAGE.c.revision >= revision))
    for made in PROJECTIONS:
        await session.execute(delete(made.table).where(made.subject == subject, made.revision >= revision))


def _row(subject: str, event: Event, previous: str, attempt: int) -> dict[str, Any]:
    return {
        "subject": subject,
        "revision": event.revision,
        "attempt": attempt,
        "command_id": event.command_id,
        "kind": event.kind,
        "actor": event.actor,
        "on_behalf_of": event.on_behalf_of,
        "at": event.at,
        "reason": event.reason,
        "changes": [list(change) for change in event.changes],
        "previous_hash": previous,
        "hash": digest(previous, subject, event, attempt),
    }
