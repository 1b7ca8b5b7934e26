"""Erasing what is held about somebody. Nothing of the record is touched, so that every chain stays what it was.

The record names people by their ids alone; a name and a NIP stand in the table of people, in previews of imports, and nowhere
else that lasts. Whoever is erased there is nobody, everywhere.
"""

import re
from collections.abc import Awaitable, Callable, Iterable
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy import ColumnElement, Table, delete, select, update

from adapters.database.columns import table_of
from adapters.database.desk.accounts import LINK, SESSION
from adapters.database.engine import Session
from adapters.database.reads.erasable import APPRAISAL, ERASURE
from adapters.database.tables import delivery, desk, organisation, periods, process, sign_on, signing_in, socialisation
from adapters.database.upsert import insert_missing
from appraisal.privacy.erasing import Erased, Part

log = structlog.get_logger(__name__)

DIGEST = timedelta(days=2)
ERASED = "[dihapus / erased]"
"""What stands in the place of a text or a name, in both languages."""
ACCOUNT, CREDENTIAL, DRAFT = table_of(desk.Account), table_of(desk.Credential), table_of(desk.Draft)
PERSON, IMPORT = table_of(organisation.Person), table_of(process.RosterImport)
NOTICE, DELIVERY = table_of(process.Notice), table_of(delivery.Delivery)
FEEDBACK, QUESTION = table_of(periods.Feedback), table_of(socialisation.RulesQuestion)
IDENTITY, SIGNED_ON = table_of(sign_on.Identity), table_of(sign_on.SignOnSession)
OPENERS = (table_of(signing_in.SecondStep), table_of(signing_in.RecoveryCode), CREDENTIAL)
Deed = Callable[[Session, Erased], Awaitable[None]]


async def erase(session: Session, erased: Erased) -> None:
    """Erase these parts, as far as they are older than the erasure, and put it on the list. Repeated, it changes nothing."""
    row = {
        "request_id": erased.request,
        "person_id": erased.person,
        "parts": list(erased.parts),
        "erased_at": erased.at,
    }
    await insert_missing(session, ERASURE, [row])
    for part in erased.parts:
        await DEEDS[part](session, erased)
    # In the log as well, which leaves the house: a backup from before may be all that is left of the list.
    log.info("erased", request=erased.request, person=erased.person, parts=list(erased.parts))


async def erase_again(session: Session, listed: Iterable[Erased]) -> None:
    """The same for all of a list: in a database that was restored, and may be older than it."""
    for erased in listed:
        await erase(session, erased)


async def _drafts(session: Session, erased: Erased) -> None:
    await session.execute(delete(DRAFT).where(DRAFT.c.person_id == erased.person, DRAFT.c.saved_at <= erased.at))


async def _devices(session: Session, erased: Erased) -> None:
    """What opened the account once goes; of what opens it still, who and where is forgotten."""
    c = CREDENTIAL.c
    mine = (_of_account(CREDENTIAL, erased), c.created_at <= erased.at)
    await session.execute(delete(CREDENTIAL).where(*mine, c.expires_at <= erased.at))
    await session.execute(delete(CREDENTIAL).where(*mine, c.kind == LINK, c.used_at.is_not(None)))
    await session.execute(update(CREDENTIAL).where(*mine, c.kind == SESSION).values(name="", address=""))


async def _notices(session: Session, erased: Erased) -> None:
    """What was read and is settled. A mail's row of the last day stays a day: it is why there is one digest a day."""
    n, d = NOTICE.c, DELIVERY.c
    settled = (n.read_at.is_not(None), n.mail_settled_at.is_not(None), n.hooks_settled_at.is_not(None))
    await session.execute(delete(NOTICE).where(n.recipient == erased.person, n.created_at <= erased.at, *settled))
    over = (d.try_at.is_(None), d.created_at <= erased.at - DIGEST)
    await session.execute(delete(DELIVERY).where(d.recipient == erased.person, *over))


async def _feedback(session: Session, erased: Erased) -> None:
    own = select(APPRAISAL.c.id).where(APPRAISAL.c.employee_id == erased.person)
    about = (FEEDBACK.c.case_id.in_(own), FEEDBACK.c.given_at <= erased.at)
    await session.execute(update(FEEDBACK).where(*about).values(text=ERASED))


async def _questions(session: Session, erased: Erased) -> None:
    mine = (QUESTION.c.person_id == erased.person, QUESTION.c.asked_at <= erased.at)
    await session.execute(update(QUESTION).where(*mine).values(text=ERASED))


async def _contact(session: Session, erased: Erased) -> None:
    linked = select(IDENTITY.c.id).where(_of_account(IDENTITY, erased))
    await session.execute(delete(SIGNED_ON).where(SIGNED_ON.c.identity_id.in_(linked)))
    await session.execute(delete(IDENTITY).where(_of_account(IDENTITY, erased)))
    await session.execute(update(PERSON).where(PERSON.c.id == erased.person).values(email=None))


async def _identity(session: Session, erased: Erased) -> None:
    """Name and NIP are forgotten, and the account opens no more. The id stays: the record holds by it."""
    known = (await session.execute(select(PERSON.c.nip, PERSON.c.name).where(PERSON.c.id == erased.person))).first()
    if known is None or known.name == ERASED:
        return
    await _contact(session, erased)
    for table in OPENERS:
        await session.execute(delete(table).where(_of_account(table, erased)))
    shut = {"disabled": True, "password_hash": None, "second_step_at": None}
    await session.execute(update(ACCOUNT).where(ACCOUNT.c.person_id == erased.person).values(shut))
    nobody = {"name": ERASED, "nip": f"x-{erased.person}", "grade": None, "level": None}
    await session.execute(update(PERSON).where(PERSON.c.id == erased.person).values(nobody))
    await _out_of_imports(session, known.nip, known.name)


async def _out_of_imports(session: Session, *words: str) -> None:
    """Previews hold what files said: names and NIPs in sentences. One is read at a time."""
    named = re.compile("|".join(rf"\b{re.escape(word)}\b" for word in words))
    for batch in (await session.scalars(select(IMPORT.c.id))).all():
        said = (
            await session.execute(select(IMPORT.c.problems, IMPORT.c.differences).where(IMPORT.c.id == batch))
        ).one()
        told = {name: _without(named, value) for name, value in said._mapping.items()}
        if told != dict(said._mapping):
            await session.execute(update(IMPORT).where(IMPORT.c.id == batch).values(told))


def _without(named: re.Pattern[str], value: Any) -> Any:
    """The same document without these words, keys as they are."""
    if isinstance(value, str):
        return named.sub(ERASED, value)
    if isinstance(value, dict):
        return {key: _without(named, inner) for key, inner in value.items()}
    return [_without(named, inner) for inner in value] if isinstance(value, list) else value


def _of_account(table: Table, erased: Erased) -> ColumnElement[bool]:
    account = select(ACCOUNT.c.id).where(ACCOUNT.c.person_id == erased.person)
    return table.c.account_id.in_(account)


DEEDS: dict[Part, Deed] = {
    Part.DRAFTS: _drafts,
    Part.DEVICES: _devices,
    Part.NOTICES: _notices,
    Part.FEEDBACK: _feedback,
    Part.QUESTIONS: _questions,
    Part.CONTACT: _contact,
    Part.IDENTITY: _identity,
}
"""How each part goes; the record never does."""
