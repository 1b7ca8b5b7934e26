"""Which accounts there are, whose they are, and with which office."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.database.columns import table_of
from adapters.database.desk.security_record import NOWHERE, Deed, Origin, note
from adapters.database.engine import Session, open_sessions
from adapters.database.ids import new_id
from adapters.database.reads.offices import IN_AN_OFFICE
from adapters.database.tables import desk, organisation
from appraisal.people.offices import WHOLE_AGENCY, Office

ACCOUNT, PERSON = table_of(desk.Account), table_of(organisation.Person)
OFFICERS = or_(ACCOUNT.c.person_id.is_(None), IN_AN_OFFICE)
"""Accounts that keep a password where people sign in at the agency's provider alone."""
SUPPORT_STAFF = "support"
"""What the security record says of an office that is not HR's."""


class Register:
    """Finds and makes accounts, gives and takes offices, shuts and opens."""

    def __init__(self, engine: AsyncEngine, clock: Callable[[], datetime]) -> None:
        self._reading, self._writing = open_sessions(engine), open_sessions(engine, writing=True)
        self._clock = clock

    async def of_person(self, person: str, now: datetime) -> str | None:
        """The account of this person, made if it is missing; None if there is no such person."""
        async with self._writing.begin() as session:
            if await session.scalar(select(PERSON.c.id).where(PERSON.c.id == person)) is None:
                return None
            known = await session.scalar(select(ACCOUNT.c.id).where(ACCOUNT.c.person_id == person))
            return known or await _create(session, now, person_id=person)

    async def known(self, visitor: str) -> str | None:
        """The account behind the id under which somebody acts, if there is one."""
        alone = and_(ACCOUNT.c.id == visitor, ACCOUNT.c.person_id.is_(None))
        query = select(ACCOUNT.c.id).where(or_(ACCOUNT.c.person_id == visitor, alone))
        async with self._reading() as session:
            found: str | None = await session.scalar(query)
        return found

    async def of_visitor(self, visitor: str, now: datetime) -> str | None:
        """The account behind the id under which somebody acts: a person's, or one without a person."""
        alone = select(ACCOUNT.c.id).where(ACCOUNT.c.id == visitor, ACCOUNT.c.person_id.is_(None))
        async with self._reading() as session:
            known: str | None = await session.scalar(alone)
        return known or await self.of_person(visitor, now)

    async def officer(self, login: str, now: datetime, office: Office = WHOLE_AGENCY) -> str:
        """The account with this login; if it is missing it is made, for this office."""
        async with self._writing.begin() as session:
            known = await session.scalar(select(ACCOUNT.c.id).where(ACCOUNT.c.login == login))
            return known or await _create(session, now, login=login, **_rights(office))

    async def grant_office(
        self, account: str, office: Office | None, *, by: str | None = None, origin: Origin = NOWHERE
    ) -> None:
        """Give the rights of this office, in place of any other; None takes them."""
        deed = Deed.OFFICE_TAKEN if office is None else Deed.OFFICE_GIVEN
        async with self._writing.begin() as session:
            await session.execute(update(ACCOUNT).where(ACCOUNT.c.id == account).values(**_rights(office)))
            about = (SUPPORT_STAFF if office.support else office.unit or "") if office else ""
            await note(session, deed, self._clock(), account, by=by, origin=origin, about=about)

    async def disable(self, account: str, disabled: bool, *, by: str | None = None, origin: Origin = NOWHERE) -> None:
        """Shut an account, or open it again. Its secrets stop working at once."""
        deed = Deed.ACCOUNT_SHUT if disabled else Deed.ACCOUNT_OPENED
        async with self._writing.begin() as session:
            await session.execute(update(ACCOUNT).where(ACCOUNT.c.id == account).values(disabled=disabled))
            await note(session, deed, self._clock(), account, by=by, origin=origin)

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


def answers_to(login: str) -> ColumnElement[bool]:
    """Officers sign in with their login, people with NIP or e-mail."""
    return or_(ACCOUNT.c.login == login, PERSON.c.nip == login, func.lower(PERSON.c.email) == login.lower())


def _rights(office: Office | None) -> dict[str, bool | str | None]:
    if office is None:
        return {"hr": False, "hr_unit_id": None, "support": False}
    return {"hr": office.hr, "hr_unit_id": office.unit, "support": office.support}


async def _create(session: Session, now: datetime, **values: object) -> str:
    account = new_id()
    defaults = {"id": account, "disabled": False, "language": "id", "created_at": now, **_rights(None)}
    await session.execute(insert(ACCOUNT).values(**{**defaults, **values}))
    return account
