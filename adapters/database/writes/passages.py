"""How long each step of a case took, kept when the step ends: figures over thousands of cases then need no events."""

from collections.abc import Sequence

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.tables import watch
from adapters.database.upsert import insert_missing
from appraisal.case import Case
from appraisal.clock import LAPSES

PASSAGE = table_of(watch.Passage)


async def keep_passages(session: Session, cases: Sequence[Case]) -> None:
    """Keep the steps that the new events of these cases end."""
    rows = [
        {
            "case_id": case.id,
            "revision": event.revision,
            "cycle_id": case.cycle,
            "unit_id": case.parties.unit,
            "step": event.ended.step,
            "seconds": round((event.at - event.ended.since).total_seconds()),
            "in_time": event.at <= event.ended.due and event.kind not in LAPSES,
        }
        for case in cases
        for event in case.events
        if event.ended
    ]
    await insert_missing(session, PASSAGE, rows)
