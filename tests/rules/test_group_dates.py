"""A calibration and the nomination under other dates of their cycle."""

from dataclasses import replace
from datetime import datetime

import pytest

from appraisal.access import CYCLE, Actor
from appraisal.calibration.calibration import Calibration, CalibrationOrder
from appraisal.calibration.calibration import prepared as calibration
from appraisal.calibration.rules import notices, perform
from appraisal.commands import Reschedule
from appraisal.errors import AlreadyClosed, AppraisalError
from appraisal.group import GroupPhase, Presence
from appraisal.group_clock import finished, rescheduled
from appraisal.group_clock import ring as ring_group
from appraisal.timetable import Timetable
from appraisal.training.nomination import Nomination, NominationOrder
from appraisal.training.nomination import prepared as nomination
from appraisal.training.nomination_rules import permitted as nomination_permits
from appraisal.vocabulary import Alarm, Step
from tests import builders
from tests.builders import HEAD, START, SUPERIOR, UNIT
from tests.rules.test_ladder import DAY

WHY = "Surat edaran Bupati."
OFFICER, SOME = Actor("olga", hr=True), Presence(2, 1)


def of_unit() -> Calibration:
    """A calibration whose whole ladder has been climbed."""
    state = calibration("calibration/c1/dinkes", "c1", UNIT, HEAD, (SUPERIOR,), builders.timetable(), START)
    for _ in range(4):
        assert state.next_alarm is not None
        state = ring_group(state, state.next_alarm[1], SOME, state.next_alarm[0])
    return state.stored(state.revision)


def tell(state: Calibration, table: Timetable, at: datetime, actor: Actor = CYCLE, why: str = WHY) -> Calibration:
    return perform(state, CalibrationOrder(Reschedule(table, why, "olga"), actor), at, "cycle/c1/4")


def test_a_calibrations_next_alarm_follows_and_the_superior_is_called_off() -> None:
    before = of_unit()
    assert (before.phase, before.escalated_to) == (GroupPhase.OPEN, SUPERIOR)
    late = before.schedule.window.due + DAY
    table = builders.timetable(START + 20 * DAY)
    table = table.with_window(replace(table.window(Step.CALIBRATION), opens=START))
    after = tell(before, table, late)
    assert after.next_alarm == (table.window(Step.CALIBRATION).remind[0], Alarm.REMIND)
    assert (after.phase, after.escalated_to, after.schedule.closes) == (GroupPhase.OPEN, None, table.closes)
    event = after.events[-1]
    assert (event.kind, event.actor, event.reason, event.command_id) == ("reschedule", "olga", WHY, "cycle/c1/4")
    assert {name for name, _, _ in event.changes} == {"due", "end", "escalated_to"}
    assert [(one.recipient, one.kind) for one in notices(after)] == [(HEAD, "calibration_rescheduled")]


def test_a_calibration_without_a_head_keeps_its_stand_in() -> None:
    alone = replace(of_unit(), head=None)
    assert tell(alone, builders.timetable(START + 40 * DAY), START + 60 * DAY).escalated_to == SUPERIOR


def test_a_window_that_had_ended_opens_again_and_one_that_opens_later_waits() -> None:
    ended = ring_group(of_unit(), Alarm.END, SOME, START + 56 * DAY)
    assert ended.phase is GroupPhase.ENDED
    table = builders.timetable(START + 20 * DAY)
    assert tell(ended, table, START + 57 * DAY).phase is GroupPhase.OPEN
    opens = START + 60 * DAY
    waits = tell(ended, table.with_window(replace(table.window(Step.CALIBRATION), opens=opens)), START + 57 * DAY)
    assert (waits.phase, waits.next_alarm) == (GroupPhase.WAITING, (opens, Alarm.OPEN))


def test_a_window_that_the_new_dates_have_ended_ends_at_once() -> None:
    opened = ring_group(waiting_nomination(), Alarm.OPEN, SOME, START)
    earlier = builders.timetable(START - 40 * DAY)
    after = rescheduled(opened, Step.NOMINATION, Reschedule(earlier, WHY, "olga"), START + 60 * DAY, "k")
    while (planned := after.next_alarm) and planned[0] <= START + 60 * DAY:
        after = ring_group(after, planned[1], SOME, START + 60 * DAY)
    assert after.phase is GroupPhase.ENDED


def waiting_nomination() -> Nomination:
    return nomination("nomination/c1", "c1", builders.timetable(), START)


def test_what_is_done_stays_done() -> None:
    done = finished(of_unit(), START + 57 * DAY)
    with pytest.raises(AlreadyClosed):
        tell(done, builders.timetable(START + 40 * DAY), START + 60 * DAY)
    with pytest.raises(AlreadyClosed):
        nomination_permits(
            finished(waiting_nomination(), START),
            NominationOrder(Reschedule(builders.timetable(), WHY, "o"), CYCLE),
            START,
        )


@pytest.mark.parametrize(
    ("actor", "why", "code"),
    [(OFFICER, WHY, "not_allowed"), (Actor(HEAD), WHY, "not_allowed"), (CYCLE, " ", "missing_reason")],
)
def test_a_group_takes_other_dates_from_its_cycle_alone_and_with_a_reason(actor: Actor, why: str, code: str) -> None:
    for ask in (
        lambda: tell(of_unit(), builders.timetable(), START, actor, why),
        lambda: nomination_permits(
            waiting_nomination(), NominationOrder(Reschedule(builders.timetable(), why, "olga"), actor), START
        ),
    ):
        with pytest.raises(AppraisalError) as refused:
            ask()
        assert refused.value.code() == code
