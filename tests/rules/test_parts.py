"""The year of somebody who moved: which parts it has, who hears of it, who may say what until when, and who reads it."""

from dataclasses import replace
from datetime import date

import pytest

from appraisal import errors
from appraisal.access import ORGANISATION, Action, Actor, can
from appraisal.case import Case
from appraisal.commands import Command, FollowLine, Order, SplitPeriod, StatePart
from appraisal.notices import Notice, notices
from appraisal.people.parts import Part, Period, parts_of
from appraisal.transitions import perform
from appraisal.vocabulary import Rating, Step
from tests.builders import EMPLOYEE, HEAD, SUPERIOR, SUPERVISOR, UNIT
from tests.rules.test_case import NOW, case_at

BEGINS, JULY, OCTOBER = date(2026, 1, 1), date(2026, 7, 1), date(2026, 10, 1)
LONG = Period("p1", "dinkes", "Analis", "budi", date(2020, 1, 1), None)
FIRST, SECOND = replace(LONG, until=JULY), Period("p2", "dinsos", "Arsiparis", "fajar", JULY, None)
THIRD = Period("p1", "dinkes", "Analis", "citra", OCTOBER, None)
OLD = Part("dinkes", "Analis", "budi", BEGINS, JULY)
NEW = Part("dinsos", "Arsiparis", "fajar", JULY)
YEARS = [
    ("one position all the time", (LONG,), ()),
    ("joined within the year", (SECOND,), ()),
    ("moved once", (FIRST, SECOND), (OLD, NEW)),
    (
        "moved and came back",
        (FIRST, replace(SECOND, until=OCTOBER), THIRD),
        (OLD, replace(NEW, until=OCTOBER), Part("dinkes", "Analis", "citra", OCTOBER)),
    ),
    ("another superior alone", (FIRST, replace(LONG, superior="dewi", since=JULY)), ()),
    (
        "another superior, and then moved",
        (
            replace(LONG, until=date(2026, 3, 1)),
            replace(LONG, superior="dewi", since=date(2026, 3, 1), until=JULY),
            SECOND,
        ),
        (replace(OLD, superior="dewi"), NEW),
    ),
    ("left after the move", (FIRST, replace(SECOND, until=OCTOBER)), (OLD, NEW)),
]


@pytest.mark.parametrize(("periods", "parts"), [row[1:] for row in YEARS], ids=[row[0] for row in YEARS])
def test_which_parts_a_year_has(periods: tuple[Period, ...], parts: tuple[Part, ...]) -> None:
    assert parts_of(periods, BEGINS) == parts


SEEN = Part("dinkes", "Analis", "gita", BEGINS, JULY)
HERE = Part("dinsos", "Arsiparis", SUPERVISOR, JULY)


def split(case: Case, *parts: Part) -> Case:
    return perform(case, Order(SplitPeriod(parts), ORGANISATION), NOW, f"parts/{case.revision}")


def told(case: Case, command: Command, who: str) -> Case:
    return perform(case, Order(command, Actor(who)), NOW, f"{who}/{case.revision}")


SAYS = StatePart(BEGINS, " Rajin. ", Rating.DI_ATAS)


def test_the_earlier_superior_is_told_and_says_what_the_later_one_reads() -> None:
    moved = split(case_at(Step.REVIEW), SEEN, HERE)
    assert notices(moved) == (Notice("gita", "part_to_state", moved.revision),)
    assert ("moved_on", "", "2026-07-01") in moved.events[-1].changes
    said = told(moved, SAYS, "gita")
    statement = said.parts[0].statement
    assert statement is not None
    assert (statement.text, statement.results, statement.behaviour, statement.by) == (
        "Rajin.",
        Rating.DI_ATAS,
        None,
        "gita",
    )
    assert notices(said) == (Notice(SUPERVISOR, "part_stated", said.revision),)
    assert said.step is Step.REVIEW
    anew = told(said, replace(SAYS, text="Sangat rajin."), "gita").parts[0].statement
    assert anew is not None
    assert anew.text == "Sangat rajin."


def test_whoever_is_still_the_superior_and_whoever_is_appraised_are_not_asked() -> None:
    for superior in (SUPERVISOR, EMPLOYEE, None):
        assert notices(split(case_at(Step.TARGETS), replace(SEEN, superior=superior), HERE)) == ()


def test_what_was_said_stays_while_the_part_is_the_same() -> None:
    said = told(split(case_at(Step.TARGETS), SEEN, HERE), SAYS, "gita")
    further = split(said, SEEN, replace(HERE, until=OCTOBER), Part("setda", "Analis", "eko", OCTOBER))
    assert [bool(part.statement) for part in further.parts] == [True, False, False]
    assert further.parties.earlier == ("gita", SUPERVISOR)
    assert notices(further) == (), "the second superior is still the superior in the line"
    corrected = split(said, replace(SEEN, superior="eko"), HERE)
    assert corrected.parts[0].statement is None
    followed = perform(said, Order(FollowLine((SUPERIOR,), HEAD, UNIT), ORGANISATION), NOW, "line/9")
    assert (followed.parts, followed.parties.earlier) == (said.parts, ("gita",))


@pytest.mark.parametrize(
    ("step", "who", "command", "refusal"),
    [
        (Step.CALIBRATION, "gita", SAYS, errors.WrongStep),
        (Step.ACKNOWLEDGEMENT, "gita", SAYS, errors.WrongStep),
        (Step.REVIEW, "gita", replace(SAYS, since=JULY), errors.NotAllowed),
        (Step.REVIEW, "gita", replace(SAYS, text=" "), errors.MissingReason),
        (Step.REVIEW, SUPERVISOR, SAYS, errors.NotAllowed),
        (Step.REVIEW, EMPLOYEE, SAYS, errors.NotAllowed),
    ],
)
def test_who_may_not_say_what_or_not_any_more(
    step: Step, who: str, command: StatePart, refusal: type[errors.AppraisalError]
) -> None:
    with pytest.raises(refusal):
        told(split(case_at(step), SEEN, HERE), command, who)


def test_an_earlier_superior_may_say_his_part_and_see_no_more_of_the_case() -> None:
    parties = split(case_at(Step.REVIEW), SEEN, HERE).parties
    allowed = [action for action in Action if can(Actor("gita"), action, parties).allowed]
    assert allowed == [Action.STATE_PART]
    assert not can(Actor("gita"), Action.STATE_PART, case_at(Step.REVIEW).parties).allowed
