"""Who follows for somebody who is away or has left: the line, the heads, and whoever had taken a step over."""

from dataclasses import replace

import pytest

from appraisal import commands
from appraisal.access import ORGANISATION
from appraisal.case import Case
from appraisal.commands import Order
from appraisal.parties import HR
from appraisal.people.acting import Acting
from appraisal.people.organisation import Leader, Organisation, Post
from appraisal.transitions import perform
from appraisal.vocabulary import Step
from tests.builders import HEAD, SUPERIOR, SUPERVISOR, UNIT
from tests.rules.test_case import NOW, case_at

PARENTS = {"kabupaten": None, "dinkes": "kabupaten", "p2p": "dinkes"}
HEADS = {"kabupaten": "bupati", "dinkes": "dewi", "p2p": "citra"}
POSTS = {
    "bupati": Post("kabupaten", None),
    "dewi": Post("dinkes", "bupati"),
    "citra": Post("p2p", "dewi"),
    "budi": Post("p2p", "citra"),
    "ani": Post("p2p", "budi"),
}
SIGNS, PREPARES = Acting("budi", "eko"), Acting("budi", "eko", signs=False)
ORGANISED = Organisation(PARENTS, HEADS, POSTS)

FOLLOWS = [
    ("nobody is away", (), {}, ("budi", "citra", "dewi", "bupati"), "dewi"),
    ("the superior is", ("budi",), {}, ("citra", "dewi", "bupati"), "dewi"),
    ("two in a row are", ("budi", "citra"), {}, ("dewi", "bupati"), "dewi"),
    ("somebody signs for him", ("budi",), {"budi": SIGNS}, ("budi", "citra", "dewi", "bupati"), "dewi"),
    ("somebody only prepares", ("budi",), {"budi": PREPARES}, ("citra", "dewi", "bupati"), "dewi"),
    ("the head of the pool is", ("dewi",), {}, ("budi", "citra", "bupati"), "bupati"),
    ("everybody above is", ("budi", "citra", "dewi", "bupati"), {}, (), None),
    ("the person is", ("ani",), {}, ("budi", "citra", "dewi", "bupati"), "dewi"),
]


@pytest.mark.parametrize(
    ("away", "acting", "superiors", "head"), [row[1:] for row in FOLLOWS], ids=[row[0] for row in FOLLOWS]
)
def test_the_line_passes_whoever_is_away(
    away: tuple[str, ...], acting: dict[str, Acting], superiors: tuple[str, ...], head: str | None
) -> None:
    line = replace(ORGANISED, away=away, acting=acting).line("ani")
    assert line is not None
    assert (line.superiors, line.head_id) == (superiors, head)


def test_a_line_in_which_all_are_away_and_which_goes_round_ends() -> None:
    posts = {**POSTS, "citra": Post("p2p", "budi")}
    line = Organisation(PARENTS, HEADS, posts, away=("budi", "citra")).line("ani")
    assert line is not None
    assert line.superiors == ("dewi", "bupati")


@pytest.mark.parametrize(
    ("away", "leader"),
    [(("dewi",), Leader("bupati")), (("dewi", "bupati"), Leader()), (("citra",), Leader("dewi", None, ("bupati",)))],
)
def test_the_next_head_leads_a_pool_whose_head_is_away(away: tuple[str, ...], leader: Leader) -> None:
    assert replace(ORGANISED, away=away).leader("dinkes", None) == leader


def test_foreseen_without_somebody_is_what_comes_when_he_has_gone() -> None:
    for_a_time, for_good = (ORGANISED.without(("budi",), good) for good in (False, True))
    assert for_a_time == replace(ORGANISED, away={"budi"})
    lines = [found.line("ani") for found in (for_a_time, for_good)]
    assert [line.superiors[0] for line in lines if line] == ["citra", "citra"]
    assert for_good.line("budi") is None
    acts = replace(ORGANISED, acting={"citra": Acting("citra", "budi")})
    assert acts.without(("budi",), True).acting == {}
    assert "dinkes" not in ORGANISED.without(("dewi",), True).heads


def test_whoever_has_left_keeps_the_superiors_of_the_last_position() -> None:
    gone = ORGANISED.without(("ani",), True)
    line = gone.last_line("ani", POSTS["ani"])
    assert line is not None
    assert (line.superiors, line.pool_unit_id) == (("budi", "citra", "dewi", "bupati"), "dinkes")
    assert gone.line("ani") is None, "nobody finds him in a line by that"


def taken(by: str) -> Case:
    case = case_at(Step.REVIEW)
    return replace(case, parties=replace(case.parties, taken_by=by))


def following(case: Case, *line: str) -> Case:
    return perform(case, Order(commands.FollowLine(line, HEAD, UNIT), ORGANISATION), NOW, "line/1")


@pytest.mark.parametrize(
    ("by", "line", "holder"),
    [
        (SUPERIOR, (SUPERVISOR, SUPERIOR), SUPERIOR),
        (SUPERIOR, (SUPERVISOR, "gita"), "gita"),
        (SUPERIOR, (SUPERVISOR,), HR),
        (HR, (SUPERVISOR, "gita"), HR),
    ],
)
def test_a_step_that_was_taken_over_is_not_left_with_somebody_who_has_gone(
    by: str, line: tuple[str, ...], holder: str
) -> None:
    assert following(taken(by), *line).holder == holder
