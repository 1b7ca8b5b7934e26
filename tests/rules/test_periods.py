"""How a year is divided: the dates of each period, and what cannot be."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from adapters.policy_files import shipped
from appraisal.cycle import Launch, launched
from appraisal.errors import InvalidPolicy
from appraisal.policy.dates import Dates
from appraisal.policy.policy import Policy
from appraisal.policy.spans import Calendar
from tests.rules.test_evaluation import HR

QUARTERS: dict[str, Any] = {
    "every": "quarter",
    "ends": ["03-31", "06-30", "09-30", "12-31"],
    "report": "5 working days",
    "rate": "5 working days",
    "remind": "2 working days before",
    "evidence": "required",
}
CALENDAR = Calendar("Asia/Jakarta", time(7, 30), time(16), (date(2026, 4, 3),))
START = datetime(2026, 1, 2, 1, tzinfo=UTC)


def policy(**changes: Any) -> Policy:
    return Policy.read({**(shipped("annual") or {}), "periods": {**QUARTERS, **changes}})


def test_without_the_section_there_is_the_year_alone() -> None:
    annual = Policy.read(shipped("annual") or {})
    assert annual.periods is None
    assert "periods" not in annual.document()
    assert annual.timetable(START, 2026, CALENDAR).periods == ()


def test_a_policy_is_written_as_it_was_read() -> None:
    assert policy().document()["periods"] == QUARTERS


def test_each_quarter_is_reported_and_rated_in_working_days() -> None:
    first, second, third, fourth = policy().timetable(START, 2026, CALENDAR).periods
    assert (first.begins, second.begins) == (START, first.ends)
    assert first.last_day == date(2026, 3, 31)
    shown = [at.astimezone(first.ends.tzinfo).strftime("%d.%m. %H:%M") for at in (first.ends, first.report_by)]
    assert shown == ["31.03. 16:00", "08.04. 16:00"], "3 April is a day off"
    assert first.ends <= first.remind_report < first.report_by <= first.remind_rating < first.rate_by
    assert [one.number for one in (first, second, third, fourth)] == [1, 2, 3, 4]


def test_what_is_over_at_the_start_is_no_period_and_the_others_keep_their_numbers() -> None:
    periods = policy().periods
    assert periods is not None
    late = periods.dates(datetime(2026, 4, 1, 1, tzinfo=UTC), 2026, CALENDAR)
    assert [one.number for one in late] == [2, 3, 4]
    assert late[0].begins == datetime(2026, 4, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"every": "week"}, "periods.every"),
        ({"ends": []}, "periods.ends"),
        ({"ends": ["03-31"] * 5}, "periods.ends"),
        ({"ends": ["06-30", "03-31"]}, "periods.ends.1"),
        ({"ends": ["03-31", "+1 12-31"]}, "periods.ends"),
        ({"ends": ["02-30"]}, "periods.ends.0"),
        ({"report": "0 working days"}, "periods.report"),
        ({"rate": "12-31"}, "periods.rate"),
        ({"remind": "1 working day after"}, "periods.remind"),
        ({"evidence": "maybe"}, "periods.evidence"),
        ({"weight": "60"}, "periods.weight"),
    ],
)
def test_what_cannot_be_is_refused_by_its_key(changes: dict[str, Any], where: str) -> None:
    with pytest.raises(InvalidPolicy) as refused:
        policy(**changes).timetable(START, 2026, CALENDAR)
    assert refused.value.where == where
    assert refused.value.remedy


def test_a_cycle_begins_each_period_once() -> None:
    chosen = policy()
    launch = Launch("c1", 2026, "Tahun 2026", chosen, START, HR)
    dates = Dates(chosen.timetable(START, 2026, CALENDAR))
    cycle = launched(launch, START).planned(dates, 3, START).running(3, START)
    for number in (1, 2, 3, 4):
        due = cycle.next_period
        assert due is not None
        assert due.number == number
        cycle = cycle.period_begun(number, 3, due.begins)
    assert cycle.next_period is None
    assert [event.kind for event in cycle.events[-4:]] == ["period_begun"] * 4
