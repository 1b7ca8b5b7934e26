"""Feedback and notes of talks. Rows are only added, each with its author and time, and the employee is told.

No process stands behind it: nothing waits for any of this, and a row and its notice are one transaction.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.database.announcing import announce
from adapters.database.columns import table_of
from adapters.database.engine import open_sessions
from adapters.database.tables import organisation, periods
from adapters.database.upsert import insert_missing
from appraisal.notices import Notice
from appraisal.periods.feedback import Feedback

FEEDBACK, PERSON = table_of(periods.Feedback), table_of(organisation.Person)


@dataclass(frozen=True, slots=True)
class FeedbackRow:
    """One of them, with the name of its author."""

    id: str
    kind: str
    about: str
    text: str
    given_by: str
    given_at: datetime
    author: str | None


class FeedbackDesk:
    """Adds and reads. The same row sent again is there already, and nobody is told twice."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._reading, self._writing = open_sessions(engine), open_sessions(engine, writing=True)

    async def give(self, case: str, employee: str, row: str, one: Feedback, author: str, now: datetime) -> None:
        """Keep it under this id, and tell the employee."""
        said = {"kind": one.kind, "about": one.about, "text": one.text, "given_by": author, "given_at": now}
        async with self._writing.begin() as session:
            await insert_missing(session, FEEDBACK, [{"id": row, "case_id": case, **said}])
            subject = f"feedback/{case.partition('/')[2]}/{row}"
            await announce(session, subject, (Notice(employee, "feedback_given", 0),), now)

    async def of_case(self, case: str) -> tuple[FeedbackRow, ...]:
        """What was said in this year, the newest first."""
        names = (FEEDBACK.c[name] for name in ("id", "kind", "about", "text", "given_by", "given_at"))
        query = select(*names, PERSON.c.name).outerjoin(PERSON, PERSON.c.id == FEEDBACK.c.given_by)
        query = query.where(FEEDBACK.c.case_id == case).order_by(FEEDBACK.c.given_at.desc(), FEEDBACK.c.id)
        async with self._reading() as session:
            return tuple(FeedbackRow(*tuple(row)) for row in await session.execute(query))
