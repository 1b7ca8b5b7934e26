"""How a case changes when a person, a calibration, a nomination or the organisation asks for it. This page is the process."""

from dataclasses import replace
from datetime import datetime

from appraisal import commands, endorsing, remedies
from appraisal.access import Action, Actor, demand
from appraisal.calibration import taking_back
from appraisal.calling import followed, passed_on
from appraisal.case import Calibrated, Case, Nominated
from appraisal.case_events import recorded
from appraisal.endorsement import EndorsementCommand
from appraisal.errors import AlreadyClosed, NotOpenYet, OnHold, StaleRevision, WrongStep
from appraisal.objection import objecting
from appraisal.objection.commands import ObjectionCommand
from appraisal.objection.deciding import barred, with_decider
from appraisal.parties import HR, Parties, unit_hr
from appraisal.people.parts import Statement, earlier, kept, stated
from appraisal.record import Event
from appraisal.text import checked, reason
from appraisal.vocabulary import OBJECTION_STEPS, OF_SECOND_LEVEL, Exit, Step

BELONGS_TO: dict[str, tuple[Step, ...]] = {
    "submit_targets": (Step.TARGETS,),
    "approve_targets": (Step.APPROVAL,),
    "return_targets": (Step.APPROVAL,),
    "submit_self_assessment": (Step.SELF_ASSESSMENT,),
    "submit_review": (Step.REVIEW,),
    "endorse_review": (Step.ENDORSEMENT,),
    "return_review": (Step.ENDORSEMENT,),
    "calibrate": (Step.CALIBRATION,),
    "acknowledge": (Step.ACKNOWLEDGEMENT,),
    "refuse_acknowledgement": (Step.ACKNOWLEDGEMENT,),
    "object": (Step.ACKNOWLEDGEMENT, Step.NOMINATION),
    "answer_objection": OBJECTION_STEPS,
    "withdraw_objection": OBJECTION_STEPS,
    "decide_objection": (Step.OBJECTION,),
    "name_decider": (Step.OBJECTION,),
    "nominate": (Step.NOMINATION,),
}
"""The steps in which each command makes sense, its own first. The others are welcome in every open step.

To have acknowledged is no waiver: until the time is over and the training is decided, the employee may still object.
"""


def perform(case: Case, order: commands.Order, at: datetime, command_id: str) -> Case:
    """The case after this order, with one more event; or an AppraisalError, and the case stays as it was."""
    permitted(case, order, at)
    after, why = _changed(case, order, at)
    calls = passed_on(case.parties, after.parties) if isinstance(order.command, commands.FollowLine) else ()
    event = Event(0, order.command.kind, _author(order), at, command_id, _represented(case, order), why, calls)
    return recorded(case, after, event)


def permitted(case: Case, order: commands.Order, at: datetime) -> None:
    """All that can be refused without looking at what is asked for: who, when, and at which step."""
    demand(order.actor, Action(order.command.kind), case.parties)
    if not case.open:
        raise AlreadyClosed("This case is closed.", "", "Nothing can be changed any more; speak to HR.")
    steps = BELONGS_TO.get(order.command.kind, (case.step,))
    if order.expected_revision is not None and order.expected_revision < case.entered_at_revision:
        raise StaleRevision("The case has moved on since you opened it.", "revision", "Load it again and decide anew.")
    if case.step not in steps:
        elsewhere = WrongStep(f"The case is at {case.step}; this belongs to {steps[0]}.", "", "Load the case again.")
        raise objecting.out_of_turn(case, order.command.kind) or elsewhere
    if case.held and order.command.kind in BELONGS_TO:
        until = f" until {case.held.until.isoformat()}" if case.held.until else ""
        raise OnHold(f"This case is on hold{until}: {case.held.reason}", "", "Wait, or ask HR to release it.")
    if order.command.kind in BELONGS_TO and steps[0] is case.step and at < case.window.opens:
        raise NotOpenYet(f"This step opens at {case.window.opens.isoformat()}.", "", "Come back then; drafts are kept.")


def _changed(case: Case, order: commands.Order, at: datetime) -> tuple[Case, str]:
    """The new state and the reason given, one line for each thing that can be asked."""
    match order.command:
        case commands.SubmitTargets(plan):
            return replace(case.entering(Step.APPROVAL, at), plan=plan.checked(), return_reason=""), ""
        case commands.ApproveTargets(comment):
            return case.entering(Step.SELF_ASSESSMENT, at), checked(comment, "comment", required=False)
        case commands.ReturnTargets(why):
            back = replace(case.entering(Step.TARGETS, at), return_reason=reason(why), returned=case.returned + 1)
            return back, reason(why)
        case commands.SubmitSelfAssessment(assessment):
            account = assessment.checked(_targets(case))
            return replace(case.entering(Step.REVIEW, at), self_assessment=account), ""
        case commands.SubmitReview(review):
            return endorsing.reviewed(case, review.checked(_targets(case)), order.actor.id, at), ""
        case (commands.Calibrate() | commands.TakeBack() | commands.PutBack()) as decided:
            return _after_calibration(case, decided, at)
        case commands.Acknowledge(comment):
            read = replace(case, comment=checked(comment, "comment", required=False), refused=None)
            return read.entering(Step.NOMINATION, at), ""
        case commands.Nominate(training, why, decided_by):
            settled = replace(case, nominated=Nominated(training, why, decided_by))
            return settled.leaving(Exit.COMPLETED, at), why
        case commands.FollowLine() | commands.SplitPeriod() | commands.StatePart() as moved:
            return _moved(case, moved, order.actor, at), ""
        case other:
            return _freed_or_objected(case, other, order.actor, at)


def _freed_or_objected(
    case: Case,
    command: commands.Remedy | commands.Reschedule | EndorsementCommand | ObjectionCommand,
    actor: Actor,
    at: datetime,
) -> tuple[Case, str]:
    if isinstance(command, EndorsementCommand):
        return endorsing.applied(case, command, actor, at), endorsing.why(command)
    if isinstance(command, ObjectionCommand):
        return objecting.applied(case, command, actor, at), objecting.why(command)
    return remedies.applied(case, command, actor, at), remedies.why(command)


def _after_calibration(
    case: Case, decided: commands.Calibrate | commands.TakeBack | commands.PutBack, at: datetime
) -> tuple[Case, str]:
    match decided:
        case commands.Calibrate(reason=why):
            return _calibrated(case, decided, at), why
        case commands.TakeBack(why):
            return taking_back.taken_back(case, at), reason(why)
        case commands.PutBack():
            return taking_back.put_back(case), ""


def _calibrated(case: Case, decided: commands.Calibrate, at: datetime) -> Case:
    changed = (decided.results, decided.behaviour) != (case.results, case.behaviour)
    why = reason(decided.reason) if changed else ""
    result = Calibrated(decided.results, decided.behaviour, why, decided.decided_by)
    return replace(case.entering(Step.ACKNOWLEDGEMENT, at), calibrated=result)


def _moved(
    case: Case, command: commands.FollowLine | commands.SplitPeriod | commands.StatePart, actor: Actor, at: datetime
) -> Case:
    """The case once people have moved, or once somebody has said what he saw before that."""
    match command:
        case commands.FollowLine():
            return _following(case, followed(case.parties, command))
        case commands.SplitPeriod(parts):
            known = replace(case.parties, earlier=earlier(parts))
            return replace(case, parts=kept(case.parts, parts), parties=known)
        case commands.StatePart(since, text, results, behaviour):
            said = Statement(text, results, behaviour, actor.id, at)
            return replace(case, parts=stated(case.parts, since, said, case.step))


def _following(case: Case, parties: Parties) -> Case:
    """The case under other superiors; who stands in for a late holder is found anew, unless it is HR of the unit, and so is
    whoever took over and has gone."""
    if case.step in (*OF_SECOND_LEVEL, *OBJECTION_STEPS):
        parties = with_decider(parties, case.objection.named if case.objection else None)
    else:  # whoever once looked at the rating, or gave it, is nobody to the case by that any more
        parties = replace(parties, rater=None, decider=None)
    if not _may_act(case.step, parties):
        moved = replace(case, parties=replace(parties, taken_by=None))
        parties = replace(parties, taken_by=moved.above_holder)
    moved = replace(case, parties=parties)
    if parties.escalated_to in (None, unit_hr(parties.unit)):
        return moved
    return replace(moved, parties=replace(parties, escalated_to=moved.above_holder))


def _may_act(step: Step, parties: Parties) -> bool:
    """Whether whoever took the step over, if anybody, may still do it: he may have gone, or have become the supervisor."""
    taken_by = parties.taken_by
    judges_himself = step in OF_SECOND_LEVEL and taken_by is not None and taken_by in barred(parties)
    return parties.knows(taken_by) and not judges_himself


def _targets(case: Case) -> int:
    return len(case.plan.targets) if case.plan else 0


def _author(order: commands.Order) -> str:
    """Who is on record: the head who calibrated and the officer who nominated, not the process that carried it."""
    return getattr(order.command, "decided_by", order.actor.id)


def _represented(case: Case, order: commands.Order) -> str | None:
    """The official in whose place somebody else did the step: appointed to it, or because it was escalated or taken over."""
    if order.actor.system or order.command.kind not in BELONGS_TO:
        return getattr(order.command, "on_behalf_of", None)
    own = case.official in ((order.actor.id, HR) if order.actor.hr else (order.actor.id,))
    return None if own else case.official
