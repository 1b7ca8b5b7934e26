"""The decisions that concern many at once: heads of units calibrate, HR decides the nominations."""

import asyncio
from collections import Counter
from collections.abc import Awaitable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from demo.office import RehearsalFailed, Somebody

EVERY = 2.0
"""Seconds between two looks."""
WORTH_A_ROUND = 3
"""A head begins when this many wait, or when nobody else can come."""


async def accepted(order: Awaitable[Any]) -> bool:
    """Whether it was taken; somebody else, or the clock, may have been faster."""
    try:
        await order
    except RehearsalFailed as failed:
        if " 409 " not in str(failed) and " 412 " not in str(failed):
            raise
        return False
    return True


@dataclass(slots=True)
class Session:
    """What is shown once in the year, by the first head who decides: silent first votes before it, and an undo after it."""

    people: dict[str, Somebody]
    done: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Head:
    """Who leads. The first round of each changes one rating, and says why; who leads heads sets the results of their units."""

    who: Somebody
    prompt: bool
    session: Session
    done: Counter[str] = field(default_factory=Counter)

    async def work(self, cycle: str, over: asyncio.Event) -> None:
        """Look for calibrations to decide, and for results to set, until the cycle is over."""
        while not over.is_set():
            for row in await self.who.get("calibrations", cycle=cycle):
                path, mine = (
                    f"calibrations/{cycle}/{row['unit_id']}",
                    self.who.id in (row["head_id"], row["escalated_to"]),
                )
                if row["superior_id"] == self.who.id and not row["unit_result"]:
                    await set_result(self.who, path, self.done["results"])
                    self.done["results"] += 1
                elif mine and self.prompt and row["phase"] == "open" and row["unit_result"]:
                    await self._calibrate(path)
            await self._speak(f"nominations/{cycle}/words")
            await pause(over)

    async def _speak(self, path: str) -> None:
        """Agree with what is proposed for the own people, and object once; who is not prompt says nothing."""
        try:
            proposals = (await self.who.get(path, limit=200))["proposals"] if self.prompt else []
        except RehearsalFailed as failed:
            if " 404 " not in str(failed):
                raise
            return  # leads nobody here
        silent = [one for one in proposals if one["decision"] is None and not one["word"] and one["asked"]]
        if not silent:
            return
        words = [{"employee": one["employee"], "training": one["training"], "agrees": True} for one in silent]
        if not self.session.done["objected"]:
            words[0] |= {"agrees": False, "reason": "Sedang memimpin pekerjaan yang tidak dapat ditinggalkan."}
        if await accepted(self.who.post(path, {"words": words})):
            self.session.done["spoken"] += len(words)
            self.session.done["objected"] += sum(not word["agrees"] for word in words)

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
        first = not self.session.done["undone"]
        if first:
            await self._hear(path)
        if not await accepted(self.who.post(f"{path}/decision", body)):
            return
        if first:
            why = {"reason": "Capaian dua bidang tertukar; dihitung ulang."}
            if await accepted(self.who.post(f"{path}/undo", why)):
                self.session.done["undone"] += len(members)
                return  # everybody goes back, is told why, and is decided anew at the next look
        self.done["calibrated"] += len(members)
        self.done["adjusted"] += len(body["adjustments"])

    async def _hear(self, path: str) -> None:
        """The reviewers of the unit say unseen what they think of the others; then the views are opened."""
        if not await accepted(self.who.post(f"{path}/votes/invitation")):
            return
        for voter in (await self.who.get(path))["calibration"]["voters"]:
            reviewer = self.session.people[voter]
            seen = (await reviewer.get(f"{path}/ballot"))["members"]
            votes = [
                {"employee": one["employee"], "results": "SESUAI", "behaviour": one["behaviour"]} for one in seen[:5]
            ]
            if await accepted(reviewer.put(f"{path}/ballot", {"votes": votes})):
                self.session.done["voted"] += len(votes)
        await accepted(self.who.post(f"{path}/votes/opening"))

    def _adjustments(self, members: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Each head lifts or lowers one rating in the first round."""
        free = [member for member in members if not member["unit_result"]]  # a head's rating is the unit's result
        if self.done["adjusted"] or not free:
            return []
        member = free[0]
        results = "SESUAI" if member["results"] != "SESUAI" else "DI_ATAS"
        why = "Bukti dukung triwulan IV belum ikut dinilai oleh atasan langsung."
        change = {"employee": member["employee"], "results": results, "behaviour": member["behaviour"], "reason": why}
        return [change]


@dataclass(slots=True)
class Office:
    """The HR officer during the year: records results of units with nobody above their heads, decides the nominations."""

    who: Somebody
    done: Counter[str] = field(default_factory=Counter)

    async def set_unit_results(self, cycle: str) -> None:
        """The result of each unit that no superior can set; the ratings of its people come afterwards."""
        for number, row in enumerate(await self.who.get("calibrations", cycle=cycle)):
            if row["superior_id"] is None:
                await set_result(self.who, f"calibrations/{cycle}/{row['unit_id']}", number)

    async def decide_nominations(self, cycle: str, over: asyncio.Event) -> None:
        """Compare two plans once; approve what is proposed, in a few rounds; refuse one, with a reason."""
        while not over.is_set():
            board = await self.who.get(f"nominations/{cycle}", limit=200)
            if board["nomination"]["phase"] == "open":
                await self._decide(f"nominations/{cycle}")
            await pause(over, 3 * EVERY)

    async def _decide(self, path: str) -> None:
        try:
            await self.who.post(f"{path}/proposals")
            board = await self.who.get(path)
            if board["presence"]["present"] and not self.done["compared"]:
                await self.who.post(f"{path}/plans")
                self.done["compared"] += 1
            undecided = [row for row in board["proposals"] if row["decision"] is None and not _waits(board, row)]
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
        objected = row["word"] is not None and not row["word"]["agrees"]
        kept = "Kebutuhan pegawai mendesak; jadwal kerja disesuaikan." if objected else ""
        return {
            "employee": row["employee"],
            "approve": not refuse,
            "training": None if refuse else row["training"],
            "reason": "Sudah mengikuti pelatihan yang sama tahun lalu." if refuse else kept,
        }


def _waits(board: dict[str, Any], row: dict[str, Any]) -> bool:
    """Whether HR waits for the head: who has time still, and has said nothing of this very proposal."""
    heads = board["nomination"]["schedule"]["heads"]
    spoken = row["word"] is not None and row["word"]["holds"]
    open_still = heads is not None and datetime.now(UTC) < datetime.fromisoformat(heads["until"])
    return open_still and row["asked"] and not spoken


async def set_result(who: Somebody, path: str, number: int) -> None:
    """A unit's own result, from what its indicators have reached."""
    result = ("BAIK", "ISTIMEWA", "BAIK")[number % 3]
    await who.post(
        f"{path}/unit-result", {"result": result, "reason": "Capaian perjanjian kinerja unit tahun berjalan."}
    )


async def enter_values(who: Somebody, unit: str, year: int) -> int:
    """What the indicators of a unit have reached so far, as its head enters it; the first value is corrected. How many."""
    found = await who.get(f"units/{unit}/performance", year=year)
    values = 0
    for one in found["indicators"][:4] if found["head"] == who.id else ():
        indicator = one["indicator"]
        start, target = Decimal(indicator["baseline"] or 0), Decimal(indicator["target"])
        for quarter in found["ended"]:
            body = {
                "quarter": quarter,
                "value": str(round(start + (target - start) * quarter / 4, 2)),
                "evidence": f"https://bukti.lampungutara.example/{indicator['code'].lower()}/triwulan-{quarter}",
            }
            await who.post(f"units/{unit}/indicators/{indicator['id']}/actuals", body)
            values += 1
            if values == 1:
                body |= {"value": str(round(start, 2)), "remark": "Salah ketik: capaian masih sama dengan tahun lalu."}
                await who.post(f"units/{unit}/indicators/{indicator['id']}/actuals", body)
    return values


async def pause(over: asyncio.Event, seconds: float = EVERY) -> None:
    """Wait so long, or until the cycle is over."""
    try:
        await asyncio.wait_for(over.wait(), seconds)
    except TimeoutError:
        return
