"""How long each step of a case took, kept when the step ends: figures over thousands of cases then need no events."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from adapters.database.columns import table_of
from adapters.database.tables import process, watch
from adapters.database.upsert import insert_missing
from appraisal.case import Case
from appraisal.record import Event
from appraisal.vocabulary import Step

APPRAISAL, PASSAGE = table_of(process.Appraisal), table_of(watch.Passage)
BEFORE = select(APPRAISAL.c.since, APPRAISAL.c.due_at).where(APPRAISAL.c.id == bindparam("id"))


async def keep_passages(session: AsyncSession, case: Case) -> None:
    """Keep the steps that these new events end; to be called before the case's own row is brought up to date."""
    ended = [(event, left) for event in case.events if (left := _left(event))]
    if not ended:
        return
    row = (await session.execute(BEFORE, {"id": case.id})).first()
    since, due = (row.since, row.due_at) if row else (case.events[0].at, None)
    await insert_missing(session, PASSAGE, _passages(case, ended, since, due))


def _left(event: Event) -> Step | None:
    """The step that ended with this event; the event that opens the case ends none."""
    found = (Step(before) for name, before, _ in event.changes if name == "step" and before)
    return next(found, None)


def _passages(
    case: Case, ended: list[tuple[Event, Step]], since: datetime, due: datetime | None
) -> list[dict[str, Any]]:
    """The first step began when the record says; a later one when the one before it ended."""
    rows = []
    for event, step in ended:
        due = due or case.timetable.for_arrival(step, since).due
        rows.append(
            {
                "case_id": case.id,
                "revision": event.revision,
                "cycle_id": case.cycle,
                "unit_id": case.parties.unit,
                "step": step,
                # The clock opens a step; before that nobody could have done anything about it.
                "seconds": round((event.at - max(since, case.timetable.window(step).opens)).total_seconds()),
                "in_time": event.at <= due and event.kind != "lapsed",
            }
        )
        since, due = event.at, None
    return rows
