"""How the nomination of a cycle changes: by HR and by the clock."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from appraisal.access import Action, Actor, can
from appraisal.commands import Hold, Release, Reschedule
from appraisal.errors import (
    AlreadyClosed,
    HoursExceeded,
    NoSeatLeft,
    NotAllowed,
    NothingToDecide,
    NotOpenYet,
    ReviewsHimself,
    UnknownTraining,
)
from appraisal.group import GroupPhase
from appraisal.group_clock import by_clock, demand_hold, demand_running, recorded
from appraisal.nomination import MOST_DECISIONS, Decide, Nomination, NominationDecision, NominationOrder, Open
from appraisal.notices import Notice
from appraisal.parties import HR
from appraisal.record import Event
from appraisal.text import checked, reason
from appraisal.training import Course, exceeds

ACTIONS: dict[str, Action] = {
    "reschedule": Action.RESCHEDULE,
    "hold": Action.HOLD_GROUP,
    "release": Action.HOLD_GROUP,
}
"""What commands are called in the table of rights; every other one is a matter of administration."""


def permitted(nomination: Nomination, order: NominationOrder, at: datetime) -> None:
    """All that can be refused without looking at the proposals: who, when, and refusals without a reason."""
    decision = can(order.actor, ACTIONS.get(order.command.kind, Action.ADMINISTER))
    if not decision.allowed:
        raise NotAllowed(f"This is not yours to do: {decision.reason}.", "", "Ask HR.")
    if isinstance(order.command, Reschedule) and nomination.open:
        reason(order.command.reason)
        return
    if nomination.phase in (GroupPhase.ENDED, GroupPhase.DONE):
        raise AlreadyClosed("The nomination has ended.", "", "Nothing can be changed any more.")
    if isinstance(order.command, Hold | Release):
        demand_hold(nomination, order.command, at)
        return
    demand_running(nomination)
    opens = nomination.schedule.window.opens
    if nomination.phase is GroupPhase.WAITING or at < opens:
        raise NotOpenYet(f"The nomination opens at {opens.isoformat()}.", "", "Come back then.")
    if isinstance(order.command, Decide):
        _plausible(order.command.decisions)


def _plausible(decisions: tuple[NominationDecision, ...]) -> None:
    if not 1 <= len(decisions) <= MOST_DECISIONS:
        raise NothingToDecide(f"{len(decisions)} decisions.", "decisions", f"Send 1 to {MOST_DECISIONS} at a time.")
    if len({decision.employee for decision in decisions}) < len(decisions):
        raise NothingToDecide("Somebody is decided on twice.", "decisions", "Decide on everybody once.")
    for number, decision in enumerate(decisions):
        where = f"decisions[{number}].reason"
        if not decision.approve:
            reason(decision.reason, where)
        checked(decision.reason, where, required=False)


def settle(
    order: NominationOrder, proposals: Mapping[str, Open], courses: Mapping[str, Course], taken: Mapping[str, int]
) -> tuple[NominationDecision, ...]:
    """The decisions of this order with the reasons that go on record; or an AppraisalError, and none of them holds.

    `proposals` are the open ones by employee, `courses` the catalogue, `taken` the seats given away per training.
    """
    assert isinstance(order.command, Decide)
    given = dict(taken)
    settled = []
    for number, decision in enumerate(order.command.decisions):
        where = f"decisions[{number}]"
        final = _settled(decision, proposals.get(decision.employee), order.actor, where)
        if final.training is not None:
            _affordable(final.training, proposals[final.employee], courses, given, where)
            given[final.training] = given.get(final.training, 0) + 1
        settled.append(final)
    return tuple(settled)


def _settled(decision: NominationDecision, proposal: Open | None, actor: Actor, where: str) -> NominationDecision:
    if proposal is None:
        raise NothingToDecide("This person has no open proposal.", f"{where}.employee", "Load the page again.")
    training = decision.training if decision.approve else None
    if decision.approve and training == proposal.training:
        return replace(decision, training=training, reason=decision.reason.strip() or proposal.reason)
    if actor.id == decision.employee:
        raise ReviewsHimself("This is your own nomination.", f"{where}.employee", "Ask another officer to change it.")
    return replace(decision, training=training, reason=reason(decision.reason, f"{where}.reason"))


def _affordable(
    training: str, proposal: Open, courses: Mapping[str, Course], given: Mapping[str, int], where: str
) -> None:
    course = courses.get(training)
    if course is None:
        raise UnknownTraining(
            "The catalogue has no such training.", f"{where}.training", "Choose one of the catalogue."
        )
    if given.get(training, 0) >= course.seats:
        what = f"All {course.seats} seats of {course.name} are taken."
        raise NoSeatLeft(what, f"{where}.training", "Choose another training, or refuse somebody.")
    if exceeds(proposal.employment, dict(proposal.granted), course):
        what = f"{course.name} has {course.hours} JP; a PPPK may not get that many more this year."
        raise HoursExceeded(what, f"{where}.training", "Choose a shorter training.")


def decided(nomination: Nomination, order: NominationOrder, at: datetime, command_id: str) -> Nomination:
    """The nomination with one more round; the decisions themselves have been settled and are stored with it.

    Rule: person_decides.
    """
    assert isinstance(order.command, Decide)
    approved = tuple(decision for decision in order.command.decisions if decision.approve)
    refused = len(order.command.decisions) - len(approved)
    changes = (("approved", "", str(len(approved))), ("refused", "", str(refused)))
    event = Event(0, "nominations_decided", order.actor.id, at, command_id, changes=changes)
    return recorded(nomination, replace(nomination, round=nomination.round + 1, moving=True), event)


def refreshed(nomination: Nomination, actor: Actor, proposals: int, at: datetime, command_id: str) -> Nomination:
    """Proposals were made anew, at HR's request."""
    event = Event(0, "proposals_refreshed", actor.id, at, command_id, changes=(("proposals", "", str(proposals)),))
    return recorded(nomination, nomination, event)


def lapsed(nomination: Nomination, waiting: int, at: datetime) -> Nomination:
    """Whoever is undecided after the end gets no training, with the reason on record."""
    why = f"nobody decided by {nomination.schedule.window.end.isoformat()}"
    after = replace(nomination, round=nomination.round + 1, moving=True)
    return by_clock(nomination, after, "lapsed", at, (("waiting", "", str(waiting)),), why)


def notices(nomination: Nomination) -> tuple[Notice, ...]:
    """The notices that the unstored events call for: all of them to HR, who holds this step."""
    kinds = {
        "step_opened": "nomination_opened",
        "reminded": "nomination_reminded",
        "became_due": "nomination_due",
        "escalated": "nomination_escalated_to_you",
        "hold": "nomination_held",
        "release": "nomination_released",
        "released": "nomination_released",
    }
    found = (Notice(HR, kinds[event.kind], event.revision) for event in nomination.events if event.kind in kinds)
    return tuple(found)
