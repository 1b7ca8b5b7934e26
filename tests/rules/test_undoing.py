"""A decision is taken back for everybody or for nobody, within its time, by whoever may."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from appraisal.access import CLOCK, Actor
from appraisal.calibration.calibration import Apply, Calibration, CalibrationOrder, Member, prepared
from appraisal.calibration.rules import applied, lapsed, notices, permitted
from appraisal.calibration.session import Undo
from appraisal.calibration.session_errors import NothingToUndo, TooLateToUndo
from appraisal.calibration.session_rules import SessionRules
from appraisal.calibration.undoing import Standing, begun, demand_undoable, ended
from appraisal.case import Case
from appraisal.commands import Acknowledge, Calibrate, Command, Hold, Nominate, PutBack, SendBack, TakeBack
from appraisal.errors import AlreadyClosed, AppraisalError, MissingReason, NotAllowed, OnHold, ReviewsHimself
from appraisal.group import Presence, Told
from appraisal.group_clock import held_or_released, moved, ring
from appraisal.objection.commands import DecideObjection
from appraisal.transitions import perform
from appraisal.vocabulary import Alarm, Predicate, Rating, Step
from tests import builders
from tests.builders import EMPLOYEE, HEAD, START, SUPERIOR
from tests.rules.objected import do, objected, to_be_decided

HEAD_OF_UNIT, OFFICER = Actor(HEAD), Actor("olga", hr=True)
ANI = Member("ani", "appraisal/c1/ani", Rating.SESUAI, Rating.SESUAI)
EKO = Member("eko", "appraisal/c1/eko", Rating.DI_ATAS, Rating.DI_ATAS)
BACK = tuple(Standing(who, Step.ACKNOWLEDGEMENT, rated=True) for who in ("ani", "eko"))
RULES = SessionRules(undo="P2D")


def at(days: float) -> datetime:
    return START + timedelta(days=days)


def decided(rules: SessionRules = RULES, by: Actor = HEAD_OF_UNIT) -> Calibration:
    """Decided on the second day; its window ends on the 55th."""
    table = builders.timetable()
    fresh = prepared("calibration/c1/dinkes", "c1", builders.UNIT, HEAD, (SUPERIOR,), table, START, rules=rules)
    opened = ring(fresh, Alarm.OPEN, Presence(2, 0), at(1))
    opened = replace(opened, escalated_to=by.id) if by.id != HEAD else opened
    after = applied(opened, CalibrationOrder(Apply((), ("ani", "eko")), by), (ANI, EKO), at(2), "k1")
    return moved(after, Told(2), at(2))


def undo(why: str = "Salah baca capaian.", actor: Actor = HEAD_OF_UNIT) -> CalibrationOrder:
    return CalibrationOrder(Undo(why), actor)


def test_everybody_goes_back_and_the_unit_is_decided_anew() -> None:
    doing = begun(decided(), undo(), BACK, at(3), "k2")
    assert doing.undoing is not None
    assert (doing.undoing.members, doing.undoing.revision) == (("ani", "eko"), doing.revision)
    after = ended(doing, Told(2), at(3))
    assert (after.decision, after.undoing, after.undo_until) == (None, None, None)
    assert after.undone is not None
    assert (after.undone.by, after.undone.reason, after.undone.people) == (HEAD, "Salah baca capaian.", 2)
    assert [event.kind for event in after.events][-2:] == ["undo", "undone"]
    again = applied(after, CalibrationOrder(Apply((), ("ani", "eko")), HEAD_OF_UNIT), (ANI, EKO), at(4), "k3")
    assert again.round == 2, "the cases take the next round's orders as new ones"


def test_where_one_has_gone_on_meanwhile_the_decision_stands_and_says_for_whom() -> None:
    doing = begun(decided(), undo(), BACK, at(3), "k2")
    after = ended(doing, Told(1, (("eko", "TooLateToUndo"),)), at(3))
    assert after.decision == doing.decision
    assert after.undone is not None
    assert after.undone.stayed == ("eko",)
    assert after.events[-1].changes == (("stayed/eko", "", "TooLateToUndo"),)
    assert begun(after, undo(), BACK, at(3), "k3").undoing, "it can be tried once more"


@pytest.mark.parametrize(
    ("calibration", "order", "when", "refusal"),
    [
        (decided(), undo(" "), 3, MissingReason),
        (decided(), undo(actor=Actor("gita")), 3, NotAllowed),
        (decided(), undo(actor=Actor(SUPERIOR)), 3, NotAllowed),
        (decided(), undo(actor=Actor("ani", hr=True)), 3, ReviewsHimself),
        (decided(), undo(), 4, TooLateToUndo),
        (decided(SessionRules(undo="PT0S")), undo(), 3, TooLateToUndo),
        (decided(SessionRules(undo="P90D")), undo(), 55, TooLateToUndo),
        (replace(decided(), decision=None), undo(), 3, NothingToUndo),
        (begun(decided(), undo(), BACK, at(3), "k2"), undo(), 3, NothingToUndo),
        (held_or_released(decided(), Hold("Banjir."), "olga", at(2), "h"), undo(), 3, OnHold),
    ],
    ids=["no reason", "stranger", "superior", "himself", "later", "never", "window", "nothing", "twice", "held"],
)
def test_refusals_say_why(
    calibration: Calibration, order: CalibrationOrder, when: float, refusal: type[AppraisalError]
) -> None:
    with pytest.raises(refusal):
        permitted(calibration, order, at(when))


def test_what_the_clock_decided_stands() -> None:
    by_clock = lapsed(replace(decided(), decision=None), (ANI,), at(3))
    assert by_clock.decision is not None
    assert (by_clock.decision.by, by_clock.undo_until) == (CLOCK.id, None)
    with pytest.raises(TooLateToUndo):
        demand_undoable(by_clock, OFFICER, at(3))


@pytest.mark.parametrize(
    ("standing", "refusal"),
    [
        (Standing("eko", Step.CLOSED, rated=True), TooLateToUndo),
        (Standing("eko", Step.NOMINATION, rated=True, nominated=True), TooLateToUndo),
        (Standing("eko", Step.ACKNOWLEDGEMENT, rated=True, objected=True), TooLateToUndo),
        (Standing("eko", Step.NOMINATION, rated=True), None),
        (Standing("eko", Step.REVIEW, rated=False), None),
        (Standing("eko", Step.CLOSED, rated=False), None),
    ],
    ids=["closed", "nominated", "objected", "acknowledged", "sent back since", "closed before it heard"],
)
def test_only_what_rests_on_the_rating_keeps_everybody(
    standing: Standing, refusal: type[AppraisalError] | None
) -> None:
    both = (BACK[0], standing)
    if refusal:
        with pytest.raises(refusal):
            begun(decided(), undo(), both, at(3), "k2")
    else:
        doing = begun(decided(), undo(), both, at(3), "k2").undoing
        assert doing is not None
        assert ("eko" in doing.members) is standing.rated


def test_nobody_left_to_go_back_is_no_undo() -> None:
    with pytest.raises(NothingToUndo):
        begun(decided(), undo(), (Standing("ani", Step.REVIEW, rated=False),), at(3), "k2")


def test_whoever_was_concerned_is_told() -> None:
    by_superior = decided(by=Actor(SUPERIOR))
    doing = begun(by_superior, undo(actor=OFFICER), BACK, at(3), "k2")

    def told(after: Calibration) -> set[tuple[str, str]]:
        return {(notice.recipient, notice.kind) for notice in notices(after.stored(doing.revision))}

    undone = told(replace(ended(doing, Told(2), at(3)), events=ended(doing, Told(2), at(3)).events[-1:]))
    assert undone == {(HEAD, "calibration_undone"), (SUPERIOR, "calibration_undone")}
    failed = ended(doing, Told(1, (("eko", "AlreadyClosed"),)), at(3))
    assert ("olga", "calibration_undo_failed") in told(failed)


# The case itself.

SYSTEM = Actor("calibration", system=True)
RAISED = Calibrate(Rating.DI_ATAS, Rating.DI_ATAS, "Memimpin imunisasi.", HEAD, "calibration/c1/dinkes")
TAKE, PUT = TakeBack("Salah baca.", HEAD, "calibration/c1/dinkes"), PutBack(HEAD, "calibration/c1/dinkes")


def gave(case: Case, command: Command, actor: Actor = SYSTEM, days: float = 50) -> Case:
    return perform(case, builders.order(command, actor.id, system=actor.system), at(days), f"{case.revision}")


def calibrated() -> Case:
    case = builders.case()
    for number, order in enumerate(builders.year()[:4]):
        case = perform(case, order, at(number), str(number))
    return gave(case, RAISED, days=48)


def acknowledged() -> Case:
    return gave(calibrated(), Acknowledge("Terima kasih."), Actor(EMPLOYEE), 49)


@pytest.mark.parametrize("case", [calibrated(), acknowledged()], ids=["calibrated", "acknowledged"])
def test_a_case_goes_back_to_its_review_and_can_be_put_back_exactly(case: Case) -> None:
    back = gave(case, TAKE)
    assert (back.step, back.predicate, back.calibrated, back.comment) == (Step.CALIBRATION, Predicate.BAIK, None, None)
    assert (back.events[-1].actor, back.events[-1].reason) == (HEAD, "Salah baca.")
    again = gave(back, PUT)
    same = ("step", "since", "rung", "calibrated", "comment", "parties", "predicate")
    assert [getattr(again, name) for name in same] == [getattr(case, name) for name in same]
    anew = gave(back, replace(RAISED, results=Rating.SESUAI, behaviour=Rating.SESUAI, reason=""))
    assert (anew.step, anew.predicate, anew.former) == (Step.ACKNOWLEDGEMENT, Predicate.BAIK, None)


def test_a_rating_that_was_objected_to_stays_what_the_objection_left() -> None:
    upheld = do(to_be_decided(), DecideObjection("Sesuai bukti dukung."), SUPERIOR)
    for case in (objected(), upheld):
        with pytest.raises(TooLateToUndo):
            do(case, TAKE, SYSTEM)


def test_a_case_that_never_was_calibrated_or_has_ended_says_so() -> None:
    waiting = builders.case()
    for number, order in enumerate(builders.year()[:4]):
        waiting = perform(waiting, order, at(number), str(number))
    with pytest.raises(NothingToUndo):
        gave(waiting, TAKE)
    for never in (waiting, calibrated(), gave(gave(calibrated(), TAKE), RAISED)):
        with pytest.raises(NothingToUndo):
            gave(never, PUT)
    closed = gave(acknowledged(), Nominate(None, "Tidak ada kesenjangan.", "hr"))
    with pytest.raises(AlreadyClosed):
        gave(closed, TAKE)
    with pytest.raises(NotAllowed):
        gave(calibrated(), TAKE, Actor(HEAD))


def test_what_hr_does_in_between_wins_over_putting_back() -> None:
    back = gave(calibrated(), TAKE)
    hr = Actor("olga", hr=True)
    sent = perform(back, replace(builders.order(SendBack(Step.REVIEW, "Keliru."), "olga"), actor=hr), at(51), "s")
    with pytest.raises(NothingToUndo):
        gave(sent, PUT)
