"""Messages to programs: signed, without names, and never into a private network."""

import base64
import hashlib
import hmac
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from temporalio.testing import ActivityEnvironment

from activities.notices import NoticeActivities
from adapters.database.columns import table_of
from adapters.database.desk.hooks import Hooks
from adapters.database.engine import Sessions, open_engine
from adapters.database.hook_secrets import Keys
from adapters.database.reads.calendars import SqlCalendars
from adapters.database.tables import delivery
from adapters.database.writes.deliveries import SqlDeliveries
from adapters.database.writes.records import SqlRecords
from adapters.mail import SmtpMail
from adapters.webhooks import Webhooks, new_secret
from api.letters import Letters
from appraisal.case import Case
from appraisal.errors import AddressKnown, SwitchedOff
from appraisal.sending import Attempt, Outcome, Parcel, Told
from tests import agency, builders
from tests.adapters.rounds import HOURS, SITE
from tests.keys import sealer
from tests.post import Received, Receiver, receiver

AT = datetime(2026, 3, 1, 20, 0, tzinfo=UTC)
"""Three o'clock at night in Jakarta: programs are told at all hours."""
DELIVERY, WEBHOOK = table_of(delivery.Delivery), table_of(delivery.Webhook)
TOLD = (Told("n1", "became_due", "appraisal/c1/ani", 7, "budi", AT),)


def parcel(url: str, secret: str, name: str = "d1") -> Parcel:
    return Parcel(name, url, (secret,), AT, TOLD)


async def posted(*parcels: Parcel, allow_private: bool = True) -> list[Attempt]:
    return [attempt async for attempt in Webhooks(lambda: AT, allow_private).send(parcels)]


def is_signed(request: Received, secret: str) -> bool:
    """The algorithm of Standard Webhooks as a receiver writes it down."""
    name, timestamp = request.headers["webhook-id"], request.headers["webhook-timestamp"]
    key = base64.b64decode(secret.split("_", 1)[1])
    expected = hmac.new(key, f"{name}.{timestamp}.{request.body.decode()}".encode(), hashlib.sha256).digest()
    return "v1," + base64.b64encode(expected).decode() in request.headers["webhook-signature"].split()


async def test_a_message_is_signed_and_holds_ids_and_kinds_only() -> None:
    secret = new_secret()
    with receiver() as there:
        assert await posted(parcel(there.url, secret)) == [Attempt("d1", Outcome.SENT, AT)]
        assert [a.outcome for a in await posted(parcel(there.url, secret))] == [Outcome.SENT]
    first, again = there.received
    assert is_signed(first, secret)
    assert not is_signed(first, new_secret())
    assert (first.path, first.headers["webhook-id"]) == ("/hook", "d1")
    assert first.headers["webhook-timestamp"] == str(int(AT.timestamp()))
    assert first.headers["host"] == there.url.split("/")[2]
    assert (first.body, first.headers["webhook-id"]) == (again.body, again.headers["webhook-id"])
    message = json.loads(first.body)
    assert message["type"] == "notices.created"
    assert message["data"]["notices"] == [
        {
            "id": "n1",
            "kind": "became_due",
            "subject": "appraisal/c1/ani",
            "revision": 7,
            "recipient": "budi",
            "at": AT.isoformat(),
        }
    ]


async def test_the_address_is_looked_at_again_when_a_message_is_sent() -> None:
    with receiver() as there:
        (attempt,) = await posted(parcel(there.url, new_secret()), allow_private=False)
    assert (attempt.outcome, attempt.error, there.received) == (Outcome.FAILED, "ForbiddenAddress", [])


async def test_redirects_are_not_followed() -> None:
    with receiver() as there, receiver() as elsewhere:
        there.status, there.headers = 307, {"location": elsewhere.url}
        (attempt,) = await posted(parcel(there.url, new_secret()))
    assert (attempt.outcome, attempt.error, elsewhere.received) == (Outcome.FAILED, "HTTP 307", [])


async def test_a_program_that_is_away_delays_no_other() -> None:
    secret = new_secret()
    with receiver() as gone:
        pass
    with receiver() as there:
        found = await posted(parcel(gone.url, secret), parcel(gone.url, secret, "d2"), parcel(there.url, secret, "d3"))
    assert [attempt.outcome for attempt in found] == [Outcome.FAILED, Outcome.FAILED, Outcome.SENT]
    assert [request.headers["webhook-id"] for request in there.received] == ["d3"]


def test_secrets_are_long_new_each_time_and_not_shown() -> None:
    first, second = new_secret(), new_secret()
    assert first != second
    assert len(base64.b64decode(first.removeprefix("whsec_"))) == 32
    assert first not in repr(parcel("https://x.example", first))


@pytest.fixture
async def told(sessions: Sessions) -> Sessions:
    await agency.build(sessions)
    return sessions


async def round_at(sessions: Sessions, at: datetime, keys: Keys = sealer) -> None:
    mail = SmtpMail(None, "x", Letters(SITE, "Asia/Jakarta").write, lambda: at)
    webhooks = Webhooks(lambda: at, allow_private=True)
    doing = NoticeActivities(
        SqlDeliveries(sessions, False, keys), mail, webhooks, SqlCalendars(sessions, at.date), HOURS
    )
    environment = ActivityEnvironment()
    if (await environment.run(doing.plan_deliveries, at)).events:
        await environment.run(doing.send_events, at)


def of(employee: str) -> Case:
    """A case that begins now, with the notice that its targets can be set."""
    case = builders.case(f"appraisal/c1/{employee}", at=AT)
    return replace(case, parties=replace(case.parties, employee=employee))


def heard(there: Receiver) -> list[str]:
    messages: list[Any] = [json.loads(request.body) for request in there.received]
    return [notice["kind"] for message in messages for notice in message["data"]["notices"]]


async def test_a_program_hears_of_every_notice_once_from_its_registration_on(told: Sessions, database_url: str) -> None:
    engine = open_engine(database_url)
    hooks, records = Hooks(engine, allow_private=True, keys=sealer), SqlRecords(told)
    case = builders.case(at=AT - timedelta(days=1))
    with receiver() as there:
        await records.store_case(case)
        made, secret = await hooks.add(there.url, "hr-1", AT)
        with pytest.raises(AddressKnown):
            await hooks.add(there.url, "hr-1", AT)
        await records.store_case(of("eko"))
        there.status = 500
        await round_at(told, AT)
        there.status = 204
        await round_at(told, AT + timedelta(seconds=30))
        assert heard(there) == ["targets_waits"]
        await round_at(told, AT + timedelta(minutes=1))
        await round_at(told, AT + timedelta(minutes=2))
        assert heard(there) == ["targets_waits"] * 2
        assert there.received[0].body == there.received[1].body
        assert is_signed(there.received[0], secret)
        assert await hooks.switch_off(made, AT)
        assert not await hooks.switch_off(made, AT)
        with pytest.raises(SwitchedOff):
            await hooks.try_out(made, AT)
        await records.store_case(of("gita"))
        await round_at(told, AT + timedelta(hours=1))
        assert len(there.received) == 2
        assert await hooks.add(there.url, "hr-2", AT + timedelta(hours=2)) != (made, secret), "another secret"
        await round_at(told, AT + timedelta(hours=3))
        assert len(there.received) == 2, "what was said meanwhile is not told afterwards"
    async with told() as session:
        (row,) = (await session.execute(select(DELIVERY))).mappings().all()
    (hook,) = await hooks.all()
    assert (hook.id, hook.added_by, hook.off_at) == (made, "hr-2", None)
    assert (row["attempts"], row["try_at"], row["sent_at"]) == (2, None, AT + timedelta(minutes=1))
    await engine.dispose()


async def test_a_test_message_says_at_once_what_became_of_it(told: Sessions, database_url: str) -> None:
    engine = open_engine(database_url)
    hooks = Hooks(engine, allow_private=True, keys=sealer)
    with receiver() as there:
        hook, secret = await hooks.add(there.url, "hr-1", AT)
        good = await hooks.try_out(hook, AT)
        there.status = 500
        bad = await hooks.try_out(hook, AT + timedelta(minutes=1))
    assert is_signed(there.received[0], secret)
    message = json.loads(there.received[0].body)
    assert (message["type"], message["data"]) == ("webhook.test", {"notices": []})
    assert good is not None
    assert bad is not None
    assert (good.sent_at, good.error, bad.sent_at, bad.try_at, bad.error) == (AT, "", None, None, "HTTP 500")
    assert await hooks.last(hook, 5) == (bad, good)
    assert await hooks.try_out("nobody", AT) is None
    await engine.dispose()
