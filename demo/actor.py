"""A simulated person: looks at what is waiting, thinks, and does it, like anybody else through the API."""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from demo import forms
from demo.office import RehearsalFailed, Somebody
from demo.temper import Habit, Temper, delay

REFUSED = ("403", "404", "409", "412")
"""Somebody else, or the clock, was faster, or it is somebody else's by now: that is ordinary life and no failure."""


@dataclass(slots=True)
class Actor:
    """One person at work. `done` counts what was done, for the report."""

    who: Somebody
    place: int
    temper: Temper
    seen: dict[tuple[str, str, int], float] = field(default_factory=dict)
    returned: set[str] = field(default_factory=set)
    done: Counter[str] = field(default_factory=Counter)

    async def work(self, over: asyncio.Event) -> None:
        """Look every two seconds until the cycle is over."""
        await asyncio.sleep(self.place % 20 / 10)
        while not over.is_set():
            for row in await self.who.get("tasks"):
                await self._consider(row)
            for row in await self.who.get("periods"):
                await self._consider_period(row)
            try:
                await asyncio.wait_for(over.wait(), 2)
            except TimeoutError:
                continue

    async def _consider(self, row: dict[str, Any]) -> None:
        own = row["employee_id"] == self.who.id
        habit = self.temper.habit(row["step"], own, self.who.id in (row["escalated_to"], row["taken_by"]))
        if habit is Habit.NEVER or (row["opens_at"] or "") > forms.now():
            return
        first = self.seen.setdefault((row["id"], row["step"], row["revision"] if own else 0), time.monotonic())
        if time.monotonic() - first >= delay(habit, self.place):
            await self._do(row)

    async def _consider_period(self, row: dict[str, Any]) -> None:
        habit = self.temper.habit(row["stage"], row["employee_id"] == self.who.id)
        first = self.seen.setdefault((row["id"], row["stage"], 0), time.monotonic())
        if habit is Habit.NEVER or time.monotonic() - first < delay(habit, self.place):
            return
        path = f"appraisals/{row['cycle_id']}/{row['employee_id']}/periods/{row['number']}"
        found = await self.who.get(path)
        if found["plan"] is not None:
            body = forms.fill_period(row["stage"], found, self.place)
            await self._send(f"{path}/{row['stage']}", body, f"period-{row['stage']}", f"period_{row['stage']}")

    async def _do(self, row: dict[str, Any]) -> None:
        cycle, employee, step = row["cycle_id"], row["employee_id"], row["step"]
        path = f"appraisals/{cycle}/{employee}"
        case = (await self.who.get(path))["case"]
        if step == "approval" and self._returns(case, case["returned"]):
            step, body = "return", {"decision": "return", "reason": forms.RETURN_REASON}
        elif step == "endorsement" and self._returns(case, case["looks"]):
            step, body = "sending_back", {"decision": "return", "reason": forms.SEND_BACK_REASON}
        else:
            step = "objecting" if step == "acknowledgement" and self._objects(case) else step
            body = await forms.fill(step, case, self.who, self.place)
        key = f"{step}-{case['revision']}"
        await self._send(f"{path}/{forms.PATHS[step]}", body, key, step)

    async def _send(self, path: str, body: dict[str, Any], key: str, what: str) -> None:
        try:
            await self.who.post(path, body, key)
        except RehearsalFailed as failed:
            if not any(f" {status} " in str(failed) for status in REFUSED):
                raise
            return
        self.done[what] += 1

    def _objects(self, case: dict[str, Any]) -> bool:
        """A few do not agree with their result, once."""
        return self.place % forms.OBJECTS in (forms.WITH_EVIDENCE, forms.WITHOUT) and not case["objection"]

    def _returns(self, case: dict[str, Any], before: Any) -> bool:
        """A strict superior sends the first version of some plans, and of some reviews, back; nothing was before that."""
        return bool(self.temper.strict and not before and int(case["parties"]["employee"][-1], 16) % 3 == 0)
