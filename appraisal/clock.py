"""What the clock does to a case by itself. It opens, reminds, calls the step due, climbs the ladder, ends and closes."""

from dataclasses import replace
from datetime import datetime

from appraisal.access import CLOCK
from appraisal.calling import called
from appraisal.case import Case
from appraisal.case_events import recorded
from appraisal.objection.objecting import settled
from appraisal.objection.objections import ObjectionEnd
from appraisal.objection.times import after_hold, stands
from appraisal.parties import HR
from appraisal.record import Change, Event
from appraisal.vocabulary import OBJECTION_STEPS, Alarm, Audience, EndRule, Exit, Outcome, Step

GOES_ON_TO: dict[Step, Step] = {
    Step.SELF_ASSESSMENT: Step.REVIEW,
    Step.ENDORSEMENT: Step.CALIBRATION,
    Step.CALIBRATION: Step.ACKNOWLEDGEMENT,
    Step.ACKNOWLEDGEMENT: Step.NOMINATION,
    Step.HEARING: Step.OBJECTION,
    Step.OBJECTION: Step.NOMINATION,
    Step.NOMINATION: Step.CLOSED,
}
"""Where a step leads that may lapse. Without targets, approval or review there is nothing to rate."""

KINDS: dict[Alarm, str] = {
    Alarm.OPEN: "step_opened",
    Alarm.REMIND: "reminded",
    Alarm.HEADS_REMIND: "heads_reminded",
    Alarm.HEADS_END: "heads_lapsed",
    Alarm.DUE: "became_due",
    Alarm.ESCALATE: "escalated",
    Alarm.END: "lapsed",
    Alarm.RELEASE: "released",
    Alarm.CLOSE: "closed_with_cycle",
}
STAYED: dict[EndRule, str] = {
    EndRule.TAKE_OVER: "given_to_superior",
    EndRule.HAND_TO_HR: "given_to_hr",
    EndRule.HOLD: "kept_open",
}
"""What the end of a step is called where it does not lead out of it."""
OF_OBJECTIONS: dict[Step, str] = {
    Step.ACKNOWLEDGEMENT: "not_objected",
    Step.HEARING: "account_lapsed",
    Step.OBJECTION: "objection_undecided",
}
"""What the end is called of the time to object after a refusal, of the hearing, and of an objection on which nobody decided."""
LAPSES = ("lapsed", "account_lapsed", "objection_undecided")
"""Ends of a step that nobody did."""


def ring(case: Case, alarm: Alarm, at: datetime) -> Case:
    """The case after this alarm, with one event. The caller has made sure that it is the next one and that it is time."""
    kind, why, changes = KINDS[alarm], "", tuple[Change, ...]()
    after = replace(case, rung=(*case.rung, alarm))
    if alarm is Alarm.ESCALATE:
        after, calls = _escalated(after)
        changes = (("level", "", str(after.rung.count(Alarm.ESCALATE))), *calls)
    elif alarm is Alarm.END:
        named = OF_OBJECTIONS.get(case.step, kind) if case.refused or case.step in OBJECTION_STEPS else kind
        kind = STAYED.get(case.window.end_rule, named)
        after, why = _ended(after, at), f"nobody finished {case.step} by {at.isoformat(timespec='seconds')}"
    elif alarm is Alarm.RELEASE:
        after = released(case, at)
    elif alarm is Alarm.CLOSE:
        after, why = _closed(case, at), f"the cycle closed while the case stood at {case.step}"
    event = Event(0, kind, CLOCK.id, at, f"clock/{case.revision + 1}", reason=why, changes=changes)
    return recorded(case, after, event)


def _closed(case: Case, at: datetime) -> Case:
    """The case as the closing of the cycle finds it. Of an open objection the policy says whether the rating stands."""
    if case.step not in OBJECTION_STEPS:
        return case.leaving(Exit.CLOSING, at)
    undecided = case.leaving(Exit.UNDECIDED, at)
    return undecided if stands(case.timetable) else replace(undecided, outcome=Outcome.UNRATED)


def released(case: Case, at: datetime) -> Case:
    """The case after a hold: what lay ahead when it began is later by as long as it lasted."""
    if case.held is None:
        return case
    later = case.timetable.shifted(case.held.since, at - case.held.since)
    object_by = after_hold(case.object_by, case.held.since, at, case.timetable.closes)
    return replace(case, held=None, object_by=object_by).under(later, at)


def _escalated(case: Case) -> tuple[Case, tuple[Change, ...]]:
    """The next rung of the ladder: `case.rung` already counts it. And what the event tells of HR."""
    ladder = case.window.escalate
    to = ladder[min(case.rung.count(Alarm.ESCALATE), len(ladder)) - 1].to
    if to is Audience.SUPERIOR:
        parties, calls = replace(case.parties, escalated_to=case.above_holder), tuple[Change, ...]()
    else:
        parties, calls = called(case.parties, to)
    return replace(case, parties=parties, escalated=case.escalated + 1), calls


def _ended(case: Case, at: datetime) -> Case:
    match case.window.end_rule:
        case EndRule.GO_ON:
            if case.step is Step.OBJECTION:
                return settled(case, ObjectionEnd.UNDECIDED, at)
            following = GOES_ON_TO[case.step]
            return case.leaving(Exit.LAPSED, at) if following is Step.CLOSED else case.entering(following, at)
        case EndRule.TAKE_OVER:
            return replace(case, parties=replace(case.parties, taken_by=case.above_holder))
        case EndRule.HAND_TO_HR:
            return replace(case, parties=replace(case.parties, taken_by=HR))
        case EndRule.HOLD:
            return case
        case EndRule.CLOSE_UNRATED:
            return case.leaving(Exit.UNFINISHED, at)
