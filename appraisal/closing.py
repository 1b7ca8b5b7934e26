"""How an open case leaves the cycle if nobody acts any more. Only the clocks go on: its own, its calibration's, the nomination's.

What this foresees is what clock.py and the groups then do; tests/rules/test_closing.py plays them to their end and compares.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from appraisal.case import Case
from appraisal.clock import GOES_ON_TO
from appraisal.group import Group, Schedule
from appraisal.holds import Held
from appraisal.objection.times import after_hold, last_moment, stands, until_objected
from appraisal.timetable import Timetable, Window
from appraisal.vocabulary import GROUP_STEPS, OBJECTION_STEPS, Alarm, EndRule, Exit, Outcome, Step


@dataclass(frozen=True, slots=True)
class Standing:
    """As much of an open case as its exit depends on.

    `ended`: the end of the step has rung and did not lead out of it. `rated`: there are ratings, from the review on.
    `object_by` and `refused` as in Case.
    """

    step: Step
    since: datetime
    timetable: Timetable
    ended: bool = False
    rated: bool = False
    held: Held | None = None
    object_by: datetime | None = None
    refused: bool = False

    @staticmethod
    def of(case: Case) -> "Standing":
        rated = case.predicate is not None
        ended, refused = Alarm.END in case.rung, case.refused is not None
        return Standing(case.step, case.since, case.timetable, ended, rated, case.held, case.object_by, refused)

    @property
    def window(self) -> Window:
        window = self.timetable.for_arrival(self.step, self.since)
        if self.step is Step.ACKNOWLEDGEMENT:
            return until_objected(window, self.object_by, self.refused)
        return window

    @property
    def closing(self) -> datetime:
        return max(self.timetable.closes, self.since)

    def entering(self, step: Step, at: datetime) -> "Standing":
        moved = replace(self, step=step, since=at, ended=False)
        if step is not Step.ACKNOWLEDGEMENT:
            return moved
        return replace(moved, object_by=last_moment(self.timetable, at), refused=False)

    def released(self, at: datetime) -> "Standing":
        """After the hold: what lay ahead is later, and what is over by then counts as rung."""
        assert self.held is not None, "only what is held can be released"
        later = self.timetable.shifted(self.held.since, at - self.held.since)
        object_by = after_hold(self.object_by, self.held.since, at, self.timetable.closes)
        free = replace(self, timetable=later, held=None, object_by=object_by)
        return free if self.step in GROUP_STEPS else replace(free, ended=free.window.end <= at)


@dataclass(frozen=True, slots=True)
class Groups:
    """When the calibration of the case's pool and the nomination act; None where it is done, and settles nobody any more."""

    calibration: Schedule | None = None
    nomination: Schedule | None = None

    def settles(self, standing: Standing, at: datetime) -> datetime:
        """When the group of this step moves the case on: when its window ends, and then at one of its looks every grace.

        Of a look, the latest moment is meant.
        """
        schedule = self.calibration if standing.step is Step.CALIBRATION else self.nomination
        if schedule is None:
            return standing.closing
        when = schedule.window.end if at < schedule.window.end else at + schedule.grace
        opens = standing.timetable.window(standing.step).opens  # a hold may have moved it past the group's own
        return when if when >= opens else opens + schedule.grace


def acting(group: Group | None) -> Schedule | None:
    """When this group still acts if nobody does: not where it is done, and of a hold the end that it has, if it has one."""
    if group is None or not group.open:
        return None
    if group.held is None:
        return group.schedule
    when, alarm = group.held.next_alarm(group.schedule.closes)
    return group.schedule.shifted(group.held.since, when) if alarm is Alarm.RELEASE else None


@dataclass(frozen=True, slots=True)
class Leaving:
    """How a case leaves the cycle, at which step, and when."""

    exit: Exit
    outcome: Outcome
    step: Step
    at: datetime


def foreseen(standing: Standing, groups: Groups, now: datetime) -> Leaving:
    """How this case leaves if nobody acts from now on."""
    at = now
    while True:
        at, following = _next(standing, groups, at)
        if isinstance(following, Exit):
            rated = standing.rated and (following is not Exit.UNDECIDED or stands(standing.timetable))
            return Leaving(following, Outcome.RATED if rated else Outcome.UNRATED, standing.step, at)
        standing = following


def _next(standing: Standing, groups: Groups, at: datetime) -> tuple[datetime, Standing | Exit]:
    """What happens next to the case, and when: it stands elsewhere, or it leaves."""
    closing = standing.closing
    if standing.held:
        when, alarm = standing.held.next_alarm(closing)
        at = max(at, when)
        return at, _at_closing(standing) if alarm is Alarm.CLOSE else standing.released(at)
    if standing.step in GROUP_STEPS:
        settled = groups.settles(standing, at)
        if settled < closing:
            calibrated = standing.step is Step.CALIBRATION
            return settled, standing.entering(Step.ACKNOWLEDGEMENT, settled) if calibrated else Exit.COMPLETED
        return _ended(standing, max(at, closing))
    if standing.ended or (standing.step in OBJECTION_STEPS and standing.window.end >= closing):
        return max(at, closing), _at_closing(standing)
    return _ended(standing, max(at, standing.window.end))


def _at_closing(standing: Standing) -> Exit:
    return Exit.UNDECIDED if standing.step in OBJECTION_STEPS else Exit.CLOSING


def _ended(standing: Standing, at: datetime) -> tuple[datetime, Standing | Exit]:
    """The end of the step by its rule."""
    match standing.window.end_rule:
        case EndRule.GO_ON:
            following = GOES_ON_TO[standing.step]
            return at, Exit.LAPSED if following is Step.CLOSED else standing.entering(following, at)
        case EndRule.CLOSE_UNRATED:
            return at, Exit.UNFINISHED
        case _:
            return at, replace(standing, ended=True)


def digest(closes: datetime, cases: Iterable[tuple[str, str, str]]) -> str:
    """What stands for a list that somebody has seen: SHA-256 over the closing and each (employee, step, exit), in any order.

    The moments are left out: they move with the look of a late clock, and would make each look another list.
    """
    text = json.dumps([closes.timestamp(), sorted(cases)], separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
