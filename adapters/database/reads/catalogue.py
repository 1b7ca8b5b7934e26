"""The catalogue of trainings of a year as HR keeps it, and its limits with what they hold already."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from adapters.database.engine import Session
from adapters.database.reads.entries import EVENT
from adapters.database.reads.limits import LIMITS, limits_of
from adapters.database.reads.seats import TRAINING, course_of, given_away, seats_taken
from appraisal.training.catalogue import Offer
from appraisal.training.limits import Given, Limits


@dataclass(frozen=True, slots=True)
class YearLimits:
    """The limits of a year, how often HR has set them, and what of them is given away."""

    year: int
    limits: Limits
    revision: int
    given: Given


def course_subject(course: str) -> str:
    """What the record calls the changes of a course."""
    return f"course/{course}"


def limits_subject(year: int) -> str:
    """What the record calls the limits of a year."""
    return f"training-limits/{year}"


async def offers(session: Session, year: int) -> tuple[Offer, ...]:
    """The courses of this year, in the order in which they begin."""
    return await _offers(session, _query(TRAINING.c.year == year))


async def offer(session: Session, course: str, lock: bool = False) -> Offer | None:
    """One course. With `lock`, nobody else gives its seats away until the transaction ends."""
    query = _query(TRAINING.c.id == course)
    return next(iter(await _offers(session, query.with_for_update() if lock else query)), None)


async def year_limits(session: Session, year: int) -> YearLimits:
    """The limits of this year."""
    revision = await session.scalar(select(LIMITS.c.revision).where(LIMITS.c.year == year))
    return YearLimits(year, await limits_of(session, year), revision or 0, await given_away(session, year))


def _query(which: ColumnElement[bool]) -> Select[Any]:
    return select(TRAINING).where(which).order_by(TRAINING.c.starts_on, TRAINING.c.code)


async def _offers(session: Session, query: Select[Any]) -> tuple[Offer, ...]:
    rows = (await session.execute(query)).all()
    subjects = [course_subject(row.id) for row in rows]
    counted = select(EVENT.c.subject, func.count()).where(EVENT.c.subject.in_(subjects)).group_by(EVENT.c.subject)
    revisions: dict[str, int] = dict((await session.execute(counted)).all())
    given = await seats_taken(session)
    return tuple(
        Offer(course_of(row), row.code, row.place, given.get(row.id, 0), revisions.get(course_subject(row.id), 0))
        for row in rows
    )
