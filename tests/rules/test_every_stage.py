"""The process of a case, asked everything by everybody at every stage: it takes what the table of rights and the step allow."""

from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import pytest

from api.gates import COMMANDS, stages
from appraisal import errors
from appraisal.access import CLOCK, ORGANISATION, Action, Actor, can
from appraisal.case import Case
from appraisal.commands import Command, FollowLine, Order
from appraisal.endorsement import EndorseReview
from appraisal.objection.commands import AnswerObjection, DecideObjection, Object
from appraisal.objection.objections import Account
from appraisal.parties import Parties
from appraisal.transitions import perform, permitted
from appraisal.vocabulary import OBJECTION_STEPS, Step
from console.access import STANDS
from tests import builders
from tests.builders import EMPLOYEE, HEAD, START, SUPERIOR, SUPERVISOR, UNIT
from tests.rules.test_ladder import DAY
from tests.rules.test_reopening import closed, reopen
from tests.rules.test_reopening import kept as stored

KINDS = sorted(COMMANDS)
ASKERS: tuple[tuple[str, Actor, Parties], ...] = (
    *((stand.short, stand.actor, stand.parties) for stand in STANDS if stand.actor),
    ("system", CLOCK, STANDS[0].parties),
)


def walked() -> dict[str, Case]:
    """A case at every step: endorsed, calibrated, objected to, decided on, closed; and one that was opened again."""
    *year, _, nominate = builders.year()
    whole = (
        *(*year[:4], builders.order(EndorseReview("Lengkap."), SUPERIOR), year[4]),
        builders.order(Object(builders.complaint()), EMPLOYEE),
        builders.order(AnswerObjection(Account("Dari laporan.")), SUPERVISOR),
        *(builders.order(DecideObjection("Sudah tepat."), SUPERIOR), nominate),
    )
    case = builders.case(table=builders.objectionable(builders.endorsed(builders.timetable())))
    found = {str(case.step): case}
    for number, given in enumerate(whole):
        case = perform(case, given, START + DAY * number / 10, f"c{number}")
        found[str(case.step)] = case
    assert found.keys() == set(Step), "no step is missing"
    return found | {"opened again": reopen(stored(closed()), Step.REVIEW)}


CASES = walked()


def outcome(case: Case, kind: str, actor: Actor) -> str:
    given = Order(cast(Command, SimpleNamespace(kind=kind)), actor)
    try:
        permitted(case, given, case.since)
    except errors.NotAllowed:
        return "not yours"
    except errors.AlreadyClosed:
        return "closed"
    except errors.AppraisalError:
        return "another step"
    return "taken"


def expected(case: Case, kind: str, actor: Actor, parties: Parties) -> str:
    if not can(actor, Action(kind), parties).allowed:
        return "not yours"
    if case.step is Step.CLOSED:
        return "closed"
    return "taken" if case.step in stages(Action(kind)) else "another step"


@pytest.mark.parametrize("at", CASES)
def test_the_process_takes_what_the_table_says_and_nothing_else(at: str) -> None:
    asked = 0
    for kind in KINDS:
        for short, actor, parties in ASKERS:
            case = replace(CASES[at], parties=parties)
            assert outcome(case, kind, actor) == expected(case, kind, actor, parties), f"{kind} by {short} at {at}"
            asked += 1
    assert asked == len(KINDS) * len(ASKERS)


@pytest.mark.parametrize("at", [at for at in CASES if at != Step.CLOSED])
def test_whoever_is_no_superior_any_more_sees_nothing_at_any_stage(at: str) -> None:
    """But for whoever gave the rating that is being looked at, as long as it is."""
    moved = Order(FollowLine(("zainal", "bupati"), "hanna", UNIT), ORGANISATION)
    case = perform(CASES[at], moved, CASES[at].since, "moved")
    looked_at = case.step in (Step.ENDORSEMENT, *OBJECTION_STEPS)
    seeing = [who for who in (SUPERVISOR, SUPERIOR, HEAD) if can(Actor(who), Action.VIEW, case.parties).allowed]
    assert seeing == ([SUPERVISOR] if looked_at else [])
    assert all(can(Actor(who), Action.VIEW, case.parties).allowed for who in ("zainal", "bupati", "hanna"))
