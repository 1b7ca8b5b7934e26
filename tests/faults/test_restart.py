"""Everything stops, Temporal included, and starts again on the same folder: cases, timers, sessions and tokens go on."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest

from adapters.database.desk.accounts import SESSION, Accounts
from adapters.database.documents import CASE
from adapters.database.engine import open_engine, open_sessions
from api.security import cookie_name
from console.service import Service, serving
from runtime.settings import Settings
from runtime.temporal import connect
from tests import agency
from tests.faults.evidence import Record, check_processes, check_record, read_record
from tests.faults.people import Town, enter, town, until
from tests.faults.programs import kill, settings_in, until_past

EVERYBODY = [person for person, *_ in agency.PEOPLE if person != "bupati"]
LADDER = ["reminded", "became_due", "escalated"]
HEAD_START = timedelta(seconds=6)
"""From the launch to the beginning of the short cycle, so that all is down before anything rings."""


@pytest.mark.parametrize("end", ["stopped", "killed"])
async def test_what_was_open_goes_on_and_a_deadline_missed_while_down_fires_once(tmp_path: Path, end: str) -> None:
    async with serving(settings_in(tmp_path), print) as service:
        settings = service.settings
        await _settle(settings)
        async with town(settings, service.local_url) as people:
            slow = await people.launch(EVERYBODY, "open")
            await people.do(slow, "ani", "targets", "ani")
            fast = await people.launch(EVERYBODY, "rehearsal", starts_at=_soon().isoformat())
            secrets = await _secrets(people, settings)
        if end == "killed":
            kill(service)
    before = await read_record(settings.database_url)
    await until_past(max(CASE.validate_python(row.document).window.escalate[0].at for row in _of(before, fast)))
    async with serving(settings_in(tmp_path), print) as service:
        await _still_signed_in(service.local_url, secrets)
        hr = await enter(service.local_url, secrets["link"])
        people = Town(service.local_url, hr)
        await until(lambda: _climbed(settings, fast))
        await people.do(slow, "ani", "approval", "budi")
        after = await read_record(settings.database_url)
        check_record(after, people.acknowledged)
        await _agree_with_processes(service, settings)
        for person in (hr, *people.people.values()):
            await person.http.aclose()
    assert not [row.id for row in _of(before, fast) if row.escalated], "nobody was called before the end"
    for row in _of(after, fast):
        assert [kind for kind in after.kinds(row.id) if kind in LADDER] == LADDER
    unchanged = {row.id: (row.next_alarm, row.next_at) for row in _of(before, slow) if row.employee_id != "ani"}
    assert {row.id: (row.next_alarm, row.next_at) for row in _of(after, slow) if row.id in unchanged} == unchanged
    assert after.kinds(f"appraisal/{slow}/ani") == ["opened", "submit_targets", "approve_targets"]


def _soon() -> datetime:
    return datetime.now(UTC) + HEAD_START


def _of(record: Record, cycle: str) -> list[Any]:
    return [row for row in record.cases.values() if row.cycle_id == cycle]


async def _settle(settings: Settings) -> None:
    engine = open_engine(settings.database_url)
    await agency.build(open_sessions(engine, writing=True))
    await engine.dispose()


async def _secrets(people: Town, settings: Settings) -> dict[str, str]:
    """A session and a token that are in use, and a link that was not used yet."""
    ani, engine, now = await people.person("ani"), open_engine(settings.database_url), datetime.now(UTC)
    accounts = Accounts(engine)
    account = await accounts.of_person("ani", now)
    assert account is not None
    session = await accounts.issue(account, SESSION, now)
    link = await accounts.issue(await accounts.officer("hr", now), "link", now)
    await engine.dispose()
    return {"session": session, "token": ani.http.headers["authorization"], "link": link}


async def _still_signed_in(url: str, secrets: dict[str, str]) -> None:
    for headers in (
        {"authorization": secrets["token"]},
        {"cookie": f"{cookie_name(False)}={secrets['session']}"},
    ):
        async with httpx2.AsyncClient(base_url=url, headers=headers) as http:
            assert (await http.get("/api/v1/me")).json()["id"] == "ani"


async def _climbed(settings: Settings, cycle: str) -> bool:
    record = await read_record(settings.database_url)
    return all("escalated" in record.kinds(row.id) for row in _of(record, cycle))


async def _agree_with_processes(service: Service, settings: Settings) -> None:
    """The clock goes on meanwhile, hence a second and third look."""
    client = await connect(service.settings)
    for attempt in range(5):
        try:
            await check_processes(client, await read_record(settings.database_url))
        except AssertionError:
            if attempt == 4:
                raise
            await asyncio.sleep(0.5)
        else:
            return
