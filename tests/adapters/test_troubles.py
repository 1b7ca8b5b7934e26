"""What the watch keeps: since when, until when, and anew when it comes back."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from adapters.database.columns import table_of
from adapters.database.engine import Sessions
from adapters.database.tables import watch
from adapters.database.writes.troubles import SqlWatched
from appraisal.watch import Kind, Trouble

TROUBLE = table_of(watch.Trouble)
AT = datetime(2026, 3, 1, tzinfo=UTC)
FAILING = Trouble("appraisal/c/x", Kind.TASK_FAILS, "boom", 3)


async def test_trouble_that_comes_back_opens_again(sessions: Sessions) -> None:
    watched, seen = SqlWatched(sessions), []
    for minutes, found in ((0, (FAILING,)), (5, (FAILING,)), (10, ()), (15, (FAILING,))):
        await watched.keep(found, AT + timedelta(minutes=minutes))
        async with sessions() as session:
            (row,) = (await session.execute(select(TROUBLE))).all()
        seen.append((row.first_seen - AT, row.last_seen - AT, row.resolved_at and row.resolved_at - AT))
    first, five, ten, fifteen = (timedelta(minutes=minutes) for minutes in (0, 5, 10, 15))
    assert seen == [(first, first, None), (first, five, None), (first, five, ten), (fifteen, fifteen, None)]
    assert await watched.troubled() == (FAILING.subject,)
