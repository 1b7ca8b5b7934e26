"""A unit or the agency stands still, or goes on: its calibration and the nomination are told, then every case."""

from dataclasses import dataclass
from typing import Protocol

from temporalio import activity

from activities.dates_ports import Clocks
from activities.pages import AT_ONCE, progress, tell
from activities.ports import Cases
from appraisal.bulk import BulkOrder
from appraisal.commands import Hold, Order, Release
from appraisal.group import Told
from appraisal.rescheduling import OpenCase


class Standing(Protocol):
    """What an order for a whole unit is about, as the record knows it; the same list at every attempt."""

    async def groups(self, order: BulkOrder) -> tuple[str, ...]:
        """The ids of the calibrations and of the nomination, by id."""

    async def cases(self, order: BulkOrder, after: str, size: int) -> tuple[OpenCase, ...]:
        """The next cases by employee."""


@dataclass(frozen=True, slots=True)
class Answers:
    """(group, code of its refusal or '')."""

    groups: tuple[tuple[str, str], ...]


class StandstillActivities:
    """Safe to repeat: everybody takes the order once."""

    def __init__(self, standing: Standing, cases: Cases, clocks: Clocks) -> None:
        self._standing, self._cases, self._clocks = standing, cases, clocks

    @activity.defn
    async def tell_groups(self, order: BulkOrder) -> Answers:
        """They come first: cases must not be ahead of their group."""
        wish, found = order.remedy, list[tuple[str, str]]()
        assert isinstance(wish, Hold | Release), "the rules take no other order for a whole unit"
        for group in await self._standing.groups(order):
            found.append((group, await self._clocks.tell(group, wish, order.actor, order.command_id)))
            activity.heartbeat(len(found))
        return Answers(tuple(found))

    @activity.defn
    async def tell_cases(self, order: BulkOrder) -> Told:
        """How many took it, and which refused and why (the code)."""
        last, told = progress("")
        remedy = Order(order.remedy, order.actor)
        while page := await self._standing.cases(order, last, AT_ONCE):
            told = await tell(self._cases, tuple((one.id, one.id, remedy, order.command_id) for one in page), told)
            last = page[-1].employee
            activity.heartbeat(last, told.moved, told.elsewhere)
        return told
