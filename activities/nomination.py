"""What the nomination of a cycle needs to see, and what its decisions do to the cases."""

from asyncio import gather
from dataclasses import dataclass
from datetime import datetime

from temporalio import activity

from activities.enrolment_ports import EnrolmentProcesses
from activities.pages import AT_ONCE, progress, tell
from activities.ports import Cases, Nominations
from appraisal.access import Actor
from appraisal.commands import Nominate, Order
from appraisal.group import Presence, Told
from appraisal.training.enrolment import Seat
from appraisal.training.nomination import Basis, Nomination, NominationOrder, Settled


@dataclass(frozen=True, slots=True)
class Propose:
    """Propose for the undecided of this cycle, at this instant (courses that have begun are not offered), by this plan."""

    cycle: str
    at: datetime
    basis: Basis = Basis.RULE


@dataclass(frozen=True, slots=True)
class Round:
    """A round to be stored: the nomination as it will be, and the order that asks for it."""

    after: Nomination
    order: NominationOrder


class NominationActivities:
    """Each is safe to repeat: a round is stored once, and a case takes each command id once."""

    def __init__(self, nominations: Nominations, cases: Cases, seats: EnrolmentProcesses) -> None:
        self._nominations, self._cases, self._seats = nominations, cases, seats

    @activity.defn
    async def count_candidates(self, cycle: str) -> Presence:
        """How many wait for their nomination, and how many can still arrive."""
        return await self._nominations.presence(cycle)

    @activity.defn
    async def propose_trainings(self, propose: Propose) -> int:
        """Propose for everybody who waits and is undecided; their number."""
        return await self._nominations.propose(propose.cycle, propose.at, propose.basis)

    @activity.defn
    async def decide_nominations(self, round: Round) -> None:
        """Check the seats and store the round, in one transaction; a refusal is raised and changes nothing."""
        await self._nominations.decide(round.after, round.order)

    @activity.defn
    async def hear_heads(self, round: Round) -> None:
        """Check whose people these are and store what their head says, in one transaction; a refusal changes nothing."""
        await self._nominations.hear(round.after, round.order)

    @activity.defn
    async def lapse_nominations(self, after: Nomination) -> None:
        """Store that whoever is undecided gets no training."""
        await self._nominations.lapse(after)

    @activity.defn
    async def nominate_members(self, after: Nomination) -> Told:
        """Tell the cases of the stored round; then each seat that was given lives on its own.

        A repeated attempt goes on where the last one died.
        """
        last, told = progress("")
        while page := await self._nominations.settled(after.cycle, after.round, last, AT_ONCE):
            told = await tell(self._cases, tuple(_order(after, settled) for settled in page), told)
            seats = (Seat(after.cycle, one.employee, one.training, after.round) for one in page if one.training)
            await gather(*(self._seats.start(seat) for seat in seats))
            last = page[-1].employee
            activity.heartbeat(last, told.moved, told.elsewhere)
        return told


def _order(nomination: Nomination, settled: Settled) -> tuple[str, str, Order, str]:
    command = Nominate(settled.training, settled.reason, settled.decided_by)
    order = Order(command, Actor("nomination", system=True))
    return settled.employee, settled.case, order, f"{nomination.id}/{nomination.round}/{settled.employee}"
