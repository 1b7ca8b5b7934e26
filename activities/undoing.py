"""What taking a calibration's decision back needs to see, and what it does to the cases."""

from collections.abc import Callable
from typing import Protocol

from temporalio import activity

from activities.pages import AT_ONCE, progress, tell
from activities.ports import Cases
from appraisal.access import Actor
from appraisal.calibration.calibration import Calibration
from appraisal.calibration.undoing import Standing
from appraisal.commands import Order, PutBack, TakeBack
from appraisal.group import Told

SYSTEM = Actor("calibration", system=True)


class Undos(Protocol):
    """A calibration whose decision is taken back, on record."""

    async def stored(self, calibration: str) -> Calibration:
        """The whole calibration as stored."""

    async def standing(self, calibration: str) -> tuple[Standing, ...]:
        """Where each member of its last decision stands now, by id."""

    async def withdraw(self, calibration: str) -> None:
        """Nobody who has gone back is proposed for a training any more; harmless to repeat."""


class UndoActivities:
    """Each is safe to repeat: a case takes each command id once, and a second attempt goes on where the first one died."""

    def __init__(self, undos: Undos, cases: Cases) -> None:
        self._undos, self._cases = undos, cases

    @activity.defn
    async def see_decided(self, calibration: str) -> tuple[Standing, ...]:
        """Who of the last decision can go back, and who has gone on."""
        return await self._undos.standing(calibration)

    @activity.defn
    async def take_back(self, calibration: str) -> Told:
        """Tell every member to go back; who could not is named, and nobody is left out because of it."""
        state = await self._undos.stored(calibration)
        told = await self._tell(state, "back", lambda order: order)
        await self._undos.withdraw(calibration)
        return told

    @activity.defn
    async def put_back(self, calibration: str) -> Told:
        """Whoever went back stands again where he stood; those who never moved say so, and nothing happens to them."""
        state = await self._undos.stored(calibration)
        return await self._tell(state, "forth", lambda order: PutBack(order.decided_by, order.calibration))

    async def _tell(self, state: Calibration, way: str, command: Callable[[TakeBack], TakeBack | PutBack]) -> Told:
        doing, decision = state.undoing, state.decision
        assert doing is not None, "it is told only of an undo that is on record"
        assert decision is not None, "what is undone is a decision"
        cases = {rated.member.employee: rated.member.case for rated in decision.ratings}
        order = Order(command(TakeBack(doing.reason, doing.by, state.id, doing.on_behalf_of)), SYSTEM)
        first, told = progress(0)
        for start in range(first, len(doing.members), AT_ONCE):
            page = doing.members[start : start + AT_ONCE]
            named = f"{state.id}/{doing.revision}/{way}"
            told = await tell(self._cases, tuple((who, cases[who], order, f"{named}/{who}") for who in page), told)
            activity.heartbeat(start + len(page), told.moved, told.elsewhere)
        return told
