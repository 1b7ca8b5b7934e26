"""How a unit's calibration changes: by its head, by HR, by the organisation and by the clock."""

from dataclasses import replace
from datetime import datetime

from appraisal.access import CLOCK, ORGANISATION, Action, can
from appraisal.calibration.calibration import (
    Apply,
    Calibration,
    CalibrationOrder,
    Decision,
    FollowHead,
    Member,
    Rated,
    SetUnitResult,
    counted,
)
from appraisal.calibration.distribution import check, outside
from appraisal.calibration.ratings import RELOAD, by_employee, rated
from appraisal.calibration.session import AskForVotes, OpenVotes, Undo
from appraisal.calibration.undoing import demand_undoable
from appraisal.calibration.votes import asked, demand_votes, opened
from appraisal.commands import Hold, Release, Reschedule
from appraisal.errors import (
    AlreadyClosed,
    MissingReason,
    NotAllowed,
    NothingToDecide,
    NotOpenYet,
    ReviewsHimself,
    StaleBoard,
)
from appraisal.group import GroupPhase
from appraisal.group_clock import demand_hold, demand_running, held_or_released, recorded, rescheduled
from appraisal.notices import Notice
from appraisal.parties import HR
from appraisal.record import Event
from appraisal.text import checked, reason
from appraisal.unit.errors import UnitResultMissing
from appraisal.vocabulary import Alarm, Step

ACTIONS: dict[str, Action] = {
    "set_unit_result": Action.SET_UNIT_RESULT,
    "apply": Action.DECIDE_CALIBRATION,
    "undo": Action.UNDO_CALIBRATION,
    "ask_for_votes": Action.DECIDE_CALIBRATION,
    "open_votes": Action.DECIDE_CALIBRATION,
    "follow_head": Action.FOLLOW_LINE,
    "reschedule": Action.RESCHEDULE,
    "hold": Action.HOLD_GROUP,
    "release": Action.HOLD_GROUP,
}
"""What each command is called in the table of rights."""

RESULT_FIRST = ("step_opened", "reminded", "became_due")
"""Events at which the result of the unit should be known, so that its head can decide."""

HELD = {"hold": "calibration_held", "release": "calibration_released", "released": "calibration_released"}
"""Events of which whoever leads hears, and whoever stands in, and what the notice is called."""


def permitted(calibration: Calibration, order: CalibrationOrder, at: datetime) -> None:
    """All that can be refused without looking at the members: who, when, and changes without a reason."""
    _allowed(calibration, order)
    reopens = isinstance(order.command, Reschedule) and calibration.open
    if calibration.phase in (GroupPhase.ENDED, GroupPhase.DONE) and not reopens:
        raise AlreadyClosed("This calibration has ended.", "", "Nothing can be changed any more; speak to HR.")
    match order.command:
        case SetUnitResult(_, why) | Reschedule(_, why):
            reason(why)
        case (Hold() | Release()) as wish:
            demand_hold(calibration, wish, at)
        case Undo(why):
            reason(why)
            demand_undoable(calibration, order.actor, at)
        case (AskForVotes() | OpenVotes()) as wish:
            demand_running(calibration)
            demand_votes(calibration, wish)
        case Apply(adjustments, _, justification):
            demand_running(calibration)
            opens = calibration.schedule.window.opens
            if calibration.phase is GroupPhase.WAITING or at < opens:
                raise NotOpenYet(f"This calibration opens at {opens.isoformat()}.", "", "Come back then.")
            for number, adjustment in enumerate(adjustments):
                reason(adjustment.reason, f"adjustments[{number}].reason")
            checked(justification, "justification", required=False)


def acceptable(calibration: Calibration, order: CalibrationOrder, at: datetime) -> None:
    """What is asked before an order is taken, and not again while it is carried out: histories of before have not kept to it.

    First the unit's own result, then the ratings of its people; and nobody sets the result that is his own. Rule: unit_result.
    """
    permitted(calibration, order, at)
    if isinstance(order.command, SetUnitResult) and order.actor.id in (calibration.head, calibration.represents):
        raise ReviewsHimself(
            "This is the result of the unit that you lead.", "", "Your superior sets it, or HR for him."
        )
    if isinstance(order.command, Apply) and calibration.unit_result is None:
        raise UnitResultMissing(
            "The result of the unit itself is not set yet.",
            "",
            "The superior of its head sets it first, or HR for him.",
        )


def _allowed(calibration: Calibration, order: CalibrationOrder) -> None:
    decision = can(order.actor, ACTIONS[order.command.kind], calibration.parties)
    if not decision.allowed:
        raise NotAllowed(f"This is not yours to do: {decision.reason}.", "", "Ask the head of the unit, or HR.")


def perform(calibration: Calibration, order: CalibrationOrder, at: datetime, command_id: str) -> Calibration:
    """The calibration after an order for which nobody needs to look at the members; or an AppraisalError."""
    permitted(calibration, order, at)
    match order.command:
        case SetUnitResult(result, why):
            changes = (("unit_result", str(calibration.unit_result or ""), str(result)),)
            for_whom = None if order.actor.id in calibration.line else next(iter(calibration.line), None)
            event = Event(0, "set_unit_result", order.actor.id, at, command_id, for_whom, reason(why), changes)
            return recorded(calibration, replace(calibration, unit_result=result), event)
        case FollowHead(head, line, represents, member):
            moved = replace(calibration, head=head, line=line, represents=represents, member=member)
            above = moved.above_head if moved.needs_stand_in or Alarm.ESCALATE in calibration.rung else None
            event = Event(0, "follow_head", ORGANISATION.id, at, command_id)
            return recorded(calibration, replace(moved, escalated_to=above), event)
        case Reschedule() as wish:
            return rescheduled(calibration, Step.CALIBRATION, wish, at, command_id)
        case (Hold() | Release()) as wish:
            return held_or_released(calibration, wish, order.actor.id, at, command_id)
        case AskForVotes(voters):
            return asked(calibration, voters, order.actor, at, command_id)
        case OpenVotes():
            return opened(calibration, order.actor, at, command_id)
        case Apply() | Undo():
            raise TypeError("this needs a look at the members: use `applied` or `undoing.begun`")


def applied(
    calibration: Calibration, order: CalibrationOrder, members: tuple[Member, ...], at: datetime, command_id: str
) -> Calibration:
    """The calibration with one more decided round, for all of these members; or an AppraisalError, and nobody moves.

    Rules: calibration, justified.
    """
    permitted(calibration, order, at)
    command = order.command
    assert isinstance(command, Apply)
    present = {member.employee: member for member in members}
    if not members:
        raise NothingToDecide("Nobody waits to be calibrated.", "", "Come back when a review has been submitted.")
    if order.actor.id in present:
        raise ReviewsHimself("You are one of those to be calibrated.", "", "Your superior or HR decides this round.")
    if tuple(sorted(command.members)) != tuple(sorted(present)):
        raise StaleBoard("Somebody has arrived or moved on since you opened the page.", "members", RELOAD)
    ratings = rated(calibration, members, by_employee(command.adjustments, present))
    justification = checked(command.justification, "justification", required=False)
    _justified(calibration, ratings, justification)
    event = Event(0, "calibrated", order.actor.id, at, command_id, calibration.represented_by(order.actor))
    return _decided(calibration, ratings, event, justification)


def lapsed(calibration: Calibration, members: tuple[Member, ...], at: datetime) -> Calibration:
    """Whoever is present when the window has ended keeps the ratings as reviewed."""
    if not members:
        return calibration
    why = f"nobody calibrated by {calibration.schedule.window.end.isoformat()}"
    event = Event(0, "lapsed", CLOCK.id, at, f"clock/{calibration.revision + 1}", reason=why)
    return _decided(calibration, rated(calibration, members, {}), event, "")


def notices(calibration: Calibration) -> tuple[Notice, ...]:
    """The notices that the unstored events call for: to the head, and to whoever stands in since the escalation.

    A head who comes while the clock stands still hears of it when it goes on. While the result of the unit is missing,
    whoever is above the head hears so as often as the head is reminded.
    """
    holder = calibration.head or calibration.escalated_to or HR
    kinds = {"step_opened": "calibration_opened", "reminded": "calibration_reminded", "became_due": "calibration_due"}
    kinds |= {"reschedule": "calibration_rescheduled", **HELD}
    found = []
    for event in calibration.events:
        if event.kind in kinds:
            found.append(Notice(holder, kinds[event.kind], event.revision))
            if event.kind in RESULT_FIRST and calibration.unit_result is None and calibration.above_head != holder:
                found.append(Notice(calibration.above_head, "unit_result_waits", event.revision))
            if event.kind in HELD and calibration.escalated_to not in (None, holder):
                found.append(Notice(calibration.escalated_to or HR, kinds[event.kind], event.revision))
        elif event.kind == "escalated":
            found.append(Notice(calibration.escalated_to or HR, "calibration_escalated_to_you", event.revision))
            found.append(Notice(holder, "calibration_escalated", event.revision))
        elif event.kind == "follow_head" and calibration.phase is GroupPhase.OPEN and not calibration.held:
            found.append(Notice(holder, "calibration_opened", event.revision))
            if calibration.member and calibration.escalated_to:
                found.append(Notice(calibration.escalated_to, "calibration_escalated_to_you", event.revision))
        elif event.kind == "asked_for_votes":
            found.extend(Notice(voter, "calibration_vote_wanted", event.revision) for voter in calibration.voters)
        elif event.kind in ("undone", "undo_failed") and calibration.undone:
            found.extend(
                Notice(who, f"calibration_{event.kind}", event.revision) for who in _undo_concerns(calibration)
            )
    return tuple(found)


def _undo_concerns(calibration: Calibration) -> tuple[str, ...]:
    """Whoever leads, and whoever made the decision; who undid it hears only that it failed."""
    undone = calibration.undone
    assert undone is not None, "there was an undo"
    people = {calibration.head or calibration.escalated_to or HR, undone.decided_by, undone.by}
    return tuple(sorted(people - (set() if undone.stayed else {undone.by})))


def _justified(calibration: Calibration, ratings: tuple[Rated, ...], justification: str) -> None:
    """MissingReason where the ratings leave the guideline and nobody says why. The guideline warns and forbids nothing."""
    found = check(calibration.unit_result, counted(ratings), calibration.rules.distribution)
    if calibration.rules.justified and outside(found) and not justification:
        raise MissingReason(
            "The distribution leaves the guideline; say for the record why.",
            "justification",
            "Write the justification, or change ratings.",
        )


def _decided(calibration: Calibration, ratings: tuple[Rated, ...], event: Event, justification: str) -> Calibration:
    number = calibration.round + 1
    deviations = check(calibration.unit_result, counted(ratings), calibration.rules.distribution)
    decision = Decision(number, event.actor, event.at, ratings, deviations, justification, event.on_behalf_of)
    after = replace(calibration, round=number, decision=decision, moving=True)
    snapshot = tuple((rated.member.employee, _pair(rated.member), _pair(rated)) for rated in ratings)
    warnings = tuple((f"distribution/{found.code}", "", found.text) for found in deviations)
    event = replace(event, reason=event.reason or justification, changes=(*snapshot, *warnings))
    return recorded(calibration, after, event)


def _pair(ratings: Member | Rated) -> str:
    return f"{ratings.results}/{ratings.behaviour}"
