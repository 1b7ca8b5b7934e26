"""What heads of units say of proposed trainings: who is asked, and who has spoken."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.reads.seat_market import AT_NOMINATION
from adapters.database.reads.seats import CASE_OF_PROPOSAL
from adapters.database.tables import heads, organisation, process
from appraisal.training.heads_word import Said

APPRAISAL, PROPOSAL = table_of(process.Appraisal), table_of(process.Proposal)
NOMINATION, PERSON = table_of(process.Nomination), table_of(organisation.Person)
WORD = table_of(heads.HeadsWord)
WORD_OF_PROPOSAL = (WORD.c.cycle_id == PROPOSAL.c.cycle_id) & (WORD.c.employee_id == PROPOSAL.c.employee_id)
HOLDS = func.coalesce(WORD.c.training_id, "") == func.coalesce(PROPOSAL.c.training_id, "")
"""Of those joined: the word is about what is proposed now."""
HAS_HEAD = APPRAISAL.c.head_id.is_not(None) & (APPRAISAL.c.head_id != APPRAISAL.c.employee_id)
SPOKEN = (WORD.c.agrees, WORD.c.reason.label("word"), WORD.c.said_by, WORD.c.said_at, HOLDS.label("holds"))
"""What a word is made of, for queries that join WORD_OF_PROPOSAL."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A head who has still to speak of so many people."""

    head: str
    name: str
    people: int


@dataclass(frozen=True, slots=True)
class Owed:
    """A nomination in which somebody, who leads, has still to speak of so many people, until then."""

    cycle: str
    until: datetime
    people: int


def said(row: Row[Any]) -> Said | None:
    """The word of a row with SPOKEN, if there is one."""
    return None if row.said_by is None else Said(row.agrees, row.word, row.said_by, row.said_at, bool(row.holds))


def _unheard(*columns: Any) -> Select[Any]:
    """Proposals that wait for a word of the head, in nominations where heads are asked."""
    query = select(*columns).select_from(PROPOSAL).join(NOMINATION, NOMINATION.c.cycle_id == PROPOSAL.c.cycle_id)
    query = query.join(APPRAISAL, CASE_OF_PROPOSAL).join(WORD, WORD_OF_PROPOSAL & HOLDS, isouter=True)
    waits = (PROPOSAL.c.decision.is_(None), WORD.c.said_by.is_(None), NOMINATION.c.heads_until.is_not(None))
    return query.where(*waits, AT_NOMINATION, HAS_HEAD)


async def unheard(session: Session, cycle: str) -> int:
    """Of how many people the head has still to speak."""
    query = _unheard(func.count()).where(PROPOSAL.c.cycle_id == cycle)
    return int((await session.execute(query)).scalar_one())


async def wanted(session: Session, cycle: str) -> tuple[Wanted, ...]:
    """The heads who have still to speak, by name."""
    query = _unheard(APPRAISAL.c.head_id, PERSON.c.name, func.count())
    query = query.join(PERSON, PERSON.c.id == APPRAISAL.c.head_id, isouter=True).where(PROPOSAL.c.cycle_id == cycle)
    rows = await session.execute(query.group_by(APPRAISAL.c.head_id, PERSON.c.name).order_by(PERSON.c.name))
    return tuple(Wanted(head, name or head, people) for head, name, people in rows)


async def owed(session: Session, head: str, at: datetime) -> tuple[Owed, ...]:
    """Where this head has still to speak, and may."""
    query = _unheard(PROPOSAL.c.cycle_id, NOMINATION.c.heads_until, func.count())
    query = query.where(APPRAISAL.c.head_id == head, NOMINATION.c.heads_until > at)
    rows = await session.execute(query.group_by(PROPOSAL.c.cycle_id, NOMINATION.c.heads_until))
    return tuple(Owed(*row) for row in rows)


def leads(head: str) -> ColumnElement[bool]:
    """Cases of people of whom this head speaks."""
    return HAS_HEAD & (APPRAISAL.c.head_id == head)
