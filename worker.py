"""The worker process: everything that the processes do to the world is put together here."""

import asyncio
import signal
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from temporalio.client import Client
from temporalio.worker import Worker

from activities.cycle import CycleActivities
from activities.organisation import OrganisationActivities
from activities.records import RecordActivities
from adapters.calendar import HolidayCalendar
from adapters.database.engine import Sessions, open_engine, open_sessions
from adapters.database.participants import SqlParticipants
from adapters.database.writes import SqlRecords
from runtime.processes import TemporalCases
from runtime.settings import Settings, load_settings
from runtime.temporal import connect
from workflows.appraisal import AppraisalWorkflow
from workflows.cycle import CycleWorkflow

GRACE = timedelta(seconds=10)
"""What is running when the worker is asked to stop may finish within this time."""


def compose(client: Client, sessions: Sessions, settings: Settings) -> Worker:
    """A worker that knows every process and every side effect."""

    def today() -> date:
        return datetime.now(UTC).astimezone(ZoneInfo(settings.zone)).date()

    cases = TemporalCases(client, settings.task_queue)
    participants = SqlParticipants(sessions, today)
    records = RecordActivities(SqlRecords(sessions))
    cycles = CycleActivities(HolidayCalendar(), participants, cases, cases)
    organisation = OrganisationActivities(participants, cases)
    return Worker(
        client,
        task_queue=settings.task_queue,
        workflows=[AppraisalWorkflow, CycleWorkflow],
        activities=[
            records.store_case,
            records.store_cycle,
            cycles.timetable,
            cycles.enrol,
            cycles.start_groups,
            cycles.start_cases,
            cycles.open_cases,
            organisation.follow,
        ],
        graceful_shutdown_timeout=GRACE,
    )


async def main() -> None:
    settings = load_settings()
    engine = open_engine(settings.database_url)
    address = settings.temporal_address or f"127.0.0.1:{settings.temporal_port}"
    client = await connect(address, settings.temporal_namespace)
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with compose(client, open_sessions(engine, writing=True), settings):
        await stop.wait()
    await engine.dispose()


if __name__ == "__main__":
    asyncio.run(main())
