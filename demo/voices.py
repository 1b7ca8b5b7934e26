"""Other voices of a rehearsal: a few name colleagues, their superiors let them be asked, and those answer or decline."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from demo.actor import REFUSED
from demo.groups import pause
from demo.office import RehearsalFailed, Somebody

EVERY = 4.0
"""Seconds between two looks: people are asked for half a minute."""
ENOUGH = 3
"""So many of a kind must answer before anything is shown; who has fewer around names nobody."""
BEHAVIOURS = ("BP", "AK", "KO", "HA", "LO", "AD", "KB")
WORDS = (
    "Selalu membantu ketika beban kerja menumpuk.",
    "Cepat menanggapi, kadang kurang mendengar dulu.",
    "Terbuka terhadap masukan dari bidang lain.",
    "",
)


@dataclass(slots=True)
class Voice:
    """One person among colleagues. Every sixth lets others be asked; every seventh declines to answer."""

    who: Somebody
    place: int
    leads: bool
    named: bool = False
    done: Counter[str] = field(default_factory=Counter)

    async def work(self, cycle: str, over: asyncio.Event) -> None:
        """Look now and then until the cycle is over."""
        await asyncio.sleep(self.place % 20 / 5)
        while not over.is_set():
            if self.place % 6 == 0 and not self.named:
                await self._name(f"voices/{cycle}/{self.who.id}")
            if self.leads:
                await self._decide(cycle)
            for row in await self.who.get("voices"):
                await self._answer(f"voices/{row['cycle_id']}/{row['employee_id']}")
            await pause(over, EVERY)

    async def shown(self, cycle: str) -> bool:
        """Whether this person has learnt something from others in the end."""
        found = await self.who.get(f"voices/{cycle}/{self.who.id}") if self.done["named"] else {}
        return any(one["answers"] for one in (found.get("told") or {}).values())

    async def _name(self, path: str) -> None:
        around = await self._tried(self.who.get(f"{path}/candidates"))
        for kind in ("peer", "subordinate"):
            people = [one["id"] for one in around or () if one["kind"] == kind][: ENOUGH + 2]
            if len(people) >= ENOUGH and not self.named:
                self.named = await self._tried(self.who.post(f"{path}/proposals", {"people": people})) is not None
                self.done["named"] += self.named

    async def _decide(self, cycle: str) -> None:
        """Whoever is proposed is asked."""
        asked = {one["subject"] for one in await self.who.get("notices") if one["kind"] == "voices_proposed"}
        for subject in sorted(one for one in asked if one.startswith(f"voices/{cycle}/")):
            found = await self._tried(self.who.get(subject))
            people = [one["person"] for one in found["named"] if not one["asked"]] if found else []
            if people and found and found["may"] == "invite":
                await self._tried(self.who.post(f"{subject}/invitations", {"people": people}))

    async def _answer(self, path: str) -> None:
        if self.place % 7 == 4:
            self.done["declined"] += await self._tried(self.who.post(f"{path}/refusal")) is not None
            return
        ratings = {name: 2 + (self.place + number) % 3 for number, name in enumerate(BEHAVIOURS)}
        said = {"ratings": ratings, "text": WORDS[self.place % len(WORDS)]}
        self.done["answered"] += await self._tried(self.who.post(f"{path}/answer", said)) is not None

    async def _tried(self, request: Any) -> Any:
        """The answer; None where the clock or somebody else was faster."""
        try:
            return await request
        except RehearsalFailed as failed:
            if not any(f" {status} " in str(failed) for status in REFUSED):
                raise
            return None
