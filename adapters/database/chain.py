"""The append-only record: each event's hash covers the one before it, so that nothing can be changed or left out unseen."""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from adapters.database.columns import table_of
from adapters.database.tables import process
from appraisal.record import Event

EVENT = table_of(process.Event)
GENESIS = "0" * 64


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


async def append(session: AsyncSession, subject: str, events: Sequence[Event]) -> bool:
    """Add the events that are not there yet. False when all of them were: the whole change is then on record already."""
    last = select(EVENT.c.revision, EVENT.c.hash).where(EVENT.c.subject == subject)
    last = last.order_by(EVENT.c.revision.desc()).limit(1)
    stored = (await session.execute(last)).first()
    known, previous = (stored.revision, stored.hash) if stored else (-1, GENESIS)
    rows = []
    for event in (event for event in events if event.revision > known):
        link = digest(previous, subject, event)
        rows.append(_row(subject, event, previous, link))
        previous = link
    if rows:
        await session.execute(insert(EVENT), rows)
    return bool(rows)


def _row(subject: str, event: Event, previous: str, link: str) -> dict[str, object]:
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
