"""Secrets of webhooks: never readable where they are kept, and changed without losing a message."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import insert, select

from adapters.database.columns import table_of
from adapters.database.desk.hooks import Hooks
from adapters.database.engine import Sessions, open_engine
from adapters.database.tables import delivery
from adapters.sealing import CannotOpen, Sealer
from adapters.webhooks import new_secret
from appraisal.errors import SwitchedOff
from tests import agency
from tests.adapters.test_webhooks import AT, is_signed, round_at
from tests.keys import sealer
from tests.post import receiver

WEBHOOK = table_of(delivery.Webhook)


@pytest.fixture
async def told(sessions: Sessions) -> Sessions:
    await agency.build(sessions)
    return sessions


async def kept(sessions: Sessions) -> dict[str, Any]:
    """The row of the only webhook."""
    async with sessions() as session:
        return dict((await session.execute(select(WEBHOOK))).mappings().one())


async def test_secrets_are_sealed_and_follow_each_other_without_a_gap(told: Sessions, database_url: str) -> None:
    engine = open_engine(database_url)
    hooks, other = Hooks(engine, True, sealer), partial(Sealer, {"new": bytes(32), "tests": bytes(range(32))})
    with receiver() as there:
        made, first = await hooks.add(there.url, "hr-1", AT)
        second = await hooks.renew(made, AT)
        assert second
        for days in (1, 4):
            await hooks.try_out(made, AT + timedelta(days=days))
        assert [(is_signed(one, first), is_signed(one, second)) for one in there.received] == [
            (True, True),
            (False, True),
        ]
        assert (row := await kept(told))["secret"] == ""
        assert not [text for text in row.values() if isinstance(text, str) and (first in text or second in text)]
        await round_at(told, AT + timedelta(days=4), other)
        row = await kept(told)
        assert (row["sealed"].partition(":")[0], row["former"], row["former_until"]) == ("new", None, None)
        (failed,) = [await hooks.try_out(made, AT + timedelta(days=5))]
        assert failed
        assert (failed.error, len(there.received)) == ("its secret cannot be opened", 2), "this process has not the key"
        third = await Hooks(engine, True, other).renew(made, AT, at_once=True)
        await Hooks(engine, True, other).try_out(made, AT)
        assert third
        assert [is_signed(there.received[2], secret) for secret in (second, third)] == [False, True]
    assert await hooks.renew("nobody", AT) is None
    assert await hooks.switch_off(made, AT)
    with pytest.raises(SwitchedOff):
        await hooks.renew(made, AT)
    assert {(await kept(told))[name] for name in ("secret", "sealed", "former")} <= {"", None}
    with pytest.raises(CannotOpen):
        await Hooks(engine, True, partial(Sealer, {})).add("https://93.184.215.14/x", "hr-1", AT)
    await engine.dispose()


async def test_a_secret_of_the_version_before_signs_and_is_sealed(told: Sessions, database_url: str) -> None:
    engine, secret = open_engine(database_url), new_secret()
    plain = {"id": "w1", "secret": secret, "created_at": AT, "added_by": None, "off_at": None}
    with receiver() as there:
        async with told.begin() as session:
            await session.execute(insert(WEBHOOK).values(url=there.url, **plain))
        hooks = Hooks(engine, True, sealer)
        await hooks.try_out("w1", AT)
        await round_at(told, AT)
        row = await kept(told)
        assert (row["secret"], row["sealed"].partition(":")[0]) == ("", "tests")
        await hooks.try_out("w1", AT + timedelta(seconds=1))
    assert [is_signed(one, secret) for one in there.received] == [True, True]
    await engine.dispose()
