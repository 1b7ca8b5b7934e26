"""How the nomination of a cycle changes: by HR and by the clock."""

from dataclasses import replace
from datetime import datetime

from appraisal.access import Action, Actor, can
from appraisal.commands import Hold, Release, Reschedule
from appraisal.errors import (
    AlreadyClosed,
    NotAllowed,
    NothingToDecide,
    NotOpenYet,
)
from appraisal.group import GroupPhase
from appraisal.group_clock import by_clock, demand_hold, demand_running, recorded
from appraisal.notices import Notice
from appraisal.parties import HR
from appraisal.record import Event
from appraisal.seats.errors import StaleNomination
from appraisal.seats.figures import Comparison
from appraisal.text import checked, reason
from appraisal.training.heads_word import SayWords, demand_time, plausible
from appraisal.training.nomination import (
    MOST_DECISIONS,
    Basis,
    Decide,
    Nomination,
    NominationDecision,
    NominationOrder,
    TakePlan,
)

ACTIONS: dict[str, Action] = {
    "reschedule": Action.RESCHEDULE,
    "hold": Action.HOLD_GROUP,
    "release": Action.HOLD_GROUP,
}
"""What commands are called in the table of rights; every other one is a matter of administration."""

HEADS = "heads"
"""Stands for the heads of units who have not spoken yet, wherever whoever is told could stand."""


def permitted(nomination: Nomination, order: NominationOrder, at: datetime) -> None:
    """All that can be refused without looking at the proposals: who, when, and refusals without a reason."""
    decision = can(order.actor, ACTIONS.get(order.command.kind, Action.ADMINISTER))
    if not decision.allowed and not isinstance(order.command, SayWords):  # whose people these are, the database knows
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
    if order.expected_revision not in (None, nomination.revision):
        what = "Somebody has decided on this nomination since you opened it."
        raise StaleNomination(what, "expected_revision", "Load it again and decide anew.")
    if isinstance(order.command, TakePlan) and order.command.basis is Basis.OPTIMUM and not nomination.plans:
        raise NothingToDecide("There is no plan to take yet.", "basis", "Have both plans made first.")
    if isinstance(order.command, SayWords):
        demand_time(nomination.schedule.heads, at)
        plausible(order.command.words)
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


def heard(nomination: Nomination, order: NominationOrder, at: datetime, command_id: str) -> Nomination:
    """A head has spoken, and of whom; the words have been checked and are stored with it, reasons and all."""
    assert isinstance(order.command, SayWords)
    words = order.command.words
    changes = tuple((f"word/{word.employee}", "", "agrees" if word.agrees else "objects") for word in words)
    event = Event(0, "heads_word_said", order.actor.id, at, command_id, changes=changes)
    return recorded(nomination, nomination, event)


def refreshed(nomination: Nomination, actor: Actor, proposals: int, at: datetime, command_id: str) -> Nomination:
    """Proposals were made anew, at HR's request."""
    event = Event(0, "proposals_refreshed", actor.id, at, command_id, changes=(("proposals", "", str(proposals)),))
    return recorded(nomination, nomination, event)


def planned(nomination: Nomination, actor: Actor, made: Comparison, at: datetime, command_id: str) -> Nomination:
    """Both plans were made and are kept; nobody's proposal has changed."""
    points = (("rule", "", str(made.rule.points)), ("optimum", "", str(made.optimum.points)))
    event = Event(0, "plans_compared", actor.id, at, command_id, changes=(*points, ("bound", "", f"{made.bound:.0f}")))
    return recorded(nomination, replace(nomination, plans=nomination.revision + 1), event)


def based(nomination: Nomination, actor: Actor, basis: Basis, at: datetime, command_id: str) -> Nomination:
    """The undecided proposals follow this plan now.

    Rule: person_decides.
    """
    changes = (("basis", str(nomination.basis), str(basis)),)
    event = Event(0, "plan_taken", actor.id, at, command_id, changes=changes)
    return recorded(nomination, replace(nomination, basis=basis), event)


def lapsed(nomination: Nomination, waiting: int, at: datetime) -> Nomination:
    """Whoever is undecided after the end gets no training, with the reason on record."""
    why = f"nobody decided by {nomination.schedule.window.end.isoformat()}"
    after = replace(nomination, round=nomination.round + 1, moving=True)
    return by_clock(nomination, after, "lapsed", at, (("waiting", "", str(waiting)),), why)


def notices(nomination: Nomination) -> tuple[Notice, ...]:
    """The notices that the unstored events call for: to HR, who holds this step, and to the HEADS who have not spoken."""
    kinds = {
        "step_opened": "nomination_opened",
        "reminded": "nomination_reminded",
        "became_due": "nomination_due",
        "escalated": "nomination_escalated_to_you",
        "hold": "nomination_held",
        "release": "nomination_released",
        "released": "nomination_released",
        "heads_lapsed": "heads_word_lapsed",
    }
    to_heads = {"heads_reminded": "heads_word_reminded"}
    told = {HR: kinds, HEADS: to_heads}
    found = (
        Notice(who, said[event.kind], event.revision)
        for event in nomination.events
        for who, said in told.items()
        if event.kind in said
    )
    return tuple(found)
