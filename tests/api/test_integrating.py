"""docs/integrating.md, run as it stands there: against a running Jenjang on a port, by programs that know nothing else."""

import asyncio
import json
import os
import re
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlalchemy import select, update
from temporalio.testing import ActivityEnvironment, WorkflowEnvironment

import worker
from adapters.database.reads.calendars import SqlCalendars
from adapters.webhooks import Webhooks
from api.sampled import OPEN
from appraisal.sending import Parcel
from appraisal.vocabulary import Step
from console.events import KINDS
from tests import agency
from tests.api.scene import APPRAISAL, EVENT, bring, refused
from tests.api.test_appraisal_api import launch
from tests.post import Received, receiver
from tests.stack import Stack, running, served

TEXT = (Path(__file__).parents[2] / "docs" / "integrating.md").read_text()
LONG_AGO = datetime.now(UTC) - timedelta(minutes=6)


@dataclass(frozen=True)
class Place:
    """A Jenjang in which ani and eko are late, and a key to it."""

    stack: Stack
    cycle: str
    key: str
    url: str

    async def make_late(self) -> None:
        """Ani since two days, eko since one."""
        async with self.stack.sessions.begin() as session:
            for days, who in ((2, "ani"), (1, "eko")):
                late = update(APPRAISAL).where(APPRAISAL.c.id == f"appraisal/{self.cycle}/{who}")
                await session.execute(late.values(due_at=datetime.now(UTC) - timedelta(days=days)))

    async def reminders(self) -> list[str]:
        """Whose case has the record of a reminder by the programs of the page, once for each."""
        query = select(EVENT.c.subject).where(EVENT.c.command_id.contains("/nudge.")).order_by(EVENT.c.subject)
        async with self.stack.sessions() as session:
            return [subject.rpartition("/")[2] for subject in await session.scalars(query)]

    def environment(self, **more: str) -> dict[str, str]:
        """All that a program is given; one row at a time, so that two are two pages."""
        given = {"JENJANG_URL": self.url, "JENJANG_KEY": self.key, "JENJANG_PAGE": "1"}
        return {"PATH": os.environ["PATH"], **given, **more}


@pytest.fixture(scope="module")
async def place(
    server: WorkflowEnvironment, migrated_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Place]:
    file = tmp_path_factory.mktemp("integrating") / "jenjang.db"
    shutil.copy(migrated_file, file)
    async with running(server.client, f"sqlite+aiosqlite:///{file}", webhooks_private=True) as stack:
        await agency.build(stack.sessions)
        cycle, hr = await launch(stack, people=["ani", "eko"]), await stack.visitor(officer="hr")
        for who in ("ani", "eko"):
            await bring(stack, cycle, Step.APPROVAL, employee=who)
        wanted = {"name": "Pengingat", "scopes": ["read", "act"], "days": 30}
        key = (await hr.post("/api/v1/keys", json=wanted)).json()["secret"]
        async with served(stack.app) as url:
            yield Place(stack, cycle, key, url)


def written(name: str, folder: Path) -> str:
    """The program of this name, as the page has it; the blocks of one program follow each other."""
    blocks = re.findall(rf"^```\w+ {re.escape(name)}\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    (folder / name).write_text("\n\n".join(blocks))
    return str(folder / name)


async def said(*command: str, **environment: str) -> list[str]:
    """The lines of a program that ends well."""
    piped = asyncio.subprocess.PIPE
    program = await asyncio.create_subprocess_exec(*command, env=environment, stdout=piped, stderr=piped)
    async with asyncio.timeout(60):
        out, err = await program.communicate()
    assert (program.returncode, err.decode()) == (0, ""), out.decode()
    return out.decode().splitlines()


async def test_what_is_late_is_found_read_and_reminded_once_a_day(place: Place, tmp_path: Path) -> None:
    days = {_day()}
    await place.make_late()
    lines = await said("sh", written("follow.sh", tmp_path), **place.environment())
    late = [line for line in lines if line.startswith("late: ")]
    assert [line.partition(",")[0] for line in late] == ["late: Ani Contoh", "late: Eko Contoh"]
    assert lines[0].startswith("signed in as ")
    assert any(line.endswith(" opened") for line in lines), "the record"
    first, second, refusal = lines[-3:]
    assert re.fullmatch(r"first: 200, revision [0-9]+", first)
    assert second.removeprefix("second") == first.removeprefix("first")
    assert refusal == "412 stale_revision: look again, and decide anew"
    assert await place.reminders() == ["ani"]

    await place.make_late()
    lines = await said(sys.executable, written("follow.py", tmp_path), **place.environment())
    assert [line.rpartition(": ")[2] for line in lines[1:]] == ["reminded", "reminded"]
    days.add(_day())
    assert await place.reminders() == ["ani"] * len(days) + ["eko"], "the same day and case is the same order"


def _day() -> date:
    """As the programs of the page have it."""
    return datetime.now().astimezone().date()


async def test_a_key_that_may_not_is_told_so_by_its_code(place: Place) -> None:
    async with httpx2.AsyncClient(base_url=place.url, trust_env=False) as http:
        bearer = {"authorization": f"Bearer {place.key}"}
        refused(await http.post("/api/v1/board/look", headers=bearer), 403, "missing_scope")


async def test_answers_that_no_schema_describes_have_the_fields_of_their_example(place: Place) -> None:
    hr, ani = await place.stack.visitor(officer="hr"), await place.stack.visitor("ani")
    wrong = {"file": ("people.csv", b"nama\nAni\n", "text/csv")}
    batch = (await hr.post("/api/v1/imports", files=wrong, data={"kind": "people"})).json()["id"]
    many = {"cases": [f"appraisal/{place.cycle}/ani"], "remedy": {"kind": "nudge"}}
    names = {"cycle": place.cycle, "employee": "ani", "batch": batch}
    names["order"] = (await hr.post("/api/v1/remedies", json=many)).json()["id"]
    for name, shown in OPEN.items():
        visitor, url = ani if name == "GET notices" else hr, f"/api/v1/{name.removeprefix('GET ').format(**names)}"
        async with asyncio.timeout(30):
            while fields(answer := (await visitor.get(url)).json()) != fields(shown):
                assert name.endswith(("{batch}", "{order}")), answer  # which are not there at once
                await asyncio.sleep(0.1)


def fields(answer: Any) -> list[str]:
    """Which it has, or each of its rows."""
    return sorted(answer[0] if isinstance(answer, list) else answer)


@asynccontextmanager
async def listening(folder: Path, secret: str) -> AsyncIterator[tuple[str, asyncio.StreamReader]]:
    """The receiver of the page, with this secret: its address, and what it prints."""
    given = {"PATH": os.environ["PATH"], "JENJANG_SECRET": secret, "PORT": "0", "SEEN": str(folder / "seen.db")}
    arguments = (sys.executable, written("receiver.py", folder))
    null, piped = asyncio.subprocess.DEVNULL, asyncio.subprocess.PIPE
    program = await asyncio.create_subprocess_exec(*arguments, env=given, stdout=piped, stderr=null)
    assert program.stdout
    async with asyncio.timeout(30):
        port = (await program.stdout.readline()).decode().rpartition(" ")[2].strip()
    yield f"http://127.0.0.1:{port}/", program.stdout
    program.kill()
    await program.wait()


async def send(url: str, message: Received) -> int:
    """The status with which the receiver takes this message."""
    told = {name: value for name, value in message.headers.items() if name.startswith("webhook-")}
    async with httpx2.AsyncClient(trust_env=False) as http:
        return (await http.post(url, content=message.body, headers=told)).status_code


async def test_a_receiver_of_the_page_believes_what_jenjang_sends_and_nothing_else(
    place: Place, tmp_path: Path
) -> None:
    hr = await place.stack.visitor(officer="hr")
    case = f"appraisals/{place.cycle}/eko"
    with receiver() as there:
        added = (await hr.post("/api/v1/webhooks", json={"url": there.url})).json()
        assert (await hr.post(f"/api/v1/{case}/remedy", json={"kind": "nudge"})).status_code == 200
        await _round(place)
        (message,) = there.received
        new = (await hr.post(f"/api/v1/webhooks/{added['id']}/secret", json={})).json()["secret"]
        assert (await hr.post(f"/api/v1/webhooks/{added['id']}/test")).json()["error"] == ""
        sent = Webhooks(lambda: LONG_AGO, allow_private=True)
        parcel = Parcel("old", there.url, (added["secret"],), LONG_AGO, ())
        assert [attempt.error async for attempt in sent.send((parcel,))] == [""]
        both, old = there.received[1:]
    async with listening(tmp_path, added["secret"]) as (url, told):
        assert await send(url, message) == 204
        async with asyncio.timeout(30):
            assert (await told.readline()).decode() == f"nudge appraisal/{place.cycle}/eko budi\n"
        assert await send(url, message) == 204, "a replay is no error, and does nothing"
        assert await send(url, replace(message, body=message.body.replace(b"eko", b"ani"))) == 400
        for name, value in (("webhook-id", "another"), ("webhook-timestamp", "1"), ("webhook-signature", "v1,AAAA")):
            assert await send(url, replace(message, headers={**message.headers, name: value})) == 400, name
        assert await send(url, replace(message, headers={})) == 400
        assert await send(url, old) == 400, "signed well, but six minutes ago"
        assert await send(url, both) == 204
    (folder := tmp_path / "new").mkdir()
    async with listening(folder, new) as (url, told):
        assert await send(url, both) == 204
        assert await send(url, message) == 400
    assert {notice["kind"] for notice in json.loads(message.body)["data"]["notices"]} <= set(KINDS)


async def _round(place: Place) -> Any:
    """What the process of notices does in a minute."""
    stack, at = place.stack, datetime.now(UTC)
    doing = worker.notices(stack.sessions, stack.settings, SqlCalendars(stack.sessions, at.date))
    environment = ActivityEnvironment()
    await environment.run(doing.plan_deliveries, at)
    await environment.run(doing.send_events, at)
