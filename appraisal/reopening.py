"""A case that has closed while its cycle still runs goes on, because HR says so and why."""

from dataclasses import dataclass, replace
from datetime import datetime

from appraisal.access import Action, Actor, can, demand
from appraisal.case import Case
from appraisal.case_events import recorded
from appraisal.cycle import Cycle
from appraisal.errors import NotAllowed, NotClosed, WrongStep
from appraisal.record import Event
from appraisal.remedies import goes_back_to, gone_back
from appraisal.rescheduling import demand_running
from appraisal.text import reason
from appraisal.timetable import Timetable
from appraisal.vocabulary import Step, up_to


@dataclass(frozen=True, slots=True)
class Reopen:
    """The employee's case is to go on at this step."""

    employee: str
    step: Step
    reason: str
    actor: Actor


@dataclass(frozen=True, slots=True)
class Kept:
    """What is on record of a case: its state, the step at which it closed, and every command that it has taken."""

    case: Case
    closed_at: Step
    given: tuple[str, ...]


def permitted(cycle: Cycle, order: Reopen, at: datetime) -> None:
    """All that can be refused without looking at the case: who, why, and whether the cycle runs."""
    decision = can(order.actor, Action.REOPEN)
    if not decision.allowed:
        raise NotAllowed(f"This is not yours to do: {decision.reason}.", "", "Ask HR.")
    reason(order.reason)
    demand_running(cycle, at)


def reopened(kept: Kept, order: Reopen, timetable: Timetable, at: datetime, command_id: str) -> Case:
    """The case at this step, by the cycle's dates, with at least its grace; or an AppraisalError.

    What was written before the step stays; what followed from it, the exit and the outcome are taken back.
    """
    case = kept.case
    demand(order.actor, Action.REOPEN, case.parties)
    if case.open:
        raise NotClosed("This case is open.", "", "Send it back to an earlier step instead.")
    dated = replace(case, timetable=timetable)
    if not goes_back_to(dated, order.step) or order.step not in up_to(kept.closed_at):
        what = f"The case closed at {kept.closed_at} and cannot go on at {order.step}."
        raise WrongStep(what, "step", "Choose a step that it has reached, and that is decided for one case.")
    back = gone_back(dated, order.step, at)
    back = replace(back, outcome=None, exit=None, nominated=None)
    back = replace(back, given=tuple(sorted({*case.given, *kept.given})))
    event = Event(0, "reopen", order.actor.id, at, command_id, reason=reason(order.reason))
    return recorded(case, back, event)
