"""Which programs hear of notices, and what became of the messages to them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.database.columns import before, table_of
from adapters.database.engine import open_sessions
from adapters.database.hook_secrets import NOTHING, OVERLAP, Keys, followed, fresh, signing
from adapters.database.ids import new_id
from adapters.database.tables import delivery
from adapters.database.tables.delivery import HOOK
from adapters.outgoing import permitted_address
from adapters.webhooks import Webhooks, new_secret
from appraisal.delivery import Kind
from appraisal.errors import AddressKnown, SwitchedOff
from appraisal.sending import Outcome, Parcel

DELIVERY, WEBHOOK = table_of(delivery.Delivery), table_of(delivery.Webhook)
SHOWN = tuple(WEBHOOK.c[name] for name in ("id", "url", "created_at", "added_by", "off_at", "former_until"))
OFF = SwitchedOff("This webhook is switched off.", "", "Add its address again; it then gets another secret.")


@dataclass(frozen=True, slots=True)
class Hook:
    """An address, without its secret. It hears of every notice from `created_at` until it is switched off.

    Until `former_until` its messages are signed with the secret before the present one as well.
    """

    id: str
    url: str
    created_at: datetime
    added_by: str | None
    off_at: datetime | None
    former_until: datetime | None


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
    """Adds, renews, switches off, tries out. `allow_private`: messages may lead into the own network; `keys` seal secrets."""

    def __init__(self, engine: AsyncEngine, allow_private: bool, keys: Keys) -> None:
        self._reading, self._writing = open_sessions(engine), open_sessions(engine, writing=True)
        self._allow_private, self._keys = allow_private, keys

    async def add(self, url: str, by: str, now: datetime) -> tuple[str, str]:
        """(id, secret) of a program that listens from now on. One that was switched off listens again, with another secret.

        Raises:
            ForbiddenAddress: it is none that messages may be sent to.
            AddressKnown: it listens already.
            CannotOpen: there is no key to seal its secret with.
        """
        await permitted_address(url, self._allow_private)
        secret, sealer = new_secret(), self._keys()
        known = {"created_at": now, "added_by": by, "off_at": None}
        try:
            async with self._writing.begin() as session:
                off = select(WEBHOOK.c.id).where(WEBHOOK.c.url == url, WEBHOOK.c.off_at.is_not(None))
                again, made = await session.scalar(off.with_for_update()), new_id()
                if again is None:
                    values = {"id": made, "url": url, **known, **fresh(sealer, made, secret)}
                    await session.execute(insert(WEBHOOK).values(**values))
                    return made, secret
                values = {**known, **fresh(sealer, again, secret)}
                await session.execute(update(WEBHOOK).where(WEBHOOK.c.id == again).values(**values))
                return str(again), secret
        except IntegrityError:
            raise AddressKnown(
                "This address is registered already.", "url", "To change its secret, renew that of the address."
            ) from None

    async def renew(self, hook: str, now: datetime, at_once: bool = False) -> str | None:
        """Another secret. The present one signs beside it for OVERLAP, unless it ends `at_once`; None without such a webhook.

        Raises:
            SwitchedOff: nothing is sent to it.
            CannotOpen: there is no key to seal its secret with.
        """
        secret, sealer = new_secret(), self._keys()
        async with self._writing.begin() as session:
            known = select(WEBHOOK).where(WEBHOOK.c.id == hook).with_for_update()
            row = (await session.execute(known)).mappings().first()
            if row is None:
                return None
            if row["off_at"] is not None:
                raise OFF
            values = fresh(sealer, hook, secret) if at_once else followed(sealer, row, secret, now + OVERLAP)
            await session.execute(update(WEBHOOK).where(WEBHOOK.c.id == hook).values(**values))
        return secret

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
        off = update(WEBHOOK).where(WEBHOOK.c.id == hook, WEBHOOK.c.off_at.is_(None))
        off = off.values(off_at=now, **NOTHING)
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
            row = (await session.execute(select(WEBHOOK).where(WEBHOOK.c.id == hook))).mappings().first()
        if row is None:
            return None
        if row["off_at"] is not None:
            raise OFF
        parcel = Parcel(new_id(), row["url"], signing(self._keys, row, now), now, ())
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
