"""A decision of a calibration is taken back as one: every member goes back to where he was, or nobody does."""

from dataclasses import dataclass, replace
from datetime import datetime

from appraisal.access import Actor
from appraisal.calibration.calibration import Calibration, CalibrationOrder
from appraisal.calibration.session import Undo, Undoing, Undone
from appraisal.calibration.session_errors import NothingToUndo, TooLateToUndo
from appraisal.calibration.taking_back import GOES_BACK
from appraisal.errors import ReviewsHimself
from appraisal.group import GroupPhase, Told
from appraisal.group_clock import NAMED, by_clock, demand_running, recorded
from appraisal.record import Event
from appraisal.text import reason
from appraisal.vocabulary import Step


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a member of a decision stands now.

    `rated`: its rating came from a calibration. `nominated`: HR has decided. `objected`: the employee has objected to it.
    """

    employee: str
    step: Step
    rated: bool
    nominated: bool = False
    objected: bool = False

    @property
    def goes_back(self) -> bool:
        return self.rated and self.step in GOES_BACK and not self.nominated and not self.objected

    @property
    def gone_on(self) -> bool:
        """Whether something rests on the rating by now. Who never took it, or was sent back since, is no hindrance."""
        return self.rated and not self.goes_back


def demand_undoable(calibration: Calibration, actor: Actor, at: datetime) -> None:
    """Nothing if the last decision can still be taken back by this person, as far as the calibration itself knows."""
    decision, until = calibration.decision, calibration.undo_until
    demand_running(calibration)
    if decision is None or calibration.undoing is not None:
        what = "It is being undone already." if calibration.undoing else "There is no decision that could be undone."
        raise NothingToUndo(what, "", "Load the page again.")
    if actor.id in {rated.member.employee for rated in decision.ratings}:
        raise ReviewsHimself(
            "You are one of those who were calibrated.", "", "Your superior or another officer undoes it."
        )
    if until is None:
        raise TooLateToUndo("This decision cannot be undone: no time is set for it, or the clock made it.", "", SPEAK)
    if at >= until or calibration.phase is not GroupPhase.OPEN:
        raise TooLateToUndo(f"A decision can be undone until {until.isoformat(timespec='minutes')}.", "", SPEAK)


SPEAK = "Speak to HR: a single case can be sent back to its review or opened again."


def begun(
    calibration: Calibration, order: CalibrationOrder, standing: tuple[Standing, ...], at: datetime, command_id: str
) -> Calibration:
    """The calibration that begins to take its last decision back; or an AppraisalError, and nobody moves. Rule: undo."""
    command = order.command
    assert isinstance(command, Undo)
    demand_undoable(calibration, order.actor, at)
    gone = tuple(one.employee for one in standing if one.gone_on)
    if gone:
        what = f"{len(gone)} of {len(standing)} have gone on since: objected, given a training, or closed."
        raise TooLateToUndo(what, "", SPEAK)
    members = tuple(one.employee for one in standing if one.goes_back)
    if not members:
        raise NothingToUndo("Nobody has a rating of this decision any more.", "", "Load the page again.")
    instead_of, why = calibration.represented_by(order.actor), reason(command.reason)
    event = Event(0, "undo", order.actor.id, at, command_id, instead_of, why, (("members", "", str(len(members))),))
    doing = Undoing(order.actor.id, at, why, members, calibration.revision + 1, instead_of)
    return recorded(calibration, replace(calibration, undoing=doing), event)


def ended(calibration: Calibration, told: Told, at: datetime) -> Calibration:
    """The calibration once everybody has gone back; or, where somebody could not, once all have been put back."""
    doing, decision = calibration.undoing, calibration.decision
    assert doing is not None, "an undo has begun"
    assert decision is not None, "what is undone is a decision"
    stayed = tuple(who for who, _ in told.elsewhere)
    made = (decision.round, doing.by, doing.at, doing.reason, decision.by, decision.at, len(doing.members))
    after = replace(calibration, undoing=None, undone=Undone(*made, stayed, doing.on_behalf_of))
    if stayed:
        named = tuple((f"stayed/{who}", "", code) for who, code in told.elsewhere[:NAMED])
        return by_clock(calibration, after, "undo_failed", at, named, "somebody had gone on; the decision stands")
    undone = replace(after, decision=None)
    return by_clock(calibration, undone, "undone", at, (("members", "", str(len(doing.members))),))
