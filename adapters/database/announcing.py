"""Notices are rows before they are anything else."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from adapters.database.columns import table_of
from adapters.database.ids import new_id
from adapters.database.tables import process
from adapters.database.upsert import insert_missing
from appraisal.notices import Notice

NOTICE = table_of(process.Notice)


async def announce(session: AsyncSession, subject: str, found: tuple[Notice, ...], at: datetime) -> None:
    """Write these notices of one event; those that are there already stay as they are."""
    rows = [
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
    await insert_missing(session, NOTICE, rows)
