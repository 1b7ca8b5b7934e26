"""Whom mail does not reach: people whose last one was given up."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, tuple_

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.tables import delivery, organisation

DELIVERY, PERSON = table_of(delivery.Delivery), table_of(organisation.Person)
LAST = (
    select(DELIVERY.c.id)
    .where(DELIVERY.c.recipient == PERSON.c.id, DELIVERY.c.channel == "mail")
    .order_by(DELIVERY.c.created_at.desc(), DELIVERY.c.id.desc())
    .limit(1)
    .correlate(PERSON)
    .scalar_subquery()
)
"""The newest mail to somebody, whatever became of it: whom a later one has reached is on no list any more."""


@dataclass(frozen=True, slots=True)
class Unreached:
    """Somebody, the address on record now, when the mail was made, and why it was given up: a type and a code."""

    id: str
    name: str
    email: str
    created_at: datetime
    error: str


async def unreached(session: Session, after: tuple[str, str] | None, limit: int) -> tuple[Unreached, ...]:
    """By name; `after` is (name, id) of the last row."""
    told = (PERSON.c.id, PERSON.c.name, func.coalesce(PERSON.c.email, ""), DELIVERY.c.created_at, DELIVERY.c.last_error)
    query = select(*told).join(DELIVERY, DELIVERY.c.id == LAST)
    query = query.where(DELIVERY.c.sent_at.is_(None), DELIVERY.c.try_at.is_(None))
    if after:
        query = query.where(tuple_(PERSON.c.name, PERSON.c.id) > tuple_(*after))
    query = query.order_by(PERSON.c.name, PERSON.c.id).limit(limit)
    return tuple(Unreached(*row) for row in await session.execute(query))
