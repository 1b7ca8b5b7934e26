"""Heads of units speak of what is proposed for their people before HR decides, and never hold anything up."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from appraisal.access import Actor
from appraisal.commands import Hold, Release
from appraisal.errors import AppraisalError, InvalidPolicy, MissingReason, NotAllowed, NothingToDecide
from appraisal.group import GroupPhase, Presence
from appraisal.group_clock import held_or_released, ring
from appraisal.parties import HR
from appraisal.policy.document import Part
from appraisal.policy.spans import Calendar
from appraisal.seats.errors import HeadNotHeard, HeadsTimeOver, StaleNomination
from appraisal.training.course import Course
from appraisal.training.heads_policy import HeadsPolicy, HeadsTimes
from appraisal.training.heads_word import Asked, Said, SayWords, Word, demand_own
from appraisal.training.limits import Given
from appraisal.training.nomination import Decide, Nomination, NominationDecision, NominationOrder, Open, prepared
from appraisal.training.nomination_rules import HEADS, heard, notices, permitted
from appraisal.training.nomination_settling import settle
from appraisal.vocabulary import Alarm, Employment, Step
from tests import builders
from tests.builders import HEAD

DEWI, OFFICER = Actor(HEAD), Actor("olga", hr=True)
CALENDAR = Calendar("UTC", time(8), time(16), ())
POLICY = HeadsPolicy("P3D", "P1D before")
TABLE = builders.timetable()
OPENS = TABLE.window(Step.NOMINATION).opens
UNTIL = OPENS + timedelta(days=3)
TIMES = HeadsTimes(UNTIL - timedelta(days=1), UNTIL)
COURSES = {"t1": Course("t1", "Manajemen Proyek", ("WAKTU",), 40, 5, 2027)}
ASKED = {
    "ani": Asked("ani", "dinkes", "t1", HEAD),
    "fajar": Asked("fajar", "dinsos", "t1", "hasan"),
    HEAD: Asked(HEAD, "dinkes", "t1", HEAD),
}


def waiting() -> Nomination:
    return prepared("nomination/c1", "c1", replace(TABLE, heads=TIMES), OPENS).stored(9)


def started() -> Nomination:
    return ring(waiting(), Alarm.OPEN, Presence(2, 0, unheard=2), OPENS).stored(9)


def spoken(*words: Word) -> NominationOrder:
    return NominationOrder(SayWords(words), DEWI)


def said(agrees: bool, holds: bool = True) -> Said:
    return Said(agrees, "" if agrees else "Baru saja ikut.", HEAD, OPENS, holds)


def test_the_window_counts_from_the_opening_and_leaves_hr_time() -> None:
    found = POLICY.times(OPENS, OPENS + timedelta(days=4), 2026, CALENDAR)
    assert OPENS < found.remind < found.until < OPENS + timedelta(days=4)
    assert HeadsPolicy.read(Part(POLICY.document(), "heads")) == POLICY
    with pytest.raises(InvalidPolicy) as late:
        POLICY.times(OPENS, OPENS + timedelta(days=2), 2026, CALENDAR)
    assert late.value.where == "heads.answer"


@pytest.mark.parametrize(
    ("change", "where"),
    [({"answer": "PT0S"}, "heads.answer"), ({"answer": "soon"}, "heads.answer"), ({"colour": "red"}, "heads.colour")],
)
def test_a_policy_that_says_no_time_is_refused_by_its_key(change: dict[str, str], where: str) -> None:
    with pytest.raises(AppraisalError) as found:
        HeadsPolicy.read(Part(POLICY.document() | change, "heads"))
    assert found.value.where == where


def test_heads_are_reminded_once_and_hr_is_told_that_their_time_is_over() -> None:
    state, alarms = started(), []
    while (planned := state.next_alarm) and planned[0] <= UNTIL:
        alarms.append(planned)
        state = ring(state, planned[1], Presence(2, 0, unheard=1), planned[0])
    assert alarms == [(TIMES.remind, Alarm.HEADS_REMIND), (UNTIL, Alarm.HEADS_END)]
    assert [(event.kind, event.changes) for event in state.events] == [
        ("heads_reminded", (("waiting", "", "1"),)),
        ("heads_lapsed", (("waiting", "", "1"),)),
    ]
    assert [(one.recipient, one.kind) for one in notices(state)] == [
        (HEADS, "heads_word_reminded"),
        (HR, "heads_word_lapsed"),
    ]
    assert state.phase is GroupPhase.OPEN, "the nomination goes on"
    nobody = ring(started(), Alarm.HEADS_REMIND, Presence(2, 0), TIMES.remind)
    assert not nobody.events, "where every head has spoken it passes without a trace"


def test_a_hold_moves_the_window_of_the_heads_too_and_no_cycle_without_it_has_any_of_this() -> None:
    held = held_or_released(started(), Hold("Banjir."), "olga", OPENS + timedelta(days=1), "h")
    free = held_or_released(held, Release("Surut."), "olga", OPENS + timedelta(days=3), "r")
    heads = free.schedule.heads
    assert heads is not None
    assert (heads.remind, heads.until) == (TIMES.remind + timedelta(days=2), UNTIL + timedelta(days=2))
    plain = prepared("nomination/c1", "c1", TABLE, OPENS)
    assert not {Alarm.HEADS_REMIND, Alarm.HEADS_END} & {alarm for _, alarm in plain.schedule.planned}


def test_a_head_speaks_while_there_is_time_and_gives_a_reason_where_he_objects() -> None:
    agrees, objects = Word("ani", "t1", True), Word("ani", "t1", False)
    permitted(started(), spoken(agrees), OPENS)
    with pytest.raises(HeadsTimeOver):
        permitted(started(), spoken(agrees), UNTIL)
    unasked = replace(started(), schedule=replace(started().schedule, heads=None))
    with pytest.raises(HeadsTimeOver):
        permitted(unasked, spoken(agrees), OPENS)
    with pytest.raises(MissingReason) as missing:
        permitted(started(), spoken(objects), OPENS)
    assert missing.value.where == "words[0].reason"
    for words in ((), (agrees, agrees)):
        with pytest.raises(NothingToDecide):
            permitted(started(), spoken(*words), OPENS)
    event = heard(started(), spoken(agrees, replace(objects, employee="eko")), OPENS, "w").events[-1]
    assert (event.kind, event.changes) == ("heads_word_said", (("word/ani", "", "agrees"), ("word/eko", "", "objects")))


@pytest.mark.parametrize(
    ("word", "refusal"),
    [
        (Word("fajar", "t1", True), NotAllowed),
        (Word(HEAD, "t1", True), NotAllowed),
        (Word("ani", None, True), StaleNomination),
        (Word("gita", "t1", True), NothingToDecide),
    ],
    ids=["of another unit", "of himself", "of another proposal", "of nobody"],
)
def test_a_head_speaks_of_the_own_people_and_of_what_is_proposed_now(word: Word, refusal: type[AppraisalError]) -> None:
    demand_own((Word("ani", "t1", True),), DEWI, ASKED)
    with pytest.raises(refusal) as found:
        demand_own((Word("ani", "t1", True), word), DEWI, ASKED)
    assert found.value.where.startswith("words[1]")


def decide(proposal: Open, decision: NominationDecision, still: bool) -> NominationDecision:
    order = NominationOrder(Decide((decision,)), OFFICER)
    given = Given()
    (found,) = settle(order, {"ani": proposal}, COURSES, given, heads_until=UNTIL if still else None)
    return found


def test_hr_waits_for_the_head_until_the_window_ends_and_not_longer() -> None:
    proposal = Open("ani", "t1", "Target 1.", Employment.PNS, asked=True)
    approve = NominationDecision("ani", True, "t1")
    for word in (None, said(True, holds=False)):
        with pytest.raises(HeadNotHeard) as early:
            decide(replace(proposal, word=word), approve, still=True)
        assert early.value.where == "decisions[0].employee"
        assert decide(replace(proposal, word=word), approve, still=False).reason == "Target 1."
    assert decide(replace(proposal, word=said(True)), approve, still=True).approve
    assert decide(replace(proposal, asked=False), approve, still=True).approve, "nobody is there to ask"


def test_a_decision_against_the_head_needs_a_reason_and_one_with_him_does_not() -> None:
    against = Open("ani", "t1", "Target 1.", Employment.PNS, asked=True, word=said(False))
    for still in (True, False):
        with pytest.raises(MissingReason) as missing:
            decide(against, NominationDecision("ani", True, "t1"), still)
        assert missing.value.where == "decisions[0].reason"
    assert decide(against, NominationDecision("ani", True, "t1", "Perlu tahun ini."), True).reason == "Perlu tahun ini."
    refused = NominationDecision("ani", False, None, "Sesuai kepala unit.")
    assert not decide(against, refused, True).approve
