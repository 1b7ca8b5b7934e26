"""What a unit's calibration needs to see, and what its decisions do to the cases."""

from dataclasses import dataclass

from temporalio import activity

from activities.pages import AT_ONCE, progress, tell
from activities.ports import Calibrations, Cases
from appraisal.access import Actor
from appraisal.calibration.calibration import Decision, Member, Rated
from appraisal.commands import Calibrate, Order
from appraisal.group import Presence, Told


@dataclass(frozen=True, slots=True)
class Pool:
    """The cases of a unit in a cycle."""

    cycle: str
    unit: str


class CalibrationActivities:
    """Each is safe to repeat: looking changes nothing, and a case takes each command id once."""

    def __init__(self, calibrations: Calibrations, cases: Cases) -> None:
        self._calibrations, self._cases = calibrations, cases

    @activity.defn
    async def count_members(self, pool: Pool) -> Presence:
        """How many wait to be calibrated, and how many can still arrive."""
        return await self._calibrations.presence(pool.cycle, pool.unit)

    @activity.defn
    async def list_members(self, pool: Pool) -> tuple[Member, ...]:
        """Who waits to be calibrated now, by id."""
        return await self._calibrations.members(pool.cycle, pool.unit)

    @activity.defn
    async def move_members(self, calibration: str) -> Told:
        """Give the members of the last stored round their ratings. A repeat goes on where the last attempt died."""
        decision = await self._calibrations.decision(calibration)
        first, told = progress(0)
        for start in range(first, len(decision.ratings), AT_ONCE):
            page = decision.ratings[start : start + AT_ONCE]
            orders = tuple(_order(calibration, decision, rated) for rated in page)
            told = await tell(self._cases, orders, told)
            activity.heartbeat(start + len(page), told.moved, told.elsewhere)
        return told


def _order(calibration: str, decision: Decision, rated: Rated) -> tuple[str, str, Order, str]:
    represented = decision.on_behalf_of
    command = Calibrate(rated.results, rated.behaviour, rated.reason, decision.by, calibration, represented)
    employee = rated.member.employee
    order = Order(command, Actor("calibration", system=True))
    return employee, rated.member.case, order, f"{calibration}/{decision.round}/{employee}"
