"""What opens an account: secrets, kept only as their SHA-256, and passwords, kept as argon2id."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.database.desk import passwords
from adapters.database.desk.behind import BEHIND, CREDENTIAL
from adapters.database.desk.looks import Looking
from adapters.database.desk.passwords import Door
from adapters.database.desk.register import ACCOUNT, OFFICERS, PERSON, Register, answers_to
from adapters.database.desk.security_record import NOWHERE, Deed, Origin, note, opened_from
from adapters.database.engine import Session
from adapters.database.ids import new_id
from adapters.database.reads.offices import units_of
from adapters.guesses import LINKS, Count, Guesses, TooManyTries

SHORTEST_PASSWORD = passwords.SHORTEST_PASSWORD
SESSION, TOKEN, KEY, LINK, PENDING, FEED = "session", "token", "key", "link", "pending", "feed"
LIFETIMES = {TOKEN: timedelta(days=90), LINK: timedelta(days=7), PENDING: timedelta(minutes=10)}
"""How long a secret opens the account; a link opens it once. Sessions last as the Terms say, keys as their maker says."""
BY_PASSWORD = (SESSION, TOKEN, LINK, PENDING)
"""What ends when the password changes. Keys were made by name, for programs, and are ended by name; so is a calendar's FEED."""
MADE = {SESSION: Deed.SIGNED_IN, TOKEN: Deed.TOKEN_MADE, LINK: Deed.LINK_MADE, PENDING: Deed.CODE_ASKED}
ENDED = {SESSION: Deed.SIGNED_OUT, TOKEN: Deed.TOKEN_ENDED, KEY: Deed.KEY_ENDED}
KEPT = timedelta(days=30)
"""How long a secret that opens nothing any more stays in the table."""
LOOKS = 12
"""That a secret is used is written down so often within the time after which an idle session ends, and not more."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How long sessions last, at most and without use, whether officers need the second step, and whether all have passwords."""

    lifetime: timedelta = timedelta(hours=12)
    idle: timedelta = timedelta(hours=1)
    officers_need_second_step: bool = False
    all_passwords: bool = True


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is behind a request. `person` is empty for officers' accounts without a personnel record.

    `hr` is an officer of the whole agency; an officer of a unit has `units`: that one and all below it today. Who is of the
    `support` staff can look on, and is `looking` then. Whoever still `owes_second_step` has an office, but none of its rights.
    `scopes` is None where the credential may do all that its owner may.
    """

    account: str
    person: str | None
    name: str
    hr: bool
    language: str
    units: tuple[str, ...] = ()
    credential: str = ""
    scopes: tuple[str, ...] | None = None
    owes_second_step: bool = False
    support: bool = False
    looking: Looking | None = None

    @property
    def id(self) -> str:
        """The id under which this visitor acts and is recorded."""
        return self.person or self.account

    def oversees(self, unit: str) -> bool:
        """Whether this is an officer for this unit."""
        return self.hr or unit in self.units

    @property
    def in_office(self) -> bool:
        """Whether there is an office, be it without its rights yet."""
        return self.hr or bool(self.units) or self.support or self.owes_second_step

    def reads_as(self, employee: str) -> bool:
        """Whether a case is shown as to its employee: to the employee, and to support staff."""
        return self.id == employee or self.looking is not None


def digest(secret: str) -> str:
    """As which a secret is kept."""
    return hashlib.sha256(secret.encode()).hexdigest()


class Accounts(Register):
    """Accounts and what opens them. Everything that opens or shuts one stands in the security record."""

    def __init__(
        self,
        engine: AsyncEngine,
        terms: Terms = Terms(),
        guesses: Guesses | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(engine, clock)
        self.terms, self._guesses = terms, guesses or Guesses()

    async def visitor(self, secret: str, kinds: tuple[str, ...], now: datetime, today: date) -> Visitor | None:
        """Whose secret this is, if it is of one of these kinds, unexpired, not idle for too long, and the account is open."""
        known = {"digest": digest(secret), "kinds": kinds, "now": now}
        async with self._reading() as session:
            row = (await session.execute(BEHIND, known)).first()
            if row is None or (row.kind == SESSION and (row.used_at or row.created_at) <= now - self.terms.idle):
                return None
            owes = self.terms.officers_need_second_step and row.second_step_at is None
            owes = owes and (row.hr or row.hr_unit_id is not None or row.support)
            units = await units_of(session, row.id, today) if row.hr_unit_id and not owes else ()
        if row.kind != LINK and (row.used_at or row.created_at) <= now - self.terms.idle / LOOKS:
            await self._seen(row.credential, now)
        scopes = None if row.scopes is None else tuple(row.scopes.split())
        support = row.support and not owes
        looks = support and row.look_until is not None and row.look_until > now
        office = (support, Looking(row.look_reason, row.look_until) if looks else None)
        return Visitor(*row[:3], row.hr and not owes, row.language, units, row.credential, scopes, owes, *office)

    async def sign_in(self, login: str, password: str, origin: Origin = NOWHERE) -> str | None:
        """The account's id when the password fits. Takes as long for unknown logins as for known ones.

        Raises:
            TooManyTries: too many were wrong lately; whether this one fits was not looked at.
        """
        query = select(ACCOUNT.c.id, ACCOUNT.c.password_hash).outerjoin(PERSON, PERSON.c.id == ACCOUNT.c.person_id)
        query = query.where(answers_to(login), ACCOUNT.c.disabled.is_(False)).limit(2)
        if not self.terms.all_passwords:
            query = query.where(OFFICERS)
        async with passwords.hashing:
            async with self._reading() as session:
                found = (await session.execute(query)).all()
                # An address that two people share opens neither account.
                account, stored = found[0] if len(found) == 1 else (None, None)
                door = Door(self._guesses, account or digest(login.lower()), origin.address)
                await self._demand(session, door, account, origin)
            if await passwords.fits(password, stored):
                return account
            await door.wrong()
        await self._refused(account, origin, "password")
        return None

    async def set_password(
        self, account: str, password: str, keep: str = "", *, origin: Origin = NOWHERE, by: str | None = None
    ) -> None:
        """Replace the password; it must have at least SHORTEST_PASSWORD characters.

        Whatever was opened with the old one ends, but for the credential `keep`.
        """
        hashed = await passwords.hashed(password)
        async with self._writing.begin() as session:
            await session.execute(update(ACCOUNT).where(ACCOUNT.c.id == account).values(password_hash=hashed))
            await end(session, account, self._clock(), BY_PASSWORD, keep)
            await note(session, Deed.PASSWORD_SET, self._clock(), account, by=by, origin=origin)

    async def issue(
        self,
        account: str,
        kind: str,
        now: datetime,
        name: str = "",
        *,
        origin: Origin = NOWHERE,
        by: str | None = None,
        how: str = "",
    ) -> str:
        """A new secret of this kind for the account. It is shown once; `how` it was come by is noted."""
        secret, made = secrets.token_urlsafe(32), new_id()
        expires = now + (self.terms.lifetime if kind == SESSION else LIFETIMES[kind])
        row = {"secret_hash": digest(secret), "id": made, "account_id": account, "kind": kind, "expires_at": expires}
        row |= {"name": name or origin.device, "address": origin.address, "created_at": now}
        async with self._writing.begin() as session:
            stale = (CREDENTIAL.c.account_id == account, CREDENTIAL.c.expires_at < now - KEPT)
            await session.execute(delete(CREDENTIAL).where(*stale))
            await session.execute(insert(CREDENTIAL).values(**row))
            await note(session, MADE[kind], now, account, by=by, origin=origin, about=how or made)
        return secret

    async def use_link(self, secret: str, now: datetime, origin: Origin = NOWHERE) -> str | None:
        """The account of an unused, unexpired sign-in link, which is used up by this.

        Raises:
            TooManyTries: too many from this address opened nothing lately.
        """
        count = Count(LINKS, (origin.address,))
        try:
            await self._guesses.demand(count)
        except TooManyTries:
            await self._too_many(count, None, origin)
            raise
        unused = (CREDENTIAL.c.kind == LINK, CREDENTIAL.c.used_at.is_(None), CREDENTIAL.c.expires_at > now)
        change = update(CREDENTIAL).where(CREDENTIAL.c.secret_hash == digest(secret), *unused).values(used_at=now)
        async with self._writing.begin() as session:
            account: str | None = await session.scalar(change.returning(CREDENTIAL.c.account_id))
        if account is None:
            await self._guesses.wrong(count)
            await self._refused(None, origin, "link")
        return account

    async def revoke(self, secret: str, now: datetime, origin: Origin = NOWHERE) -> None:
        """End a session, token or key at once."""
        async with self._writing.begin() as session:
            open_one = (CREDENTIAL.c.secret_hash == digest(secret), CREDENTIAL.c.expires_at > now)
            change = update(CREDENTIAL).where(*open_one).values(expires_at=now)
            change = change.returning(*(CREDENTIAL.c[name] for name in ("id", "account_id", "kind")))
            row = (await session.execute(change)).first()
            if row is not None and row.kind in ENDED:
                await note(session, ENDED[row.kind], now, row.account_id, origin=origin, about=row.id)

    async def _seen(self, credential: str, now: datetime) -> None:
        async with self._writing.begin() as session:
            await session.execute(update(CREDENTIAL).where(CREDENTIAL.c.id == credential).values(used_at=now))

    async def _demand(self, session: Session, door: Door, account: str | None, origin: Origin) -> None:
        """TooManyTries, on record. What strangers try elsewhere does not bind an address that is known for this account."""
        try:
            await door.demand()
            if await door.besieged():
                since = self._clock() - passwords.LATELY
                if account is None or not await opened_from(session, account, origin.address, since):
                    await door.demand_from_strangers()
        except TooManyTries:
            await self._too_many(door.near, account, origin)
            raise

    async def _too_many(self, count: Count, account: str | None, origin: Origin) -> None:
        """On record once in a while: a flood of tries is no flood of rows."""
        if await self._guesses.is_news(count):
            async with self._writing.begin() as session:
                await note(session, Deed.TOO_MANY_TRIES, self._clock(), account, origin=origin)

    async def _refused(self, account: str | None, origin: Origin, how: str) -> None:
        async with self._writing.begin() as session:
            await note(session, Deed.REFUSED, self._clock(), account, origin=origin, about=how)


async def end(session: Session, account: str, now: datetime, kinds: tuple[str, ...], keep: str = "") -> int:
    """End the account's open secrets of these kinds, but for the one named; how many there were."""
    those = (CREDENTIAL.c.account_id == account, CREDENTIAL.c.kind.in_(kinds), CREDENTIAL.c.id != keep)
    change = update(CREDENTIAL).where(*those, CREDENTIAL.c.expires_at > now).values(expires_at=now)
    return len((await session.scalars(change.returning(CREDENTIAL.c.id))).all())
