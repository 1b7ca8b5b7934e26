"""Who may sign in, and with what. Secrets are random and kept only as their SHA-256; passwords as argon2id."""

import asyncio
import functools
import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pwdlib import PasswordHash
from sqlalchemy import ColumnElement, bindparam, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.database.columns import table_of
from adapters.database.engine import Session, open_sessions
from adapters.database.ids import new_id
from adapters.database.offices import units_of
from adapters.database.tables import desk, organisation
from appraisal.offices import WHOLE_AGENCY, Office

ACCOUNT, CREDENTIAL = table_of(desk.Account), table_of(desk.Credential)
PERSON = table_of(organisation.Person)
SESSION, TOKEN, LINK = "session", "token", "link"
LIFETIMES = {SESSION: timedelta(days=7), TOKEN: timedelta(days=90), LINK: timedelta(days=7)}
"""How long a secret opens the account; a link opens it once."""
SHORTEST_PASSWORD = 12

BEHIND = (
    select(
        ACCOUNT.c.id,
        ACCOUNT.c.person_id,
        func.coalesce(PERSON.c.name, ACCOUNT.c.login),
        ACCOUNT.c.hr,
        ACCOUNT.c.language,
        ACCOUNT.c.hr_unit_id,
    )
    .join(CREDENTIAL, CREDENTIAL.c.account_id == ACCOUNT.c.id)
    .outerjoin(PERSON, PERSON.c.id == ACCOUNT.c.person_id)
    .where(CREDENTIAL.c.secret_hash == bindparam("digest"), CREDENTIAL.c.kind.in_(bindparam("kinds", expanding=True)))
    .where(CREDENTIAL.c.expires_at > bindparam("now"), ACCOUNT.c.disabled.is_(False))
)
"""Whose secret it is: asked with every request, and therefore written down once."""

_passwords = PasswordHash.recommended()
_hashing = asyncio.Semaphore(2)
"""An argon2 hash takes a core and 64 MiB; more than two at once would stop everybody else."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is behind a request. `person` is empty for officers' accounts without a personnel record.

    `hr` is an officer of the whole agency; an officer of a unit has `units`: that one and all below it today.
    """

    account: str
    person: str | None
    name: str
    hr: bool
    language: str
    units: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The id under which this visitor acts and is recorded."""
        return self.person or self.account

    def oversees(self, unit: str) -> bool:
        """Whether this is an officer for this unit."""
        return self.hr or unit in self.units


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


class Accounts:
    """Accounts and their credentials."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._reading, self._writing = open_sessions(engine), open_sessions(engine, writing=True)

    async def visitor(self, secret: str, kinds: tuple[str, ...], now: datetime, today: date) -> Visitor | None:
        """Whose secret this is, if it is of one of these kinds, unexpired, and the account is not disabled."""
        known = {"digest": _digest(secret), "kinds": kinds, "now": now}
        async with self._reading() as session:
            row = (await session.execute(BEHIND, known)).first()
            if row is None:
                return None
            units = await units_of(session, row.id, today) if row.hr_unit_id else ()
        return Visitor(*row[:-1], units)

    async def sign_in(self, login: str, password: str) -> str | None:
        """The account's id when the password fits. Takes as long for unknown logins as for known ones."""
        known = _answers_to(login)
        query = select(ACCOUNT.c.id, ACCOUNT.c.password_hash).outerjoin(PERSON, PERSON.c.id == ACCOUNT.c.person_id)
        async with self._reading() as session:
            found = (await session.execute(query.where(known, ACCOUNT.c.disabled.is_(False)).limit(2))).all()
        # An address that two people share opens neither account.
        row = found[0] if len(found) == 1 else None
        stored = row.password_hash if row and row.password_hash else await asyncio.to_thread(_decoy)
        async with _hashing:
            fits = await asyncio.to_thread(_passwords.verify, password, stored)
        return row.id if row and row.password_hash and fits else None

    async def set_password(self, account: str, password: str) -> None:
        """Replace the password; it must have at least SHORTEST_PASSWORD characters."""
        if len(password) < SHORTEST_PASSWORD:
            raise ValueError(f"A password needs at least {SHORTEST_PASSWORD} characters.")
        async with _hashing:
            hashed = await asyncio.to_thread(_passwords.hash, password)
        async with self._writing.begin() as session:
            await session.execute(update(ACCOUNT).where(ACCOUNT.c.id == account).values(password_hash=hashed))

    async def issue(self, account: str, kind: str, now: datetime, name: str = "") -> str:
        """A new secret of this kind for the account. It is shown once and cannot be read again."""
        secret = secrets.token_urlsafe(32)
        row = {"secret_hash": _digest(secret), "id": new_id(), "account_id": account, "kind": kind, "name": name}
        async with self._writing.begin() as session:
            await session.execute(insert(CREDENTIAL).values(**row, created_at=now, expires_at=now + LIFETIMES[kind]))
        return secret

    async def use_link(self, secret: str, now: datetime) -> str | None:
        """The account of an unused, unexpired sign-in link, which is used up by this."""
        unused = (CREDENTIAL.c.kind == LINK, CREDENTIAL.c.used_at.is_(None), CREDENTIAL.c.expires_at > now)
        change = update(CREDENTIAL).where(CREDENTIAL.c.secret_hash == _digest(secret), *unused).values(used_at=now)
        async with self._writing.begin() as session:
            account: str | None = await session.scalar(change.returning(CREDENTIAL.c.account_id))
        return account

    async def revoke(self, secret: str, now: datetime) -> None:
        """End a session or token at once."""
        async with self._writing.begin() as session:
            query = update(CREDENTIAL).where(CREDENTIAL.c.secret_hash == _digest(secret)).values(expires_at=now)
            await session.execute(query)

    async def of_person(self, person: str, now: datetime) -> str | None:
        """The account of this person, made if it is missing; None if there is no such person."""
        async with self._writing.begin() as session:
            if await session.scalar(select(PERSON.c.id).where(PERSON.c.id == person)) is None:
                return None
            known = await session.scalar(select(ACCOUNT.c.id).where(ACCOUNT.c.person_id == person))
            return known or await _create(session, now, person_id=person)

    async def of_visitor(self, visitor: str, now: datetime) -> str | None:
        """The account behind the id under which somebody acts: a person's, or one without a person."""
        alone = select(ACCOUNT.c.id).where(ACCOUNT.c.id == visitor, ACCOUNT.c.person_id.is_(None))
        async with self._reading() as session:
            known: str | None = await session.scalar(alone)
        return known or await self.of_person(visitor, now)

    async def officer(self, login: str, now: datetime, office: Office = WHOLE_AGENCY) -> str:
        """The HR officer's account with this login; if it is missing it is made, for this office."""
        async with self._writing.begin() as session:
            known = await session.scalar(select(ACCOUNT.c.id).where(ACCOUNT.c.login == login))
            return known or await _create(session, now, login=login, **_rights(office))

    async def grant_office(self, account: str, office: Office | None) -> None:
        """Give the officers' rights of this office, in place of any other; None takes them."""
        async with self._writing.begin() as session:
            await session.execute(update(ACCOUNT).where(ACCOUNT.c.id == account).values(**_rights(office)))

    async def disable(self, account: str, disabled: bool) -> None:
        """Shut an account, or open it again. Its secrets stop working at once."""
        async with self._writing.begin() as session:
            await session.execute(update(ACCOUNT).where(ACCOUNT.c.id == account).values(disabled=disabled))

    async def named(self, login: str, now: datetime) -> str | None:
        """The account of whoever has this login, NIP or e-mail; a person's is made if it is missing. None unless one has."""
        officer = select(ACCOUNT.c.id).where(ACCOUNT.c.login == login)
        person = select(PERSON.c.id).where(or_(PERSON.c.nip == login, func.lower(PERSON.c.email) == login.lower()))
        async with self._reading() as session:
            account: str | None = await session.scalar(officer)
            people = (await session.scalars(person.limit(2))).all()
        if account or len(people) != 1:
            return account
        return await self.of_person(people[0], now)

    async def any_officer(self) -> bool:
        """Whether anybody could sign in as HR at all."""
        async with self._reading() as session:
            return await session.scalar(select(ACCOUNT.c.id).where(ACCOUNT.c.hr.is_(True)).limit(1)) is not None

    async def choose_language(self, account: str, language: str) -> None:
        async with self._writing.begin() as session:
            await session.execute(update(ACCOUNT).where(ACCOUNT.c.id == account).values(language=language))


def _rights(office: Office | None) -> dict[str, bool | str | None]:
    return {"hr": office is not None and office.unit is None, "hr_unit_id": office.unit if office else None}


async def _create(session: Session, now: datetime, **values: object) -> str:
    account = new_id()
    defaults = {"id": account, "hr": False, "hr_unit_id": None, "disabled": False, "language": "id", "created_at": now}
    await session.execute(insert(ACCOUNT).values(**{**defaults, **values}))
    return account


def _answers_to(login: str) -> ColumnElement[bool]:
    """Officers sign in with their login, people with NIP or e-mail."""
    return or_(ACCOUNT.c.login == login, PERSON.c.nip == login, func.lower(PERSON.c.email) == login.lower())


@functools.cache
def _decoy() -> str:
    """What unknown logins are verified against, so that the answer takes as long."""
    return _passwords.hash(secrets.token_urlsafe(8))
