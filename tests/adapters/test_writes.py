"""The record: stored once however often it is stored, chained, and never overwritten by an older state."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from adapters.database import chain
from adapters.database.columns import table_of
from adapters.database.engine import Session, Sessions
from adapters.database.reads import case_rows, entries
from adapters.database.tables import process, watch
from adapters.database.writes.records import SqlRecords
from appraisal.access import Actor
from appraisal.case import Case
from appraisal.clock import ring
from appraisal.commands import Hold, Order
from appraisal.notices import notices
from appraisal.transitions import perform
from appraisal.vocabulary import Alarm, Step
from tests import builders
from tests.builders import START
from tests.forging import ENTRY, unguard

APPRAISAL, EVENT, NOTICE = table_of(process.Appraisal), table_of(process.Event), table_of(process.Notice)
PASSAGE = table_of(watch.Passage)
SUBJECT = "appraisal/c1/ani"


def year() -> list[Case]:
    """The case after each order of a year, with all its events; a reminder, an escalation and a return among them."""
    case = builders.case(SUBJECT)
    states = [case]
    for number, order in enumerate(builders.year()):
        if number == 1:
            case = ring(ring(case, Alarm.REMIND, START), Alarm.ESCALATE, START)
        case = perform(case, order, START, f"c{number}")
        states.append(case)
    return states


async def everything(sessions: Sessions) -> dict[str, list[dict[str, Any]]]:
    """All rows of the tables, but for what the database's writer makes up: ids, and when a row was written."""
    async with sessions() as session:
        found = {}
        tables = ((APPRAISAL, "id"), (ENTRY, "revision"), (NOTICE, "revision"), (PASSAGE, "revision"))
        for table, order in tables:
            columns = [column for column in table.c if column.name != "updated_at"]
            rows = await session.execute(select(*columns).order_by(table.c[order]))
            found[table.name] = [dict(row) for row in rows.mappings()]
        found["notice"].sort(key=lambda row: (row["revision"], row["recipient"]))
        return found


@pytest.fixture
async def stored(sessions: Sessions) -> Sessions:
    """A whole year, stored step by step as the process does."""
    records, known = SqlRecords(sessions), -1
    for case in year():
        await records.store_case(case.stored(known))
        known = case.revision
    return sessions


async def test_storing_again_changes_nothing(stored: Sessions) -> None:
    before = await everything(stored)
    records = SqlRecords(stored)
    for case in (year()[-1], year()[0], year()[3]):
        await records.store_case(case)
    assert await everything(stored) == before
    assert len(before["event"]) == year()[-1].revision + 1


async def test_a_page_of_new_cases_leaves_what_each_would_leave_by_itself_and_again_nothing(sessions: Sessions) -> None:
    records, subjects = SqlRecords(sessions), [f"appraisal/c1/new{number}" for number in range(3)]
    cases = [builders.case(subject) for subject in subjects]
    cases = [replace(case, parties=replace(case.parties, employee=case.id[-4:])) for case in cases]
    for case in cases:
        await records.store_case(case)
    one_by_one = await everything(sessions)
    async with sessions.begin() as session:
        await unguard(session)
        for table in (APPRAISAL, ENTRY, NOTICE):
            await session.execute(delete(table))
    for _ in range(2):
        assert await records.store_new_cases(cases) == ()
    at_once = await everything(sessions)
    for rows in (*one_by_one.values(), *at_once.values()):
        rows.sort(key=lambda row: str(row.get("subject") or row.get("id")))
        for row in rows:
            row.pop("id", None)
    assert at_once == one_by_one
    assert [row["subject"] for row in at_once["event"]] == subjects
    async with sessions() as session:
        assert [await entries.broken(session, subject) for subject in subjects] == [None, None, None]
    held = perform(cases[1], Order(Hold("Banjir."), Actor("olga", hr=True)), START, "olga/k1")
    await records.store_case(held)
    assert await records.store_new_cases(cases) == (held.id,), "it is further on, and not begun anew"


async def test_all_at_once_leaves_the_record_that_step_by_step_leaves(stored: Sessions) -> None:
    """A process that could not reach the database for a while stores everything in one go."""
    slowly = await everything(stored)
    async with stored.begin() as session:
        await unguard(session)
        for table in (APPRAISAL, ENTRY, NOTICE, PASSAGE):
            await session.execute(delete(table))
    await SqlRecords(stored).store_case(year()[-1])
    at_once = await everything(stored)
    assert at_once["event"] == slowly["event"]
    assert at_once["appraisal"] == slowly["appraisal"]
    assert at_once["passage"] == slowly["passage"]
    steps = [row["step"] for row in slowly["passage"]]
    assert steps == [change[1] for row in slowly["event"] for change in row["changes"] if change[0] == "step"][1:]


async def test_cases_stored_at_the_same_time_leave_what_each_leaves_alone_but_one_that_lacks_its_past(
    sessions: Sessions,
) -> None:
    records, late = SqlRecords(sessions), year()[5]
    others = [builders.case(f"appraisal/c1/other{number}") for number in range(5)]
    others = [replace(case, parties=replace(case.parties, employee=case.id[-6:])) for case in others]
    behind = late.stored(year()[4].revision)
    attempts = (*others, behind, others[0], *others)
    answers = await asyncio.gather(*(records.store_case(case) for case in attempts), return_exceptions=True)
    assert [type(answer) for answer in answers if answer] == [chain.RecordIsBehind]
    async with sessions() as session:
        assert await subjects(session) == tuple(sorted(case.id for case in others))
        assert [await entries.broken(session, case.id) for case in others] == [None] * 5
        assert await session.scalar(select(func.count()).select_from(APPRAISAL)) == 5
        assert await session.scalar(select(func.count()).select_from(NOTICE)) == sum(map(len, map(notices, others)))


async def test_an_older_state_never_overwrites_a_newer_one(sessions: Sessions) -> None:
    old, new = year()[2], year()[3]
    records = SqlRecords(sessions)
    await records.store_case(new)
    await records.store_case(old)
    async with sessions() as session:
        row = (await session.execute(select(APPRAISAL.c.step, APPRAISAL.c.revision))).one()
    assert tuple(row) == (new.step, new.revision)


async def test_the_whole_state_comes_back(stored: Sessions) -> None:
    async with stored() as session:
        assert await case_rows.case(session, SUBJECT) == replace(year()[-1], events=())


async def test_the_projection_says_who_since_when_and_what_comes_next(sessions: Sessions) -> None:
    case = year()[1]
    await SqlRecords(sessions).store_case(case)
    async with sessions() as session:
        row = (await session.execute(select(APPRAISAL))).mappings().one()
    assert (row["step"], row["holder_id"], row["since"]) == (Step.APPROVAL, "budi", START)
    assert case.next_alarm is not None
    assert (row["next_at"], row["next_alarm"]) == case.next_alarm
    assert (row["due_at"], row["ends_at"]) == (case.window.due, case.window.end)


async def test_the_chain_of_an_untouched_record_holds(stored: Sessions) -> None:
    async with stored() as session:
        assert await subjects(session) == (SUBJECT,)
        assert await entries.broken(session, SUBJECT) is None
        assert await entries.broken(session, "appraisal/c1/nobody") is None


CHANGES: list[tuple[str, dict[str, Any]]] = [
    ("another actor", {"actor": "eko"}),
    ("another reason", {"reason": "Diubah."}),
    ("another time", {"at": START.replace(hour=2)}),
    ("another kind", {"kind": "return_targets"}),
    ("another change", {"changes": [["step", "", "closed"]]}),
    ("another command", {"command_id": "c99"}),
    ("somebody represented", {"on_behalf_of": "eko"}),
    ("another hash", {"hash": "0" * 64}),
    ("another previous hash", {"previous_hash": "0" * 64}),
]


@pytest.mark.parametrize("values", [change for _, change in CHANGES], ids=[name for name, _ in CHANGES])
async def test_a_changed_row_is_detected_where_it_is(stored: Sessions, values: dict[str, Any]) -> None:
    async with stored.begin() as session:
        await unguard(session)
        await session.execute(update(ENTRY).where(ENTRY.c.revision == 3).values(**values))
    async with stored() as session:
        assert await entries.broken(session, SUBJECT) == 3


@pytest.mark.parametrize("gone", [0, 2])
async def test_a_row_that_was_taken_out_is_detected(stored: Sessions, gone: int) -> None:
    async with stored.begin() as session:
        await unguard(session)
        await session.execute(delete(ENTRY).where(ENTRY.c.revision == gone))
    async with stored() as session:
        assert await entries.broken(session, SUBJECT) == gone


async def test_the_database_itself_refuses_a_second_event_of_one_command_and_a_second_notice(stored: Sessions) -> None:
    async with stored() as session:
        event = dict((await session.execute(select(EVENT).where(EVENT.c.revision == 1))).mappings().one())
        notice = dict((await session.execute(select(NOTICE).limit(1))).mappings().one())
    for table, row in ((ENTRY, event | {"revision": 99}), (ENTRY, event), (NOTICE, notice | {"id": "another"})):
        with pytest.raises(IntegrityError):
            async with stored.begin() as session:
                await session.execute(insert(table).values(**row))


async def test_everybody_who_must_hear_of_it_is_told_once(stored: Sessions) -> None:
    async with stored() as session:
        told = (await session.execute(select(NOTICE.c.kind, NOTICE.c.recipient).order_by(NOTICE.c.revision))).all()
        count = await session.scalar(select(func.count()).select_from(NOTICE))
    assert ("approval_waits", "budi") in [tuple(row) for row in told]
    assert ("closed", "ani") in [tuple(row) for row in told]
    assert count == len(set(told))


async def test_an_attempt_that_the_process_did_not_confirm_gives_way_to_the_one_it_did(sessions: Sessions) -> None:
    """A task that took too long is done again, a moment later: what the process holds is what stands."""
    records, first = SqlRecords(sessions), builders.case()
    await records.store_case(first)
    for minute in (1, 2):
        await records.store_case(perform(first.stored(0), builders.year()[0], START + timedelta(minutes=minute), "c1"))
    async with sessions() as session:
        event = (await session.execute(select(EVENT).where(EVENT.c.revision == 1))).mappings().one()
        row = (await session.execute(select(APPRAISAL))).mappings().one()
        assert await entries.broken(session, first.id) is None
    assert (event["at"], row["since"]) == (START + timedelta(minutes=2),) * 2


async def subjects(session: Session) -> tuple[str, ...]:
    """Every process that has a record."""
    return tuple([chain[0].subject async for chain in entries.chains(session)])
