"""How many cases stand at a step, and how many can still reach it. Stores precede every answer, so this is true.

A case on hold is not there: it can still come.
"""

from sqlalchemy import ColumnElement, Select, and_, func, select

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.tables import process
from appraisal.group import Presence
from appraisal.vocabulary import WAY, Step

APPRAISAL, PARTICIPANT = table_of(process.Appraisal), table_of(process.Participant)


async def presence(session: Session, step: Step, cycle: str, unit: str | None = None) -> Presence:
    """The cases at this step of the cycle, and those before it or not started; of one calibration pool where given.

    In one statement: between several, a case could move past what has been counted to where it is counted no more, and
    a group that nobody seems to reach any more ends.
    """
    before = WAY[: WAY.index(step)]
    cases = and_(APPRAISAL.c.cycle_id == cycle, *([APPRAISAL.c.unit_id == unit] if unit else []))
    here = and_(cases, APPRAISAL.c.step == step)
    counts = (
        _rows(and_(here, APPRAISAL.c.held.is_(False))),
        _rows(and_(here, APPRAISAL.c.held.is_(True))),
        _rows(and_(cases, APPRAISAL.c.step.in_(before))),
        _not_started(cycle, unit),
    )
    found = await session.execute(select(*(count.scalar_subquery() for count in counts)))
    present, held, coming, absent = found.one()
    return Presence(present, held + coming + absent)


def _rows(where: ColumnElement[bool]) -> Select[int]:
    return select(func.count()).select_from(APPRAISAL).where(where)


def _not_started(cycle: str, unit: str | None) -> Select[int]:
    started = select(APPRAISAL.c.id).where(
        APPRAISAL.c.cycle_id == PARTICIPANT.c.cycle_id, APPRAISAL.c.employee_id == PARTICIPANT.c.person_id
    )
    query = select(func.count()).select_from(PARTICIPANT).where(PARTICIPANT.c.cycle_id == cycle, ~started.exists())
    return query.where(PARTICIPANT.c.unit_id == unit) if unit else query
