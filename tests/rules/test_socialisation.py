"""When the rules of a cycle are read, confirmed and asked about, and when HR may remind."""

from datetime import datetime, timedelta

import pytest

from appraisal import socialisation
from appraisal.cycle import Phase
from appraisal.errors import AlreadyClosed, AlreadyReminded, AppraisalError, NothingToDecide, StaleRules
from appraisal.socialisation import Stage
from tests.builders import START, timetable

TARGETS = socialisation.targets_of(timetable(START))
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("at", "stage"),
    [
        (TARGETS.opens - SECOND, Stage.BEFORE),
        (TARGETS.opens, Stage.OPEN),
        (TARGETS.due, Stage.OPEN),
        (TARGETS.end - SECOND, Stage.OPEN),
        (TARGETS.end, Stage.OVER),
    ],
)
def test_the_windows_follow_the_targets(at: datetime, stage: Stage) -> None:
    assert socialisation.stage(TARGETS, at) is stage


@pytest.mark.parametrize(
    ("now", "reminded", "missing", "refusal"),
    [
        (Stage.BEFORE, (), 3, None),
        (Stage.OPEN, (Stage.BEFORE,), 3, None),
        (Stage.BEFORE, (Stage.BEFORE,), 3, AlreadyReminded),
        (Stage.OPEN, (Stage.BEFORE, Stage.OPEN), 3, AlreadyReminded),
        (Stage.OPEN, (), 0, NothingToDecide),
        (Stage.OVER, (), 3, AlreadyClosed),
    ],
)
def test_hr_reminds_once_in_each_window(
    now: Stage, reminded: tuple[Stage, ...], missing: int, refusal: type[AppraisalError] | None
) -> None:
    if refusal is None:
        socialisation.demand_reminder(now, reminded, missing)
        return
    with pytest.raises(refusal) as refused:
        socialisation.demand_reminder(now, reminded, missing)
    assert refused.value.remedy


def test_other_rules_are_read_anew() -> None:
    socialisation.demand_same("annual/2", "annual/2")
    with pytest.raises(StaleRules) as refused:
        socialisation.demand_same("annual/1", "annual/2")
    assert refused.value.where == "rules"


def test_a_closed_cycle_takes_nothing_more() -> None:
    for phase in Phase:
        if phase is not Phase.CLOSED:
            socialisation.demand_running(phase)
    with pytest.raises(AlreadyClosed):
        socialisation.demand_running(Phase.CLOSED)
