"""One period of one employee: planned, reported, rated, or gone on without."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from appraisal.access import ORGANISATION, Actor
from appraisal.commands import FollowLine
from appraisal.errors import (
    AlreadyClosed,
    AppraisalError,
    IncompleteRealisations,
    InvalidText,
    MissingReason,
    NotAllowed,
    WrongStep,
)
from appraisal.people.acting import Acting
from appraisal.people.organisation import Line, Organisation, Post
from appraisal.periods.errors import AnotherSuperiorsPeriod, EvidenceMissing, NoTargetsYet
from appraisal.periods.evaluation import (
    Evaluation,
    PeriodOrder,
    PlanActions,
    RatePeriod,
    ReportPeriod,
    Stage,
    agreed,
    begun,
)
from appraisal.periods.evaluation_rules import notices, perform, ring
from appraisal.periods.periods import Evidence, PeriodDates
from appraisal.predicates import MATRIX
from appraisal.vocabulary import Alarm, Rating, Step
from tests import builders

HR = Actor("hr", hr=True)
AT = datetime(2026, 4, 2, 3, tzinfo=UTC)
DAY = timedelta(days=1)
DATES = PeriodDates(
    1, AT - 90 * DAY, AT - 2 * DAY, date(2026, 3, 31), AT + 3 * DAY, AT + 5 * DAY, AT + 8 * DAY, AT + 10 * DAY
)
ACTIONS = ("Rapat bulanan.", "Kunjungan.", "Laporan.")
PLAN = builders.plan()
TOLD = builders.self_assessment().realisations
REPORT = ReportPeriod(PLAN, ACTIONS, TOLD)


def evaluation(evidence: Evidence = Evidence.REQUIRED) -> Evaluation:
    return begun("period/c1/ani/1", "c1", builders.parties(), DATES, evidence, DATES.begins)


def given(
    state: Evaluation, command: PlanActions | ReportPeriod | RatePeriod | FollowLine, who: str, system: bool = False
) -> Evaluation:
    return perform(state, PeriodOrder(command, Actor(who, system=system)), AT, "k")


def reported() -> Evaluation:
    return given(evaluation(), REPORT, builders.EMPLOYEE)


def kinds(state: Evaluation) -> list[str]:
    return [event.kind for event in state.events]


def told(state: Evaluation) -> list[tuple[str, str]]:
    return [(one.recipient, one.kind) for one in notices(state)]


def test_a_period_is_planned_reported_and_rated() -> None:
    state = evaluation()
    assert told(state) == [("ani", "period_opened")]
    state = given(state, PlanActions(PLAN, ACTIONS), "ani")
    assert (state.stage, state.actions, told(state)) == (Stage.REPORT, ACTIONS, [])
    state = given(state, REPORT, "ani")
    assert (state.stage, state.holder, told(state)) == (Stage.RATING, "budi", [("budi", "period_to_rate")])
    state = given(state, RatePeriod(None, builders.review(Rating.DI_ATAS, Rating.DI_ATAS)), "budi")
    assert (state.stage, state.holder, state.rated_by, told(state)) == (
        Stage.CLOSED,
        None,
        "budi",
        [("ani", "period_rated")],
    )
    assert [event.revision for event in state.events] == [0, 1, 2, 3]
    assert ("predicate", "", "SANGAT_BAIK") in state.events[-1].changes


@pytest.mark.parametrize(("results", "behaviour"), MATRIX)
def test_the_predicate_of_a_period_is_that_of_the_matrix(results: Rating, behaviour: Rating) -> None:
    rated = given(reported(), RatePeriod(None, builders.review(results, behaviour)), "budi")
    assert rated.predicate is MATRIX[results, behaviour]


def test_nobody_waits_for_what_is_not_handed_in() -> None:
    state = evaluation()
    at = []
    while state.next_alarm:
        instant, alarm = state.next_alarm
        state = ring(state, alarm, instant)
        at.append((instant, told(state)))
    assert at == [
        (DATES.remind_report, [("ani", "period_reminded")]),
        (DATES.report_by, [("budi", "period_to_rate")]),
        (DATES.remind_rating, [("budi", "period_reminded")]),
        (DATES.rate_by, []),
    ]
    assert kinds(state) == ["period_opened", "reminded", "lapsed", "reminded", "lapsed"]
    assert (state.stage, state.review) == (Stage.CLOSED, None)


def test_a_period_without_a_report_can_still_be_rated() -> None:
    lapsed = ring(replace(evaluation(), reminded=True), Alarm.END, DATES.report_by)
    rated = given(lapsed, RatePeriod(PLAN, builders.review()), "budi")
    assert rated.plan == PLAN


@pytest.mark.parametrize(
    ("command", "who", "refusal", "where"),
    [
        (PlanActions(None, ACTIONS), "ani", NoTargetsYet, ""),
        (PlanActions(PLAN, ACTIONS[:2]), "ani", InvalidText, "actions[2]"),
        (PlanActions(PLAN, ACTIONS), "budi", NotAllowed, ""),
        (ReportPeriod(PLAN, ACTIONS, TOLD[:2]), "ani", IncompleteRealisations, "realisations"),
        (RatePeriod(PLAN, builders.review()), "budi", WrongStep, ""),
        (RatePeriod(PLAN, builders.review()), "ani", NotAllowed, ""),
        (RatePeriod(PLAN, builders.review()), "fajar", AnotherSuperiorsPeriod, ""),
    ],
)
def test_a_refusal_says_what_and_where(
    command: PlanActions | ReportPeriod | RatePeriod, who: str, refusal: type[AppraisalError], where: str
) -> None:
    with pytest.raises(refusal) as refused:
        given(evaluation(), command, who)
    assert refused.value.where == where
    assert refused.value.remedy


def test_evidence_is_required_where_the_policy_says_so() -> None:
    bare = (TOLD[0], replace(TOLD[1], evidence=()), TOLD[2])
    command = ReportPeriod(PLAN, ACTIONS, bare)
    with pytest.raises(EvidenceMissing) as refused:
        given(evaluation(), command, "ani")
    assert (refused.value.where, refused.value.remedy[:4]) == ("realisations[1].evidence", "Give")
    assert given(evaluation(Evidence.WELCOME), command, "ani").stage is Stage.RATING


def test_a_rating_needs_its_reasons_and_comes_once() -> None:
    with pytest.raises(MissingReason):
        given(reported(), RatePeriod(None, replace(builders.review(), results_reason=" ")), "budi")
    rated = given(reported(), RatePeriod(None, builders.review()), "budi")
    for command in (REPORT, RatePeriod(None, builders.review())):
        who = "ani" if command is REPORT else "budi"
        with pytest.raises(AlreadyClosed):
            given(rated, command, who)


def test_whoever_acts_for_the_supervisor_rates_and_both_are_on_record() -> None:
    line = FollowLine(("budi", "citra"), "dewi", "dinkes", (Acting("budi", "eko", True),))
    state = given(reported(), line, ORGANISATION.id, system=True)
    assert told(state) == [("eko", "period_to_rate")]
    event = given(state, RatePeriod(None, builders.review()), "eko").events[-1]
    assert (event.actor, event.on_behalf_of) == ("eko", "budi")


def test_the_superior_of_another_period_is_told_whose_it_is() -> None:
    moved = given(reported(), FollowLine(("citra",), "dewi", "dinkes"), ORGANISATION.id, system=True)
    with pytest.raises(AnotherSuperiorsPeriod) as refused:
        given(moved, RatePeriod(None, builders.review()), "budi")
    assert "2026-03-31" in refused.value.what
    assert given(moved, RatePeriod(None, builders.review()), "citra").rated_by == "citra"


def test_targets_count_once_they_are_agreed() -> None:
    case = replace(builders.case(), plan=PLAN)
    assert [agreed(replace(case, step=step)) is not None for step in (Step.TARGETS, Step.APPROVAL, Step.REVIEW)] == [
        False,
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("gone", "superiors"),
    [((), ("budi", "citra")), (("budi",), ("citra",)), (("budi", "citra"), ("fajar",))],
)
def test_a_period_stays_with_whoever_saw_it_as_long_as_one_of_them_is_there(
    gone: tuple[str, ...], superiors: tuple[str, ...]
) -> None:
    posts = {who: Post("p2p", None) for who in ("budi", "citra", "fajar") if who not in gone}
    today = Organisation({"p2p": None}, {}, posts, {"citra": Acting("citra", "eko", True)})
    then, now = Line(("budi", "citra"), "p2p", "dinkes", "dewi"), Line(("fajar",), "dinsos", "dinsos", "fajar")
    found = today.left_of(then, now)
    assert found.superiors == superiors
    assert bool(found.acting) is ("citra" in superiors)
