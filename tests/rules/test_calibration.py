"""Who may calibrate whom, when, and what is left on record."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from appraisal.access import ORGANISATION, Actor
from appraisal.calibration.calibration import (
    Adjustment,
    Apply,
    Calibration,
    CalibrationOrder,
    FollowHead,
    Member,
    SetUnitResult,
    prepared,
)
from appraisal.calibration.rules import acceptable, applied, lapsed, notices, perform, permitted
from appraisal.errors import (
    AlreadyClosed,
    AppraisalError,
    MissingReason,
    NotAllowed,
    NotAMember,
    NothingToDecide,
    NotOpenYet,
    ReviewsHimself,
    StaleBoard,
)
from appraisal.group import GroupPhase, Presence, Told
from appraisal.group_clock import finished, moved, ring
from appraisal.parties import HR
from appraisal.unit.errors import UnitResultMissing
from appraisal.vocabulary import Alarm, Predicate, Rating, Step, UnitResult
from tests import builders
from tests.builders import HEAD, START, SUPERIOR

TABLE = builders.timetable()
WINDOW = TABLE.window(Step.CALIBRATION)
HEAD_OF_UNIT, OFFICER = Actor(HEAD), Actor("olga", hr=True)
SOME, NOBODY = Presence(2, 1), Presence(0, 1)
ANI = Member("ani", "appraisal/c1/ani", Rating.SESUAI, Rating.SESUAI)
EKO = Member("eko", "appraisal/c1/eko", Rating.DI_ATAS, Rating.DI_ATAS)
RAISE_ANI = Adjustment("ani", Rating.DI_ATAS, Rating.DI_ATAS, "Memimpin imunisasi.")


def waiting(head: str | None = HEAD, line: tuple[str, ...] = (SUPERIOR,)) -> Calibration:
    table = replace(TABLE, windows=tuple(replace(w, opens=START + timedelta(days=1)) for w in TABLE.windows))
    return prepared("calibration/c1/dinkes", "c1", builders.UNIT, head, line, table, START)


def opened(head: str | None = HEAD, line: tuple[str, ...] = (SUPERIOR,)) -> Calibration:
    return ring(waiting(head, line), Alarm.OPEN, SOME, at())


def at(days: float = 1) -> datetime:
    return START + timedelta(days=days)


def apply(*adjustments: Adjustment, members: tuple[str, ...] = ("ani", "eko"), why: str = "") -> Apply:
    return Apply(adjustments, members, why)


def decide(calibration: Calibration, command: Apply, actor: Actor = HEAD_OF_UNIT) -> Calibration:
    return applied(calibration, CalibrationOrder(command, actor), (EKO, ANI), at(2), "k1")


def test_everybody_gets_the_ratings_as_reviewed_but_for_changes_with_a_reason() -> None:
    after = decide(opened(), apply(RAISE_ANI))
    assert after.decision is not None
    ani, eko = after.decision.ratings
    assert (ani.predicate, ani.reason, ani.changed) == (Predicate.SANGAT_BAIK, "Memimpin imunisasi.", True)
    assert (eko.predicate, eko.reason, eko.changed) == (Predicate.SANGAT_BAIK, "", False)
    assert (after.round, after.moving) == (1, True)


def test_the_event_holds_the_snapshot_before_and_after_with_the_warnings() -> None:
    six = tuple(Member(f"m{n}", f"appraisal/c1/m{n}", Rating.DI_ATAS, Rating.DI_ATAS) for n in range(6))
    excellent = perform(opened(), set_result(UnitResult.ISTIMEWA), at(), "k0")
    board = Apply((), tuple(member.employee for member in six), "Tim vaksin luar biasa.")
    event = applied(excellent, CalibrationOrder(board, HEAD_OF_UNIT), six, at(2), "k1").events[-1]
    assert event.changes[0] == ("m0", "DI_ATAS/DI_ATAS", "DI_ATAS/DI_ATAS")
    assert event.changes[-1][0] == "distribution/too_many"
    assert (event.reason, event.actor, event.on_behalf_of) == ("Tim vaksin luar biasa.", HEAD, None)


@pytest.mark.parametrize(
    ("command", "actor", "refusal"),
    [
        (apply(replace(RAISE_ANI, reason=" ")), HEAD_OF_UNIT, MissingReason),
        (apply(replace(RAISE_ANI, employee="gita")), HEAD_OF_UNIT, NotAMember),
        (apply(RAISE_ANI, RAISE_ANI), HEAD_OF_UNIT, NotAMember),
        (apply(members=("ani",)), HEAD_OF_UNIT, StaleBoard),
        (apply(members=("ani", "eko", "gita")), HEAD_OF_UNIT, StaleBoard),
        (apply(), Actor(SUPERIOR), NotAllowed),
        (apply(), OFFICER, NotAllowed),
        (apply(), Actor("ani"), NotAllowed),
    ],
)
def test_refusals_name_what_is_wrong(command: Apply, actor: Actor, refusal: type[AppraisalError]) -> None:
    with pytest.raises(refusal):
        decide(opened(), command, actor)


def test_nobody_calibrates_himself_not_even_the_head() -> None:
    with pytest.raises(ReviewsHimself):
        decide(replace(opened(), head="ani"), apply(), Actor("ani"))


def test_an_empty_unit_has_nothing_to_decide() -> None:
    with pytest.raises(NothingToDecide):
        applied(opened(), CalibrationOrder(Apply((), ()), HEAD_OF_UNIT), (), at(2), "k1")


def test_nothing_before_it_opens_and_nothing_after_the_end() -> None:
    order = CalibrationOrder(apply(), HEAD_OF_UNIT)
    with pytest.raises(NotOpenYet):
        permitted(waiting(), order, START)
    ended = ring(opened(), Alarm.END, SOME, WINDOW.end)
    for closed in (ended, finished(ended, WINDOW.end)):
        with pytest.raises(AlreadyClosed):
            permitted(closed, order, WINDOW.end)


def set_result(result: UnitResult, why: str = "Evaluasi Bupati.") -> CalibrationOrder:
    return CalibrationOrder(SetUnitResult(result, why), OFFICER)


def test_hr_sets_the_result_of_the_unit_with_a_reason_even_before_it_opens() -> None:
    after = perform(waiting(), set_result(UnitResult.BAIK), START, "k1")
    assert after.unit_result is UnitResult.BAIK
    assert after.events[-1].changes == (("unit_result", "", "BAIK"),)
    with pytest.raises(MissingReason):
        perform(waiting(), set_result(UnitResult.BAIK, ""), START, "k1")
    with pytest.raises(NotAllowed):
        perform(waiting(), CalibrationOrder(SetUnitResult(UnitResult.BAIK, "Ya."), HEAD_OF_UNIT), START, "k1")


def test_the_superior_of_the_head_sets_the_result_and_hr_records_it_for_him() -> None:
    by_hr = perform(waiting(), set_result(UnitResult.BAIK), START, "k1").events[-1]
    assert (by_hr.actor, by_hr.on_behalf_of) == (OFFICER.id, SUPERIOR)
    own = CalibrationOrder(SetUnitResult(UnitResult.KURANG, "Dua indikator tidak tercapai."), Actor(SUPERIOR))
    acceptable(waiting(), own, START)
    event = perform(waiting(), own, START, "k1").events[-1]
    assert (event.actor, event.on_behalf_of) == (SUPERIOR, None)
    nobody_above = perform(waiting(line=()), set_result(UnitResult.BAIK), START, "k1").events[-1]
    assert nobody_above.on_behalf_of is None


def test_the_result_of_the_unit_comes_before_its_ratings_and_is_not_set_by_its_head() -> None:
    order = CalibrationOrder(apply(), HEAD_OF_UNIT)
    with pytest.raises(UnitResultMissing) as refusal:
        acceptable(opened(), order, at(2))
    assert refusal.value.remedy
    acceptable(replace(opened(), unit_result=UnitResult.BAIK), order, at(2))
    officer_and_head = CalibrationOrder(SetUnitResult(UnitResult.ISTIMEWA, "Ya."), Actor(HEAD, hr=True))
    for calibration in (waiting(), replace(waiting(), head="fajar", represents=HEAD)):
        with pytest.raises(ReviewsHimself):
            acceptable(calibration, officer_and_head, START)
    assert decide(opened(), apply()).round == 1, "a history of before the rule still plays"


def test_whoever_is_above_the_head_is_told_as_long_as_the_result_is_missing() -> None:
    def told(calibration: Calibration) -> list[str]:
        return [notice.recipient for notice in notices(calibration) if notice.kind == "unit_result_waits"]

    assert told(opened()) == [SUPERIOR]
    assert told(opened(line=())) == [HR]
    assert told(opened(head=None)) == [], "whoever stands in for the head hears of the calibration itself"
    for alarm in (Alarm.REMIND, Alarm.DUE):
        rung = ring(opened().stored(99), alarm, SOME, at(3))
        assert told(rung) == [SUPERIOR]
        assert told(replace(rung, unit_result=UnitResult.BAIK)) == []


def test_escalation_lets_the_superior_of_the_head_decide_and_says_in_whose_place() -> None:
    escalated = ring(opened(), Alarm.ESCALATE, SOME, WINDOW.escalate[0].at)
    assert escalated.escalated_to == SUPERIOR
    told = {(notice.recipient, notice.kind) for notice in notices(escalated)}
    assert (SUPERIOR, "calibration_escalated_to_you") in told
    assert (HEAD, "calibration_escalated") in told
    event = decide(escalated, apply(), Actor(SUPERIOR)).events[-1]
    assert (event.actor, event.on_behalf_of) == (SUPERIOR, HEAD)


def test_hr_stands_in_where_there_is_nobody_above_and_at_once_where_there_is_no_head() -> None:
    assert ring(opened(line=()), Alarm.ESCALATE, SOME, WINDOW.escalate[0].at).escalated_to == HR
    headless = opened(head=None, line=())
    assert notices(headless)[0].recipient == HR
    assert decide(headless, apply(), OFFICER).round == 1


def test_a_new_head_takes_over_and_the_old_one_may_not_any_more() -> None:
    after = perform(opened(), CalibrationOrder(FollowHead("fajar", ("gita",)), ORGANISATION), at(2), "k1")
    assert (after.head, after.line, after.escalated_to) == ("fajar", ("gita",), None)
    assert decide(after, apply(), Actor("fajar")).round == 1
    with pytest.raises(NotAllowed):
        decide(after, apply())
    with pytest.raises(NotAllowed):
        perform(opened(), CalibrationOrder(FollowHead("fajar", ()), HEAD_OF_UNIT), at(2), "k1")


@pytest.mark.parametrize("alarm", [Alarm.REMIND, Alarm.DUE, Alarm.ESCALATE])
def test_the_clock_rings_only_if_somebody_waits(alarm: Alarm) -> None:
    before = opened()
    silent, loud = ring(before, alarm, NOBODY, at(3)), ring(before, alarm, SOME, at(3))
    assert (silent.revision, loud.revision) == (before.revision, before.revision + 1)
    assert silent.rung == loud.rung
    assert silent.escalated_to is None


def test_the_alarms_come_in_order_and_a_late_start_still_opens() -> None:
    calibration, seen = waiting(), []
    while (planned := calibration.next_alarm) is not None:
        seen.append(planned[1])
        calibration = ring(calibration, planned[1], NOBODY, planned[0])
    assert seen == [Alarm.OPEN, Alarm.REMIND, Alarm.DUE, Alarm.ESCALATE, Alarm.END]
    late = prepared("calibration/c1/dinkes", "c1", builders.UNIT, HEAD, (), TABLE, WINDOW.due + timedelta(minutes=1))
    assert late.next_alarm == (WINDOW.due + timedelta(minutes=1), Alarm.OPEN)


def test_the_end_leaves_the_ratings_as_reviewed_and_says_why() -> None:
    after = lapsed(ring(opened(), Alarm.END, SOME, WINDOW.end), (ANI,), WINDOW.end)
    assert after.decision is not None
    assert [(rated.results, rated.reason) for rated in after.decision.ratings] == [(Rating.SESUAI, "")]
    assert after.events[-1].reason.startswith("nobody calibrated by")
    assert lapsed(after, (), WINDOW.end) is after


def test_revisions_have_no_gaps_and_the_last_event_closes_it() -> None:
    told = Told(1, (("eko", "WrongStep"),))
    done = finished(moved(decide(opened(), apply()), told, at(2)), at(2))
    assert [event.revision for event in done.events] == list(range(len(done.events)))
    assert done.events[-2].changes[1:] == (("elsewhere", "", "1"), ("elsewhere/eko", "", "WrongStep"))
    assert done.phase is GroupPhase.DONE
    assert done.stored(done.revision).events == ()
