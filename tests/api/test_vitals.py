"""The figures of the installation: as the record and Temporal have them, and nothing but that where these do not answer."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import insert, update
from temporalio.service import RPCError, RPCStatusCode

from adapters.database.columns import table_of
from adapters.database.engine import open_engine, open_sessions
from adapters.database.tables import delivery, process, record, siasn, watch
from api.vitals import Told, Vitals
from appraisal.siasn.push import Stand
from appraisal.vocabulary import Step
from tests.api.scene import bring
from tests.api.test_appraisal_api import launch
from tests.stack import Stack

APPRAISAL = table_of(process.Appraisal)
Series = dict[tuple[str, ...], float]


def series(told: Told) -> Series:
    """Name and values of labels, and the figure."""
    families = text_string_to_metric_families(generate_latest(told).decode())
    return {(one.name, *one.labels.values()): one.value for family in families for one in family.samples}


@pytest.mark.every_database
async def test_what_waits_is_counted_by_where_it_waits(stack: Stack) -> None:
    now = datetime.now(UTC)
    cycle = await launch(stack, people=["ani", "eko"])
    await bring(stack, cycle, Step.SELF_ASSESSMENT)
    await _wait(stack, now)
    told = series(await stack.services.vitals.figures(now))
    assert told["jenjang_database_up",] == told["jenjang_temporal_up",] == 1
    assert sum(value for (name, *_), value in told.items() if name == "jenjang_cases_open") == 2
    assert told["jenjang_cases_overdue", Step.APPROVAL] == 1
    assert told["jenjang_cases_without_holder",] == 1
    assert told["jenjang_messages_unsent", "mail"] == 2
    assert told["jenjang_messages_unsent", "webhook"] == 0
    assert 3600 <= told["jenjang_messages_unsent_age_seconds", "mail"] < 3700
    assert told["jenjang_siasn_unsent", "down", "waiting"] == 1
    assert told["jenjang_troubles", "task_fails"] == 1
    assert 7200 <= told["jenjang_anchor_age_seconds",] < 7300
    assert told["jenjang_task_pollers", "workflow"] >= 1
    assert told["jenjang_task_backlog", "activity"] >= 0


async def _wait(stack: Stack, now: datetime) -> None:
    """A late case that nobody holds, mail that does not go out, and the rest."""
    mail = {"recipient": "ani", "channel": "mail", "kind": "digest", "notices": [], "attempts": 1, "last_error": "x"}
    mails = [
        mail | {"id": str(age), "slot": str(age), "created_at": now - timedelta(minutes=age), "try_at": tried}
        for age, tried in ((60, now), (30, now), (90, None))
    ]
    of_push = {
        "id": "p",
        "year": 2026,
        "person_id": "ani",
        "period": 0,
        "matter": "rating",
        "course_id": "",
        "cycle_id": "c",
    }
    push = of_push | {
        "order_id": "o",
        "asked_by": "hr",
        "asked_at": now,
        "stand": Stand.WAITING,
        "failure": "down",
        "tries": 3,
        "digest": "",
        "answer": "",
        "touched_at": now,
        "revision": 1,
    }
    seen = dict.fromkeys(("first_seen", "last_seen", "changed_at"), now)
    trouble = {"subject": "s", "kind": "task_fails", "detail": "", "attempts": 3, **seen}
    made = now - timedelta(hours=2)
    anchor = {"day": made.date(), "made_at": made, "heads": 0, "root": "r", "previous_hash": "g", "hash": "h"}
    late = {"step": Step.APPROVAL, "holder_id": None, "due_at": now - timedelta(days=1)}
    async with stack.sessions.begin() as session:
        await session.execute(update(APPRAISAL).where(APPRAISAL.c.employee_id == "eko").values(late))
        for table, rows in (
            (delivery.Delivery, mails),
            (siasn.Push, [push]),
            (watch.Trouble, [trouble]),
            (record.Anchor, [anchor]),
        ):
            await session.execute(insert(table_of(table)), rows)


async def unavailable(*_: Any, **__: Any) -> None:
    raise RPCError("nobody is there", RPCStatusCode.UNAVAILABLE, b"")


@pytest.fixture
async def alone(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Vitals]:
    """Figures without anybody who could tell them."""
    engine = open_engine("postgresql+asyncpg://nobody@127.0.0.1:1/nothing")
    monkeypatch.setattr(stack.client.workflow_service, "describe_task_queue", unavailable)
    yield Vitals(open_sessions(engine), stack.client, "nobody")
    await engine.dispose()


async def test_what_does_not_answer_tells_that_alone(alone: Vitals) -> None:
    told = series(await alone.figures(datetime.now(UTC)))
    assert told == {("jenjang_database_up",): 0, ("jenjang_temporal_up",): 0}


async def test_whoever_asks_again_at_once_gets_the_same(stack: Stack) -> None:
    first, again = [await stack.services.vitals.figures(datetime.now(UTC)) for _ in range(2)]
    assert first is again


async def test_an_order_is_timed_by_how_it_ended(stack: Stack) -> None:
    cycle = await launch(stack, people=["ani"])
    async with await stack.visitor() as visitor:
        before = await _orders(visitor)
        await bring(stack, cycle, Step.SELF_ASSESSMENT)
        after = await _orders(visitor)
    assert after["stored"] > before.get("stored", 0)


async def _orders(visitor: httpx2.AsyncClient) -> dict[str, float]:
    text = (await visitor.get("/metrics")).text
    families = text_string_to_metric_families(text)
    found = [one for family in families for one in family.samples if one.name == "jenjang_order_seconds_count"]
    return {one.labels["outcome"]: one.value for one in found}
