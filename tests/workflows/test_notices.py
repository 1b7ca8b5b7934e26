"""The process that sends notices, on the real Temporal server and a real mail server: nothing twice, nothing lost."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

import pytest
from temporalio.client import Client, WorkflowExecutionStatus, WorkflowHandle
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from activities.notices import NoticeActivities
from adapters.database.engine import Sessions
from adapters.database.writes.deliveries import SqlDeliveries
from adapters.mail import Server, SmtpMail
from adapters.webhooks import Webhooks
from api.letters import Letters
from appraisal.delivery import Hours
from appraisal.policy.almanac import Almanac
from appraisal.policy.dates import Schedule
from appraisal.sending import Letter
from runtime.processes import keep_notices_going
from tests import agency
from tests.adapters.rounds import rows, tell
from tests.keys import sealer
from tests.post import Postbox, mail_server
from workflows import identity, notices
from workflows.notices import NoticesWorkflow

ALWAYS = Hours("Asia/Jakarta", time(0), time.max, time(0), week=7)
SOON = timedelta(milliseconds=300)


class EveryDay:
    """Implements activities.ports.Calendars: no day is off, for tests run on Sundays and on holidays too."""

    async def almanac(self, years: tuple[int, ...]) -> Almanac:
        return Almanac(0, (), ())

    async def schedules(self) -> dict[str, Schedule]:
        return {}


def now() -> datetime:
    return datetime.now(UTC)


class Dying(SmtpMail):
    """A worker that is gone before the first letter: what was planned has been stored, nothing was sent."""

    died = asyncio.Event()

    async def send(self, things: tuple[Letter, ...]):  # type: ignore[no-untyped-def]
        Dying.died.set()
        await asyncio.Event().wait()
        yield


@asynccontextmanager
async def working(
    client: Client, sessions: Sessions, queue: str, port: int, kind: type[SmtpMail] = SmtpMail
) -> AsyncIterator[None]:
    write = Letters("https://kinerja.contoh.example", "Asia/Jakarta").write
    mail = kind(Server("127.0.0.1", port, "none", "jenjang@contoh.example"), "contoh.example", write, now)
    doing = NoticeActivities(SqlDeliveries(sessions, True, sealer), mail, Webhooks(now), EveryDay(), ALWAYS)
    async with Worker(
        client,
        task_queue=queue,
        workflows=[NoticesWorkflow],
        activities=[doing.plan_deliveries, doing.send_mails, doing.send_events],
        # The sandbox imports the constants anew and would rest for a minute.
        workflow_runner=UnsandboxedWorkflowRunner(),
    ):
        yield


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notices, "URGENT_CHECK", SOON)


@pytest.fixture
async def queue(server: WorkflowEnvironment, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[str]:
    """A queue with the process started on it as every worker does it, under an id of this test."""
    name = f"notices-{uuid4().hex[:8]}"
    monkeypatch.setattr("runtime.processes.NOTICES", name)
    yield name
    await handle_of(server, name).terminate()


def handle_of(server: WorkflowEnvironment, name: str) -> WorkflowHandle[NoticesWorkflow, None]:
    return server.client.get_workflow_handle_for(NoticesWorkflow.run, name)


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(30):
        while not await true():
            await asyncio.sleep(0.05)


async def until_arrived(box: Postbox, count: int) -> None:
    async with asyncio.timeout(30):
        while len(box.letters) < count:
            await asyncio.sleep(0.05)


async def say(sessions: Sessions, *people: str) -> None:
    for number, person in enumerate(people):
        await tell(sessions, person, "news", 3, now() - timedelta(days=2), 100 * (number + 1))


def arrived(box: Postbox) -> list[str]:
    return sorted(letter["To"].partition("@")[0] for letter in box.letters)


async def test_every_worker_starts_it_and_there_is_one(server: WorkflowEnvironment, queue: str) -> None:
    for _ in range(3):
        await keep_notices_going(server.client, queue)
    first = (await handle_of(server, queue).describe()).run_id
    await handle_of(server, queue).terminate()
    await keep_notices_going(server.client, queue)
    again = await handle_of(server, queue).describe()
    assert again.status is WorkflowExecutionStatus.RUNNING
    assert again.run_id != first


def test_its_id_is_the_one_that_people_search_for() -> None:
    assert identity.NOTICES == "notices"


async def test_a_dead_mail_server_delays_and_then_everything_goes_out_once(
    server: WorkflowEnvironment, sessions: Sessions, queue: str
) -> None:
    await agency.build(sessions)
    await say(sessions, "ani", "budi")
    async with mail_server() as gone:
        port = gone.port

    async def tried_twice() -> bool:
        tries: int = sum(row["attempts"] for row in await rows(sessions))
        return tries >= 2

    async with working(server.client, sessions, queue, port):
        await keep_notices_going(server.client, queue)
        await until(tried_twice)
        await say_urgent(sessions)
        async with mail_server(port) as back:
            await until_arrived(back, 3)
            await asyncio.sleep(3 * SOON.total_seconds())
            assert arrived(back) == ["ani", "budi", "gita"]
    assert {row["try_at"] for row in await rows(sessions)} == {None}
    assert len({letter["Message-ID"] for letter in back.letters}) == 3


async def say_urgent(sessions: Sessions) -> None:
    await tell(sessions, "gita", "calibration_due", at=now(), first=500)


async def test_a_worker_killed_between_planning_and_sending_costs_nobody_a_mail(
    server: WorkflowEnvironment, sessions: Sessions, queue: str
) -> None:
    await agency.build(sessions)
    await say(sessions, "ani", "budi")
    Dying.died = asyncio.Event()
    async with mail_server() as box:
        async with working(server.client, sessions, queue, box.port, Dying):
            await keep_notices_going(server.client, queue)
            await asyncio.wait_for(Dying.died.wait(), 30)
        planned = {row["id"] for row in await rows(sessions)}
        assert (len(planned), box.letters) == (2, [])
        async with working(server.client, sessions, queue, box.port):
            await until_arrived(box, 2)
            await asyncio.sleep(3 * SOON.total_seconds())
        assert arrived(box) == ["ani", "budi"]
    assert {letter["Message-ID"].strip("<").partition("@")[0] for letter in box.letters} == planned
    assert {row["id"] for row in await rows(sessions)} == planned


async def test_it_goes_on_in_a_new_run_when_its_history_grows_long(
    server: WorkflowEnvironment, sessions: Sessions, queue: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await agency.build(sessions)
    async with mail_server() as box, working(server.client, sessions, queue, box.port):
        await keep_notices_going(server.client, queue)
        first = (await handle_of(server, queue).describe()).run_id
        monkeypatch.setattr("temporalio.workflow.Info.is_continue_as_new_suggested", lambda _: True)

        async def renewed() -> bool:
            return (await handle_of(server, queue).describe()).run_id != first

        await until(renewed)
        monkeypatch.undo()
        monkeypatch.setattr(notices, "URGENT_CHECK", SOON)
        await say(sessions, "ani")
        await until_arrived(box, 1)
