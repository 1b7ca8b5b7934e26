"""Fakes of the ports that an import needs: what it asks for is remembered, what it must not do fails."""

import asyncio
from datetime import datetime

from appraisal.calibration.session_rules import SessionRules
from appraisal.case import Case
from appraisal.commands import Order
from appraisal.cycle import Leadership
from appraisal.parties import Parties
from appraisal.people.parts import Part
from appraisal.roster.importing import Findings, Import, Outcome
from appraisal.timetable import Timetable


class FakeRosters:
    """Remembers what it was asked; `outcomes` are given in turn, an exception among them is a failing database.

    That its preview is done is heard of once `heard` is set.
    """

    def __init__(self, findings: Findings, outcomes: list[Outcome | Exception] | None = None) -> None:
        self.findings, self.outcomes = findings, outcomes or []
        self.applied: list[Import] = []
        self.closed: list[Import] = []
        self.heard = asyncio.Event()
        self.heard.set()

    async def preview(self, state: Import) -> Findings:
        await self.heard.wait()
        return self.findings

    async def apply(self, state: Import) -> Outcome:
        outcome = self.outcomes.pop(0) if self.outcomes else Outcome(True, self.findings)
        if isinstance(outcome, Exception):
            raise outcome
        self.applied.append(state)
        return outcome

    async def close(self, state: Import) -> None:
        self.closed.append(state)


class FakeOrganisation:
    """Counts how often it was asked who must be told; nobody must."""

    def __init__(self) -> None:
        self.asked = 0

    async def moved(self, at: datetime | None = None) -> tuple[tuple[str, int, Parties], ...]:
        self.asked += 1
        return ()

    async def moved_heads(self, at: datetime | None = None) -> tuple[tuple[str, int, Leadership], ...]:
        return ()

    async def split(self) -> tuple[tuple[str, int, tuple[Part, ...]], ...]:
        return ()


class NoGroups:
    """An agency in which no calibration is open."""

    async def start_calibration(
        self, cycle: str, pool: Leadership, timetable: Timetable, at: datetime, rules: SessionRules
    ) -> None:
        raise AssertionError("an import starts no calibration")

    async def start_nomination(self, cycle: str, timetable: Timetable, at: datetime) -> None:
        raise AssertionError("an import starts no nomination")

    async def follow_head(self, calibration: str, pool: Leadership, command_id: str) -> None:
        raise AssertionError("no head has changed")


class NoCases:
    """An agency in which no case is open."""

    async def start(self, case: Case) -> None:
        raise AssertionError("an import starts no case")

    async def perform(self, case_id: str, order: Order, command_id: str) -> str:
        raise AssertionError("nobody has moved")
