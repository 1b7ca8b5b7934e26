"""What the clock does to a case by itself: it opens, reminds, calls the step due, escalates once, and ends it by its rule."""

from dataclasses import replace
from datetime import datetime

from appraisal.access import CLOCK
from appraisal.case import Case, recorded
from appraisal.record import Event
from appraisal.vocabulary import Alarm, EndRule, Outcome, Step

GOES_ON_TO: dict[Step, Step] = {
    Step.SELF_ASSESSMENT: Step.REVIEW,
    Step.CALIBRATION: Step.ACKNOWLEDGEMENT,
    Step.ACKNOWLEDGEMENT: Step.NOMINATION,
    Step.NOMINATION: Step.CLOSED,
}
"""Where a step leads that may lapse. Without targets, approval or review there is nothing to rate."""

KINDS: dict[Alarm, str] = {
    Alarm.OPEN: "step_opened",
    Alarm.REMIND: "reminded",
    Alarm.DUE: "became_due",
    Alarm.ESCALATE: "escalated",
    Alarm.END: "lapsed",
}


def ring(case: Case, alarm: Alarm, at: datetime) -> Case:
    """The case after this alarm, with one event. The caller has made sure that it is the next one and that it is time."""
    after = replace(case, rung=(*case.rung, alarm))
    why = ""
    if alarm is Alarm.ESCALATE:
        parties = replace(case.parties, escalated_to=case.above_holder)
        after = replace(after, parties=parties, escalated=case.escalated + 1)
    elif alarm is Alarm.END:
        after, why = _ended(case, at), f"nobody finished {case.step} by {at.isoformat(timespec='seconds')}"
    event = Event(0, KINDS[alarm], CLOCK.id, at, f"clock/{case.revision + 1}", reason=why)
    return recorded(case, after, event)


def _ended(case: Case, at: datetime) -> Case:
    if case.window.end_rule is EndRule.GO_ON:
        following = GOES_ON_TO[case.step]
        outcome = Outcome.RATED if following is Step.CLOSED else None
        return replace(case.entering(following, at), outcome=outcome)
    return replace(case.entering(Step.CLOSED, at), outcome=Outcome.UNRATED)
