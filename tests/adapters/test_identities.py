"""Links of identities, on both databases: one for each account and identity, and secrets that the database cannot read."""

import asyncio
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.database.columns import table_of
from adapters.database.desk.accounts import SESSION, Accounts
from adapters.database.desk.identities import OPENED, WAY, WAY_TAKES, Errand, Identities, Opener
from adapters.database.engine import open_engine, open_sessions
from adapters.database.tables import desk
from adapters.single_sign_on.claims import Named
from adapters.single_sign_on.provider import Identity, Way
from adapters.single_sign_on.refusals import Refusal, Refused
from tests import agency
from tests.adapters.query_plans import plans, scanned

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
LATER = NOW + timedelta(days=8)
NIP, TOKEN = f"{4:018d}", "header.claims.signature"


def of(subject: str, named: Named, issuer: str = "https://sso.example") -> Identity:
    return Identity(issuer, subject, named, TOKEN)


async def desks(engine: AsyncEngine) -> tuple[Identities, Accounts]:
    await agency.build(open_sessions(engine, writing=True))
    accounts = Accounts(engine)
    return Identities(engine, accounts), accounts


async def test_a_link_is_made_once_and_holds(database_url: str) -> None:
    engine = open_engine(database_url)
    identities, accounts = await desks(engine)
    both = await asyncio.gather(*(identities.opened_by(of("a", Named(nip=NIP)), NOW) for _ in range(2)))
    assert both[0] == both[1]
    link, account = both[0]
    assert account == await accounts.of_person("ani", NOW)
    assert await identities.opened_by(of("a", Named(email="budi@contoh.example")), LATER) == (link, account)
    for identity, refusal in (
        (of("b", Named(nip=NIP)), Refusal.ELSEWHERE),
        (of("c", Named(nip="9" * 18)), Refusal.UNKNOWN),
        (of("c", Named()), Refusal.UNKNOWN),
    ):
        with pytest.raises(Refused) as refused:
            await identities.opened_by(identity, NOW)
        assert refused.value.refusal is refusal
    elsewhere, same = await identities.opened_by(
        of("a", Named(email="ani@contoh.example"), "https://new.example"), LATER
    )
    assert (elsewhere != link, same) == (True, account)
    assert [(row.id, row.found_by) for row in await identities.listed("ANI", None, 9)] == [
        (elsewhere, "email"),
        (link, "nip"),
    ]
    assert [row.id for row in await identities.listed("", (LATER, elsewhere), 9)] == [link]
    await engine.dispose()


async def test_an_ended_link_ends_its_sessions_and_no_other(database_url: str) -> None:
    engine = open_engine(database_url)
    identities, accounts = await desks(engine)
    link, account = await identities.opened_by(of("a", Named(nip=NIP)), NOW)
    mine, by_password = [await accounts.issue(account, SESSION, NOW) for _ in range(2)]
    await identities.remember(mine, Opener(link, TOKEN), NOW)
    assert await identities.unlink(link, "hr", NOW)
    assert not await identities.unlink(link, "hr", NOW)
    then = NOW + timedelta(seconds=1)
    assert await accounts.visitor(mine, (SESSION,), then, then.date()) is None
    assert await accounts.visitor(by_password, (SESSION,), then, then.date())
    again, _ = await identities.opened_by(of("a", Named(nip=NIP)), then)
    assert [(row.id, row.ended_by) for row in await identities.listed("", None, 9)] == [(again, None), (link, "hr")]
    await engine.dispose()


async def kept(engine: AsyncEngine) -> tuple[Sequence[str], int]:
    """The tokens that the database has, and how many ways it knows."""
    async with open_sessions(engine)() as session:
        hints = (await session.scalars(select(OPENED.c.hint))).all()
        return hints, len((await session.scalars(select(WAY.c.state_hash))).all())


async def test_what_the_provider_gave_is_sealed_and_goes_with_the_session(database_url: str) -> None:
    engine = open_engine(database_url)
    identities, accounts = await desks(engine)
    link, account = await identities.opened_by(of("a", Named(nip=NIP)), NOW)
    secret, other = [await accounts.issue(account, SESSION, NOW) for _ in range(2)]
    await identities.remember(secret, Opener(link, TOKEN), NOW)
    hints, _ = await kept(engine)
    async with open_sessions(engine)() as session:
        digests = (await session.scalars(select(table_of(desk.Credential).c.secret_hash))).all()
    assert "claims" not in hints[0]
    assert secret not in f"{hints} {digests}"
    assert await identities.forget(other) is None
    assert await identities.forget(secret) == Opener(link, TOKEN)
    assert await identities.forget(secret) is None
    await identities.remember(secret, Opener(link, TOKEN), NOW)
    await identities.remember(other, Opener(link, TOKEN), LATER)
    assert len((await kept(engine))[0]) == 1  # the other has ended by itself
    await engine.dispose()


async def test_a_way_serves_once_in_its_browser_and_for_minutes(database_url: str) -> None:
    engine = open_engine(database_url)
    identities, _ = await desks(engine)
    errand = Errand(Way(), "/inbox", "en")
    await identities.sent(errand, "mine", NOW)
    assert await identities.back(errand.way.state, "another", NOW) is None
    assert await identities.back("another", "mine", NOW) is None
    assert await identities.back(errand.way.state, "mine", NOW + WAY_TAKES) is None
    assert await identities.back(errand.way.state, "mine", NOW) == errand
    assert await identities.back(errand.way.state, "mine", NOW) is None
    await identities.sent(errand, "mine", NOW)
    await identities.sent(Errand(Way(), "", ""), "mine", NOW + WAY_TAKES)
    assert (await kept(engine))[1] == 1  # what is over is not kept
    await engine.dispose()


async def test_a_page_of_links_is_read_in_the_order_of_its_index(migrated_file: Path, tmp_path: Path) -> None:
    file = shutil.copy(migrated_file, tmp_path / "jenjang.db")
    engine = open_engine(f"sqlite+aiosqlite:///{file}")
    identities = Identities(engine, Accounts(engine))
    for after in (None, (NOW, "x")):
        lines = await plans(engine, partial(identities.listed, "", after, 9))
        assert not scanned(lines)
        assert not [line for line in lines if "ORDER BY" in line]
    await engine.dispose()
