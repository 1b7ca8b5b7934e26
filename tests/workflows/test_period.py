"""What the evaluation of a period costs on the real server: one that nobody touches, and one that is worked on."""

import uuid
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Replayer, Worker

from activities.records import RecordActivities
from adapters.database.columns import table_of
from adapters.database.engine import Sessions
from adapters.database.tables import process
from adapters.database.writes.evaluations import SqlEvaluations
from adapters.database.writes.records import SqlRecords
from appraisal.access import Actor
from appraisal.periods.evaluation import Evaluation, PeriodOrder, PlanActions, RatePeriod, begun
from appraisal.periods.periods import Evidence, PeriodDates
from tests import builders
from tests.keys import PLUGIN
from tests.rules.test_evaluation import ACTIONS, REPORT
from tests.workflows.test_appraisal import kinds
from workflows.period import PeriodWorkflow

UNTOUCHED, RATED = 29, 35
"""History events at most: five to begin, six for each of four alarms; a busy machine splits what people order into more tasks.

10,000 employees times four quarters that nobody touches are 1.2 million events in a year.
"""
NOTICE = table_of(process.Notice)


def new_evaluation(number: int, each: timedelta) -> Evaluation:
    now = datetime.now(UTC)
    instants = tuple(now + timedelta(seconds=1) + each * step for step in range(1, 6))
    dates = PeriodDates(number, now, instants[0], now.date(), *instants[1:])
    evaluation_id = f"period/{uuid.uuid4().hex[:6]}/ani/{number}"
    return begun(evaluation_id, "c1", builders.parties(), dates, Evidence.REQUIRED, now)


async def test_a_period_that_nobody_touches_costs_little_and_one_that_is_rated_not_much_more(
    server: WorkflowEnvironment, sessions: Sessions
) -> None:
    queue = str(uuid.uuid4())
    record = RecordActivities(SqlRecords(sessions))
    untouched, worked_on = new_evaluation(1, timedelta(milliseconds=400)), new_evaluation(2, timedelta(hours=1))
    assert await SqlEvaluations(sessions).begin((untouched, worked_on)) == ()
    async with Worker(
        server.client, task_queue=queue, workflows=[PeriodWorkflow], activities=[record.store_evaluation]
    ):
        first, second = [
            await server.client.start_workflow(PeriodWorkflow.run, one.stored(0), id=one.id, task_queue=queue)
            for one in (untouched, worked_on)
        ]
        orders = (
            (PlanActions(builders.plan(), ACTIONS), "ani"),
            (REPORT, "ani"),
            (RatePeriod(None, builders.review()), "budi"),
        )
        for command, who in orders:
            receipt = await second.execute_update(PeriodWorkflow.perform, PeriodOrder(command, Actor(who)))
            assert len(await kinds(sessions, worked_on.id)) == receipt.revision + 1
        await second.result()
        await first.result()
    assert await kinds(sessions, untouched.id) == ["period_opened", "reminded", "lapsed", "reminded", "lapsed"]
    async with sessions.begin() as session:
        told = await session.execute(select(NOTICE.c.recipient, NOTICE.c.kind).where(NOTICE.c.subject == untouched.id))
        assert sorted(tuple(row) for row in told) == [
            ("ani", "period_opened"),
            ("ani", "period_reminded"),
            ("budi", "period_reminded"),
            ("budi", "period_to_rate"),
        ]
    for handle, most in ((first, UNTOUCHED), (second, RATED)):
        assert (await handle.describe()).history_length <= most
        history = await handle.fetch_history()
        await Replayer(workflows=[PeriodWorkflow], plugins=[PLUGIN]).replay_workflow(history)
    assert await SqlEvaluations(sessions).begin((worked_on,)) == (worked_on.id,), "it is not begun anew"
