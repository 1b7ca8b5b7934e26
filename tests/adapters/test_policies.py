"""Versions of policies in the database: only added, one after the other, whoever is faster."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from adapters.database.desk.policies import Policies, PolicyVersion
from adapters.database.engine import open_engine
from appraisal.errors import StalePolicy

NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)
SECOND = PolicyVersion("annual", 2, {"name": "annual", "grace": "P3D"}, "hr", "Surat edaran.", NOW)


@pytest.fixture
async def policies(database_url: str) -> AsyncIterator[Policies]:
    engine = open_engine(database_url)
    yield Policies(engine)
    await engine.dispose()


async def test_a_version_is_kept_as_it_was_saved_and_the_newest_is_known(policies: Policies) -> None:
    assert await policies.newest() == ()
    third = replace(SECOND, version=3, document={"name": "annual", "grace": "P5D"})
    other = replace(SECOND, name="pilot", version=1)
    for one, shipped in ((SECOND, 1), (third, 1), (other, 0)):
        assert await policies.save(one, shipped) == one
    assert await policies.newest() == (third, other)
    assert await policies.versions("annual") == (third, SECOND)
    assert await policies.versions("lunch") == ()


async def test_the_same_again_is_answered_as_the_first_and_adds_nothing(policies: Policies) -> None:
    await policies.save(SECOND, 1)
    again = replace(SECOND, created_at=datetime(2026, 11, 26, tzinfo=UTC))
    assert await policies.save(again, 1) == SECOND
    assert await policies.versions("annual") == (SECOND,)


@pytest.mark.parametrize("wrong", [{"reason": "Lain."}, {"author": "eko"}, {"version": 4}, {"document": {}}])
async def test_whoever_has_not_seen_the_newest_is_refused(policies: Policies, wrong: dict[str, object]) -> None:
    await policies.save(SECOND, 1)
    with pytest.raises(StalePolicy) as refused:
        await policies.save(replace(SECOND, **wrong), 1)  # type: ignore[arg-type]
    assert (refused.value.where, "version 2 is the newest" in refused.value.what) == ("based_on", True)
    assert await policies.versions("annual") == (SECOND,)


async def test_of_many_at_once_one_is_first(policies: Policies) -> None:
    several = [replace(SECOND, author=f"hr{n}") for n in range(8)]
    answers = await asyncio.gather(*(policies.save(one, 1) for one in several), return_exceptions=True)
    saved = [one for one in answers if isinstance(one, PolicyVersion)]
    assert len(saved) == 1
    assert sum(isinstance(one, StalePolicy) for one in answers) == 7
    assert await policies.versions("annual") == tuple(saved)
