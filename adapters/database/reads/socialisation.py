"""The socialisation of a cycle's rules as its people and HR read it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, literal, select, tuple_

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.tables import organisation, process, socialisation
from appraisal.socialisation import Share

PARTICIPANT, PERSON = table_of(process.Participant), table_of(organisation.Person)
CONFIRMATION, REMINDER = table_of(socialisation.RulesConfirmation), table_of(socialisation.RulesReminder)
QUESTION, ANSWER = table_of(socialisation.RulesQuestion), table_of(socialisation.RulesAnswer)


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer of HR."""

    id: str
    text: str
    answered_by: str
    answered_at: datetime


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question with its answers, the oldest first. Who asked is told to HR and to nobody else."""

    id: str
    cycle_id: str
    person_id: str
    asker: str
    text: str
    asked_at: datetime
    answers: tuple[AnswerRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ReminderRow:
    """HR has reminded so many people in this window."""

    stage: str
    reminded_at: datetime
    people: int


@dataclass(frozen=True, slots=True)
class ReaderRow:
    """Somebody who takes part, and when he confirmed the rules, if he has."""

    unit_id: str
    name: str
    id: str
    confirmed_at: datetime | None

    @property
    def key(self) -> tuple[str, str, str]:
        """What the list is ordered and paged by."""
        return self.unit_id, self.name, self.id


@dataclass(frozen=True, slots=True)
class After:
    """Where the last page of questions ended: the key of its last row."""

    asked_at: datetime
    id: str


async def takes_part(session: Session, cycle: str, person: str) -> bool:
    query = select(PARTICIPANT.c.unit_id).where(PARTICIPANT.c.cycle_id == cycle, PARTICIPANT.c.person_id == person)
    return await session.scalar(query) is not None


async def confirmed_at(session: Session, cycle: str, rules: str, person: str) -> datetime | None:
    """When this person has confirmed these rules; None where that has not happened."""
    key = (CONFIRMATION.c.cycle_id == cycle, CONFIRMATION.c.rules == rules, CONFIRMATION.c.person_id == person)
    found: datetime | None = await session.scalar(select(CONFIRMATION.c.confirmed_at).where(*key))
    return found


async def shares(session: Session, cycle: str, rules: str) -> tuple[Share, ...]:
    """How many of each unit have confirmed these rules, by unit."""
    unit, read = PARTICIPANT.c.unit_id, func.count(CONFIRMATION.c.person_id)
    query = select(unit, func.count(), read).select_from(_with_confirmations(rules))
    query = query.where(PARTICIPANT.c.cycle_id == cycle).group_by(unit).order_by(unit)
    return tuple(Share(*row) for row in await session.execute(query))


async def readers(
    session: Session, cycle: str, rules: str, after: tuple[str, str, str] | None = None, limit: int = 50
) -> tuple[ReaderRow, ...]:
    """Everybody who takes part, unit by unit and there by name, with when these rules were confirmed."""
    key = (PARTICIPANT.c.unit_id, PERSON.c.name, PERSON.c.id)
    joined = _with_confirmations(rules).join(PERSON, PERSON.c.id == PARTICIPANT.c.person_id)
    query = select(*key, CONFIRMATION.c.confirmed_at).select_from(joined).where(PARTICIPANT.c.cycle_id == cycle)
    query = query.where(tuple_(*key) > tuple_(*after)) if after else query
    return tuple(ReaderRow(*row) for row in await session.execute(query.order_by(*key).limit(limit)))


async def missing(session: Session, cycle: str, rules: str) -> tuple[str, ...]:
    """Who takes part and has not confirmed these rules."""
    query = select(PARTICIPANT.c.person_id).select_from(_with_confirmations(rules))
    query = query.where(PARTICIPANT.c.cycle_id == cycle, CONFIRMATION.c.person_id.is_(None))
    return tuple(await session.scalars(query.order_by(PARTICIPANT.c.person_id)))


def _with_confirmations(rules: str) -> Any:
    same = and_(CONFIRMATION.c.cycle_id == PARTICIPANT.c.cycle_id, CONFIRMATION.c.person_id == PARTICIPANT.c.person_id)
    return PARTICIPANT.outerjoin(CONFIRMATION, and_(same, CONFIRMATION.c.rules == rules))


async def reminders(session: Session, cycle: str, rules: str) -> tuple[ReminderRow, ...]:
    """What HR has sent about these rules, the oldest first."""
    columns = (REMINDER.c.stage, REMINDER.c.reminded_at, REMINDER.c.people)
    query = select(*columns).where(REMINDER.c.cycle_id == cycle, REMINDER.c.rules == rules)
    return tuple(ReminderRow(*row) for row in await session.execute(query.order_by(REMINDER.c.reminded_at)))


async def questions(
    session: Session, cycle: str, after: After | None = None, limit: int = 50
) -> tuple[QuestionRow, ...]:
    """What was asked about the rules of this cycle with all answers, the newest question first."""
    query = _questions().where(QUESTION.c.cycle_id == cycle)
    if after:
        asked_at = literal(after.asked_at, QUESTION.c.asked_at.type)
        query = query.where(tuple_(QUESTION.c.asked_at, QUESTION.c.id) < tuple_(asked_at, after.id))
    query = query.order_by(QUESTION.c.asked_at.desc(), QUESTION.c.id.desc()).limit(limit)
    return await _answered(session, query)


async def question(session: Session, cycle: str, question_id: str) -> QuestionRow | None:
    """One question of this cycle."""
    query = _questions().where(QUESTION.c.id == question_id, QUESTION.c.cycle_id == cycle)
    return next(iter(await _answered(session, query)), None)


def _questions() -> Select[Any]:
    columns = (QUESTION.c.id, QUESTION.c.cycle_id, QUESTION.c.person_id, PERSON.c.name, QUESTION.c.text)
    return select(*columns, QUESTION.c.asked_at).outerjoin(PERSON, PERSON.c.id == QUESTION.c.person_id)


async def _answered(session: Session, query: Select[Any]) -> tuple[QuestionRow, ...]:
    rows = (await session.execute(query)).all()
    answers = select(ANSWER).where(ANSWER.c.question_id.in_([row.id for row in rows]))
    found: dict[str, list[AnswerRow]] = {}
    for one in await session.execute(answers.order_by(ANSWER.c.answered_at, ANSWER.c.id)):
        found.setdefault(one.question_id, []).append(AnswerRow(one.id, one.text, one.answered_by, one.answered_at))
    return tuple(
        QuestionRow(
            row.id,
            row.cycle_id,
            row.person_id,
            row.name or row.person_id,
            row.text,
            row.asked_at,
            tuple(found.get(row.id, ())),
        )
        for row in rows
    )
