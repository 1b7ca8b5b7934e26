"""Single sign-on as far as it is kept: ways to the provider and back, linked identities, and what a way out needs."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from joserfc import jwe
from joserfc.jwk import OctKey
from sqlalchemy import delete, func, insert, select, tuple_, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.database.columns import table_of
from adapters.database.desk.accounts import Accounts, digest
from adapters.database.desk.behind import CREDENTIAL
from adapters.database.desk.register import ACCOUNT, PERSON
from adapters.database.desk.security_record import NOWHERE, Deed, Origin, note
from adapters.database.engine import open_sessions
from adapters.database.ids import new_id
from adapters.database.reads.serving import called
from adapters.database.tables import sign_on
from adapters.single_sign_on.claims import Named
from adapters.single_sign_on.provider import Identity, Way
from adapters.single_sign_on.refusals import Refusal, Refused

IDENTITY, WAY = table_of(sign_on.Identity), table_of(sign_on.SignOnWay)
OPENED = table_of(sign_on.SignOnSession)
WAY_TAKES = timedelta(minutes=10)
"""How long somebody may take at the provider."""
SEAL = {"alg": "dir", "enc": "A256GCM"}


@dataclass(frozen=True, slots=True)
class Errand:
    """A way that somebody has come back from: the page that was wanted, and the language that was chosen for it."""

    way: Way
    wanted: str
    language: str


@dataclass(frozen=True, slots=True)
class Opener:
    """The link by which somebody came in, and the provider's token, which the way out needs."""

    link: str
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class IdentityRow:
    """A link as HR sees it: whose account, since when, found by what; or until when, and who ended it."""

    id: str
    person: str | None
    name: str
    subject: str
    found_by: str
    linked_at: datetime
    ended_at: datetime | None
    ended_by: str | None


class Identities:
    """Which identity of the provider opens which account."""

    def __init__(self, engine: AsyncEngine, accounts: Accounts) -> None:
        self._reading, self._writing = open_sessions(engine), open_sessions(engine, writing=True)
        self._accounts = accounts

    async def sent(self, errand: Errand, browser: str, now: datetime) -> None:
        """Somebody goes to the provider, in this browser."""
        way = errand.way
        row = {"state_hash": digest(way.state), "browser_hash": digest(browser), "nonce": way.nonce}
        more = {"verifier": way.verifier, "wanted": errand.wanted, "language": errand.language}
        async with self._writing.begin() as session:
            await session.execute(delete(WAY).where(WAY.c.expires_at <= now))
            await session.execute(insert(WAY).values(**row, **more, expires_at=now + WAY_TAKES))

    async def back(self, state: str, browser: str, now: datetime) -> Errand | None:
        """The way that this browser comes back from, once; None if it is over, or was another's."""
        mine = (WAY.c.state_hash == digest(state), WAY.c.browser_hash == digest(browser), WAY.c.expires_at > now)
        columns = (WAY.c.nonce, WAY.c.verifier, WAY.c.wanted, WAY.c.language)
        async with self._writing.begin() as session:
            row = (await session.execute(delete(WAY).where(*mine).returning(*columns))).first()
        return Errand(Way(state, row.nonce, row.verifier), row.wanted, row.language) if row else None

    async def opened_by(self, identity: Identity, now: datetime, origin: Origin = NOWHERE) -> tuple[str, str]:
        """(link, account) of this identity; at its first sign-in it is linked with the account of whom it names.

        Raises:
            Refused: it names nobody here, the account is shut, or another identity opens it.
        """
        known = await self._linked(identity)
        if known is None:
            known = await self._link(identity, now, origin)
        link, account, disabled = known
        if disabled:
            raise Refused(Refusal.SHUT, "the account is disabled")
        return link, account

    async def remember(self, secret: str, opener: Opener, now: datetime) -> None:
        """This was opened by this identity. Its token is kept for the way out, and only who has the secret can read it."""
        mine, hint = digest(secret), jwe.encrypt_compact(SEAL, opener.token, _seal(secret))
        ends = select(CREDENTIAL.c.expires_at).where(CREDENTIAL.c.secret_hash == mine).scalar_subquery()
        row = {"secret_hash": mine, "identity_id": opener.link, "hint": hint, "expires_at": ends}
        async with self._writing.begin() as session:
            await session.execute(delete(OPENED).where(OPENED.c.expires_at <= now))
            await session.execute(insert(OPENED).values(**row))

    async def forget(self, secret: str) -> Opener | None:
        """The identity that opened this, which is not kept any longer; None if it was opened otherwise."""
        mine = (
            delete(OPENED).where(OPENED.c.secret_hash == digest(secret)).returning(OPENED.c.identity_id, OPENED.c.hint)
        )
        async with self._writing.begin() as session:
            row = (await session.execute(mine)).first()
        if row is None:
            return None
        read = jwe.decrypt_compact(row.hint, _seal(secret), algorithms=list(SEAL.values())).plaintext
        return Opener(row.identity_id, (read or b"").decode())

    async def listed(self, search: str, after: tuple[datetime, str] | None, limit: int) -> tuple[IdentityRow, ...]:
        """Links of people whose name holds this, the newest first; `after` is (linked_at, id) of the last row."""
        joined = IDENTITY.join(ACCOUNT, ACCOUNT.c.id == IDENTITY.c.account_id)
        joined = joined.outerjoin(PERSON, PERSON.c.id == ACCOUNT.c.person_id)
        whose = (ACCOUNT.c.person_id, func.coalesce(PERSON.c.name, ACCOUNT.c.login))
        told = (IDENTITY.c[name] for name in ("subject", "found_by", "linked_at", "ended_at", "ended_by"))
        query = select(IDENTITY.c.id, *whose, *told).select_from(joined)
        if search:
            query = query.where(called(search))
        if after:
            query = query.where(tuple_(IDENTITY.c.linked_at, IDENTITY.c.id) < tuple_(*after))
        query = query.order_by(IDENTITY.c.linked_at.desc(), IDENTITY.c.id.desc()).limit(limit)
        async with self._reading() as session:
            return tuple(IdentityRow(*row) for row in await session.execute(query))

    async def unlink(self, link: str, by: str, now: datetime, origin: Origin = NOWHERE) -> bool:
        """End a link and the sessions that it opened. Whether there was one."""
        ended = update(IDENTITY).where(IDENTITY.c.id == link, IDENTITY.c.ended_at.is_(None))
        ended = ended.values(ended_at=now, ended_by=by).returning(IDENTITY.c.account_id)
        opened = delete(OPENED).where(OPENED.c.identity_id == link).returning(OPENED.c.secret_hash)
        async with self._writing.begin() as session:
            account = await session.scalar(ended)
            if account is None:
                return False
            over = CREDENTIAL.c.secret_hash.in_((await session.scalars(opened)).all())
            await session.execute(update(CREDENTIAL).where(over, CREDENTIAL.c.expires_at > now).values(expires_at=now))
            await note(session, Deed.IDENTITY_UNLINKED, now, account, by=by, origin=origin, about=link)
        return True

    async def _linked(self, identity: Identity) -> tuple[str, str, bool] | None:
        query = select(IDENTITY.c.id, IDENTITY.c.account_id, ACCOUNT.c.disabled)
        query = query.join(ACCOUNT, ACCOUNT.c.id == IDENTITY.c.account_id)
        same = (IDENTITY.c.issuer == identity.issuer, IDENTITY.c.subject == identity.subject)
        async with self._reading() as session:
            row = (await session.execute(query.where(*same, IDENTITY.c.ended_at.is_(None)))).first()
        return (row.id, row.account_id, row.disabled) if row else None

    async def _link(self, identity: Identity, now: datetime, origin: Origin) -> tuple[str, str, bool]:
        person = await self._person(identity.named)
        try:
            account = await self._accounts.of_person(person, now)
        except IntegrityError:  # the same person in two windows: the other one has made it
            account = await self._accounts.of_person(person, now)
        link, found_by = new_id(), "nip" if identity.named.nip else "email"
        row: dict[str, Any] = {"id": link, "issuer": identity.issuer, "subject": identity.subject}
        try:
            async with self._writing.begin() as session:
                disabled = await session.scalar(select(ACCOUNT.c.disabled).where(ACCOUNT.c.id == account))
                if disabled:
                    raise Refused(Refusal.SHUT, "the account is disabled")
                made = insert(IDENTITY).values(**row, account_id=account, found_by=found_by, linked_at=now)
                await session.execute(made)
                await note(session, Deed.IDENTITY_LINKED, now, account, origin=origin, about=link)
        except IntegrityError as taken:
            known = await self._linked(identity)  # the other window may have been first here too
            if known is None:
                raise Refused(Refusal.ELSEWHERE, "another identity opens the account") from taken
            return known
        return link, str(account), False

    async def _person(self, named: Named) -> str:
        """Whom these claims name; an address that two people share names neither."""
        query = select(PERSON.c.id).limit(2)
        if named.nip:
            query = query.where(PERSON.c.nip == named.nip)
        elif named.email:
            query = query.where(func.lower(PERSON.c.email) == named.email)
        else:
            raise Refused(Refusal.UNKNOWN, "neither claim is there")
        async with self._reading() as session:
            found = (await session.scalars(query)).all()
        if len(found) != 1:
            raise Refused(Refusal.UNKNOWN, "nobody is named" if not found else "two people are named")
        return str(found[0])


def _seal(secret: str) -> OctKey:
    """The key of a session's token. The database knows only another digest of the secret, and so cannot make it."""
    return OctKey.import_key(hashlib.sha256(f"way out:{secret}".encode()).digest())
