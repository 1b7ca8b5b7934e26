"""People wait for the targets of their superior: he is told, once."""

from sqlalchemy import select

from adapters.database.announcing import announce
from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.tables import process
from appraisal.case import Case
from appraisal.notices import Notice, awaited
from appraisal.vocabulary import Step

APPRAISAL = table_of(process.Appraisal)


async def nudge_upstream(session: Session, case: Case) -> None:
    """Tell a superior who has not set his targets, once in a cycle, that people wait for them. Rule: waiting_upstream."""
    superior = awaited(case)
    if superior is None:
        return
    theirs = (APPRAISAL.c.cycle_id == case.cycle, APPRAISAL.c.employee_id == superior)
    if await session.scalar(select(APPRAISAL.c.id).where(*theirs, APPRAISAL.c.step == Step.TARGETS)):
        told = (Notice(superior, "targets_awaited", 0),)
        await announce(session, f"upstream/{case.cycle}/{superior}", told, case.events[-1].at)
