"""The clock of a calibration or of the nomination that stands still, and goes on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import pytest

from appraisal.access import CYCLE, ORGANISATION, Actor
from appraisal.calibration.calibration import Apply, Calibration, CalibrationOrder, FollowHead, SetUnitResult
from appraisal.calibration.calibration import prepared as calibration
from appraisal.calibration.rules import lapsed, notices, perform
from appraisal.commands import Hold, Release, Reschedule
from appraisal.errors import AppraisalError
from appraisal.group import GroupPhase
from appraisal.group_clock import finished, held_or_released, ring
from appraisal.timetable import Window
from appraisal.training.nomination import Decide, Nomination, NominationDecision, NominationOrder, RefreshProposals
from appraisal.training.nomination import prepared as nomination
from appraisal.training.nomination_rules import notices as nomination_notices
from appraisal.training.nomination_rules import permitted as nomination_permits
from appraisal.vocabulary import Alarm, Step, UnitResult
from tests import builders
from tests.builders import HEAD, START, SUPERIOR, UNIT
from tests.rules.test_group_dates import SOME, of_unit
from tests.rules.test_ladder import DAY

FLOOD, DRY = "Banjir: kantor ditutup.", "Kantor dibuka."
OFFICER = Actor("olga", hr=True)
CLOSES = builders.timetable().closes


def opened(days: int = 0) -> Calibration:
    """A calibration that is open and opened so many days after the start."""
    table = builders.timetable()
    window = replace(table.window(Step.CALIBRATION), opens=START + days * DAY)
    state = calibration("calibration/c1/dinkes", "c1", UNIT, HEAD, (SUPERIOR,), table.with_window(window), START)
    return ring(state, Alarm.OPEN, SOME, START + days * DAY)


def waiting_nomination() -> Nomination:
    table = builders.timetable()
    opens = replace(table.window(Step.NOMINATION), opens=START + 60 * DAY)
    return nomination("nomination/c1", "c1", table.with_window(opens), START)


def hold(state: Calibration, at: datetime, until: datetime | None = None, why: str = FLOOD) -> Calibration:
    return perform(state, CalibrationOrder(Hold(why, until), OFFICER), at, f"olga/{at}")


def release(state: Calibration, at: datetime) -> Calibration:
    return perform(state, CalibrationOrder(Release(DRY), OFFICER), at, f"olga/{at}")


def later(window: Window, by: timedelta) -> Window:
    """This window, in which so far nothing but the opening has passed, with all else later."""
    return replace(window.due_later(by, CLOSES), end=window.end + by)


def test_while_it_is_held_nothing_rings_and_afterwards_the_window_is_later_by_the_time_lost() -> None:
    before = opened()
    held = hold(before, START + 40 * DAY)
    assert held.next_alarm == (CLOSES, Alarm.CLOSE)
    assert held.schedule == before.schedule
    after = release(held, START + 45 * DAY)
    assert after.schedule.window == later(before.schedule.window, 5 * DAY)
    assert after.next_alarm == (before.schedule.window.remind[0] + 5 * DAY, Alarm.REMIND)
    assert (after.phase, after.rung, after.held) == (GroupPhase.OPEN, (Alarm.OPEN,), None)


def test_its_record_says_who_stopped_it_when_and_why_and_what_became_of_the_dates() -> None:
    held = hold(opened(), START + 40 * DAY, START + 50 * DAY)
    released = release(held, START + 45 * DAY)
    first, second = released.events[-2:]
    assert (first.kind, first.actor, first.reason, first.at) == ("hold", "olga", FLOOD, START + 40 * DAY)
    assert first.changes == (("until", "", str(START + 50 * DAY)),)
    assert (second.kind, second.actor, second.reason) == ("release", "olga", DRY)
    assert {name for name, _, _ in second.changes} == {"due", "end"}
    assert [event.revision for event in released.events] == [0, 1, 2, 3]
    told = [(one.recipient, one.kind) for one in notices(released)][-2:]
    assert told == [(HEAD, "calibration_held"), (HEAD, "calibration_released")]


def test_a_hold_with_an_end_ends_by_itself() -> None:
    until = START + 43 * DAY
    held = hold(opened(), START + 40 * DAY, until)
    assert held.next_alarm == (until, Alarm.RELEASE)
    after = ring(held, Alarm.RELEASE, SOME, until)
    assert (after.held, after.events[-1].kind, after.events[-1].actor) == (None, "released", "clock")
    assert after.schedule.window == later(opened().schedule.window, 3 * DAY)


def test_a_window_that_would_have_ended_stays_open_and_what_has_rung_does_not_ring_again() -> None:
    late = of_unit()
    held = hold(late, START + 54 * DAY)
    assert [one.recipient for one in notices(held)] == [HEAD, SUPERIOR], "whoever stands in hears of it too"
    after = release(held, START + 60 * DAY)
    assert (after.phase, after.escalated_to) == (GroupPhase.OPEN, SUPERIOR)
    assert after.next_alarm == (START + 61 * DAY, Alarm.END)


def test_a_group_that_waits_opens_later() -> None:
    before = waiting_nomination()
    held = held_or_released(before, Hold(FLOOD), "olga", START + 50 * DAY, "k1")
    after = held_or_released(held, Release(DRY), "olga", START + 54 * DAY, "k2")
    assert (after.phase, after.next_alarm) == (GroupPhase.WAITING, (START + 64 * DAY, Alarm.OPEN))
    assert [one.kind for one in nomination_notices(after)] == ["nomination_held", "nomination_released"]


@pytest.mark.parametrize("until", [None, CLOSES - DAY, CLOSES])
def test_with_the_cycle_every_hold_ends_and_the_window_with_it(until: datetime | None) -> None:
    """With an end before the closing too, where nothing ran between the two."""
    held = hold(opened(), START + 40 * DAY, until)
    assert held.next_alarm is not None
    after = ring(held, held.next_alarm[1], SOME, CLOSES)
    assert (after.phase, after.held, after.next_alarm) == (GroupPhase.ENDED, None, None)
    assert (after.events[-1].kind, after.schedule.window.end) == ("closed_with_cycle", CLOSES)
    assert lapsed(after, (), CLOSES) == after, "and whoever is there is settled as after every end"


def test_time_lost_is_not_given_back_past_the_closing() -> None:
    after = release(hold(opened(), START + 40 * DAY), CLOSES - DAY)
    assert (after.schedule.window.due, after.schedule.window.end) == (CLOSES, CLOSES)
    assert after.next_alarm == (CLOSES, Alarm.END)


def test_other_dates_come_during_a_hold_and_move_with_it() -> None:
    held, table = hold(of_unit(), START + 54 * DAY), builders.timetable(START + 20 * DAY)
    table = table.with_window(replace(table.window(Step.CALIBRATION), opens=START))
    wish = CalibrationOrder(Reschedule(table, "Surat edaran.", "olga"), CYCLE)
    moved = perform(held, wish, START + 55 * DAY, "cycle/c1/4")
    assert (moved.held, moved.next_alarm) == (held.held, (table.closes, Alarm.CLOSE))
    after = release(moved, START + 60 * DAY)
    assert after.next_alarm == (table.window(Step.CALIBRATION).remind[0] + 6 * DAY, Alarm.REMIND)
    assert after.escalated_to is None, "by the new dates nobody is late"


def test_nobody_decides_while_the_clock_stands_still() -> None:
    held = hold(opened(), START + 40 * DAY)
    at = START + 41 * DAY
    assert refused(lambda: perform(held, CalibrationOrder(Apply((), ("ani",)), Actor(HEAD)), at, "k")) == "on_hold"
    after = perform(held, CalibrationOrder(SetUnitResult(UnitResult.BAIK, "LKjIP."), OFFICER), at, "k")
    assert after.unit_result is UnitResult.BAIK, "what the unit has reached can be recorded meanwhile"
    named = ring(waiting_nomination(), Alarm.OPEN, SOME, START + 60 * DAY)
    still = held_or_released(named, Hold(FLOOD), "olga", START + 61 * DAY, "k1")
    for command in (RefreshProposals(), Decide((NominationDecision("ani", True, None),))):
        ask = NominationOrder(command, OFFICER)
        assert refused(lambda ask=ask: nomination_permits(still, ask, START + 62 * DAY)) == "on_hold"  # type: ignore[misc]


def test_a_new_head_hears_of_it_when_it_goes_on() -> None:
    held = hold(opened(), START + 40 * DAY)
    held = held.stored(held.revision)
    order = CalibrationOrder(FollowHead("fajar", (SUPERIOR,)), ORGANISATION)
    followed = perform(held, order, START + 41 * DAY, "k")
    assert notices(followed) == ()
    gone_on = release(followed.stored(followed.revision), START + 42 * DAY)
    assert [(one.recipient, one.kind) for one in notices(gone_on)] == [("fajar", "calibration_released")]


def refused(ask: Callable[[], object]) -> str:
    with pytest.raises(AppraisalError) as refusal:
        ask()
    return refusal.value.code()


AT = START + 40 * DAY
REFUSALS: list[tuple[str, Hold | Release, Actor, str]] = [
    ("no reason", Hold(" "), OFFICER, "missing_reason"),
    ("ends in the past", Hold(FLOOD, AT), OFFICER, "invalid_hold"),
    ("ends after the cycle", Hold(FLOOD, CLOSES + DAY), OFFICER, "invalid_hold"),
    ("not held", Release(DRY), OFFICER, "not_on_hold"),
    ("by the head", Hold(FLOOD), Actor(HEAD), "not_allowed"),
    ("by the system", Hold(FLOOD), CYCLE, "not_allowed"),
]


@pytest.mark.parametrize(("wish", "actor", "code"), [row[1:] for row in REFUSALS], ids=[row[0] for row in REFUSALS])
def test_what_cannot_be(wish: Hold | Release, actor: Actor, code: str) -> None:
    assert refused(lambda: perform(opened(), CalibrationOrder(wish, actor), AT, "k")) == code
    assert refused(lambda: nomination_permits(waiting_nomination(), NominationOrder(wish, actor), AT)) == code


def test_what_is_held_already_has_ended_or_is_done() -> None:
    held, ended = hold(opened(), AT), ring(of_unit(), Alarm.END, SOME, START + 56 * DAY)
    assert refused(lambda: hold(held, AT + DAY)) == "on_hold"
    assert refused(lambda: release(release(held, AT), AT)) == "not_on_hold"
    for state in (ended, finished(held, AT)):
        assert refused(lambda state=state: hold(state, START + 57 * DAY)) == "already_closed"  # type: ignore[misc]
        assert refused(lambda state=state: release(state, START + 57 * DAY)) == "already_closed"  # type: ignore[misc]


def step_by(dice: Random, state: Calibration, at: datetime) -> Calibration:
    """HR stops the clock or lets it go on, or does nothing."""
    if dice.random() < 0.5 or state.phase is GroupPhase.ENDED:
        return state
    until = at + dice.randint(1, 30) * DAY if dice.random() < 0.5 else None
    wish = Release(DRY) if state.held else Hold(FLOOD, until if until and until <= CLOSES else None)
    return held_or_released(state, wish, "olga", at, str(at))


def test_whatever_is_held_and_released_the_window_ends_once_and_never_after_the_cycle() -> None:
    for seed in range(300):
        dice, at, state = Random(seed), START, opened()
        while (planned := state.next_alarm) is not None:
            at = min(at + dice.randint(1, 5) * DAY, CLOSES)
            state = step_by(dice, state, at)
            while (planned := state.next_alarm) is not None and planned[0] <= at:
                state = ring(state, planned[1], SOME, at)
            window = state.schedule.window
            assert window.opens <= window.due <= window.end <= CLOSES
        kinds = [event.kind for event in state.events]
        assert state.phase is GroupPhase.ENDED
        assert kinds.count("window_ended") + kinds.count("closed_with_cycle") == 1
        assert max(kinds.count(kind) for kind in ("step_opened", "reminded", "became_due", "escalated")) <= 1
        assert [event.revision for event in state.events] == list(range(state.revision + 1))
