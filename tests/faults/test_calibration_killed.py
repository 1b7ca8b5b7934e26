"""A unit of 500 is calibrated, or its calibration undone, for everybody: also where the worker dies in the middle.

The cases are the real rules, each order counts once by its command id, as with Temporal; what dies is the activity, at twenty
places, and the next attempt knows no more than the last heartbeat that was delivered. A real process dies in test_killed.py.
"""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import select

from activities.undoing import UndoActivities
from adapters.database.columns import table_of
from adapters.database.engine import Sessions
from adapters.database.reads.calibrations import SqlCalibrations
from adapters.database.tables import process
from adapters.database.writes.records import SqlRecords
from adapters.database.writes.undoing import SqlUndos
from appraisal.access import Actor
from appraisal.calibration.calibration import Calibration, CalibrationOrder, Decision, Member
from appraisal.calibration.session import Undo
from appraisal.calibration.undoing import Standing, begun, ended
from appraisal.case import Case
from appraisal.commands import Order
from appraisal.group import Told
from appraisal.transitions import perform
from appraisal.vocabulary import Predicate, Step
from tests import builders
from tests.builders import HEAD
from tests.faults.killed_unit import NOW, PEOPLE, Unit, case_id_of, of

POINTS = tuple(range(0, 500, 25))
"""Twenty kills: after so many orders of the phase in hand. The first dies before anybody has heard."""


class OnRecord(Unit):
    """The same unit with its cases and its calibration in a database, read and written by the real adapters."""

    def __init__(self, sessions: Sessions) -> None:
        super().__init__()
        self.sessions = sessions
        self.records, self.calibrations, self.undos = (
            SqlRecords(sessions),
            SqlCalibrations(sessions),
            SqlUndos(sessions),
        )
        self.cases = {case_id_of(who): replace(of(self.reviewed, who), events=self.reviewed.events) for who in PEOPLE}

    async def begin(self) -> None:
        await self.records.store_new_cases(tuple(self.cases.values()))
        await self.keep()

    async def keep(self) -> None:
        await self.records.store_calibration(self.state)
        self.state = self.state.stored(self.state.revision)

    async def perform(self, case_id: str, order: Order, command_id: str) -> str:
        said = await super().perform(case_id, order, command_id)
        await self.records.store_case(self.cases[case_id])  # what died before this is stored by the next attempt
        return said

    async def members(self, cycle: str, unit: str) -> tuple[Member, ...]:
        return await self.calibrations.members(self.state.cycle, self.state.unit)

    async def decision(self, calibration: str) -> Decision:
        return await self.calibrations.decision(calibration)

    async def stored(self, calibration: str) -> Calibration:
        return await self.undos.stored(calibration)

    async def standing(self, calibration: str) -> tuple[Standing, ...]:
        return await self.undos.standing(self.state.id)

    async def withdraw(self, calibration: str) -> None:
        await self.undos.withdraw(calibration)

    async def rows(self) -> Counter[tuple[str, ...]]:
        """Step, ratings and last events of every case, as the record has them."""
        case, event = table_of(process.Appraisal), table_of(process.Event)
        last = event.c.revision > self.reviewed.revision
        async with self.sessions.begin() as session:
            kinds = defaultdict[str, list[str]](list)
            for subject, kind in await session.execute(
                select(event.c.subject, event.c.kind).where(last).order_by(event.c.subject, event.c.revision)
            ):
                kinds[subject].append(kind)
            columns = (case.c.id, case.c.step, case.c.results_rating)
            rows = await session.execute(select(*columns))
            return Counter((row.step, row.results_rating, *kinds[row.id]) for row in rows)


async def test_500_are_calibrated_and_undone_completely_at_twenty_kill_points() -> None:
    unit = Unit()
    for number, point in enumerate(POINTS):
        heard = bool(number % 2)
        await unit.decide([point], heard)
        assert unit.steps() == {(Step.ACKNOWLEDGEMENT, True)}
        assert unit.cases[case_id_of("p007")].predicate is Predicate.SANGAT_BAIK
        told = await unit.undo([point], heard)
        assert told == Told(len(PEOPLE))
        unit.state = ended(unit.state, told, NOW)
        assert unit.steps() == {(Step.CALIBRATION, False)}
        assert unit.cases[case_id_of("p007")].predicate is Predicate.BAIK
    kinds = {tuple(event.kind for event in case.events) for case in unit.cases.values()}
    assert kinds == {("calibrate", "take_back") * len(POINTS)}, "nobody heard of anything twice, and nobody missed it"


@pytest.mark.every_database
async def test_on_the_real_record_one_calibration_and_its_undo_survive_twenty_deaths_each(sessions: Sessions) -> None:
    unit = OnRecord(sessions)
    await unit.begin()
    deaths = (0, *19 * (25,))
    await unit.decide(deaths, heard=True)
    assert await unit.rows() == {
        ("acknowledgement", "SESUAI", "calibrate"): 499,
        ("acknowledgement", "DI_ATAS", "calibrate"): 1,
    }
    told = await unit.undo(deaths, heard=True)
    assert told == Told(len(PEOPLE))
    unit.state = ended(unit.state, told, NOW)
    await unit.keep()
    assert await unit.rows() == {("calibration", "SESUAI", "calibrate", "take_back"): 500}


@pytest.mark.parametrize("point", POINTS[::4])
async def test_or_nobody_goes_back_where_one_has_gone_on(point: int) -> None:
    unit = Unit()
    await unit.decide([499], heard=True)
    late: datetime = NOW
    gone = case_id_of("p250")
    before = dict(unit.cases)
    order = CalibrationOrder(Undo("Salah baca."), Actor(HEAD))
    unit.state = begun(unit.state, order, await unit.standing(""), late, "undo")
    for closing in builders.year()[5:]:  # acknowledged and nominated between the look and the telling
        mine = replace(closing.actor, id="p250") if not closing.actor.system else closing.actor
        before[gone] = unit.cases[gone] = perform(
            unit.cases[gone], replace(closing, actor=mine), late, closing.command.kind
        )
    told = await unit.told(UndoActivities(unit, unit).take_back, [point], heard=True)
    assert told.elsewhere == (("p250", "AlreadyClosed"),)
    await unit.told(UndoActivities(unit, unit).put_back, [point], heard=False)
    unit.state = ended(unit.state, told, late)
    assert unit.state.decision is not None
    assert {case_id: _kept(case) for case_id, case in unit.cases.items()} == {
        case_id: _kept(case) for case_id, case in before.items()
    }


def _kept(case: Case) -> tuple[object, ...]:
    return case.step, case.since, case.rung, case.calibrated, case.comment, case.parties, case.exit, case.former
