"""The HR officer who frees what is stuck: more time for some, a pause for a unit, and whatever falls to HR in the end."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from demo import forms
from demo.groups import pause
from demo.office import RehearsalFailed, Somebody, transfer

FLOODED = timedelta(seconds=6)
"""How long the work of one unit stands still."""
MORE_TIME = timedelta(seconds=12)
LEAVE = timedelta(seconds=30)


@dataclass(slots=True)
class Rescuer:
    """Works from the lists that HR sees, like the officer at the desk."""

    who: Somebody
    done: Counter[str] = field(default_factory=Counter)

    async def work(self, cycle: str, over: asyncio.Event) -> None:
        """Look every few seconds until the cycle is over."""
        await self._close_one(cycle)
        await self._on_leave(cycle)
        await self._transfer(cycle)
        await self._flood(cycle, over)
        while not over.is_set():
            await self._more_time(cycle)
            await self._what_fell_to_hr()
            await pause(over)

    async def _close_one(self, cycle: str) -> None:
        """Somebody retires in January: there is nothing to rate."""
        case = (await self.who.get(f"cycles/{cycle}/cases", step="targets", limit=200))[-1]
        await self._free(case, {"kind": "close_unrateable", "reason": "Mencapai batas usia pensiun bulan ini."})

    async def _on_leave(self, cycle: str) -> None:
        """A superior is on leave for a while; the superior above signs meanwhile, and it ends by itself."""
        for case in await self.who.get(f"cycles/{cycle}/cases", limit=200):
            line = (await self.who.get(f"appraisals/{cycle}/{case['employee_id']}"))["case"]["parties"]["line"]
            if len(line) < 3:
                continue
            ends = (datetime.now(UTC) + LEAVE).isoformat()
            body = {"kind": "DELEGATE", "represented": line[0], "person": line[1], "ends_at": ends, "reason": "Cuti."}
            self.done["delegated"] += await self._try("appointments", body)
            return

    async def _transfer(self, cycle: str) -> None:
        """The personnel system sends a new file in which somebody answers to another superior."""
        for case in await self.who.get(f"cycles/{cycle}/cases", step="targets", limit=200):
            if await transfer(self.who, case["employee"], datetime.now(UTC).date().isoformat()):
                self.done["transferred"] += 1
                return

    async def _flood(self, cycle: str, over: asyncio.Event) -> None:
        """A flood: every case of one unit is put on hold at once, and released at once."""
        found = await self.who.get(f"cycles/{cycle}/cases", limit=200)
        unit = Counter(case["unit_id"] for case in found).most_common()[-1][0]
        cases = [case["id"] for case in found if case["unit_id"] == unit]
        await self.who.post(
            "remedies", {"cases": cases, "remedy": {"kind": "hold", "reason": "Banjir: kantor ditutup."}}
        )
        await pause(over, FLOODED.total_seconds())
        released = {"kind": "release", "reason": "Kantor dibuka kembali."}
        await self.who.post("remedies", {"cases": cases, "remedy": released})
        self.done["flooded"] += len(cases)

    async def _more_time(self, cycle: str) -> None:
        """The first who is late with the targets gets more time."""
        if self.done["extended"]:
            return
        for case in await self.who.get(f"cycles/{cycle}/cases", step="targets", overdue=True):
            due = (datetime.now(UTC) + MORE_TIME).isoformat()
            wish = {"kind": "extend", "due": due, "reason": "Baru kembali dari cuti sakit."}
            if await self._free(case, wish):
                self.done["extended"] += 1
                return

    async def _what_fell_to_hr(self) -> None:
        """Steps that nobody did by their end are HR's: do them."""
        for case in await self.who.get("tasks"):
            path = f"appraisals/{case['cycle_id']}/{case['employee_id']}"
            if case["holder_id"] == "hr" and case["step"] == "approval":
                body: dict[str, Any] = {
                    "decision": "approve",
                    "reason": "Disetujui Pengelola Kinerja: penilai berhalangan.",
                }
                await self._try(f"{path}/{forms.PATHS['approval']}", body)
            elif case["step"] == "objection":
                body = forms.ruling((await self.who.get(path))["case"])
                self.done["decided"] += await self._try(f"{path}/{forms.PATHS['objection']}", body)

    async def _free(self, case: dict[str, Any], remedy: dict[str, Any]) -> bool:
        return await self._try(f"appraisals/{case['cycle_id']}/{case['employee_id']}/remedy", remedy)

    async def _try(self, path: str, body: dict[str, Any]) -> bool:
        """False where the clock or somebody else was faster: what was HR's when it was read may be another's by now."""
        try:
            await self.who.post(path, body)
        except RehearsalFailed as failed:
            if not any(f" {status} " in str(failed) for status in ("403", "409", "412", "422")):
                raise
            return False
        return True
