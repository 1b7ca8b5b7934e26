"""Jenjang's side: the same six human steps, through HTTP, in units whose heads calibrate."""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any

from bench.agency import Unit
from demo import forms
from demo.office import Somebody

POLICY = "open"
YEAR = 2027
INDICATOR = {"kind": "unit_indicator", "ref": "none", "name": "Indikator unit"}
LOOK = 0.1
"""Seconds between two looks at what goes on in the background; more often would measure the looking."""


@dataclass(slots=True)
class Driver:
    """Drives cases with so many requests at once; `spent` are the seconds of each human step."""

    hr: Somebody
    concurrency: int
    spent: list[float] = field(default_factory=list)
    room: asyncio.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self.room = asyncio.Semaphore(self.concurrency)

    async def step(self, who: Somebody, path: str, body: Any) -> None:
        """One human step, timed from the request to its answer."""
        before = time.perf_counter()
        await who.post(path, body)
        self.spent.append(time.perf_counter() - before)

    async def year(self, cycle: str, units: tuple[Unit, ...]) -> float:
        """Seconds from the first targets to the last acknowledgement of everybody in these units."""
        started = time.perf_counter()
        await asyncio.gather(*(self._unit(cycle, unit) for unit in units))
        return time.perf_counter() - started

    async def _unit(self, cycle: str, unit: Unit) -> None:
        await asyncio.gather(*(self._until_reviewed(cycle, unit, who) for who in unit.staff))
        members = [who.id for who in unit.staff]
        result = {"result": "BAIK", "reason": "LKjIP."}
        await self.hr.post(f"calibrations/{cycle}/{unit.id}/unit-result", result)
        decision = {"members": sorted(members), "justification": "Sesuai hasil dialog kinerja."}
        await self.step(unit.head, f"calibrations/{cycle}/{unit.id}/decision", decision)
        await self._until_calibrated(cycle, unit)
        await asyncio.gather(*(self._acknowledge(cycle, who) for who in unit.staff))

    async def _until_reviewed(self, cycle: str, unit: Unit, who: Somebody) -> None:
        path, case = f"appraisals/{cycle}/{who.id}", {"parties": {"unit": unit.id, "employee": who.id}}
        async with self.room:
            plan = {"targets": [forms.target(number, [INDICATOR]) for number in range(3)]}
            await self.step(who, f"{path}/targets", plan)
            await self.step(unit.head, f"{path}/approval", {"decision": "approve"})
            account = forms.self_assessment({**case, "plan": plan}, 3)
            await self.step(who, f"{path}/self-assessment", account)
            review = forms.review({**case, "plan": plan, "self_assessment": account})
            await self.step(unit.head, f"{path}/review", review)

    async def _until_calibrated(self, cycle: str, unit: Unit) -> None:
        """The head's decision is on record; the cases hear of it without anybody waiting, and HR's list shows it."""
        query = {"step": "acknowledgement", "unit": unit.id, "limit": 200}
        while len(await self.hr.get(f"cycles/{cycle}/cases", **query)) < len(unit.staff):
            await asyncio.sleep(LOOK)

    async def _acknowledge(self, cycle: str, who: Somebody) -> None:
        async with self.room:
            await self.step(who, f"appraisals/{cycle}/{who.id}/acknowledgement", {"comment": "Sudah saya baca."})


async def launch(hr: Somebody, people: list[str]) -> tuple[str, float]:
    """The id of a new cycle, and the seconds from the order until every case is on record and its process runs."""
    started = time.perf_counter()
    order = {"year": YEAR, "name": "Bench", "policy": POLICY, "people": people}
    cycle: str = (await hr.post("cycles", order))["id"]
    while True:
        answer = await hr.http.get(f"/api/v1/cycles/{cycle}")
        if answer.is_success and answer.json()["started"] >= len(people):
            return cycle, time.perf_counter() - started
        await asyncio.sleep(LOOK)
