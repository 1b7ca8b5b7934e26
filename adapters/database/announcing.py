"""Notices are rows before they are anything else."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.ids import new_id
from adapters.database.tables import process
from adapters.database.upsert import insert_missing
from appraisal.notices import Notice

NOTICE = table_of(process.Notice)


async def announce(session: Session, subject: str, found: tuple[Notice, ...], at: datetime) -> None:
    """Write these notices of one event; those that are there already stay as they are."""
    await announce_all(session, ((subject, found, at),))


async def announce_all(session: Session, news: Iterable[tuple[str, tuple[Notice, ...], datetime]]) -> None:
    """The same for the events of many: (subject, notices, when)."""
    await insert_missing(session, NOTICE, [row for one in news for row in _rows(*one)])


def _rows(subject: str, found: tuple[Notice, ...], at: datetime) -> list[dict[str, Any]]:
    return [
        {
            "id": new_id(),
            "subject": subject,
            "revision": notice.revision,
            "recipient": notice.recipient,
            "channel": "inbox",
            "kind": notice.kind,
            "created_at": at,
        }
        for notice in found
    ]
