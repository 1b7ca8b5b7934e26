"""What goes out of the inbox: decided, kept, and struck off, each in one transaction."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, insert, or_, select, update

from adapters.database.columns import table_of
from adapters.database.engine import Session, Sessions
from adapters.database.hook_secrets import Keys, moved
from adapters.database.ids import new_id
from adapters.database.reads import letters
from adapters.database.reads.offices import officers
from adapters.database.tables import delivery, desk, organisation, process, superiors
from adapters.database.tables.delivery import HOOK, MAIL
from appraisal.delivery import URGENT, Kind, Office, Unsent, asked, plan
from appraisal.parties import HR, unit_hr
from appraisal.sending import Attempt, Letter, Outcome, Parcel, next_try

ACCOUNT, PERSON = table_of(desk.Account), table_of(organisation.Person)
APPRAISAL, NOTICE = table_of(process.Appraisal), table_of(process.Notice)
DELIVERY, WEBHOOK = table_of(delivery.Delivery), table_of(delivery.Webhook)
REPORT = table_of(superiors.SuperiorReport)
LISTENING = WEBHOOK.c.off_at.is_(None)
IN_ONE_MESSAGE = 100
"""Notices that one message to a program may tell of."""

REACHABLE = and_(PERSON.c.email.is_not(None), PERSON.c.email != "", func.coalesce(ACCOUNT.c.disabled, False).is_(False))
"""Somebody with an address whose account is not shut. Who has no account yet gets mail, and the way to one from HR."""

UNSENT = (
    select(
        *(NOTICE.c.id, NOTICE.c.recipient, NOTICE.c.kind, NOTICE.c.created_at, NOTICE.c.read_at),
        *(func.coalesce(APPRAISAL.c.since, REPORT.c.decided_at).label("since"), APPRAISAL.c.holder_id),
        *(APPRAISAL.c.escalated_to, APPRAISAL.c.handed_to_hr, APPRAISAL.c.handed_to_unit_hr, APPRAISAL.c.unit_id),
        and_(PERSON.c.id.is_not(None), REACHABLE).label("reachable"),
    )
    .outerjoin(APPRAISAL, APPRAISAL.c.id == NOTICE.c.subject)
    .outerjoin(REPORT, REPORT.c.subject == NOTICE.c.subject)
    .outerjoin(PERSON, PERSON.c.id == NOTICE.c.recipient)
    .outerjoin(ACCOUNT, ACCOUNT.c.person_id == NOTICE.c.recipient)
    .where(NOTICE.c.mail_settled_at.is_(None))
    .where(or_(NOTICE.c.created_at < bindparam("last"), NOTICE.c.kind.in_(URGENT)))
    .order_by(NOTICE.c.created_at, NOTICE.c.id)
)
OFFICERS = (
    select(PERSON.c.id, ACCOUNT.c.hr)
    .join(ACCOUNT, ACCOUNT.c.person_id == PERSON.c.id)
    .where(or_(ACCOUNT.c.hr.is_(True), ACCOUNT.c.hr_unit_id.is_not(None)), REACHABLE)
    .order_by(PERSON.c.id)
)
TRIED_NOW = (DELIVERY.c.channel == bindparam("way"), DELIVERY.c.try_at <= bindparam("now"))
WAITING = select(func.count()).select_from(DELIVERY).where(*TRIED_NOW)


class SqlDeliveries:
    """Implements activities.ports.Deliveries. With `mailing` false nobody is written to, and nothing is kept for later.

    `keys` open the secrets of webhooks.
    """

    def __init__(self, sessions: Sessions, mailing: bool, keys: Keys) -> None:
        self._sessions, self._mailing, self._keys = sessions, mailing, keys

    async def plan(self, office: Office, at: datetime) -> None:
        async with self._sessions.begin() as session:
            if self._mailing:
                await _plan_mails(session, office, at)
            else:
                await _settle_all(session, "mail_settled_at", at)
            await _plan_events(session, at, self._keys)

    async def waiting(self, at: datetime) -> tuple[int, int]:
        async with self._sessions() as session:
            mails = await session.scalar(WAITING, {"way": MAIL, "now": at}) if self._mailing else 0
            return mails or 0, await session.scalar(WAITING, {"way": HOOK, "now": at}) or 0

    async def listeners(self) -> int:
        async with self._sessions() as session:
            return await session.scalar(select(func.count()).select_from(WEBHOOK).where(LISTENING)) or 0

    async def letters(self, at: datetime, limit: int) -> tuple[Letter, ...]:
        # 'urgent' is the greater of the two words.
        query = select(DELIVERY).where(*TRIED_NOW).order_by(DELIVERY.c.kind.desc(), DELIVERY.c.try_at, DELIVERY.c.id)
        async with self._sessions() as session:
            rows = (await session.execute(query.limit(limit), {"way": MAIL, "now": at})).mappings().all()
            return tuple([await letters.letter(session, dict(row), at.date()) for row in rows])

    async def parcels(self, at: datetime, limit: int) -> tuple[Parcel, ...]:
        query = select(DELIVERY).where(*TRIED_NOW).order_by(DELIVERY.c.created_at, DELIVERY.c.slot, DELIVERY.c.id)
        async with self._sessions() as session:
            rows = (await session.execute(query.limit(limit), {"way": HOOK, "now": at})).mappings().all()
            return tuple([await letters.parcel(session, dict(row), self._keys, at) for row in rows])

    async def record(self, attempt: Attempt) -> None:
        async with self._sessions.begin() as session:
            known = select(DELIVERY.c.created_at, DELIVERY.c.attempts).where(DELIVERY.c.id == attempt.delivery)
            row = (await session.execute(known)).one()
            tried = {
                "attempts": row.attempts + 1,
                "last_error": attempt.error[:120],
                "try_at": next_try(attempt.outcome, row.attempts + 1, row.created_at, attempt.at),
                "sent_at": attempt.at if attempt.outcome is Outcome.SENT else None,
            }
            await session.execute(update(DELIVERY).where(DELIVERY.c.id == attempt.delivery).values(**tried))


async def _plan_mails(session: Session, office: Office, at: datetime) -> None:
    last = office.last_digest(at)
    rows = (await session.execute(UNSENT, {"last": last})).all() if office.open_at(at) else ()
    if not rows:
        return
    recipients = {row.recipient: (row.recipient,) * row.reachable for row in rows}
    readers = {**recipients, **await _officers(session, office.day(at))}
    today = (DELIVERY.c.channel == MAIL, DELIVERY.c.kind == Kind.DIGEST, DELIVERY.c.slot == last.date().isoformat())
    digested = frozenset(await session.scalars(select(DELIVERY.c.recipient).where(*today)))
    unsent = tuple(
        Unsent(
            *(row.id, row.recipient, row.kind, row.created_at, row.read_at is not None, row.since),
            asked(row.holder_id, row.escalated_to, _called(row)),
        )
        for row in rows
    )
    found = plan(unsent, readers, digested, office, at)
    mails = [_row(MAIL, mail.recipient, mail.kind, mail.slot, mail.notices, at) for mail in found.deliveries]
    if mails:
        await session.execute(insert(DELIVERY), mails)
    if found.settled:
        settling = update(NOTICE).where(NOTICE.c.id == bindparam("settled")).values(mail_settled_at=at)
        await session.execute(settling, [{"settled": notice} for notice in found.settled])


async def _officers(session: Session, today: date) -> dict[str, tuple[str, ...]]:
    """The officers with an address behind `hr`, and behind HR of each unit."""
    rows = (await session.execute(OFFICERS)).all()
    reachable = {row.id for row in rows}
    units = {
        unit_hr(unit): tuple(sorted(reachable & set(who))) for unit, who in (await officers(session, today)).items()
    }
    return {HR: tuple(row.id for row in rows if row.hr), **units}


def _called(row: Any) -> tuple[str, ...]:
    """HR, of the agency or of the unit, where the case was handed to it as well."""
    return (*((HR,) if row.handed_to_hr else ()), *((unit_hr(row.unit_id),) if row.handed_to_unit_hr else ()))


async def _plan_events(session: Session, at: datetime, keys: Keys) -> None:
    hooks = (await session.execute(select(WEBHOOK).where(LISTENING).order_by(WEBHOOK.c.id))).all()
    for hook in hooks:
        if changed := moved(keys, hook._mapping, at):
            await session.execute(update(WEBHOOK).where(WEBHOOK.c.id == hook.id).values(**changed))
    query = select(NOTICE.c.id, NOTICE.c.created_at).where(NOTICE.c.hooks_settled_at.is_(None))
    rows = (await session.execute(query.order_by(NOTICE.c.created_at, NOTICE.c.id))).all() if hooks else ()
    messages = []
    for hook in hooks:
        heard = [row.id for row in rows if row.created_at >= hook.created_at]
        for first in range(0, len(heard), IN_ONE_MESSAGE):
            slot = f"{at.isoformat()}/{first:06}"
            messages.append(_row(HOOK, hook.id, Kind.EVENT, slot, tuple(heard[first : first + IN_ONE_MESSAGE]), at))
    if messages:
        await session.execute(insert(DELIVERY), messages)
    await _settle_all(session, "hooks_settled_at", at)


async def _settle_all(session: Session, column: str, at: datetime) -> None:
    await session.execute(update(NOTICE).where(NOTICE.c[column].is_(None)).values({column: at}))


def _row(way: str, recipient: str, kind: Kind, slot: str, notices: tuple[str, ...], at: datetime) -> dict[str, Any]:
    known = {"recipient": recipient, "channel": way, "kind": kind, "slot": slot, "notices": list(notices)}
    return known | {"id": new_id(), "created_at": at, "try_at": at, "attempts": 0, "last_error": ""}
