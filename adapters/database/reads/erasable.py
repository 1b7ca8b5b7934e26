"""What may be erased of somebody, as of today; and what has been."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.periods import in_force
from adapters.database.reads.serving import ASSIGNMENT
from adapters.database.tables import privacy, process
from appraisal.privacy.erasing import Erased, Part, Standing, Stays, staying
from appraisal.vocabulary import Step

APPRAISAL, ERASURE = table_of(process.Appraisal), table_of(privacy.Erasure)
RATERS = ("supervisor_id", "superior_id", "head_id", "rater_id", "decider_id")


async def stays(session: Session, person: str, parts: Iterable[str], allowed: Collection[Part], on: date) -> Stays:
    """What of these parts must stay, each on its ground."""
    asked = tuple(Part(part) for part in parts)
    return staying(asked, allowed, await _standing(session, person, on, Part.IDENTITY in asked))


async def erasures(session: Session) -> tuple[Erased, ...]:
    """All that was ever erased, the oldest first."""
    rows = await session.execute(select(ERASURE).order_by(ERASURE.c.erased_at, ERASURE.c.request_id))
    return tuple(
        Erased(row.request_id, row.person_id, tuple(Part(part) for part in row.parts), row.erased_at) for row in rows
    )


async def _standing(session: Session, person: str, on: date, as_rater: bool) -> Standing:
    """As a rater somebody is looked for in all cases, which takes a moment: only where it matters."""
    own, a = APPRAISAL.c.employee_id == person, APPRAISAL.c
    serves = await _is(session, ASSIGNMENT.c.person_id == person, in_force(ASSIGNMENT, on))
    open_case = await _is(session, own, a.step != Step.CLOSED)
    rated = as_rater and await _is(session, ~own, or_(*(a[name] == person for name in RATERS)))
    return Standing(serves, open_case, rated)


async def _is(session: Session, *conditions: ColumnElement[Any]) -> bool:
    return bool(await session.scalar(select(exists().where(*conditions))))
