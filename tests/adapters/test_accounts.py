"""What opens an account and for how long, on both databases; and that all of it stands in the security record."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters import one_time_codes
from adapters.database.columns import table_of
from adapters.database.desk import passwords
from adapters.database.desk.accounts import KEY, LINK, PENDING, SESSION, TOKEN, Accounts, Terms
from adapters.database.desk.credentials import Credentials
from adapters.database.desk.looks import Looking, Looks
from adapters.database.desk.second_step import SecondSteps
from adapters.database.desk.security_record import Deed, Origin, SecurityRecord
from adapters.database.engine import open_engine
from adapters.database.tables import desk, signing_in
from adapters.guesses import ACCOUNT, ADDRESS, SAME_DOOR, Guesses, TooManyTries
from adapters.sealing import Sealer
from appraisal.people.offices import SUPPORT

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
PASSWORD, OTHER = "kereta api malam", "kapal laut pagi hari"
HOME, OFFICE = Origin("10.1.1.1", "Firefox, Windows"), Origin("10.2.2.2", "Chrome, Android")


@dataclass
class Scene:
    """Accounts under a clock that the test moves."""

    engine: AsyncEngine
    now: datetime = START
    guesses: Guesses = field(default_factory=Guesses)
    terms: Terms = field(default_factory=lambda: Terms(officers_need_second_step=True))

    def __post_init__(self) -> None:
        self.accounts = Accounts(self.engine, self.terms, self.guesses, lambda: self.now)
        self.credentials = Credentials(self.engine, self.terms)
        self.keys = {"k1": b"1" * 32}
        self.steps = SecondSteps(self.engine, lambda: Sealer(self.keys), self.guesses)
        self.record = SecurityRecord(self.engine)

    async def opens(self, secret: str, *kinds: str) -> bool:
        return await self.accounts.visitor(secret, kinds or (SESSION, TOKEN, KEY), self.now, TODAY) is not None

    async def deeds(self) -> list[str]:
        return [str(row.deed) for row in reversed(await self.record.listed(100))]


@pytest.fixture
async def scene(database_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Scene]:
    async def quick(password: str, stored: str | None) -> bool:
        return stored is not None and f"${password}" in stored

    async def plain(password: str) -> str:
        return f"${password}"

    monkeypatch.setattr(passwords, "fits", quick)  # argon2 itself is tested over HTTP
    monkeypatch.setattr(passwords, "hashed", plain)
    engine = open_engine(database_url)
    yield Scene(engine)
    await engine.dispose()


async def test_a_session_ends_by_itself_when_idle_and_at_the_latest_after_its_lifetime(scene: Scene) -> None:
    account = await scene.accounts.officer("hr", START)
    used, left = [await scene.accounts.issue(account, SESSION, START, origin=HOME) for _ in range(2)]
    while scene.now + timedelta(minutes=50) < START + scene.terms.lifetime:
        scene.now += timedelta(minutes=50)
        assert await scene.opens(used), "used again and again"
    assert not await scene.opens(left)
    listed = await scene.credentials.sign_ins(account, scene.now)
    assert [(one.device, one.address, one.since, one.last_seen) for one in listed] == [
        (HOME.device, HOME.address, START, scene.now)
    ]
    scene.now = START + scene.terms.lifetime
    assert not await scene.opens(used)


async def test_another_password_ends_what_the_old_one_opened_but_for_this_session_and_the_keys(scene: Scene) -> None:
    account = await scene.accounts.officer("hr", START)
    mine, other, token, link, half = [
        await scene.accounts.issue(account, kind, START) for kind in (SESSION, SESSION, TOKEN, LINK, PENDING)
    ]
    _, key = await scene.credentials.make_key(account, "Gaji", ("read",), START, timedelta(days=30))
    me = await scene.accounts.visitor(mine, (SESSION,), START, TODAY)
    assert me is not None
    await scene.accounts.set_password(account, PASSWORD, me.credential)
    found = [
        await scene.opens(one, SESSION, TOKEN, KEY, LINK, PENDING) for one in (mine, other, token, link, half, key)
    ]
    assert found == [True, False, False, False, False, True]
    assert await scene.credentials.end_everything(account, "hr2", START) == 2
    assert not await scene.opens(mine)
    assert not await scene.opens(key)


async def test_an_officers_rights_wait_for_the_second_step_with_whatever_one_comes(scene: Scene) -> None:
    account = await scene.accounts.officer("hr", START)
    session, token = [await scene.accounts.issue(account, kind, START) for kind in (SESSION, TOKEN)]
    for opened in (session, token):
        visitor = await scene.accounts.visitor(opened, (SESSION, TOKEN), START, TODAY)
        assert visitor is not None
        assert (visitor.hr, visitor.units, visitor.owes_second_step) == (False, (), True)
    await scene.steps.begin(account, START)
    secret = await scene.steps.unconfirmed(account)
    assert secret is not None
    me = await scene.accounts.visitor(session, (SESSION,), START, TODAY)
    assert me is not None
    assert await scene.steps.confirm(account, "000000", me.credential, START) is None
    code = one_time_codes.code_at(secret, one_time_codes.step_of(START))
    codes = await scene.steps.confirm(account, code, me.credential, START)
    assert codes is not None
    now = await scene.accounts.visitor(session, (SESSION,), START, TODAY)
    assert now is not None
    assert (now.hr, now.owes_second_step) == (True, False)
    assert not await scene.opens(token), "it was opened without the second step"
    assert await scene.steps.unconfirmed(account) is None, "the secret is never shown again"
    assert not await scene.steps.passes(account, code, START), "the code was used to confirm"
    later = START + timedelta(seconds=90)
    fresh = one_time_codes.code_at(secret, one_time_codes.step_of(later))
    scene.keys = {"k2": b"2" * 32, **scene.keys}
    both = await asyncio.gather(*(scene.steps.passes(account, fresh, later) for _ in range(2)))
    assert sorted(both) == [False, True], "each code opens once, however many try"
    assert [await scene.steps.passes(account, codes[0].lower(), later) for _ in range(2)] == [True, False]
    assert await scene.steps.codes_left(account) == 7
    del scene.keys["k1"]  # what was used since has moved to the newer key
    last = later + timedelta(seconds=30)
    assert await scene.steps.passes(account, one_time_codes.code_at(secret, one_time_codes.step_of(last)), last)
    present, scene.keys = scene.keys, {"k3": b"3" * 32}
    beyond = last + timedelta(seconds=30)
    code = one_time_codes.code_at(secret, one_time_codes.step_of(beyond))
    assert not await scene.steps.passes(account, code, beyond), "its key is gone"
    assert await scene.steps.passes(account, codes[2], beyond), "recovery codes need none"
    scene.keys = present
    scene.now = later
    assert await scene.steps.remove(account, later, by="other")
    assert not await scene.opens(session)
    assert await scene.steps.codes_left(account) == 0
    async with scene.engine.connect() as connection:
        sealed = (await connection.execute(select(table_of(signing_in.SecondStep)))).all()
        kept = (await connection.execute(select(table_of(signing_in.RecoveryCode)))).all()
    assert secret not in f"{sealed}{kept}"


async def test_guessing_ends_soon_and_locks_nobody_out(scene: Scene) -> None:
    account = await scene.accounts.officer("hr", START)
    await scene.accounts.set_password(account, PASSWORD)
    await scene.accounts.issue(account, SESSION, START, origin=OFFICE)
    for _ in range(SAME_DOOR.amount):
        assert await scene.accounts.sign_in("hr", OTHER, HOME) is None
    for _ in range(3):
        with pytest.raises(TooManyTries):
            await scene.accounts.sign_in("hr", PASSWORD, HOME)
    for n in range(ACCOUNT.amount - SAME_DOOR.amount):
        assert await scene.accounts.sign_in("hr", OTHER, Origin(f"192.0.2.{n // SAME_DOOR.amount}")) is None
    with pytest.raises(TooManyTries):
        await scene.accounts.sign_in("hr", PASSWORD, Origin("198.51.100.1"))
    assert await scene.accounts.sign_in("hr", PASSWORD, OFFICE) == account, "from where it was opened lately"
    assert (await scene.deeds()).count("too_many_tries") == 2, "a flood of tries is no flood of rows"


async def test_one_address_cannot_try_one_account_after_the_other(scene: Scene) -> None:
    for n in range(ADDRESS.amount):
        assert await scene.accounts.sign_in(f"nobody{n}", PASSWORD, HOME) is None
    with pytest.raises(TooManyTries):
        await scene.accounts.sign_in("nobody", PASSWORD, HOME)
    assert await scene.accounts.sign_in("nobody", PASSWORD, OFFICE) is None


async def test_everything_is_on_record_and_no_secret_is(scene: Scene) -> None:
    accounts, account = scene.accounts, await scene.accounts.officer("hr", START)
    await accounts.set_password(account, PASSWORD, origin=HOME)
    assert await accounts.sign_in("hr", OTHER, HOME) is None
    assert await accounts.sign_in("siapa@contoh.example", OTHER, HOME) is None
    secrets = [await accounts.issue(account, kind, START, origin=HOME) for kind in (SESSION, TOKEN, LINK)]
    made, key = await scene.credentials.make_key(account, "Nama kunci", ("read",), START, timedelta(days=1), HOME)
    assert await accounts.use_link("x" * 43, START, HOME) is None
    for secret in secrets[:2]:
        await accounts.revoke(secret, START, HOME)
        await accounts.revoke(secret, START, HOME)
    assert await scene.credentials.end_key(made, START, account, origin=HOME)
    assert not await scene.credentials.end_key(made, START, account, origin=HOME)
    await accounts.grant_office(account, None, by="budi")
    await accounts.disable(account, True, by="budi")
    assert sorted(await scene.deeds()) == sorted(
        [
            *("password_set", "refused", "refused", "refused", "signed_in", "token_made", "link_made", "key_made"),
            *("signed_out", "token_ended", "key_ended", "office_taken", "account_shut"),
        ]
    )
    rows = await scene.record.listed(100)
    told = json.dumps([[row.about, row.address, row.who, row.by, row.account] for row in rows])
    for secret in (PASSWORD, OTHER, "siapa@contoh.example", "Nama kunci", key, *secrets):
        assert secret not in told
    assert {row.address for row in rows if row.deed is Deed.REFUSED} == {HOME.address}
    first, *others = await scene.record.listed(3)
    assert await scene.record.listed(2, before=(first.at, first.id)) == tuple(others)
    async with scene.engine.connect() as connection:
        assert await connection.scalar(select(func.count()).select_from(table_of(desk.Credential))) == 4


async def test_a_look_of_support_ends_by_itself_with_what_it_was_begun_with_and_with_the_right(scene: Scene) -> None:
    scene.terms = Terms(lifetime=timedelta(hours=2), idle=timedelta(hours=2))
    scene.__post_init__()
    account, looks = await scene.accounts.officer("sari", START, SUPPORT), Looks(scene.engine)
    here, there = [await scene.accounts.issue(account, SESSION, START) for _ in range(2)]

    async def looking(secret: str, minutes: int) -> Looking | None:
        visitor = await scene.accounts.visitor(secret, (SESSION,), START + timedelta(minutes=minutes), TODAY)
        assert visitor is not None
        assert (visitor.support, visitor.hr, visitor.units) == (True, False, ())
        return visitor.looking

    known = await scene.accounts.visitor(here, (SESSION,), START, TODAY)
    assert known is not None
    hour = timedelta(hours=1)
    assert await looks.begin(account, known.credential, "Tiket 1", START, hour) == Looking("Tiket 1", START + hour)
    assert await looking(here, 59) == Looking("Tiket 1", START + hour)
    assert await looking(here, 60) is None
    assert await looking(there, 1) is None, "kept with the session"
    late = await looks.begin(account, known.credential, "Tiket 2", START + hour, 3 * hour)
    assert late.until == START + 2 * hour, "no longer than the session"
    assert await looks.end(account, known.credential, START + hour) is True
    assert await looks.end(account, known.credential, START + hour) is False
    assert await looking(here, 61) is None
    await looks.begin(account, known.credential, "Tiket 3", START + hour, hour)
    await scene.accounts.grant_office(account, None)
    taken = await scene.accounts.visitor(here, (SESSION,), START + hour, TODAY)
    assert taken is not None
    assert (taken.support, taken.looking) == (False, None)
    deeds = await scene.deeds()
    assert [deeds.count(deed) for deed in ("look_begun", "look_ended", "office_taken")] == [3, 1, 1]
