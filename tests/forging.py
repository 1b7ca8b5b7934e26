"""What somebody does who owns the database and wants another past; the service itself cannot."""

from collections.abc import Iterable

from sqlalchemy import text

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.tables import record
from appraisal.chain import Head, Root

ENTRY = table_of(record.Entry)


async def unguard(session: Session) -> None:
    """Take off what keeps rows for ever: on SQLite triggers; on PostgreSQL the owner, who the tests are, has the right."""
    if session.dialect.name == "sqlite":
        for table in record.FOREVER:
            for deed in ("update", "delete"):
                await session.execute(text(f"DROP TRIGGER IF EXISTS {table}_refuses_{deed}"))


def root_of(heads: Iterable[Head]) -> Root:
    """The root over these heads, whatever order they come in."""
    made = Root()
    for head in sorted(heads, key=lambda head: head.hash):
        made.add(head)
    return made
