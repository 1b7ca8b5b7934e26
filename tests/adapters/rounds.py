"""What the process of notices does in a minute, without the process: notices written into the table, planned, and sent."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import insert, select
from temporalio.testing import ActivityEnvironment

from activities.notices import NoticeActivities
from adapters.database.columns import table_of
from adapters.database.engine import Sessions
from adapters.database.reads.calendars import SqlCalendars
from adapters.database.reads.unreached import unreached
from adapters.database.tables import delivery, desk, organisation, process
from adapters.database.writes.deliveries import SqlDeliveries
from adapters.mail import Server, SmtpMail
from adapters.webhooks import Webhooks
from api.letters import Letters
from appraisal.delivery import Hours
from tests.keys import sealer

NOTICE, DELIVERY = table_of(process.Notice), table_of(delivery.Delivery)
ACCOUNT, PERSON = table_of(desk.Account), table_of(organisation.Person)
SITE, CASE = "https://kinerja.contoh.example", "appraisal/c1/ani"
MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
"""8.00 in Jakarta, when the digest goes."""
FRIDAY = MONDAY - timedelta(days=3)
HOURS = Hours("Asia/Jakarta", time(7, 30), time(16), time(8))


def activities(sessions: Sessions, port: int | None, at: datetime = MONDAY) -> NoticeActivities:
    server = Server("127.0.0.1", port, "none", "Jenjang <jenjang@contoh.example>") if port else None
    mail = SmtpMail(server, "kinerja.contoh.example", Letters(SITE, "Asia/Jakarta").write, lambda: at)
    return NoticeActivities(
        SqlDeliveries(sessions, port is not None, sealer),
        mail,
        Webhooks(lambda: at),
        SqlCalendars(sessions, at.date),
        HOURS,
    )


async def round_at(sessions: Sessions, port: int | None, at: datetime) -> int:
    """What the process does each minute; how many mails it found to send."""
    doing, environment = activities(sessions, port, at), ActivityEnvironment()
    found = await environment.run(doing.plan_deliveries, at)
    if found.mails:
        await environment.run(doing.send_mails, at)
    return found.mails


async def tell(
    sessions: Sessions, recipient: str, kind: str, count: int = 1, at: datetime = FRIDAY, first: int = 100
) -> None:
    rows = [
        {
            "id": f"{recipient}-{kind}"[:9] + f"{number:03}",
            "subject": CASE,
            "revision": number,
            "recipient": recipient,
            "channel": "inbox",
            "kind": kind,
            "created_at": at,
        }
        for number in range(first, first + count)
    ]
    async with sessions.begin() as session:
        await session.execute(insert(NOTICE), rows)


async def account(sessions: Sessions, person: str, **values: Any) -> None:
    row = {
        "id": f"a-{person}",
        "person_id": person,
        "hr": False,
        "disabled": False,
        "language": "id",
        "created_at": FRIDAY,
    }
    async with sessions.begin() as session:
        await session.execute(insert(ACCOUNT).values(**(row | values)))


async def rows(sessions: Sessions) -> list[dict[str, Any]]:
    async with sessions() as session:
        found = await session.execute(select(DELIVERY).order_by(DELIVERY.c.created_at, DELIVERY.c.recipient))
        return [dict(row) for row in found.mappings()]


async def give_up(sessions: Sessions, *people: str) -> None:
    """The last mail to these people was given up."""
    mail = {
        "channel": "mail",
        "kind": "digest",
        "slot": "2026-03-02",
        "notices": [],
        "created_at": MONDAY,
        "attempts": 1,
    }
    rows = [{"id": f"m-{who}", "recipient": who, **mail, "last_error": "SMTPRecipientRefused 550"} for who in people]
    async with sessions.begin() as session:
        await session.execute(insert(DELIVERY), rows)


async def given_up(sessions: Sessions) -> list[tuple[str, str, str]]:
    """(person, address, error) of whom mail does not reach."""
    async with sessions() as session:
        return [(one.id, one.email, one.error) for one in await unreached(session, None, 10)]
