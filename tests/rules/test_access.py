"""The table of rights, read from outside: who may do what to a case."""

from dataclasses import replace

import pytest

from appraisal.access import CLOCK, ORGANISATION, RIGHTS, Action, Actor, Relation, can, relations
from appraisal.commands import Command
from appraisal.parties import HR, Parties, unit_hr
from tests.builders import UNIT, parties

PARTIES = parties()
PEOPLE = {
    "ani": Actor("ani"),
    "budi": Actor("budi"),
    "citra": Actor("citra"),
    "dewi": Actor("dewi"),
    "eko": Actor("eko"),
    "hr": Actor("olga", hr=True),
    "system": ORGANISATION,
    "umi": Actor("umi", units=("p2p", UNIT)),
    "usman": Actor("usman", units=("dinsos",)),
    "sari": Actor("sari", support=True),
}
"""ani is appraised by budi, citra is above him, dewi heads the unit, eko works beside ani. umi is HR of their unit, usman of
another one, sari looks on as support."""

TABLE = """
action                  ani  budi citra dewi eko  hr   system  umi  usman  sari
view                    yes  yes  yes   yes  -    yes  yes     yes  -      yes
submit_targets          yes  -    -     -    -    -    -       -    -      -
approve_targets         -    yes  -     -    -    -    -       -    -      -
return_targets          -    yes  -     -    -    -    -       -    -      -
submit_self_assessment  yes  -    -     -    -    -    -       -    -      -
submit_review           -    yes  -     -    -    -    -       -    -      -
endorse_review          -    -    -     -    -    -    -       -    -      -
return_review           -    -    -     -    -    -    -       -    -      -
acknowledge             yes  -    -     -    -    -    -       -    -      -
refuse_acknowledgement  yes  -    -     -    -    -    -       -    -      -
object                  yes  -    -     -    -    -    -       -    -      -
withdraw_objection      yes  -    -     -    -    -    -       -    -      -
answer_objection        -    yes  -     -    -    -    -       -    -      -
decide_objection        -    -    -     -    -    -    -       -    -      -
name_decider            -    -    -     -    -    yes  -       yes  -      -
calibrate               -    -    -     -    -    -    yes     -    -      -
nominate                -    -    -     -    -    -    yes     -    -      -
say_word                -    -    -     yes  -    -    -       -    -      -
follow_line             -    -    -     -    -    -    yes     -    -      -
split_period            -    -    -     -    -    -    yes     -    -      -
state_part              -    -    -     -    -    -    -       -    -      -
propose_voices          yes  -    -     -    -    -    -       -    -      -
invite_voices           -    yes  -     -    -    -    -       -    -      -
view_voices             yes  yes  -     yes  -    -    -       -    -      -
plan_actions            yes  -    -     -    -    -    -       -    -      -
report_period           yes  -    -     -    -    -    -       -    -      -
rate_period             -    yes  -     -    -    -    -       -    -      -
give_feedback           -    yes  yes   -    -    -    -       -    -      -
view_seat               yes  yes  yes   -    -    yes  -       yes  -      yes
answer_seat             yes  -    -     -    -    -    -       -    -      -
record_seat             -    -    -     -    -    yes  yes     -    -      -
look_back               yes  yes  -     -    -    -    -       -    -      -
nudge                   -    -    -     -    -    yes  -       yes  -      -
extend                  -    -    -     -    -    yes  -       yes  -      -
hold                    -    -    -     -    -    yes  -       yes  -      -
release                 -    -    -     -    -    yes  -       yes  -      -
take_over               -    -    yes   -    -    yes  -       -    -      -
send_back               -    -    -     -    -    yes  -       yes  -      -
close_unrateable        -    -    -     -    -    yes  -       yes  -      -
reschedule              -    -    -     -    -    -    yes     -    -      -
reopen                  -    -    -     -    -    yes  -       yes  -      -
view_calibration        -    -    yes   yes  -    yes  yes     yes  -      -
attend_calibration      -    -    -     yes  -    yes  -       yes  -      -
decide_calibration      -    -    -     yes  -    -    -       -    -      -
hold_group              -    -    -     -    -    yes  -       -    -      -
set_unit_result         -    -    yes   -    -    yes  -       -    -      -
view_unit               -    -    yes   yes  -    yes  -       yes  -      -
record_actual           -    -    -     yes  -    yes  -       yes  -      -
oversee                 -    -    -     -    -    yes  -       yes  -      -
undo_calibration        -    -    -     yes  -    yes  -       -    -      -
take_back               -    -    -     -    -    -    yes     -    -      -
put_back                -    -    -     -    -    -    yes     -    -      -
administer              -    -    -     -    -    yes  -       -    -      -
edit_plan               yes  yes  -     -    -    -    -       -    -      -
enter_gap               -    yes  -     -    -    yes  -       yes  -      -
answer_request          -    -    -     -    -    yes  -       yes  -      -
"""
HEADINGS, *ROWS = [line.split() for line in TABLE.strip().splitlines()]
CELLS = [(row[0], who, cell == "yes") for row in ROWS for who, cell in zip(HEADINGS[1:], row[1:], strict=True)]


@pytest.mark.parametrize(("action", "who", "allowed"), CELLS)
def test_the_table_of_rights(action: str, who: str, allowed: bool) -> None:
    decision = can(PEOPLE[who], Action(action), PARTIES)
    assert decision.allowed is allowed
    assert decision.reason


def test_every_action_stands_in_the_table() -> None:
    assert [row[0] for row in ROWS] == list(Action) == list(RIGHTS)


def test_every_command_is_an_action() -> None:
    assert {command.__dataclass_fields__["kind"].default for command in Command.__args__} < set(Action)


def test_an_officers_own_case_is_another_officers_business() -> None:
    ani = Actor("ani", hr=True)
    for action in (
        Action.NUDGE,
        Action.EXTEND,
        Action.HOLD,
        Action.TAKE_OVER,
        Action.SEND_BACK,
        Action.CLOSE_UNRATEABLE,
    ):
        assert not can(ani, action, PARTIES).allowed
    assert can(ani, Action.VIEW, PARTIES).allowed
    assert can(ani, Action.SUBMIT_TARGETS, PARTIES).allowed


def test_whoever_looks_on_is_nothing_else_meanwhile_and_sees_nothing_of_the_own_case() -> None:
    called = replace(PARTIES, escalated_to="budi", taken_by="budi", decider="budi", rater="budi")
    for who in ("ani", "budi", "dewi"):
        looks = Actor(who, hr=True, units=(UNIT,), support=True)
        may = {action for action in Action if can(looks, action, called).allowed}
        assert may == ({Action.VIEW, Action.VIEW_SEAT} if who != "ani" else set())
        assert not can(looks, Action.OVERSEE).allowed
        assert not can(looks, Action.ADMINISTER).allowed


def test_handed_to_hr_as_well_superior_and_officers_may_act() -> None:
    handed = replace(PARTIES, escalated_to="citra", handed_to_hr=True)
    assert [who for who in PEOPLE if can(PEOPLE[who], Action.APPROVE_TARGETS, handed).allowed] == [
        "budi",
        "citra",
        "hr",
    ]


def test_hr_of_the_unit_acts_and_takes_over_once_it_is_called_in_and_not_before() -> None:
    umi, usman, ani = PEOPLE["umi"], PEOPLE["usman"], Actor("ani", units=(UNIT,))
    alone = replace(PARTIES, escalated_to=unit_hr(UNIT), handed_to_unit_hr=True)
    after_the_superior = replace(PARTIES, escalated_to="citra", handed_to_unit_hr=True)
    taken = replace(PARTIES, taken_by=unit_hr(UNIT))
    for called in (alone, after_the_superior, taken):
        for action in (Action.APPROVE_TARGETS, Action.SUBMIT_REVIEW, Action.TAKE_OVER):
            assert can(umi, action, called).allowed
            assert not can(usman, action, called).allowed
            assert not can(ani, action, called).allowed, "an officer's own case is another officer's business"
            assert not can(umi, action, PARTIES).allowed
    assert not can(PEOPLE["hr"], Action.APPROVE_TARGETS, alone).allowed, "HR of the agency was not called in yet"


def test_hr_of_a_unit_oversees_a_part_of_the_agency_and_administers_nothing() -> None:
    assert can(PEOPLE["umi"], Action.OVERSEE).allowed
    assert can(PEOPLE["umi"], Action.REOPEN).allowed, "the case itself is asked for next"
    for action in (Action.ADMINISTER, Action.HOLD_GROUP, Action.SET_UNIT_RESULT):
        assert not can(PEOPLE["umi"], action).allowed


STANDING_IN = """
escalated_to  who    approves
citra         citra  yes
citra         budi   yes
citra         hr     -
hr            hr     yes
hr            citra  -
ani           ani    -
"""


@pytest.mark.parametrize(("to", "who", "approves"), [line.split() for line in STANDING_IN.strip().splitlines()[1:]])
def test_after_an_escalation_the_one_it_went_to_may_act_beside_the_holder(to: str, who: str, approves: str) -> None:
    handed = replace(PARTIES, escalated_to=HR if to == "hr" else to)
    assert can(PEOPLE[who], Action.APPROVE_TARGETS, handed).allowed is (approves == "yes")


@pytest.mark.parametrize("action", [Action.APPROVE_TARGETS, Action.RETURN_TARGETS, Action.SUBMIT_REVIEW])
def test_nobody_reviews_himself_whatever_the_organisation_says(action: Action) -> None:
    looped = Parties("ani", "dinkes", ("ani",), "ani", "ani")
    assert relations(Actor("ani"), looped) == (Relation.EMPLOYEE,)
    assert not can(Actor("ani"), action, looped).allowed
    assert not can(Actor("ani", hr=True), action, replace(looped, escalated_to=HR)).allowed


def test_an_officer_keeps_the_right_to_see_the_own_case_and_gains_no_other() -> None:
    assert relations(Actor("ani", hr=True), PARTIES) == (Relation.EMPLOYEE, Relation.HR)


def test_a_head_without_a_person_is_nobodys_right() -> None:
    assert not can(Actor("eko"), Action.VIEW_CALIBRATION, Parties("", "dinkes", (), None)).allowed


def test_of_the_agency_as_a_whole_only_officers_may_do_anything() -> None:
    assert can(Actor("olga", hr=True), Action.ADMINISTER).allowed
    assert not can(Actor("dewi"), Action.ADMINISTER).allowed


def test_the_clock_is_no_person() -> None:
    assert relations(CLOCK, PARTIES) == (Relation.SYSTEM,)
    assert not can(CLOCK, Action.SUBMIT_REVIEW, PARTIES).allowed


def test_a_refusal_says_who_may_and_what_one_is() -> None:
    reason = can(Actor("eko"), Action.SUBMIT_REVIEW, PARTIES).reason
    assert "supervisor" in reason
    assert "not part of this" in reason
