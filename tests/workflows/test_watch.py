"""The watch finds what is stuck, tells the machine from a disagreement, and mends both directions of a lost record once."""

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, update
from temporalio.client import WorkflowUpdateFailedError
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.exceptions import ApplicationError

from activities.watch import WatchActivities
from adapters.database.documents import CASE
from adapters.database.reads import case_rows
from adapters.database.writes.anchors import SqlAnchors
from adapters.database.writes.troubles import SqlWatched
from appraisal.access import Actor
from appraisal.vocabulary import Step
from appraisal.watch import Kind, Mended, Repair
from runtime.watching import TemporalProcesses
from tests.api.scene import REVIEW, bring, set_unit_result
from tests.api.test_appraisal_api import launch
from tests.forging import ENTRY, unguard
from tests.stack import Stack
from tests.workflows.watching import APPRAISAL, HR, Watch, check_whole, look, mend, once, record, troubles
from workflows.appraisal import AppraisalWorkflow
from workflows.watch import WatchWorkflow


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
        await unguard(session)
        await session.execute(delete(ENTRY).where(ENTRY.c.subject == case, ENTRY.c.revision > 0))
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


async def test_what_is_decided_before_the_repair_waits_for_it_and_is_not_lost(stack: Stack, watching: Watch) -> None:
    """Nothing is ever written over a gap in the record."""
    cycle = await launch(stack, people=["ani"])
    case = f"appraisal/{cycle}/ani"
    row, _ = await record(stack, case)
    await bring(stack, cycle, Step.REVIEW)
    async with stack.sessions.begin() as session:
        await unguard(session)
        await session.execute(delete(ENTRY).where(ENTRY.c.subject == case, ENTRY.c.revision > 0))
        await session.execute(update(APPRAISAL).where(APPRAISAL.c.id == case).values(**row))
    budi = await stack.visitor("budi")
    answer = await budi.post(f"/api/v1/appraisals/{cycle}/ani/review", json=REVIEW)
    assert answer.status_code == 202, answer.text
    assert (await look(watching)).disagree == 1
    assert await mend(watching, case) is Mended.RECOVERED
    await once(stack, case, 4)
    _, events = await record(stack, case)
    assert [event["kind"] for event in events] == ["opened", "recovered", "recovered", "recovered", "submit_review"]
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
        await unguard(session)
        await session.execute(delete(ENTRY).where(ENTRY.c.subject == case))
        await session.execute(delete(APPRAISAL).where(APPRAISAL.c.id == case))
    assert (await look(watching)).disagree == 0, "a process this young may not have stored its state yet"
    processes = TemporalProcesses(stack.client, stack.settings.task_queue)
    anchors = SqlAnchors(stack.sessions, ZoneInfo("Asia/Jakarta"))
    soon = datetime.now(UTC) + timedelta(minutes=2)
    later = WatchActivities(processes, SqlWatched(stack.sessions), anchors, lambda: soon)
    assert (await later.compare("", None)).disagree == 1
    assert (await troubles(stack))[(case, Kind.NO_RECORD)].resolved_at is None
    assert await mend(watching, case) is Mended.RECOVERED
    await check_whole(stack, case)


async def test_a_calibration_and_a_nomination_without_process_go_on_from_the_record(
    stack: Stack, watching: Watch
) -> None:
    cycle = await launch(stack, people=["ani"])
    await bring(stack, cycle, Step.CALIBRATION)
    groups = [f"calibration/{cycle}/dinkes", f"nomination/{cycle}"]
    for group in groups:
        await stack.client.get_workflow_handle(group).terminate()
    assert (await look(watching)).disagree == len(groups)
    assert {subject for subject, kind in await troubles(stack) if kind == Kind.NO_PROCESS} == set(groups)
    for group in groups:
        answers = await asyncio.gather(*(mend(watching, group, f"mend/{n}") for n in range(3)))
        assert sorted(answers) == [Mended.NOTHING, Mended.NOTHING, Mended.RESTARTED]
    assert (await look(watching)).disagree == 0
    async with stack.sessions() as session:
        for group in groups:
            assert [event["kind"] for event in await case_rows.events(session, group)].count("restarted") == 1
    await set_unit_result(stack, cycle)
    dewi = await stack.visitor("dewi")
    answer = await dewi.post(f"/api/v1/calibrations/{cycle}/dinkes/decision", json={"members": ["ani"]})
    assert answer.status_code == 200, answer.text
    await once(stack, f"appraisal/{cycle}/ani", 5)


async def test_only_officers_have_cases_mended(stack: Stack, watching: Watch) -> None:
    case = f"appraisal/{await launch(stack, people=['ani'])}/ani"
    await stack.client.get_workflow_handle(case).terminate()
    before = await record(stack, case)
    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await watching.execute_update(WatchWorkflow.mend, Repair((case,), Actor("budi"), "mend/1"))
    assert isinstance(refused.value.cause, ApplicationError)
    assert refused.value.cause.type == "NotAllowed"
    assert await record(stack, case) == before
