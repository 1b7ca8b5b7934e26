"""A cycle's process is lost in the middle of its launch, and again while it runs: it goes on, and nothing happens twice."""

import asyncio
import os
import re
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import activities.cycle
from adapters import policy_files
from adapters.database.reads import case_rows
from appraisal.case import Case
from runtime.processes import TemporalCases
from tests.agency import PEOPLE
from tests.stack import Stack

EVERYBODY = sorted(who for who, _, employment, *_ in PEOPLE if employment != "PEJABAT_NEGARA")
BEGUN = 3
"""So many cases have been started when the cycle is lost."""


class Gate:
    """Lets some cases start, then none until it is opened; counts whoever asks."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun, self.reached, self.opened = list[str](), asyncio.Event(), asyncio.Event()
        really = TemporalCases.start

        async def start(cases: TemporalCases, case: Case) -> None:
            if len(self.begun) >= BEGUN and not self.opened.is_set():
                self.reached.set()
                await self.opened.wait()
            self.begun.append(case.parties.employee)
            await really(cases, case)

        monkeypatch.setattr(TemporalCases, "start", start)
        monkeypatch.setattr(activities.cycle, "PAGE", 1)


async def test_a_cycle_that_is_lost_twice_starts_each_case_once_and_closes(
    stack: Stack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, hr, began = Gate(monkeypatch), await stack.visitor(officer="hr"), datetime.now(UTC)
    body = {"year": 2026, "name": "Tahun 2026", "policy": "open", "starts_at": began.isoformat()}
    cycle = (await hr.post("/api/v1/cycles", json=body)).json()["id"]
    process = stack.client.get_workflow_handle(f"cycle/{cycle}")
    async with asyncio.timeout(30):
        await gate.reached.wait()
    await process.terminate()
    assert (await hr.post("/api/v1/board/look")).json()["disagree"] == 2, "the cycle, and the case that it was to start"
    mended = await hr.post("/api/v1/board/repairs", json={"cases": [process.id]})
    assert mended.json() == {"done": [[process.id, "restarted"]]}
    gate.opened.set()  # what the lost process had begun goes on beside the new one
    await until(lambda: phase(stack, cycle, "running"))

    await process.terminate()
    assert f"{process.id}: restarted" in await reconciled(stack)
    seconds = (datetime.now(UTC) - began).total_seconds()
    folder = tmp_path / "policies"
    folder.mkdir()
    (folder / "over.toml").write_text(closing_after(int(seconds) + 3))
    monkeypatch.setattr(policy_files, "POLICIES", folder)
    order = {"policy": "over", "reason": "Ditutup lebih awal."}
    answer = await hr.post(f"/api/v1/cycles/{cycle}/dates", json=order)
    assert answer.status_code == 202, answer.text
    await until(lambda: phase(stack, cycle, "closed"))

    async with stack.sessions() as session:
        kinds = [event["kind"] for event in await case_rows.events(session, process.id)]
        opened = [[e["kind"] for e in await case_rows.events(session, f"appraisal/{cycle}/{who}")] for who in EVERYBODY]
    again = ["restarted", "all_cases_started", "restarted"]
    assert kinds == ["launched", "planned", *again, "rescheduled", "dates_told", "cycle_closed"]
    assert [one.count("opened") for one in opened] == [1] * len(EVERYBODY)
    assert [one.count("reschedule") for one in opened] == [1] * len(EVERYBODY)
    assert set(gate.begun) == set(EVERYBODY)
    assert len(gate.begun) > len(EVERYBODY), "the launch was begun anew"
    for kind, names in (("appraisal", EVERYBODY), ("calibration", ["dinkes", "dinsos", "kabupaten"])):
        for name in names:
            assert await runs(stack, f"{kind}/{cycle}/{name}") == 1
    assert (await hr.get(f"/api/v1/cycles/{cycle}")).json()["started"] == len(EVERYBODY)


def closing_after(seconds: int) -> str:
    """The policy 'open', but that everything is due and over after so many seconds, and that nobody is reminded."""
    text = (policy_files.POLICIES / "open.toml").read_text().partition("[objection]")[0]
    text = re.sub(r"^(remind|escalate) = .*$", r"\1 = []", text, flags=re.MULTILINE)
    text = re.sub(r"^(due|end|closes) = .*$", rf'\1 = "PT{seconds}S"', text, flags=re.MULTILINE)
    return text.replace('grace = "P3D"', 'grace = "PT1S"').replace('name = "open"', 'name = "over"')


async def phase(stack: Stack, cycle: str, wanted: str) -> bool:
    hr = await stack.visitor(officer="hr")
    return bool((await hr.get(f"/api/v1/cycles/{cycle}")).json()["phase"] == wanted)


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(60):
        while not await holds():
            await asyncio.sleep(0.1)


async def runs(stack: Stack, process: str) -> int:
    """How often a process of this id has been started."""
    found: list[Any] = [one async for one in stack.client.list_workflows(f"WorkflowId = '{process}'")]
    return len(found)


async def reconciled(stack: Stack) -> str:
    """What `jenjang reconcile --apply` says."""
    program = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "console.main", "reconcile", "--apply"),
        env={**os.environ, **stack.settings.environment()},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    out, _ = await program.communicate()
    assert program.returncode == 0, out.decode()
    return out.decode()
