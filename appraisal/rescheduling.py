"""Whether HR may give a running cycle these other dates. What they change stands in cycle.py, case by case in remedies.py."""

from dataclasses import dataclass
from datetime import datetime

from appraisal.access import Action, Actor, can
from appraisal.cycle import Cycle, NewDates, Phase
from appraisal.errors import AlreadyClosed, ClosesInThePast, NotAllowed, SameDates, StillStarting
from appraisal.policy.dates import Dates
from appraisal.text import reason


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case that is open on record: the id of its process, and whose it is in which calibration pool."""

    id: str
    employee: str
    pool: str


def permitted(cycle: Cycle, order: NewDates, at: datetime) -> None:
    """All that can be refused before the dates are computed: who, why, and whether the cycle runs."""
    at_work(cycle, order.actor, at)
    reason(order.reason)


def at_work(cycle: Cycle, actor: Actor, at: datetime) -> None:
    """NotAllowed, AlreadyClosed or StillStarting where this actor cannot give the cycle an order now."""
    decision = can(actor, Action.ADMINISTER)
    if not decision.allowed:
        raise NotAllowed(f"This is not yours to do: {decision.reason}.", "", "Ask HR.")
    demand_running(cycle, at)


def demand_running(cycle: Cycle, at: datetime) -> None:
    """AlreadyClosed or StillStarting unless the cycle runs."""
    over = cycle.timetable is not None and cycle.timetable.closes <= at
    demand_phase(Phase.CLOSED if over else cycle.phase)


def demand_phase(phase: Phase) -> None:
    """The same of the phase alone, which lags behind the closing until the last case has ended."""
    if phase is Phase.CLOSED:
        raise AlreadyClosed("This cycle has closed.", "", "Nothing can be changed any more; launch another.")
    demand_started(phase)


def demand_started(phase: Phase) -> None:
    """StillStarting until every case has been started."""
    if phase not in (Phase.RUNNING, Phase.CLOSED):
        raise StillStarting("The cases of this cycle are still being started.", "", "Wait until all have been started.")


def ahead(dates: Dates, at: datetime) -> None:
    """ClosesInThePast where these dates would end the cycle before now."""
    closes = dates.timetable.closes
    if closes <= at:
        raise ClosesInThePast(
            f"By this policy the cycle would have closed at {closes.isoformat(timespec='minutes')}.",
            "policy",
            "Choose a policy that closes later.",
        )


def rescheduled(cycle: Cycle, order: NewDates, dates: Dates, at: datetime, command_id: str) -> Cycle:
    """The cycle under these dates, with one more event; or an AppraisalError, and it stays as it was."""
    ahead(dates, at)
    if (dates.timetable, dates.units) == (cycle.timetable, cycle.units):
        raise SameDates("The cycle has these dates already.", "policy", "Choose another policy, or leave it as it is.")
    return cycle.rescheduled(order.policy, dates, order.actor, reason(order.reason), at, command_id)
