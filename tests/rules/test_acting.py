"""Who must act while somebody acts for a superior: the line, the rights, the record, the notices."""

from dataclasses import replace

import pytest

from appraisal import commands, errors
from appraisal.access import ORGANISATION, Action, Actor, can
from appraisal.case import Case
from appraisal.clock import ring
from appraisal.commands import Order
from appraisal.notices import Notice, notices
from appraisal.people.acting import Acting
from appraisal.people.organisation import Leader, Organisation, Post
from appraisal.transitions import perform
from appraisal.vocabulary import Alarm, Step
from tests.builders import EMPLOYEE, HEAD, SUPERIOR, SUPERVISOR, UNIT, order
from tests.rules.test_case import NOW, case_at

ACTING = Acting(SUPERVISOR, "eko")
PREPARING = Acting(SUPERVISOR, "eko", signs=False)
OWN = Acting(SUPERVISOR, EMPLOYEE)
APPROVE, RETURN = commands.ApproveTargets(), commands.ReturnTargets("Terlalu umum.")


def following(case: Case, *acting: Acting) -> Case:
    order = Order(commands.FollowLine((SUPERVISOR, SUPERIOR), HEAD, UNIT, acting), ORGANISATION)
    return perform(case, order, NOW, f"line/{len(acting)}")


HOLDERS = """
acting for the supervisor   for the superior  holder  preparer  next up
-                           -                 budi    -         citra
eko                         -                 eko     -         citra
eko/prepares                -                 budi    eko       citra
ani                         -                 citra   -         hr
ani                         gita              gita    -         hr
ani                         ani               citra   -         hr
ani/prepares                -                 budi    -         citra
-                           gita              budi    -         gita
citra                       -                 citra   -         hr
eko                         eko               eko     -         hr
"""
ROWS = [line.split() for line in HOLDERS.strip().splitlines()[1:]]


@pytest.mark.parametrize("row", ROWS, ids=[" ".join(row) for row in ROWS])
def test_who_must_act(row: list[str]) -> None:
    below, above, *expected = row
    acting = tuple(
        Acting(official, name.removesuffix("/prepares"), signs="/" not in name)
        for official, name in ((SUPERVISOR, below), (SUPERIOR, above))
        if name != "-"
    )
    for step in (Step.APPROVAL, Step.REVIEW):
        case = following(case_at(step), *acting)
        assert [case.holder, case.preparer or "-", case.above_holder] == expected
        assert case.official == SUPERVISOR
    assert following(case_at(Step.TARGETS), *acting).holder == EMPLOYEE


RIGHTS = """
action           signs prepares represented
view             yes   yes      yes
approve_targets  yes   -        yes
return_targets   yes   yes      yes
submit_review    yes   -        yes
acknowledge      -     -        -
submit_targets   -     -        -
"""
CELLS = [line.split() for line in RIGHTS.strip().splitlines()[1:]]


@pytest.mark.parametrize("row", CELLS, ids=[row[0] for row in CELLS])
def test_to_prepare_and_to_sign_are_two_rights(row: list[str]) -> None:
    action, *cells = row
    signing, preparing = (following(case_at(Step.APPROVAL), acting).parties for acting in (ACTING, PREPARING))
    asked = ((Actor("eko"), signing), (Actor("eko"), preparing), (Actor(SUPERVISOR), signing))
    found = [can(who, Action(action), parties).allowed for who, parties in asked]
    assert found == [cell == "yes" for cell in cells]


def test_what_an_acting_official_decides_names_the_official_and_ends_with_the_appointment() -> None:
    case = following(case_at(Step.APPROVAL), ACTING)
    event = perform(case, order(APPROVE, "eko"), NOW, "a").events[-1]
    assert (event.actor, event.on_behalf_of) == ("eko", SUPERVISOR)
    assert perform(case, order(APPROVE, SUPERVISOR), NOW, "a").events[-1].on_behalf_of is None
    over = following(case)
    assert over.holder == SUPERVISOR
    with pytest.raises(errors.NotAllowed):
        perform(over, order(APPROVE, "eko"), NOW, "b")


def test_whoever_is_appraised_never_acts_on_the_own_case() -> None:
    case = following(case_at(Step.APPROVAL), OWN)
    for command in (APPROVE, RETURN):
        with pytest.raises(errors.ActsOnOwnCase):
            perform(case, order(command, EMPLOYEE), NOW, "a")
    event = perform(case, order(APPROVE, SUPERIOR), NOW, "a").events[-1]
    assert (event.actor, event.on_behalf_of) == (SUPERIOR, SUPERVISOR)


def test_who_only_prepares_returns_with_the_officials_name_on_record() -> None:
    case = following(case_at(Step.APPROVAL), PREPARING)
    event = perform(case, order(RETURN, "eko"), NOW, "a").events[-1]
    assert (event.actor, event.on_behalf_of) == ("eko", SUPERVISOR)
    with pytest.raises(errors.NotAllowed):
        perform(case, order(APPROVE, "eko"), NOW, "a")


def test_a_late_step_is_handed_on_to_whoever_acts_for_the_next_superior_and_follows_him() -> None:
    late = ring(following(case_at(Step.APPROVAL), ACTING, Acting(SUPERIOR, "gita")), Alarm.ESCALATE, NOW)
    assert late.escalated_to == "gita"
    assert perform(late, order(APPROVE, "gita"), NOW, "a").events[-1].on_behalf_of == SUPERVISOR
    assert following(late).escalated_to == SUPERIOR


def test_only_those_for_whom_something_changes_hear_of_it() -> None:
    revision = case_at(Step.APPROVAL).revision + 1
    told = {acting: notices(following(case_at(Step.APPROVAL), acting)) for acting in (ACTING, PREPARING)}
    assert told[ACTING] == (Notice("eko", "holder_changed", revision),)
    assert told[PREPARING] == (Notice("eko", "preparer_changed", revision),)
    assert notices(following(case_at(Step.APPROVAL), Acting(SUPERIOR, "gita"))) == ()


PARENTS = {"kabupaten": None, "dinkes": "kabupaten", "p2p": "dinkes"}
HEADS = {"kabupaten": "bupati", "dinkes": "dewi", "p2p": "citra"}
POSTS = {
    "bupati": Post("kabupaten", None),
    "dewi": Post("dinkes", "bupati"),
    "citra": Post("p2p", "dewi"),
    "ani": Post("p2p", "citra"),
}


def test_a_line_keeps_the_officials_and_knows_who_acts_for_the_nearest_two() -> None:
    acting = {"citra": Acting("citra", "eko"), "dewi": Acting("dewi", "citra"), "bupati": Acting("bupati", "dewi")}
    line = Organisation(PARENTS, HEADS, POSTS, acting).line("ani")
    assert line is not None
    assert line.superiors == ("citra", "dewi", "bupati")
    assert line.acting == (acting["citra"], acting["dewi"])
    assert line.head_id == "citra"


LEADERS = [
    ({}, ("dewi", None, ("bupati",))),
    ({"dewi": Acting("dewi", "citra")}, ("citra", "dewi", ("bupati",))),
    ({"dewi": Acting("dewi", "citra", signs=False)}, ("dewi", None, ("bupati",))),
    ({"bupati": Acting("bupati", "fajar")}, ("dewi", None, ("fajar",))),
    ({"dewi": Acting("dewi", "bupati")}, ("bupati", "dewi", ())),
]


@pytest.mark.parametrize(("acting", "expected"), LEADERS)
def test_who_leads_a_pool(acting: dict[str, Acting], expected: tuple[str, str | None, tuple[str, ...]]) -> None:
    assert Organisation(PARENTS, HEADS, POSTS, acting).leader("dinkes", "ani") == Leader(*expected)


def test_an_acting_head_has_another_head_for_the_own_case() -> None:
    found = Organisation(PARENTS, HEADS, POSTS, {"dewi": Acting("dewi", "citra")})
    heads = {person: line.head_id for person in ("ani", "citra") if (line := found.line(person))}
    assert heads == {"ani": "citra", "citra": "bupati"}


def test_a_case_stored_before_there_were_acting_officials_is_read_as_it_was() -> None:
    parties = case_at(Step.APPROVAL).parties
    assert parties == replace(parties, acting=())
    assert (parties.reviewer, parties.preparer) == (SUPERVISOR, None)
