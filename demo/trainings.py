"""Seats in trainings of a rehearsal: who is invited comes or declines, HR records who was there, and the hours are counted."""

import asyncio
from collections import Counter
from collections.abc import Iterable
from typing import Any

from rich.console import Console

from demo.groups import pause
from demo.office import RehearsalFailed, Somebody

EVERY = 2.0
"""Seconds between two looks: an invitation can be answered for twenty."""
AT_ONCE = 200
"""Attendances that HR sends in one request."""


class Trainings:
    """Everybody who gets a seat. Every fifth declines, so that the next by rank is invited; every tenth stays away in the end."""

    def __init__(self, hr: Somebody, people: Iterable[Somebody]) -> None:
        self._hr, self._people = hr, {who.id: (number, who) for number, who in enumerate(people)}

    async def work(self, cycle: str, over: asyncio.Event) -> None:
        """Answer invitations until the cycle is over and none is left; then HR records who was there."""
        while not over.is_set():
            await self._answer(cycle)
            await pause(over, EVERY)
        while await self._answer(cycle):
            await asyncio.sleep(EVERY)  # somebody declined, and the next is being invited
        there = [self._attendance(row) for row in await self._seats(cycle, "accepted")]
        for first in range(0, len(there), AT_ONCE):
            await self._hr.post("enrolments/attendances", {"attendances": there[first : first + AT_ONCE]})

    async def told(self, console: Console, cycle: str) -> dict[str, Any]:
        """The figures, which people read as one line."""
        found = await self._figures(cycle)
        seats, hours = found["seats"], found["jp"]
        kept = "nobody above 24 JP" if hours["ceiling_kept"] else "somebody above 24 JP"
        console.print(
            f"Trainings: {seats['offered']} seats offered, {seats['passed_on']} declined and passed on to the next, "
            f"{seats['attended']} attended; {hours['floor_met']} PNS have their 20 JP, and of the PPPK {kept}."
        )
        return found

    async def _figures(self, cycle: str) -> dict[str, Any]:
        """Seats by what became of them, and the hours of everybody: for PNS a floor, for PPPK a ceiling."""
        rows = await self._seats(cycle)
        stages = Counter(row["stage"] for row in rows)
        years = [year for _, who in self._people.values() for year in (await who.get("enrolments/mine"))["years"]]
        above = [year for year in years if year["employment"] == "PPPK" and year["counted"] + year["granted"] > 24]
        met = sum(year["employment"] == "PNS" and year["counted"] >= 20 for year in years)
        passed_on = sum(row["successor"] is not None for row in rows)
        taken = stages["attended"] + stages["absent"] + stages["accepted"]
        return {
            "seats": {"offered": len(rows), "taken": taken, "passed_on": passed_on, "attended": stages["attended"]},
            "jp": {"floor_met": met, "ceiling_kept": not above},
        }

    async def _seats(self, cycle: str, stage: str = "") -> list[dict[str, Any]]:
        """HR's list of this cycle, all of its pages."""
        pages = self._hr.pages("enrolments", **({"stage": stage} if stage else {}))
        return [row async for page in pages for row in page if row["cycle_id"] == cycle]

    async def _answer(self, cycle: str) -> bool:
        """Whether anybody was invited."""
        invited = await self._seats(cycle, "invited")
        for row in invited:
            number, who = self._people[row["employee_id"]]
            path = f"enrolments/{cycle}/{who.id}"
            try:
                if number % 5 == 0:
                    await who.post(f"{path}/refusal", {"reason": "Bertugas di lapangan pada hari itu."})
                else:
                    await who.post(f"{path}/acceptance")
            except RehearsalFailed as failed:
                if "409" not in str(failed):
                    raise  # else the time to answer was over in that very moment
        return bool(invited)

    def _attendance(self, row: dict[str, Any]) -> dict[str, Any]:
        number, _ = self._people[row["employee_id"]]
        found = {"cycle": row["cycle_id"], "employee": row["employee_id"], "attended": number % 10 != 3}
        certificate = {"number": f"SR/{number:03}/BKPSDM"}
        return {**found, "certificate": certificate} if found["attended"] else found
