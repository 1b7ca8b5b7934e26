"""The security record: who came in or was refused, what was made, ended or reset; a row and a log line for each."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import structlog
from sqlalchemy import ColumnElement, func, insert, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.database.columns import table_of
from adapters.database.engine import Session, open_sessions
from adapters.database.ids import new_id
from adapters.database.tables import desk, organisation, signing_in

log = structlog.get_logger(__name__)
EVENT, ACCOUNT, PERSON = table_of(signing_in.SecurityEvent), table_of(desk.Account), table_of(organisation.Person)


class Deed(StrEnum):
    """What happened. Stable: programs filter by it."""

    SIGNED_IN = "signed_in"
    CODE_ASKED = "code_asked"
    REFUSED = "refused"
    TOO_MANY_TRIES = "too_many_tries"
    SIGNED_OUT = "signed_out"
    SESSION_ENDED = "session_ended"
    OTHERS_ENDED = "others_ended"
    EVERYTHING_ENDED = "everything_ended"
    PASSWORD_SET = "password_set"  # noqa: S105 - the name of an entry
    SECOND_STEP_SET_UP = "second_step_set_up"
    SECOND_STEP_REMOVED = "second_step_removed"
    SECOND_STEP_RESET = "second_step_reset"
    RECOVERY_CODE_USED = "recovery_code_used"
    RECOVERY_CODES_MADE = "recovery_codes_made"
    LINK_MADE = "link_made"
    TOKEN_MADE = "token_made"  # noqa: S105 - the name of an entry
    TOKEN_ENDED = "token_ended"  # noqa: S105 - the name of an entry
    KEY_MADE = "key_made"
    KEY_ENDED = "key_ended"
    FEED_MADE = "feed_made"
    FEED_ENDED = "feed_ended"
    ACCOUNT_SHUT = "account_shut"
    ACCOUNT_OPENED = "account_opened"
    OFFICE_GIVEN = "office_given"
    OFFICE_TAKEN = "office_taken"
    PAYLOADS_OPENED = "payloads_opened"
    IDENTITY_LINKED = "identity_linked"
    IDENTITY_UNLINKED = "identity_unlinked"
    OWN_DATA_TAKEN = "own_data_taken"
    LOOK_BEGUN = "look_begun"
    LOOK_ENDED = "look_ended"


@dataclass(frozen=True, slots=True)
class Origin:
    """From where something was done: the address of the client, and its device in words."""

    address: str = ""
    device: str = ""


NOWHERE = Origin()
CONSOLE = Origin(address="console")
"""The command line, on the machine itself."""


@dataclass(frozen=True, slots=True)
class Happened:
    """One row. `who` is the name of the account's owner and `by` of whoever did it for another; empty where not known."""

    id: str
    at: datetime
    deed: Deed
    account: str | None
    who: str
    by: str
    address: str
    about: str


async def note(
    session: Session,
    deed: Deed,
    at: datetime,
    account: str | None,
    *,
    by: str | None = None,
    origin: Origin = NOWHERE,
    about: str = "",
) -> None:
    """Write down what happened, in the transaction in which it happens. Ids only: no name, no text, no secret."""
    who = {"account_id": account, "by_id": by, "address": origin.address, "about": about}
    await session.execute(insert(EVENT).values(id=new_id(), at=at, deed=deed, **who))
    log.info("security", deed=str(deed), account=account, by=by, address=origin.address, about=about)


class SecurityRecord:
    """Adds rows that belong to no other change, and lists all."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._reading, self._writing = open_sessions(engine), open_sessions(engine, writing=True)

    async def add(
        self, deed: Deed, at: datetime, account: str | None = None, origin: Origin = NOWHERE, about: str = ""
    ) -> None:
        """One row of its own."""
        async with self._writing.begin() as session:
            await note(session, deed, at, account, origin=origin, about=about)

    async def listed(
        self, limit: int, deed: Deed | None = None, person: str = "", before: tuple[datetime, str] | None = None
    ) -> tuple[Happened, ...]:
        """The newest first; of one kind, or of one person or account, where asked; from a row on, which is left out."""
        by, officer = PERSON.alias(), ACCOUNT.alias()  # who did it: a person, or an officer who is nobody on the roster
        columns: tuple[ColumnElement[Any], ...] = (
            *(EVENT.c.id, EVENT.c.at, EVENT.c.deed, EVENT.c.account_id),
            func.coalesce(PERSON.c.name, ACCOUNT.c.login, ""),
            func.coalesce(by.c.name, officer.c.login, EVENT.c.by_id, ""),
            *(EVENT.c.address, EVENT.c.about),
        )
        query = (
            select(*columns)
            .outerjoin(ACCOUNT, ACCOUNT.c.id == EVENT.c.account_id)
            .outerjoin(PERSON, PERSON.c.id == ACCOUNT.c.person_id)
            .outerjoin(by, by.c.id == EVENT.c.by_id)
            .outerjoin(officer, officer.c.id == EVENT.c.by_id)
            .order_by(EVENT.c.at.desc(), EVENT.c.id.desc())
            .limit(limit)
        )
        if deed:
            query = query.where(EVENT.c.deed == deed)
        if person:
            query = query.where(or_(ACCOUNT.c.person_id == person, ACCOUNT.c.id == person))
        if before:
            query = query.where(tuple_(EVENT.c.at, EVENT.c.id) < before)
        async with self._reading() as session:
            rows = (await session.execute(query)).all()
        return tuple(Happened(row[0], row[1], Deed(row[2]), *row[3:]) for row in rows)


async def opened_from(session: Session, account: str, address: str, since: datetime) -> bool:
    """Whether this account was opened from this address since then."""
    query = select(EVENT.c.id).where(EVENT.c.account_id == account, EVENT.c.at > since)
    query = query.where(EVENT.c.deed == Deed.SIGNED_IN, EVENT.c.address == address)
    return await session.scalar(query.limit(1)) is not None
