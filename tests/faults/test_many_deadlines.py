"""Five hundred deadlines fall due while nobody is there to ring them: first no worker, then nothing at all."""

import asyncio
import signal
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.database.documents import CASE
from bench.agency import bring_in
from console.service import serving
from runtime.settings import Settings
from runtime.temporal import connect
from tests.faults.evidence import check_processes, check_record, read_record
from tests.faults.people import town, until
from tests.faults.programs import kill, settings_in, until_past

SIZE = UNITS, STAFF = 20, 25
HEAD_START = timedelta(seconds=45)
"""From the launch to the beginning of the cycle, so that every case has started before anything rings."""
LONELY_YEAR = ["opened", "step_opened", "reminded", "became_due", "escalated", "lapsed"]
"""What the clock does to the targets of somebody who never comes."""


@pytest.mark.slow
async def test_each_of_500_deadlines_rings_once_after_an_outage_and_none_is_lost(tmp_path: Path) -> None:
    async with serving(settings_in(tmp_path), print) as service:
        settings = service.settings
        async with town(settings, service.local_url) as people:
            agency = await bring_in(people.hr, service.local_url, SIZE, 0)
            starts_at = datetime.now(UTC) + HEAD_START
            order = {"year": 2026, "name": "Sepi", "policy": "rehearsal", "people": list(agency.staff)}
            cycle = (await people.hr.post("cycles", {**order, "starts_at": starts_at.isoformat()}))["id"]

            async def everybody_has_started() -> bool:
                answer = await people.hr.http.get(f"/api/v1/cycles/{cycle}")
                return answer.is_success and answer.json()["started"] == UNITS * STAFF

            await until(everybody_has_started)
        assert datetime.now(UTC) < starts_at, "the cases started too slowly for this test to show anything"
        before = await read_record(settings.database_url)
        assert Counter(event.kind for case in before.cases for event in before.events[case]) == {
            "opened": UNITS * STAFF
        }
        windows = [CASE.validate_python(row.document).window for row in before.cases.values()]
        for worker in service.workers:
            worker.send(signal.SIGSTOP)
        await until_past(max(window.due for window in windows))
        kill(service)
    await until_past(max(window.escalate[0].at for window in windows))
    async with serving(settings_in(tmp_path), print) as service:
        await until(lambda: _all_closed(settings), 180)
        record = await read_record(settings.database_url)
        check_record(record, [])
        assert {case: record.kinds(case) for case in record.cases} == dict.fromkeys(record.cases, LONELY_YEAR)
        assert len(record.cases) == UNITS * STAFF
        await check_processes(await connect(service.settings), record)


async def _all_closed(settings: Settings) -> bool:
    record = await read_record(settings.database_url)
    await asyncio.sleep(1)
    return all(row.step == "closed" for row in record.cases.values())
