"""A unit of 500 whose calibration is decided and undone by the real rules, while the worker dies as often as a test wants."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

import pytest
from temporalio.testing import ActivityEnvironment

from activities.calibration import CalibrationActivities
from activities.undoing import UndoActivities
from appraisal.access import Actor
from appraisal.calibration.calibration import (
    Adjustment,
    Apply,
    Calibration,
    CalibrationOrder,
    Decision,
    Member,
    prepared,
)
from appraisal.calibration.rules import applied
from appraisal.calibration.session import Undo
from appraisal.calibration.session_rules import SessionRules
from appraisal.calibration.undoing import Standing, begun
from appraisal.case import Case
from appraisal.commands import Order
from appraisal.errors import AppraisalError
from appraisal.group import Presence, Told
from appraisal.group_clock import moved, ring
from appraisal.transitions import perform
from appraisal.vocabulary import Alarm, Rating, Step
from tests import builders
from tests.builders import HEAD, START, UNIT

PEOPLE = tuple(f"p{number:03}" for number in range(500))
NOW = START + timedelta(days=45)
R = TypeVar("R")


class Killed(Exception):
    """The worker is gone in the middle of an attempt."""


class Mortal:
    """A worker that dies at its so many-th call to the world beyond its activity: before it is done, or just `after`."""

    def __init__(self, left: int, after: bool) -> None:
        self.left, self.after = left, after

    async def called(self, call: Awaitable[R]) -> R:
        """The call, unless the worker dies at it."""
        self.left -= 1
        if self.left == 0 and not self.after:
            call.close()  # type: ignore[attr-defined]
            raise Killed
        found = await call
        if self.left == 0:
            raise Killed
        return found


class Unit:
    """500 cases that wait to be calibrated, their calibration, and a worker with so many new orders to live."""

    def __init__(self) -> None:
        self.reviewed = builders.case()
        for number, order in enumerate(builders.year()[:4]):
            self.reviewed = perform(self.reviewed, order, START + timedelta(days=number), str(number))
        self.cases = {case_id_of(who): of(self.reviewed, who) for who in PEOPLE}
        self.given: dict[str, str] = {}
        self.lives = 10**6
        fresh = prepared(
            f"calibration/c1/{UNIT}", "c1", UNIT, HEAD, (), builders.timetable(), START, rules=SessionRules()
        )
        self.state: Calibration = ring(fresh, Alarm.OPEN, Presence(500, 0), NOW)

    async def start(self, case: Case) -> None:
        raise NotImplementedError

    async def perform(self, case_id: str, order: Order, command_id: str) -> str:
        if command_id not in self.given:
            if self.lives == 0:
                raise Killed
            self.lives -= 1
            try:
                self.cases[case_id] = perform(self.cases[case_id], order, NOW, command_id)
                self.given[command_id] = ""
            except AppraisalError as refusal:
                self.given[command_id] = type(refusal).__name__
        return self.given[command_id]

    async def decision(self, calibration: str) -> Decision:
        assert self.state.decision is not None
        return self.state.decision

    async def presence(self, cycle: str, unit: str) -> Presence:
        raise NotImplementedError

    async def members(self, cycle: str, unit: str) -> tuple[Member, ...]:
        return tuple(Member(who, case_id_of(who), Rating.SESUAI, Rating.SESUAI) for who in PEOPLE)

    async def stored(self, calibration: str) -> Calibration:
        return self.state

    async def standing(self, calibration: str) -> tuple[Standing, ...]:
        cases = ((who, self.cases[case_id_of(who)]) for who in PEOPLE)
        return tuple(Standing(who, case.step, case.calibrated is not None) for who, case in cases)

    async def withdraw(self, calibration: str) -> None:
        """Nobody has been proposed for anything."""

    async def told(self, activity: Callable[[str], Awaitable[Told]], lives: Sequence[int], heard: bool) -> Told:
        """What the activity says in the end. One attempt for each of `lives` dies; its last heartbeat was `heard`, or not."""
        beats: list[tuple[object, ...]] = [()]

        def attempt(number: int) -> ActivityEnvironment:
            found = ActivityEnvironment()
            found.info = replace(found.info, heartbeat_details=list(beats[-1]) if heard else [], attempt=number)
            found.on_heartbeat = lambda *details: beats.append(details)
            return found

        for number, self.lives in enumerate(lives, start=1):
            with pytest.raises(BaseException, match=r".*") as death:
                await attempt(number).run(activity, self.state.id)
            assert isinstance(death.value, Killed | ExceptionGroup)
        self.lives = 10**6
        return await attempt(len(lives) + 1).run(activity, self.state.id)

    async def keep(self) -> None:
        """Where there is a record, the calibration is on it before anybody is told."""

    async def decide(self, lives: Sequence[int], heard: bool) -> None:
        change = Adjustment("p007", Rating.DI_ATAS, Rating.DI_ATAS, "Memimpin imunisasi.")
        order = CalibrationOrder(Apply((change,), PEOPLE, "Dibahas."), Actor(HEAD))
        self.state = applied(self.state, order, await self.members("", ""), NOW, f"apply/{self.state.revision}")
        await self.keep()
        told = await self.told(CalibrationActivities(self, self).move_members, lives, heard)
        assert told.moved == len(PEOPLE)
        self.state = moved(self.state, told, NOW)
        await self.keep()

    async def undo(self, lives: Sequence[int], heard: bool) -> Told:
        order = CalibrationOrder(Undo("Salah baca."), Actor(HEAD))
        self.state = begun(self.state, order, await self.standing(""), NOW, f"undo/{self.state.revision}")
        await self.keep()
        return await self.told(UndoActivities(self, self).take_back, lives, heard)

    def steps(self) -> set[tuple[Step, bool]]:
        """Where the cases are, and whether they are calibrated."""
        return {(case.step, case.calibrated is not None) for case in self.cases.values()}


def case_id_of(who: str) -> str:
    return f"appraisal/c1/{who}"


def of(case: Case, who: str) -> Case:
    return replace(case, id=case_id_of(who), parties=replace(case.parties, employee=who), events=())
