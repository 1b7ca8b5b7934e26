"""One remedy for many cases, on the real server: once for each, whatever happens to the worker, and refusals by name."""

import asyncio
from collections import Counter
from datetime import UTC, datetime

from temporalio.testing import WorkflowEnvironment

from adapters.database.engine import Sessions
from adapters.database.reads.bulk import bulk
from appraisal.access import Actor
from appraisal.bulk import MOST, BulkOrder, ordered
from appraisal.case import Case
from appraisal.commands import Nudge, Order, TakeOver
from runtime.processes import TemporalCases
from tests.workflows.grouping import DyingCases, agency, replays
from workflows.bulk import BulkWorkflow
from workflows.identity import bulk_id

ELSEWHERE = ("m02", "m07", "m12")
"""Whose targets are not handed in: there is nothing to take over."""
PEOPLE = tuple(f"m{number:02}" for number in range(14))


async def test_a_worker_that_dies_in_the_middle_leaves_the_rest_to_the_next_and_three_refusals_are_named(
    server: WorkflowEnvironment, sessions: Sessions
) -> None:
    here = agency(server.client, sessions)
    order = BulkOrder(
        here.cycle, TakeOver("Penilai sakit."), Actor("olga", hr=True), tuple(here.case_id(one) for one in PEOPLE)
    )
    dying = DyingCases(TemporalCases(server.client, here.queue), lives=11)
    async with here.working(dying):
        await here.start_cases(tuple(one for one in PEOPLE if one not in ELSEWHERE), 1)
        await here.start_cases(ELSEWHERE, 0)
        handle = await server.client.start_workflow(
            BulkWorkflow.run, ordered(order, datetime.now(UTC)), id=bulk_id(order.id), task_queue=here.queue
        )
        await dying.dying.wait()
    async with here.working():
        async with asyncio.timeout(30):
            done = await handle.result()
        assert done.taken == len(PEOPLE) - len(ELSEWHERE)
        assert sorted(done.refused) == [(here.case_id(one), "WrongStep") for one in ELSEWHERE]
        for one in PEOPLE:
            assert (await here.kinds(here.case_id(one))).count("take_over") == (one not in ELSEWHERE)
    assert await here.kinds(handle.id) == ["bulk_ordered", "bulk_finished"]
    async with sessions.begin() as session:
        row = await bulk(session, order.id)
    assert row is not None
    assert (row["done"], row["taken"], row["cases"]) == (True, 11, 14)
    await replays(handle)


class Heard:
    """The port Cases: counts what it hears, and refuses for some cases. Nothing else of a case matters here."""

    def __init__(self, refusing: tuple[str, ...]) -> None:
        self.refusing, self.orders = refusing, Counter[tuple[str, str]]()

    async def start(self, case: Case) -> None:
        raise AssertionError(f"nothing starts here: {case.id}")

    async def perform(self, case_id: str, order: Order, command_id: str) -> str:
        self.orders[case_id, command_id] += 1
        return "OnHold" if case_id in self.refusing else ""


async def test_of_five_thousand_three_refuse_and_are_named_and_the_rest_are_done_once(
    server: WorkflowEnvironment, sessions: Sessions
) -> None:
    here = agency(server.client, sessions)
    cases = tuple(here.case_id(f"{number:032x}") for number in range(MOST))
    refusing = (cases[0], cases[MOST // 2], cases[-1])
    state = ordered(BulkOrder(here.cycle, Nudge("Segera."), Actor("olga", hr=True), cases), datetime.now(UTC))
    heard = Heard(refusing)
    dying = DyingCases(heard, lives=MOST // 3)
    async with here.working(dying):
        handle = await server.client.start_workflow(
            BulkWorkflow.run, state, id=bulk_id(state.order.id), task_queue=here.queue
        )
        await dying.dying.wait()
    async with here.working(heard):
        async with asyncio.timeout(60):
            done = await handle.result()
    assert (done.taken, sorted(done.refused)) == (MOST - 3, sorted((case, "OnHold") for case in refusing))
    assert {case for case, _ in heard.orders} == set(cases)
    assert len(heard.orders) == MOST, "one command id for each case, however often it was carried"
    async with sessions.begin() as session:
        row = await bulk(session, state.order.id)
    assert row is not None
    assert (row["done"], row["taken"], row["cases"], len(row["refused"])) == (True, MOST - 3, MOST, 3)
    await replays(handle)
