"""What must hold of the record whatever happened: nothing lost, nothing twice, one truth in process and database."""

import asyncio
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from temporalio.client import Client, WorkflowExecutionStatus

from adapters.database.columns import table_of
from adapters.database.documents import CASE
from adapters.database.engine import open_engine, open_sessions
from adapters.database.reads.verification import Verification
from adapters.database.tables import process
from tests.faults.people import PATIENCE, Acknowledged
from workflows.appraisal import AppraisalWorkflow

EVENT, APPRAISAL = table_of(process.Event), table_of(process.Appraisal)


@dataclass(frozen=True)
class Record:
    """The database as it stands: cases by id, events by subject in order, and what is wrong with the chains."""

    cases: dict[str, Any]
    events: dict[str, list[Any]]
    broken: tuple[str, ...]

    def kinds(self, subject: str) -> list[str]:
        return [event.kind for event in self.events[subject]]


async def read_record(database_url: str) -> Record:
    """Everything, at one moment."""
    engine = open_engine(database_url)
    events: dict[str, list[Any]] = defaultdict(list)
    async with open_sessions(engine)() as session:
        for event in await session.execute(select(EVENT).order_by(EVENT.c.subject, EVENT.c.revision)):
            events[event.subject].append(event)
        cases = {row.id: row for row in await session.execute(select(APPRAISAL))}
        broken = [f"{one.subject} {one.flaw} {one.revision}" async for one in Verification(session).findings()]
    await engine.dispose()
    return Record(cases, dict(events), tuple(broken))


def check_record(record: Record, acknowledged: list[Acknowledged]) -> None:
    """Whole chains without gaps, and each acknowledged command exactly once where the receipt said."""
    assert record.broken == ()
    for subject, events in record.events.items():
        assert [event.revision for event in events] == list(range(len(events))), subject
        twice = [command for command, times in Counter(event.command_id for event in events).items() if times > 1]
        assert twice == [], subject
    for case in record.cases.values():
        assert case.revision == len(record.events[case.id]) - 1, case.id
    for said in acknowledged:
        found = [event for event in record.events[said.subject] if event.command_id == said.command_id]
        assert [(event.kind, event.revision) for event in found] == [(said.kind, said.revision)], said


def check_nobody_acted_unasked(record: Record, acknowledged: list[Acknowledged]) -> None:
    """Every order of a person on record is one that somebody gave and was told of."""
    given = {(said.subject, said.command_id) for said in acknowledged}
    by_people = {said.kind for said in acknowledged}
    for case in record.cases:
        on_record = {(case, event.command_id) for event in record.events[case] if event.kind in by_people}
        assert on_record <= given


async def check_processes(client: Client, record: Record) -> None:
    """One execution per case, open if and only if the case is, with the state that the database has.

    A process ends, and the list of processes hears of it, a moment after the record of its case is closed.
    """
    ended, runs = WorkflowExecutionStatus.COMPLETED, WorkflowExecutionStatus.RUNNING
    expected = {row.id: [ended if row.step == "closed" else runs] for row in record.cases.values()}
    found, end = await _executions(client), time.monotonic() + PATIENCE
    while found != expected and time.monotonic() < end:
        await asyncio.sleep(0.2)
        found = await _executions(client)
    assert found == expected
    for row in record.cases.values():
        case = await client.get_workflow_handle(row.id).query(AppraisalWorkflow.case)
        assert case.revision == row.revision, row.id
        assert CASE.dump_python(case, mode="json") == row.document, row.id


async def _executions(client: Client) -> dict[str, list[WorkflowExecutionStatus | None]]:
    found: dict[str, list[WorkflowExecutionStatus | None]] = defaultdict(list)
    async for execution in client.list_workflows("WorkflowType = 'AppraisalWorkflow'"):
        found[execution.id].append(execution.status)
    return found
