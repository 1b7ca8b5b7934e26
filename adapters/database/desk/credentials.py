"""What is open on an account, as its owner sees it: sessions, tokens and keys; and ending them."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.database.columns import behind
from adapters.database.desk.accounts import FEED, KEY, LINK, PENDING, SESSION, TOKEN, Terms, digest, end
from adapters.database.desk.behind import CREDENTIAL
from adapters.database.desk.register import ACCOUNT, PERSON
from adapters.database.desk.security_record import NOWHERE, Deed, Origin, note
from adapters.database.engine import open_sessions
from adapters.database.ids import new_id

PREFIX = "jenjang_"
"""By which programs that look for lost secrets know a key."""
EVERYTHING = (SESSION, TOKEN, KEY, LINK, PENDING, FEED)
FOR_PROGRAMS = (TOKEN, KEY)
FEED_LASTS = timedelta(days=365)
Columns = tuple[ColumnElement[Any], ...]


@dataclass(frozen=True, slots=True)
class SignIn:
    """A session: on which device (empty where it does not say), from where, since when, and when it was last used, roughly."""

    id: str
    device: str
    address: str
    since: datetime
    last_seen: datetime


@dataclass(frozen=True, slots=True)
class ApiKey:
    """What a program comes with. `scopes` is None for one that may do all that its owner may; `owner` is a name."""

    id: str
    name: str
    scopes: tuple[str, ...] | None
    owner: str
    made_at: datetime
    expires_at: datetime
    last_used: datetime | None


@dataclass(frozen=True, slots=True)
class Feed:
    """The address at which a calendar finds somebody's due dates."""

    made_at: datetime
    expires_at: datetime
    last_used: datetime | None


class Credentials:
    """Lists and ends what is open. Nothing here can be read as a secret again."""

    def __init__(self, engine: AsyncEngine, terms: Terms) -> None:
        self._reading, self._writing = open_sessions(engine), open_sessions(engine, writing=True)
        self._terms = terms

    async def sign_ins(self, account: str, now: datetime) -> tuple[SignIn, ...]:
        """The open sessions of an account, the last used first."""
        seen = func.coalesce(CREDENTIAL.c.used_at, CREDENTIAL.c.created_at, type_=CREDENTIAL.c.created_at.type)
        shown: Columns = (*(CREDENTIAL.c[name] for name in ("id", "name", "address", "created_at")), seen)
        query = select(*shown)
        query = query.where(CREDENTIAL.c.account_id == account, CREDENTIAL.c.kind == SESSION)
        query = query.where(CREDENTIAL.c.expires_at > now, seen > now - self._terms.idle).order_by(seen.desc())
        async with self._reading() as session:
            return tuple(SignIn(*tuple(row)) for row in await session.execute(query))

    async def keys(
        self,
        now: datetime,
        account: str | None = None,
        limit: int | None = None,
        last: tuple[datetime, str] | None = None,
    ) -> tuple[ApiKey, ...]:
        """The open keys and tokens of an account, or of everybody, those that end soonest first."""
        shown: Columns = (
            *(CREDENTIAL.c[name] for name in ("id", "name", "scopes")),
            func.coalesce(PERSON.c.name, ACCOUNT.c.login).label("owner"),
            *(CREDENTIAL.c[name] for name in ("created_at", "expires_at", "used_at")),
        )
        query = (
            select(*shown)
            .join(ACCOUNT, ACCOUNT.c.id == CREDENTIAL.c.account_id)
            .outerjoin(PERSON, PERSON.c.id == ACCOUNT.c.person_id)
            .where(
                CREDENTIAL.c.kind.in_(FOR_PROGRAMS if account is not None else (KEY,)), CREDENTIAL.c.expires_at > now
            )
            .where(*behind(last, CREDENTIAL.c.expires_at, CREDENTIAL.c.id))
            .order_by(CREDENTIAL.c.expires_at, CREDENTIAL.c.id)
            .limit(limit)
        )
        if account is not None:
            query = query.where(CREDENTIAL.c.account_id == account)
        async with self._reading() as session:
            rows = (await session.execute(query)).all()
        return tuple(_key(row) for row in rows)

    async def make_key(
        self, account: str, name: str, scopes: Sequence[str], now: datetime, lasts: timedelta, origin: Origin = NOWHERE
    ) -> tuple[str, str]:
        """(id, secret) of a new key. The secret is shown once and cannot be read again."""
        made, secret = new_id(), PREFIX + secrets.token_urlsafe(32)
        row = {"id": made, "secret_hash": digest(secret), "account_id": account, "kind": KEY, "name": name}
        row |= {"scopes": " ".join(scopes), "address": origin.address}
        async with self._writing.begin() as session:
            await session.execute(insert(CREDENTIAL).values(**row, created_at=now, expires_at=now + lasts))
            await note(session, Deed.KEY_MADE, now, account, origin=origin, about=made)
        return made, secret

    async def end_sign_in(self, account: str, sign_in: str, now: datetime, origin: Origin = NOWHERE) -> bool:
        """Whether this session of the account was open until now."""
        return await self._end_one(sign_in, (SESSION,), Deed.SESSION_ENDED, now, origin, account)

    async def end_key(
        self, key: str, now: datetime, account: str | None, *, by: str | None = None, origin: Origin = NOWHERE
    ) -> bool:
        """Whether this key (or token) was open until now; of the account alone, if one is named."""
        return await self._end_one(key, FOR_PROGRAMS if account else (KEY,), Deed.KEY_ENDED, now, origin, account, by)

    async def feed(self, account: str, now: datetime) -> Feed | None:
        """The address that a calendar of this account has, if it has one."""
        shown: Columns = tuple(CREDENTIAL.c[name] for name in ("created_at", "expires_at", "used_at"))
        query = select(*shown).where(CREDENTIAL.c.account_id == account, CREDENTIAL.c.kind == FEED)
        query = query.where(CREDENTIAL.c.expires_at > now).order_by(CREDENTIAL.c.created_at.desc()).limit(1)
        async with self._reading() as session:
            row = (await session.execute(query)).first()
        return Feed(*tuple(row)) if row is not None else None

    async def make_feed(self, account: str, now: datetime, origin: Origin = NOWHERE) -> str:
        """The secret of a new address for a calendar. It opens nothing but the due dates, and ends the one before."""
        made, secret = new_id(), secrets.token_urlsafe(32)
        row = {"id": made, "secret_hash": digest(secret), "account_id": account, "kind": FEED, "created_at": now}
        async with self._writing.begin() as session:
            await end(session, account, now, (FEED,))
            await session.execute(
                insert(CREDENTIAL).values(**row, address=origin.address, expires_at=now + FEED_LASTS, name="")
            )
            await note(session, Deed.FEED_MADE, now, account, origin=origin, about=made)
        return secret

    async def end_feed(self, account: str, now: datetime, origin: Origin = NOWHERE) -> bool:
        """Whether a calendar's address was open until now."""
        async with self._writing.begin() as session:
            ended = await end(session, account, now, (FEED,))
            if ended:
                await note(session, Deed.FEED_ENDED, now, account, origin=origin)
        return ended > 0

    async def end_others(self, account: str, keep: str, now: datetime, origin: Origin = NOWHERE) -> int:
        """End all sessions of the account but one; how many there were."""
        async with self._writing.begin() as session:
            ended = await end(session, account, now, (SESSION, PENDING), keep)
            await note(session, Deed.OTHERS_ENDED, now, account, origin=origin)
        return ended

    async def end_everything(self, account: str, by: str, now: datetime, origin: Origin = NOWHERE) -> int:
        """End every session, token, key and unused link of the account; how many there were."""
        async with self._writing.begin() as session:
            ended = await end(session, account, now, EVERYTHING)
            await note(session, Deed.EVERYTHING_ENDED, now, account, by=by, origin=origin)
        return ended

    async def _end_one(
        self,
        credential: str,
        kinds: tuple[str, ...],
        deed: Deed,
        now: datetime,
        origin: Origin,
        account: str | None,
        by: str | None = None,
    ) -> bool:
        change = update(CREDENTIAL).where(CREDENTIAL.c.id == credential, CREDENTIAL.c.kind.in_(kinds))
        change = change.where(CREDENTIAL.c.expires_at > now).values(expires_at=now)
        if account:
            change = change.where(CREDENTIAL.c.account_id == account)
        async with self._writing.begin() as session:
            whose = await session.scalar(change.returning(CREDENTIAL.c.account_id))
            if whose is not None:
                await note(session, deed, now, whose, by=by, origin=origin, about=credential)
        return whose is not None


def _key(row: Row[*tuple[Any, ...]]) -> ApiKey:
    scopes = None if row.scopes is None else tuple(row.scopes.split())
    return ApiKey(row.id, row.name, scopes, row.owner, row.created_at, row.expires_at, row.used_at)
