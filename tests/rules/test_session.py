"""The board that several heads work on, silent first votes, and what a policy says of a session."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from appraisal.access import Actor
from appraisal.calibration.calibration import Adjustment, Apply, Calibration, CalibrationOrder, Member, prepared
from appraisal.calibration.distribution import DistributionPolicy
from appraisal.calibration.rules import applied, lapsed, notices, perform, permitted
from appraisal.calibration.session import AskForVotes, OpenVotes
from appraisal.calibration.session_errors import FollowsUnit, NotInvited, NoVotes, VotesOnHimself, VotesOpened
from appraisal.calibration.session_rules import BEFORE, SessionRules
from appraisal.calibration.votes import Ballot, Vote, checked_ballot, open_to_all, spread
from appraisal.calibration.working_board import JUSTIFICATION, Proposal, WorkingBoard, changed
from appraisal.commands import Hold
from appraisal.errors import (
    AppraisalError,
    InvalidPolicy,
    InvalidText,
    MissingReason,
    NotAllowed,
    NotAMember,
    NothingToDecide,
    OnHold,
)
from appraisal.group import Presence
from appraisal.group_clock import held_or_released, ring
from appraisal.vocabulary import Alarm, Predicate, Rating, UnitResult
from tests import builders
from tests.builders import HEAD, START, SUPERIOR

NOW = START + timedelta(days=2)
UP, MID, LOW = Rating.DI_ATAS, Rating.SESUAI, Rating.DI_BAWAH
RAISED = Proposal("ani", UP, UP, "Memimpin imunisasi.")


def on(board: WorkingBoard, seen: int, *wishes: Proposal, by: str = HEAD) -> WorkingBoard:
    made = changed(board, seen, wishes, by, NOW)
    assert not made.conflicts
    return made.board


def test_two_heads_work_on_different_members_at_once() -> None:
    one = on(WorkingBoard(), 0, RAISED)
    two = on(one, 0, Proposal("eko", discussed=True), by=SUPERIOR)
    assert (two.revision, two.of("ani").reason, two.of("eko").discussed) == (2, "Memimpin imunisasi.", True)
    assert [one.employee for one in two.since(1)] == ["eko"]


def test_on_the_same_member_the_second_one_is_told_what_stands_there_and_nothing_is_written() -> None:
    before = on(WorkingBoard(), 0, RAISED)
    late = changed(before, 0, (Proposal("ani", LOW), Proposal("eko", UP)), SUPERIOR, NOW)
    assert (late.board, late.changed) == (before, ())
    (conflict,) = late.conflicts
    assert (conflict.results, conflict.by, conflict.reason) == (UP, HEAD, "Memimpin imunisasi.")
    again = on(late.board, late.board.revision, Proposal("ani", LOW), by=SUPERIOR)
    assert (again.of("ani").results, again.of("ani").by) == (LOW, SUPERIOR)


def test_what_says_the_same_is_no_change_and_no_conflict() -> None:
    before = on(WorkingBoard(), 0, RAISED)
    assert changed(before, 0, (replace(RAISED, reason=" Memimpin imunisasi.\r\n"),), SUPERIOR, NOW).board == before
    assert changed(before, 0, (Proposal("eko"),), SUPERIOR, NOW).board == before


@pytest.mark.parametrize("where", [JUSTIFICATION, "ani"])
def test_a_text_that_cannot_be_kept_names_its_place(where: str) -> None:
    with pytest.raises(InvalidText) as refusal:
        changed(WorkingBoard(), 0, (Proposal(where, reason="x" * 4001),), HEAD, NOW)
    assert refusal.value.where == (f"reasons[{where}]" if where else "justification")


# Votes.

VOTING = SessionRules(votes=True)
OWNERS = {"ani": "budi", "eko": "budi", "citra": HEAD, "gita": "fajar"}


def session(rules: SessionRules = VOTING, *voters: str) -> Calibration:
    fresh = prepared(
        "calibration/c1/dinkes", "c1", builders.UNIT, HEAD, (SUPERIOR,), builders.timetable(), START, rules=rules
    )
    opened = ring(fresh, Alarm.OPEN, Presence(4, 0), START)
    return ask(opened, AskForVotes(voters)) if voters else opened


def ask(calibration: Calibration, command: AskForVotes | OpenVotes, who: str = HEAD) -> Calibration:
    return perform(calibration, CalibrationOrder(command, Actor(who)), NOW, f"k{calibration.revision}")


def view(employee: str, results: Rating = MID) -> Vote:
    return Vote(employee, results, MID)


def test_whoever_is_asked_hears_of_it_and_the_votes_open_when_all_have_voted_or_the_head_says_so() -> None:
    asked = session(VOTING, "budi", "citra")
    wanted = {(one.recipient, one.kind) for one in notices(asked) if one.kind.endswith("wanted")}
    assert wanted == {("budi", "calibration_vote_wanted"), ("citra", "calibration_vote_wanted")}
    assert not open_to_all(asked, ("budi",))
    assert open_to_all(asked, ("budi", "citra"))
    assert open_to_all(ask(asked, OpenVotes()), ())
    assert not open_to_all(session(), ()), "where nobody was asked, nothing opens by itself"


@pytest.mark.parametrize(
    ("calibration", "ballot", "given", "refusal"),
    [
        (session(VOTING, "citra"), Ballot("gita", (view("ani"),)), (), NotInvited),
        (session(VOTING, "citra"), Ballot("citra", (view("citra"),)), (), VotesOnHimself),
        (session(VOTING, "budi"), Ballot("budi", (view("ani"),)), (), VotesOnHimself),
        (session(VOTING, "citra"), Ballot("citra", (view("nobody"),)), (), NotAMember),
        (session(VOTING, "citra"), Ballot("citra", (view("ani"), view("ani"))), (), NotAMember),
        (ask(session(VOTING, "citra"), OpenVotes()), Ballot("citra", (view("ani"),)), (), VotesOpened),
        (session(VOTING, "citra"), Ballot("citra", (view("ani"),)), ("citra",), VotesOpened),
        (
            held_or_released(session(VOTING, "citra"), Hold("Banjir."), "olga", NOW, "h"),
            Ballot("citra", (view("ani"),)),
            (),
            OnHold,
        ),
    ],
    ids=["stranger", "himself", "own rating", "nobody", "twice", "opened", "all have", "held"],
)
def test_a_vote_that_does_not_count_says_why(
    calibration: Calibration, ballot: Ballot, given: tuple[str, ...], refusal: type[AppraisalError]
) -> None:
    with pytest.raises(refusal):
        checked_ballot(calibration, ballot, OWNERS, given)


def test_votes_are_counted_by_member_and_an_empty_ballot_is_one() -> None:
    state = session(VOTING, "citra", "fajar")
    ballots = (Ballot("citra", (view("ani", UP), view("eko"))), checked_ballot(state, Ballot("fajar", ()), OWNERS, ()))
    assert spread((*ballots, Ballot("x", (view("ani"),))), "ani") == {Predicate.BAIK: 2}
    assert spread(ballots, "gita") == {}


@pytest.mark.parametrize(
    ("calibration", "command", "who", "refusal"),
    [
        (session(SessionRules()), AskForVotes(("citra",)), HEAD, NoVotes),
        (session(), AskForVotes(()), HEAD, NothingToDecide),
        (session(), OpenVotes(), HEAD, NoVotes),
        (session(VOTING, "citra"), AskForVotes(("citra",)), HEAD, NothingToDecide),
        (session(VOTING, "citra"), OpenVotes(), SUPERIOR, NotAllowed),
        (ask(session(VOTING, "citra"), OpenVotes()), OpenVotes(), HEAD, VotesOpened),
    ],
    ids=["not by this policy", "nobody to ask", "nobody asked", "asked already", "not the head", "twice"],
)
def test_asking_and_opening_have_their_time(
    calibration: Calibration, command: AskForVotes | OpenVotes, who: str, refusal: type[AppraisalError]
) -> None:
    with pytest.raises(refusal):
        permitted(calibration, CalibrationOrder(command, Actor(who)), NOW)


# Deciding.

ANI = Member("ani", "appraisal/c1/ani", MID, MID)
TEN = tuple(Member(f"m{n}", f"appraisal/c1/m{n}", UP, UP) for n in range(8)) + tuple(
    Member(f"m{n}", f"appraisal/c1/m{n}", MID, MID) for n in (8, 9)
)


def decide(calibration: Calibration, members: tuple[Member, ...], *changes: Adjustment, why: str = "") -> Calibration:
    order = CalibrationOrder(Apply(changes, tuple(one.employee for one in members), why), Actor(HEAD))
    return applied(calibration, order, members, NOW, "k")


@pytest.mark.parametrize(
    ("result", "members", "outside"),
    [
        (UnitResult.ISTIMEWA, TEN, True),
        (UnitResult.ISTIMEWA, (replace(TEN[7], results=MID, behaviour=MID), *TEN[:7], *TEN[8:]), False),
        (UnitResult.BAIK, TEN, True),
        (UnitResult.ISTIMEWA, TEN[:4], False),
        (None, TEN, False),
    ],
    ids=["8 of 10", "7 of 10", "none below", "too small", "no result"],
)
def test_outside_the_guideline_only_with_a_justification(
    result: UnitResult | None, members: tuple[Member, ...], outside: bool
) -> None:
    unit = replace(session(), unit_result=result)
    if outside:
        with pytest.raises(MissingReason) as refusal:
            decide(unit, members)
        assert refusal.value.where == "justification"
    else:
        assert decide(unit, members).decision
    decided = decide(unit, members, why="Tim vaksin luar biasa.").decision
    assert decided is not None
    assert decided.justification == "Tim vaksin luar biasa."
    assert decide(replace(unit, rules=BEFORE), members).decision, "what began before this rule ends without it"


def test_a_small_unit_is_what_the_policy_says() -> None:
    strict = SessionRules(distribution=DistributionPolicy(minimum_size=3))
    with pytest.raises(MissingReason):
        decide(replace(session(strict), unit_result=UnitResult.ISTIMEWA), TEN[:4])


def test_whoever_leads_a_unit_has_its_result_as_the_rating_of_results() -> None:
    leader = replace(ANI, unit_result=UnitResult.ISTIMEWA)
    (kept,) = decide(session(), (leader,)).decision.ratings  # type: ignore[union-attr]
    assert (kept.results, kept.behaviour, kept.predicate) == (UP, MID, Predicate.BAIK)
    assert "ISTIMEWA" in kept.reason
    with pytest.raises(FollowsUnit) as refusal:
        decide(session(), (leader,), Adjustment("ani", LOW, MID, "Mengecewakan."))
    assert refusal.value.where == "adjustments[0].results"
    with pytest.raises(MissingReason):
        decide(session(), (leader,), Adjustment("ani", UP, LOW, ""))
    (behaved,) = decide(session(), (leader,), Adjustment("ani", UP, UP, "Teladan.")).decision.ratings  # type: ignore[union-attr]
    assert (behaved.predicate, behaved.reason) == (Predicate.SANGAT_BAIK, "Teladan.")
    (same,) = decide(session(), (replace(leader, results=UP),)).decision.ratings  # type: ignore[union-attr]
    assert (same.changed, same.reason) == (False, "")
    (late,) = lapsed(session(), (leader,), NOW).decision.ratings  # type: ignore[union-attr]
    assert late.results is UP
    (before,) = decide(session(BEFORE), (leader,)).decision.ratings  # type: ignore[union-attr]
    assert before.results is MID


# The policy.


def test_what_a_policy_says_of_a_session_is_read_as_it_was_written() -> None:
    rules = SessionRules("P3D", True, True, True, DistributionPolicy(minimum_size=7))
    assert SessionRules.read(rules.document()) == rules
    assert SessionRules.read(None) == SessionRules()


@pytest.mark.parametrize(
    ("key", "value", "where"),
    [
        ("undo", "3 working days", "session.undo"),
        ("votes", "yes", "session.votes"),
        ("minimum_size", 0, "session.minimum_size"),
        ("rounding", "up", "session.rounding"),
        ("majority", "most", "session.majority"),
        ("head_results", {"ISTIMEWA": "TINGGI"}, "session.head_results.ISTIMEWA"),
        ("more", 1, "session.more"),
    ],
)
def test_a_policy_that_cannot_be_names_the_key(key: str, value: Any, where: str) -> None:
    with pytest.raises(InvalidPolicy) as refusal:
        SessionRules.read({**SessionRules().document(), key: value})
    assert refusal.value.where == where
