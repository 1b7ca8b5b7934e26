"""What frees a case that is stuck: nudging, extending, holding and releasing, taking over, sending back, closing."""

from dataclasses import replace
from datetime import datetime

from appraisal import commands
from appraisal.access import Actor, called_as_unit_hr
from appraisal.case import Case
from appraisal.clock import released
from appraisal.errors import InvalidExtension, NotOnHold, OnHold, ReviewsHimself, WrongStep
from appraisal.holds import Held, demand_end
from appraisal.objection.deciding import barred, with_decider
from appraisal.objection.errors import DecidesOwnRating
from appraisal.objection.objections import FINAL
from appraisal.objection.times import last_moment
from appraisal.parties import HR, Parties, unit_hr
from appraisal.text import checked, reason
from appraisal.timetable import Timetable, alarms, still_rung
from appraisal.vocabulary import GROUP_STEPS, OBJECTION_STEPS, WAY, Alarm, Exit, Step, up_to

TAKEN_OVER = (Step.APPROVAL, Step.REVIEW, Step.ENDORSEMENT)
"""Steps that somebody else can do in the holder's place; nobody writes another's own words."""


def applied(case: Case, remedy: commands.Remedy | commands.Reschedule, actor: Actor, at: datetime) -> Case:
    """The open case after this remedy; an AppraisalError says why it does not fit."""
    match remedy:
        case commands.Nudge():
            return _nudged(case)
        case commands.Reschedule(timetable):
            return _rescheduled(case, timetable, at)
        case commands.Extend():
            return _extended(case, remedy, at)
        case commands.Hold(why_held, until):
            return _held(case, Held(at, until, why_held.strip(), actor.id), at)
        case commands.Release():
            if case.held is None:
                raise NotOnHold("This case is not on hold.", "", "Load the case again.")
            return released(case, at)
        case commands.TakeOver():
            return _taken_over(case, actor)
        case commands.SendBack(step, _):
            return _sent_back(case, step, at)
        case commands.CloseUnrateable():
            return case.leaving(Exit.UNRATEABLE, at)


def why(remedy: commands.Remedy | commands.Reschedule) -> str:
    """The reason that was given: a nudge needs none, everything else does."""
    if isinstance(remedy, commands.Nudge):
        return checked(remedy.reason, "reason", required=False)
    return reason(remedy.reason)


def _nudged(case: Case) -> Case:
    if case.held:
        raise OnHold("This case is on hold; nobody has to act.", "", "Release it first.")
    return case


def _extended(case: Case, wish: commands.Extend, at: datetime) -> Case:
    step = wish.step or case.step
    if step in GROUP_STEPS:
        raise WrongStep(f"{step} is decided for a whole group.", "step", "Extend the group's own window.")
    if step not in WAY[WAY.index(case.step) :]:
        raise WrongStep(
            f"The case has passed {step}; it is at {case.step}.", "step", "Send it back, or extend another."
        )
    if not case.timetable.has(step):
        why_not = "Nobody objects." if step in OBJECTION_STEPS else f"This cycle has no {step}."
        raise WrongStep(why_not, "step", "Choose another step.")
    if case.refused and step is Step.ACKNOWLEDGEMENT:
        raise WrongStep("The employee does not acknowledge.", "step", "Send it back to be delivered anew instead.")
    now_due = case.window.due if step is case.step else case.timetable.window(step).due
    if wish.due <= max(at, now_due):
        raise InvalidExtension(
            f"An extension must lie after {max(at, now_due).isoformat(timespec='minutes')}.",
            "due",
            "Choose a later day.",
        )
    window = case.timetable.window(step)
    by = wish.due - window.due
    end = wish.end or max(min(window.end + by, case.timetable.closes), wish.due)
    if not wish.due <= end <= case.timetable.closes:
        raise InvalidExtension(
            f"The step cannot end after the cycle, which closes at {case.timetable.closes.isoformat(timespec='minutes')}.",
            "end" if wish.end else "due",
            "Choose an earlier day.",
        )
    later = replace(window.due_later(by, end), end=end)  # nobody is called in once the step has ended
    return case.under(case.timetable.with_window(later), at)


def _rescheduled(case: Case, timetable: Timetable, at: datetime) -> Case:
    """The case under the cycle's new dates. Unlike what HR does to one case, these may put a date into the past."""
    moved = _objectable(case, timetable, at).under(timetable, at)
    if moved.step in GROUP_STEPS:
        return moved
    opened = (Alarm.OPEN,) if case.window.opens <= at else ()  # who could work on it before need not hear that it opens
    return replace(moved, rung=still_rung(alarms(moved.window, moved.since), (*case.rung, *opened), at))


def _objectable(case: Case, timetable: Timetable, at: datetime) -> Case:
    """The time to object under other dates is never shorter than it was told. Where there was none it begins now."""
    if case.step not in (Step.ACKNOWLEDGEMENT, Step.NOMINATION) or case.objection:
        return case
    known = case.object_by
    until = last_moment(timetable, at) if known is None else min(known, timetable.closes)
    return replace(case, object_by=until if timetable.objection else None)


def _held(case: Case, held: Held, at: datetime) -> Case:
    if case.held:
        raise OnHold("This case is on hold already.", "", "Release it first.")
    demand_end(held.until, at, case.timetable.closes)
    return replace(case, held=held)


def _taken_over(case: Case, actor: Actor) -> Case:
    if case.step not in TAKEN_OVER:
        raise WrongStep(f"Nobody else can do {case.step}.", "", "Extend it, or send the case back.")
    if actor.id == case.parties.employee:
        raise ReviewsHimself("Nobody reviews himself.", "", "Let another officer take it over.")
    if case.step is Step.ENDORSEMENT and actor.id in barred(case.parties):
        raise DecidesOwnRating("Nobody endorses the own rating.", "", "Leave it to somebody else.")
    return replace(case, parties=replace(case.parties, taken_by=_acts_as(actor, case.parties)))


def _acts_as(actor: Actor, parties: Parties) -> str:
    """Under which id this actor takes a step: for HR of the agency, for HR of the unit once that was called in, or himself."""
    return HR if actor.hr else unit_hr(parties.unit) if called_as_unit_hr(actor, parties) else actor.id


def _sent_back(case: Case, step: Step, at: datetime) -> Case:
    """The case at an earlier step. What was written there stays to be revised; what followed from it is void."""
    if not goes_back_to(case, step) or WAY.index(step) >= WAY.index(case.step):
        raise WrongStep(f"The case is at {case.step} and cannot go back to {step}.", "step", "Choose an earlier step.")
    return gone_back(case, step, at)


def goes_back_to(case: Case, step: Step) -> bool:
    """Whether a case of this cycle can be sent back to this step: a stage, and one that is done for each case by itself."""
    return case.timetable.has(step) and step not in (*GROUP_STEPS, *OBJECTION_STEPS)


def gone_back(case: Case, step: Step, at: datetime) -> Case:
    """The case at an earlier step, or at the same one, without what followed from it."""
    final = step is Step.ACKNOWLEDGEMENT and case.objection is not None and case.objection.ended in FINAL
    void = replace(
        case, objection=case.objection if final else None, parties=replace(case.parties, rater=None, decider=None)
    )
    back = replace(void.entering(step, at), returned=case.returned + 1, held=None, comment=None, refused=None)
    back = replace(back, return_reason="")
    if step in up_to(Step.ENDORSEMENT):
        back = replace(back, calibrated=None)
    if step in up_to(Step.REVIEW):
        back = replace(back, review=None, reviewed_by=None, looks=())
    if step is Step.ENDORSEMENT:
        back = replace(back, parties=with_decider(replace(back.parties, rater=case.reviewed_by), None))
    return back
