"""The record: written once, chained, and true to what the process confirmed."""

from dataclasses import replace

from sqlalchemy import select, update

from adapters.database.columns import table_of
from adapters.database.engine import Sessions
from adapters.database.reads import entries
from adapters.database.tables import process
from adapters.database.writes.records import SqlRecords
from appraisal.case import Case
from appraisal.commands import SubmitTargets
from appraisal.transitions import perform
from tests import builders
from tests.forging import ENTRY, unguard

EVENT, APPRAISAL, NOTICE = table_of(process.Event), table_of(process.Appraisal), table_of(process.Notice)


def submitted(case: Case, command_id: str) -> Case:
    order = builders.order(SubmitTargets(builders.plan()), builders.EMPLOYEE)
    return perform(case, order, builders.START, command_id)


async def commands(sessions: Sessions) -> list[str]:
    async with sessions.begin() as session:
        return list(await session.scalars(select(EVENT.c.command_id).order_by(EVENT.c.revision)))


async def test_storing_the_same_state_twice_leaves_one_trace(sessions: Sessions) -> None:
    records, case = SqlRecords(sessions), submitted(builders.case(), "first")
    await records.store_case(case)
    await records.store_case(case)
    assert await commands(sessions) == ["opened", "first"]
    async with sessions.begin() as session:
        assert len((await session.execute(select(NOTICE))).all()) == 1
        assert await entries.broken(session, case.id) is None


async def test_an_old_state_never_overwrites_a_newer_one(sessions: Sessions) -> None:
    records, old = SqlRecords(sessions), builders.case()
    await records.store_case(submitted(old, "first"))
    await records.store_case(old)
    async with sessions.begin() as session:
        assert await session.scalar(select(APPRAISAL.c.revision)) == 1


async def test_a_changed_event_breaks_the_chain_where_it_was_changed(sessions: Sessions) -> None:
    case = submitted(builders.case(), "first")
    await SqlRecords(sessions).store_case(case)
    async with sessions.begin() as session:
        await unguard(session)
        await session.execute(update(ENTRY).where(ENTRY.c.revision == 0).values(actor="mallory"))
    async with sessions.begin() as session:
        assert await entries.broken(session, case.id) == 0


async def test_what_the_process_never_confirmed_gives_way_to_what_it_did(sessions: Sessions) -> None:
    """A worker died after the write and before its report, and the order never came again."""
    records, case = SqlRecords(sessions), builders.case()
    await records.store_case(case)
    await records.store_case(submitted(case.stored(0), "lost"))
    confirmed = submitted(case.stored(0), "confirmed")
    await records.store_case(replace(confirmed, return_reason="as confirmed"))
    assert await commands(sessions) == ["opened", "confirmed"]
    async with sessions.begin() as session:
        written = select(ENTRY.c.attempt, ENTRY.c.revision, ENTRY.c.command_id).order_by(
            ENTRY.c.attempt, ENTRY.c.revision
        )
        kept = [tuple(row) for row in await session.execute(written)]
    assert kept == [(0, 0, "opened"), (0, 1, "lost"), (1, 1, "confirmed")], "it does not count, and it is not gone"
    async with sessions.begin() as session:
        assert await entries.broken(session, case.id) is None
        document = (await session.execute(select(APPRAISAL.c.document))).scalar_one()
        assert document["return_reason"] == "as confirmed"
