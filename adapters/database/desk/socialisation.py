"""Who has read the rules, what is asked and answered, and HR's reminders. Rows are only added, each with its author and time.

No process stands behind it: nothing waits for any of this, no clock runs, and a row and its notices are one transaction.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.database.announcing import announce
from adapters.database.columns import table_of
from adapters.database.engine import Session, open_sessions
from adapters.database.reads.socialisation import missing, reminders
from adapters.database.tables import socialisation
from adapters.database.upsert import insert_missing
from appraisal.errors import AlreadyReminded
from appraisal.notices import Notice
from appraisal.parties import HR

CONFIRMATION, REMINDER = table_of(socialisation.RulesConfirmation), table_of(socialisation.RulesReminder)
QUESTION, ANSWER = table_of(socialisation.RulesQuestion), table_of(socialisation.RulesAnswer)
Allowed = Callable[[tuple[str, ...], int], None]
"""Given the windows in which HR has reminded and how many are missing, refuses by a rule or does nothing."""


def subject(cycle: str, question: str = "") -> str:
    """What the notices are about: the rules of a cycle, or one question about them."""
    return f"rules/{cycle}/{question}".rstrip("/")


class Socialisation:
    """Adds rows. The same row sent again is there already, and nobody is told twice."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._writing = open_sessions(engine, writing=True)

    async def confirm(self, cycle: str, rules: str, person: str, now: datetime) -> None:
        """Keep that this person has read these rules. The first time counts."""
        row = {"cycle_id": cycle, "rules": rules, "person_id": person, "confirmed_at": now}
        async with self._writing.begin() as session:
            await insert_missing(session, CONFIRMATION, [row])

    async def ask(self, cycle: str, question: str, person: str, text: str, now: datetime) -> None:
        """Keep a question under this id, and tell HR."""
        row = {"id": question, "cycle_id": cycle, "person_id": person, "text": text, "asked_at": now}
        async with self._writing.begin() as session:
            await insert_missing(session, QUESTION, [row])
            await announce(session, subject(cycle, question), (Notice(HR, "rules_asked", 0),), now)

    async def answer(self, cycle: str, question: str, answer: str, officer: str, text: str, now: datetime) -> None:
        """Keep an answer under this id, and tell whoever asked."""
        async with self._writing.begin() as session:
            if await session.scalar(select(ANSWER.c.id).where(ANSWER.c.id == answer)):
                return
            row = {"question_id": question, "text": text, "answered_by": officer, "answered_at": now}
            await insert_missing(session, ANSWER, [{"id": answer, **row}])
            asker = await session.scalar(select(QUESTION.c.person_id).where(QUESTION.c.id == question))
            before = await session.scalar(select(func.count()).where(ANSWER.c.question_id == question)) or 0
            await announce(session, subject(cycle, question), (Notice(str(asker), "rules_answered", before),), now)

    async def remind(self, cycle: str, rules: str, stage: str, officer: str, now: datetime, allowed: Allowed) -> int:
        """Tell everybody who has not confirmed, once in this window; how many that were. A refusal changes nothing."""
        try:
            async with self._writing.begin() as session:
                people = await missing(session, cycle, rules)
                before = await reminders(session, cycle, rules)
                allowed(tuple(one.stage for one in before), len(people))
                row = {"reminded_by": officer, "reminded_at": now, "people": len(people)}
                await session.execute(
                    insert(REMINDER).values(cycle_id=cycle, rules=rules, stage=stage, **row),
                )
                number = await _count(session, cycle)
                await announce(
                    session, subject(cycle), tuple(Notice(who, "rules_reminder", number) for who in people), now
                )
        except IntegrityError as taken:  # PostgreSQL lets two in at once; the key then decides who was first
            raise AlreadyReminded("Somebody else has just reminded them.", "", "Load the page again.") from taken
        return len(people)


async def _count(session: Session, cycle: str) -> int:
    """How often HR has reminded in this cycle, under whichever rules."""
    return await session.scalar(select(func.count()).where(REMINDER.c.cycle_id == cycle)) or 0
