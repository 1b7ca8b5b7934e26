"""The watch finds what is stuck, tells the machine from a disagreement, and mends both directions of a lost record once."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, text, update
from temporalio.client import WorkflowHandle, WorkflowUpdateFailedError
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.exceptions import ApplicationError

from activities.watch import WatchActivities
from adapters.database import chain, reads
from adapters.database.columns import table_of
from adapters.database.documents import CASE
from adapters.database.tables import process, watch
from adapters.database.troubles import SqlWatched
from appraisal.access import Actor
from appraisal.vocabulary import Step
from appraisal.watch import Found, Kind, Mended, Repair, Repaired
from runtime.watching import TemporalProcesses, keep_watch
from tests.api.scene import REVIEW, bring
from tests.api.test_appraisal_api import PLAN, launch
from tests.stack import Stack
from workflows.appraisal import AppraisalWorkflow
from workflows.identity import watch_id
from workflows.watch import WatchWorkflow

APPRAISAL, EVENT, TROUBLE = table_of(process.Appraisal), table_of(process.Event), table_of(watch.Trouble)
HR = Actor("hr-1", hr=True)
Watch = WorkflowHandle[Any, Any]


@pytest.fixture
async def watching(stack: Stack) -> AsyncIterator[Watch]:
    """A watch of this installation, asked for twice as two workers do."""
    queue = stack.settings.task_queue
    await keep_watch(stack.client, queue)
    await keep_watch(stack.client, queue)
    handle = stack.client.get_workflow_handle(watch_id(queue))
    yield handle
    await look(handle)  # none is under way then, and the worker stops at once
    await handle.terminate()


async def look(watching: Watch) -> Found:
    return await watching.execute_update(WatchWorkflow.look)


async def mend(watching: Watch, case: str, command: str = "mend/1") -> Mended:
    repaired: Repaired = await watching.execute_update(WatchWorkflow.mend, Repair((case,), HR, command))
    ((mended, what),) = repaired.done
    assert mended == case
    return what


async def troubles(stack: Stack) -> dict[tuple[str, str], Any]:
    async with stack.sessions() as session:
        return {(row.subject, row.kind): row for row in await session.execute(select(TROUBLE))}


async def record(stack: Stack, case: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    async with stack.sessions() as session:
        row = (await session.execute(select(APPRAISAL).where(APPRAISAL.c.id == case))).mappings().one()
        return dict(row), list(await reads.events(session, case))


async def check_whole(stack: Stack, case: str) -> None:
    """The chain holds, without gaps, and process and record agree."""
    row, events = await record(stack, case)
    async with stack.sessions() as session:
        assert await chain.broken(session, case) is None
    assert [event["revision"] for event in events] == list(range(row["revision"] + 1))
    state = await stack.client.get_workflow_handle(case).query(AppraisalWorkflow.case)
    assert CASE.dump_python(state, mode="json") == row["document"]


async def once(stack: Stack, case: str, revision: int) -> None:
    """Until this revision is on record."""
    async with asyncio.timeout(20):
        while (await record(stack, case))[0]["revision"] < revision:
            await asyncio.sleep(0.1)


async def test_where_all_is_well_nothing_is_found_and_nothing_mended(stack: Stack, watching: Watch) -> None:
    case = f"appraisal/{await launch(stack, people=['ani'])}/ani"
    found = await look(watching)
    assert (found.rows, found.machine, found.disagree) == (1, 0, 0)
    assert found.running >= 3, "cycle, case, groups; the watch itself is not counted"
    before = await record(stack, case)
    assert await mend(watching, case) is Mended.NOTHING
    assert await record(stack, case) == before
    assert await troubles(stack) == {}


async def test_a_row_without_process_goes_on_from_the_record(stack: Stack, watching: Watch) -> None:
    cycle = await launch(stack, people=["ani"])
    case = f"appraisal/{cycle}/ani"
    await bring(stack, cycle, Step.APPROVAL)
    await stack.client.get_workflow_handle(case).terminate()
    assert (await look(watching)).disagree == 1
    assert (await troubles(stack))[(case, Kind.NO_PROCESS)].resolved_at is None
    answers = await asyncio.gather(*(mend(watching, case, f"mend/{n}") for n in range(3)))
    assert sorted(answers) == [Mended.NOTHING, Mended.NOTHING, Mended.RESTARTED]
    await once(stack, case, 2)
    _, events = await record(stack, case)
    assert [(event["kind"], event["actor"]) for event in events[2:]] == [("restarted", HR.id)]
    row = (await troubles(stack))[(case, Kind.NO_PROCESS)]
    assert (row.repair, row.repaired_by, row.resolved_at is not None) == (Mended.RESTARTED, HR.id, True)
    assert (await look(watching)).disagree == 0
    await check_whole(stack, case)
    budi = await stack.visitor("budi")
    answer = await budi.post(f"/api/v1/appraisals/{cycle}/ani/approval", json={"decision": "approve"})
    assert answer.status_code == 200, answer.text
    await check_whole(stack, case)


async def test_a_record_restored_from_an_older_backup_is_filled_from_the_process(stack: Stack, watching: Watch) -> None:
    cycle = await launch(stack, people=["ani"])
    case = f"appraisal/{cycle}/ani"
    row, _ = await record(stack, case)
    await bring(stack, cycle, Step.REVIEW)
    async with stack.sessions.begin() as session:
        await session.execute(delete(EVENT).where(EVENT.c.subject == case, EVENT.c.revision > 0))
        await session.execute(update(APPRAISAL).where(APPRAISAL.c.id == case).values(**row))
    assert (await look(watching)).disagree == 1
    found = (await troubles(stack))[(case, Kind.OTHER_REVISION)]
    assert found.detail == "process 3, record 0"
    assert await mend(watching, case) is Mended.RECOVERED
    assert await mend(watching, case, "mend/2") is Mended.NOTHING
    _, events = await record(stack, case)
    assert [event["kind"] for event in events] == ["opened", "recovered", "recovered", "recovered"]
    assert ["step", "targets", "review"] in events[-1]["changes"]
    assert {event["actor"] for event in events[1:]} == {HR.id}
    await check_whole(stack, case)
    assert (await look(watching)).disagree == 0
    await bring_on(stack, cycle)
    await check_whole(stack, case)


async def bring_on(stack: Stack, cycle: str) -> None:
    """The supervisor does what comes next."""
    budi = await stack.visitor("budi")
    answer = await budi.post(f"/api/v1/appraisals/{cycle}/ani/review", json=REVIEW)
    assert answer.status_code == 200, answer.text


async def test_a_process_restored_from_an_older_backup_is_replaced_by_the_record(stack: Stack, watching: Watch) -> None:
    cycle = await launch(stack, people=["ani"])
    case = f"appraisal/{cycle}/ani"
    older, _ = await record(stack, case)
    await bring(stack, cycle, Step.REVIEW)
    await stack.client.start_workflow(
        AppraisalWorkflow.run,
        CASE.validate_python(older["document"]),
        id=case,
        task_queue=stack.settings.task_queue,
        id_conflict_policy=WorkflowIDConflictPolicy.TERMINATE_EXISTING,
    )
    assert (await look(watching)).disagree == 1
    assert (await troubles(stack))[(case, Kind.OTHER_REVISION)].detail == "process 0, record 3"
    assert await mend(watching, case) is Mended.RESTARTED
    await once(stack, case, 4)
    _, events = await record(stack, case)
    assert [event["kind"] for event in events][3:] == ["submit_self_assessment", "restarted"]
    await check_whole(stack, case)
    await bring_on(stack, cycle)
    await check_whole(stack, case)


async def test_a_process_without_record_is_written_down(stack: Stack, watching: Watch) -> None:
    cycle = await launch(stack, people=["ani"])
    case = f"appraisal/{cycle}/ani"
    await bring(stack, cycle, Step.APPROVAL)
    async with stack.sessions.begin() as session:
        await session.execute(delete(EVENT).where(EVENT.c.subject == case))
        await session.execute(delete(APPRAISAL).where(APPRAISAL.c.id == case))
    assert (await look(watching)).disagree == 0, "a process this young may not have stored its state yet"
    processes = TemporalProcesses(stack.client, stack.settings.task_queue)
    later = WatchActivities(processes, SqlWatched(stack.sessions), lambda: datetime.now(UTC) + timedelta(minutes=2))
    assert (await later.compare("", None)).disagree == 1
    assert (await troubles(stack))[(case, Kind.NO_RECORD)].resolved_at is None
    assert await mend(watching, case) is Mended.RECOVERED
    await check_whole(stack, case)


async def test_failing_machines_are_told_with_their_error(stack: Stack, watching: Watch) -> None:
    """One process cannot even read its state; the other cannot store what was decided. Both heal, and are no trouble then."""
    cycle = await launch(stack, people=["ani"])
    case, unreadable = f"appraisal/{cycle}/ani", f"appraisal/{cycle}/nobody"
    await refuse_events_of(stack, case)
    ani = await stack.visitor("ani")
    answer = await ani.post(f"/api/v1/appraisals/{cycle}/ani/targets", json=PLAN)
    assert answer.status_code == 202, answer.text
    await stack.client.start_workflow(
        "AppraisalWorkflow", {"id": "no case"}, id=unreadable, task_queue=stack.settings.task_queue
    )
    async with asyncio.timeout(90):
        while (await look(watching)).machine < 2:
            await asyncio.sleep(1)
    found = await troubles(stack)
    storing, reading = found[(case, Kind.ACTIVITY_FAILS)], found[(unreadable, Kind.TASK_FAILS)]
    assert storing.attempts >= 3
    assert "store_case" in storing.detail
    assert "refused_by_test" in storing.detail
    assert reading.attempts >= 3
    assert "Failed decoding arguments" in reading.detail
    assert (case, Kind.OTHER_REVISION) not in found, "what is being stored is no disagreement"
    await stack.client.get_workflow_handle(unreadable).terminate()
    await accept_events_of(stack)
    await once(stack, case, 1)
    found_now = await look(watching)
    assert (found_now.machine, found_now.disagree) == (0, 0)
    assert all(row.resolved_at for row in (await troubles(stack)).values())


async def refuse_events_of(stack: Stack, subject: str) -> None:
    """The database takes no event of this case."""
    async with stack.sessions.begin() as session:
        if session.get_bind().dialect.name == "sqlite":
            rule = f"WHEN NEW.subject = '{subject}' BEGIN SELECT RAISE(ABORT, 'refused_by_test'); END"
            await session.execute(text(f"CREATE TRIGGER refusing BEFORE INSERT ON event {rule}"))
        else:
            check = f"CHECK (subject <> '{subject}') NOT VALID"
            await session.execute(text(f"ALTER TABLE event ADD CONSTRAINT refused_by_test {check}"))


async def accept_events_of(stack: Stack) -> None:
    async with stack.sessions.begin() as session:
        lite = session.get_bind().dialect.name == "sqlite"
        await session.execute(
            text("DROP TRIGGER refusing" if lite else "ALTER TABLE event DROP CONSTRAINT refused_by_test")
        )


async def test_only_officers_have_cases_mended(stack: Stack, watching: Watch) -> None:
    case = f"appraisal/{await launch(stack, people=['ani'])}/ani"
    await stack.client.get_workflow_handle(case).terminate()
    before = await record(stack, case)
    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await watching.execute_update(WatchWorkflow.mend, Repair((case,), Actor("budi"), "mend/1"))
    assert isinstance(refused.value.cause, ApplicationError)
    assert refused.value.cause.type == "NotAllowed"
    assert await record(stack, case) == before
