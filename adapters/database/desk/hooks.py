"""Which programs hear of notices, and what became of the messages to them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.database.columns import before, table_of
from adapters.database.deliveries import HOOK
from adapters.database.engine import open_sessions
from adapters.database.ids import new_id
from adapters.database.tables import delivery
from adapters.outgoing import permitted_address
from adapters.webhooks import Webhooks, new_secret
from appraisal.delivery import Kind
from appraisal.errors import AddressKnown, SwitchedOff
from appraisal.sending import Outcome, Parcel

DELIVERY, WEBHOOK = table_of(delivery.Delivery), table_of(delivery.Webhook)
SHOWN = tuple(WEBHOOK.c[name] for name in ("id", "url", "created_at", "added_by", "off_at"))


@dataclass(frozen=True, slots=True)
class Hook:
    """An address, without its secret. It hears of every notice from `created_at` until it is switched off."""

    id: str
    url: str
    created_at: datetime
    added_by: str | None
    off_at: datetime | None


@dataclass(frozen=True, slots=True)
class Delivered:
    """One message: so many notices, or a test. Neither sent nor tried again means given up; `error` is that of the last try."""

    id: str
    kind: str
    created_at: datetime
    notices: int
    attempts: int
    sent_at: datetime | None
    try_at: datetime | None
    error: str


class Hooks:
    """Adds, switches off, tries out. `allow_private`: messages may lead into the own network."""

    def __init__(self, engine: AsyncEngine, allow_private: bool) -> None:
        self._reading, self._writing = open_sessions(engine), open_sessions(engine, writing=True)
        self._allow_private = allow_private

    async def add(self, url: str, by: str, now: datetime) -> tuple[str, str]:
        """(id, secret) of a program that listens from now on. One that was switched off listens again, with another secret.

        Raises:
            ForbiddenAddress: it is none that messages may be sent to.
            AddressKnown: it listens already.
        """
        await permitted_address(url, self._allow_private)
        secret = new_secret()
        fresh = {"secret": secret, "created_at": now, "added_by": by, "off_at": None}
        try:
            async with self._writing.begin() as session:
                made = new_id()
                await session.execute(insert(WEBHOOK).values(id=made, url=url, **fresh))
                return made, secret
        except IntegrityError:
            off = update(WEBHOOK).where(WEBHOOK.c.url == url, WEBHOOK.c.off_at.is_not(None))
            async with self._writing.begin() as session:
                again = await session.scalar(off.values(**fresh).returning(WEBHOOK.c.id))
        if again is None:
            raise AddressKnown(
                "This address is registered already.", "url", "To change its secret, switch it off and add it again."
            )
        return str(again), secret

    async def all(self) -> tuple[Hook, ...]:
        """All of them: those that listen first, then by age."""
        query = select(*SHOWN).order_by(WEBHOOK.c.off_at.is_not(None), WEBHOOK.c.created_at, WEBHOOK.c.id)
        async with self._reading() as session:
            return tuple(Hook(*row) for row in await session.execute(query))

    async def one(self, hook: str) -> Hook | None:
        async with self._reading() as session:
            row = (await session.execute(select(*SHOWN).where(WEBHOOK.c.id == hook))).first()
        return Hook(*row) if row else None

    async def switch_off(self, hook: str, now: datetime) -> bool:
        """Whether it listened until now. What waits to be sent to it is given up at its next try."""
        off = update(WEBHOOK).where(WEBHOOK.c.id == hook, WEBHOOK.c.off_at.is_(None)).values(off_at=now)
        async with self._writing.begin() as session:
            return await session.scalar(off.returning(WEBHOOK.c.id)) is not None

    async def last(self, hook: str, limit: int, place: tuple[datetime, str] | None = None) -> tuple[Delivered, ...]:
        """The newest messages to it, or those before this place."""
        key = (DELIVERY.c.created_at, DELIVERY.c.id)
        query = select(DELIVERY).where(DELIVERY.c.recipient == hook, DELIVERY.c.channel == HOOK, *before(place, *key))
        query = query.order_by(*(column.desc() for column in key)).limit(limit)
        async with self._reading() as session:
            return tuple(_delivered(row) for row in await session.execute(query))

    async def try_out(self, hook: str, now: datetime) -> Delivered | None:
        """Send a message that tells nothing, once, and keep what became of it; None where there is no such webhook.

        Raises:
            SwitchedOff: nothing is sent to it.
        """
        async with self._reading() as session:
            row = (await session.execute(select(WEBHOOK).where(WEBHOOK.c.id == hook))).first()
        if row is None:
            return None
        if row.off_at is not None:
            raise SwitchedOff(
                "This webhook is switched off.", "", "Add its address again; it then gets another secret."
            )
        parcel = Parcel(new_id(), row.url, row.secret, now, ())
        sender = Webhooks(lambda: now, self._allow_private)
        (attempt,) = [one async for one in sender.send((parcel,))]
        known: dict[str, Any] = {"id": parcel.id, "recipient": hook, "channel": HOOK, "kind": Kind.TEST, "notices": []}
        sent_at = attempt.at if attempt.outcome is Outcome.SENT else None
        result = {"attempts": 1, "sent_at": sent_at, "try_at": None, "last_error": attempt.error[:120]}
        async with self._writing.begin() as session:
            await session.execute(insert(DELIVERY).values(**known, slot=now.isoformat(), created_at=now, **result))
        return Delivered(parcel.id, Kind.TEST, now, 0, 1, sent_at, None, attempt.error)


def _delivered(row: Row[Any]) -> Delivered:
    counts = (len(row.notices), row.attempts, row.sent_at, row.try_at)
    return Delivered(row.id, row.kind, row.created_at, *counts, row.last_error)
