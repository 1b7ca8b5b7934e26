"""What heads of units say of proposed trainings, put on record; and that they are told whom it waits for."""

from datetime import datetime

from sqlalchemy import select

from adapters.database.announcing import announce
from adapters.database.engine import Session
from adapters.database.reads.heads_words import APPRAISAL, NOMINATION, PROPOSAL, WORD, wanted
from adapters.database.reads.seat_market import AT_NOMINATION
from adapters.database.reads.seats import CASE_OF_PROPOSAL
from adapters.database.upsert import upsert_all
from appraisal.access import Actor
from appraisal.notices import Notice
from appraisal.training.heads_word import Asked, Word, demand_own
from appraisal.training.nomination_rules import HEADS


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
