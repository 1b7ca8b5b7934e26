"""Statements as parts of a trace: which they are, how they ended, and never what they carry."""

from collections.abc import AsyncIterator

import pytest
from opentelemetry import trace
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError

from adapters.database.columns import table_of
from adapters.database.engine import Sessions, open_engine, open_sessions
from adapters.database.statements import trace_statements
from adapters.database.tables import organisation
from adapters.spans import span
from tests.traces import Kept, Told

UNIT = table_of(organisation.Unit)
SECRET = "Dinas Rahasia"


@pytest.fixture
async def traced(database_url: str) -> AsyncIterator[tuple[Kept, Sessions]]:
    kept, engine = Kept(), open_engine(database_url)
    trace_statements(engine, kept.tracer)
    yield kept, open_sessions(engine, writing=True)
    await engine.dispose()


async def insert_unit(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await session.execute(insert(UNIT).values(id="1", code=SECRET))


def of_inserts(kept: Kept) -> list[Told]:
    return [one for one in kept.spans() if one.name == "INSERT unit"]


async def test_a_statement_is_told_without_its_values(traced: tuple[Kept, Sessions]) -> None:
    kept, sessions = traced
    with span("request", {}, tracer=kept.tracer):
        await insert_unit(sessions)
        async with sessions() as session:
            assert (await session.execute(select(UNIT.c.code).where(UNIT.c.code == SECRET))).scalar() == SECRET
    request = kept.spans()[-1]
    (inserted,), (read,) = of_inserts(kept), [one for one in kept.spans() if one.name == "SELECT unit"]
    assert (inserted.parent, read.parent) == (request.id, request.id)
    assert str(inserted.about["db.query.text"]).startswith("INSERT INTO unit (id,")
    assert SECRET not in repr(kept.spans())


async def test_a_statement_that_fails_says_how_and_no_more(traced: tuple[Kept, Sessions]) -> None:
    kept, sessions = traced
    await insert_unit(sessions)
    assert kept.spans() == [], "nobody asked for it"
    with span("request", {}, tracer=kept.tracer), pytest.raises(IntegrityError):
        await insert_unit(sessions)
    (inserted,) = of_inserts(kept)
    assert inserted.failed
    assert inserted.about["error.type"]
    assert SECRET not in repr(kept.spans())


async def test_what_goes_on_after_its_request_is_told_nobody(traced: tuple[Kept, Sessions]) -> None:
    kept, sessions = traced
    here = kept.tracer.start_span("request")
    here.end()
    async with sessions() as session:
        with trace.use_span(here):
            await session.execute(text("SELECT 1"))
    assert [one.name for one in kept.spans()] == ["request"]
