"""The decisions that concern many at once: heads of units calibrate, HR decides the nominations."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from demo.office import RehearsalFailed, Somebody

EVERY = 2.0
"""Seconds between two looks."""
WORTH_A_ROUND = 3
"""A head begins when this many wait, or when nobody else can come."""


@dataclass(slots=True)
class Head:
    """The head of a unit. The first of them changes one rating, and says why."""

    who: Somebody
    prompt: bool
    done: Counter[str] = field(default_factory=Counter)

    async def work(self, cycle: str, over: asyncio.Event) -> None:
        """Look for calibrations to decide until the cycle is over."""
        while not over.is_set():
            for row in await self.who.get("calibrations") if self.prompt else ():
                if row["cycle_id"] == cycle and row["phase"] == "open":
                    await self._calibrate(f"calibrations/{cycle}/{row['unit_id']}")
            await pause(over)

    async def _calibrate(self, path: str) -> None:
        board = await self.who.get(path)
        members = board["members"]
        if len(members) < min(WORTH_A_ROUND, len(members) + board["to_come"]) or not members:
            return
        body = {
            "members": [member["employee"] for member in members],
            "adjustments": self._adjustments(members),
            "justification": "Sesuai hasil dialog kinerja dengan para atasan.",
        }
        try:
            await self.who.post(f"{path}/decision", body)
        except RehearsalFailed as failed:
            if " 409 " not in str(failed) and " 412 " not in str(failed):
                raise
            return
        self.done["calibrated"] += len(members)
        self.done["adjusted"] += len(body["adjustments"])

    def _adjustments(self, members: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Each head lifts or lowers one rating in the first round."""
        if self.done["adjusted"]:
            return []
        member = members[0]
        results = "SESUAI" if member["results"] != "SESUAI" else "DI_ATAS"
        why = "Bukti dukung triwulan IV belum ikut dinilai oleh atasan langsung."
        change = {"employee": member["employee"], "results": results, "behaviour": member["behaviour"], "reason": why}
        return [change]


@dataclass(slots=True)
class Office:
    """The HR officer during the year: records the units' results, decides the nominations."""

    who: Somebody
    done: Counter[str] = field(default_factory=Counter)

    async def set_unit_results(self, cycle: str) -> None:
        """Every unit's own result, so that its distribution can be held against the guideline."""
        results = ("BAIK", "ISTIMEWA", "BAIK")
        for number, row in enumerate(await self.who.get("calibrations", cycle=cycle)):
            body = {"result": results[number % 3], "reason": "Capaian perjanjian kinerja unit tahun berjalan."}
            await self.who.post(f"calibrations/{cycle}/{row['unit_id']}/unit-result", body)

    async def decide_nominations(self, cycle: str, over: asyncio.Event) -> None:
        """Approve what is proposed, in a few rounds; refuse one, with a reason."""
        while not over.is_set():
            board = await self.who.get(f"nominations/{cycle}")
            if board["nomination"]["phase"] == "open":
                await self._decide(f"nominations/{cycle}")
            await pause(over, 3 * EVERY)

    async def _decide(self, path: str) -> None:
        try:
            await self.who.post(f"{path}/proposals")
            board = await self.who.get(path)
            undecided = [row for row in board["proposals"] if row["decision"] is None]
            if undecided:
                await self.who.post(f"{path}/decisions", {"decisions": [self._decision(row) for row in undecided]})
                self.done["decided"] += len(undecided)
        except RehearsalFailed as failed:
            if " 409 " not in str(failed) and " 412 " not in str(failed):
                raise

    def _decision(self, row: dict[str, Any]) -> dict[str, Any]:
        refuse = row["training"] is not None and not self.done["refused"]
        if refuse:
            self.done["refused"] += 1
        return {
            "employee": row["employee"],
            "approve": not refuse,
            "training": None if refuse else row["training"],
            "reason": "Sudah mengikuti pelatihan yang sama tahun lalu." if refuse else "",
        }


async def pause(over: asyncio.Event, seconds: float = EVERY) -> None:
    """Wait so long, or until the cycle is over."""
    try:
        await asyncio.wait_for(over.wait(), seconds)
    except TimeoutError:
        return
