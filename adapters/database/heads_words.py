"""What heads of units say of proposed trainings: who is asked, who has spoken, and their words on record."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select

from adapters.database.announcing import announce
from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.seat_market import AT_NOMINATION
from adapters.database.seats import CASE_OF_PROPOSAL
from adapters.database.tables import heads, organisation, process
from adapters.database.upsert import upsert_all
from appraisal.access import Actor
from appraisal.heads_word import Asked, Said, Word, demand_own
from appraisal.nomination_rules import HEADS
from appraisal.notices import Notice

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


async def tell_heads(session: Session, cycle: str, at: datetime) -> None:
    """Each head who is asked hears of it once: with the first proposal of somebody of the own unit."""
    open_now = (NOMINATION.c.cycle_id == cycle, NOMINATION.c.heads_until > at)
    nomination = (await session.execute(select(NOMINATION.c.id).where(*open_now))).scalar_one_or_none()
    if nomination is not None:
        waiting = (Notice(HEADS, "heads_word_waits", 1),)
        await announce(session, nomination, await to_heads(session, cycle, waiting), at)


async def to_heads(session: Session, cycle: str, found: tuple[Notice, ...]) -> tuple[Notice, ...]:
    """These notices, those to HEADS for each head who has still to speak."""
    if all(notice.recipient != HEADS for notice in found):
        return found
    names = [one.head for one in await wanted(session, cycle)]
    return tuple(
        Notice(who, notice.kind, notice.revision)
        for notice in found
        for who in (names if notice.recipient == HEADS else (notice.recipient,))
    )


async def keep_words(session: Session, cycle: str, words: tuple[Word, ...], actor: Actor, at: datetime) -> None:
    """Put these on record; an AppraisalError, and none of them is, where one is not for this head to say."""
    columns = (APPRAISAL.c.employee_id, APPRAISAL.c.unit_id, PROPOSAL.c.training_id, APPRAISAL.c.head_id)
    of_words = PROPOSAL.c.employee_id.in_([word.employee for word in words])
    query = select(*columns).select_from(PROPOSAL).join(APPRAISAL, CASE_OF_PROPOSAL)
    rows = await session.execute(
        query.where(PROPOSAL.c.cycle_id == cycle, PROPOSAL.c.decision.is_(None), of_words, AT_NOMINATION)
    )
    demand_own(words, actor, {row.employee_id: Asked(*row) for row in rows})
    kept = [
        {
            "cycle_id": cycle,
            "employee_id": word.employee,
            "training_id": word.training,
            "agrees": word.agrees,
            "reason": word.reason.strip(),
            "said_by": actor.id,
            "said_at": at,
        }
        for word in words
    ]
    await upsert_all(session, WORD, kept)


def leads(head: str) -> ColumnElement[bool]:
    """Cases of people of whom this head speaks."""
    return HAS_HEAD & (APPRAISAL.c.head_id == head)
