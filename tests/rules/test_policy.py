"""What HR may set for a cycle, and what is refused before anything starts."""

import copy
import tomllib
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from appraisal.errors import InvalidPolicy
from appraisal.policy.policy import SHOWN_FROM, Policy
from appraisal.policy.spans import Calendar, after, duration
from appraisal.vocabulary import OPEN_STEPS, STAGES, Step

POLICIES = Path(__file__).parents[2] / "policies"
JAKARTA = ZoneInfo("Asia/Jakarta")
HOLIDAY = date(2026, 1, 8)
CALENDAR = Calendar("Asia/Jakarta", time(7, 30), time(16), (HOLIDAY,))
START = datetime(2026, 1, 5, 7, 30, tzinfo=JAKARTA)
"""A Monday; the Thursday of that week is a holiday."""


def document(name: str = "annual") -> dict[str, Any]:
    return tomllib.loads((POLICIES / f"{name}.toml").read_text())


def document_of(step: str) -> dict[str, Any]:
    """A step that the annual policy shows as a comment, for whoever wants it."""
    shown = (POLICIES / "annual.toml").read_text().partition(f"# [steps.{step}]\n")[2].partition("\n\n")[0]
    return tomllib.loads(shown.replace("# ", ""))


def changed(path: str, value: Any) -> dict[str, Any]:
    """The annual policy with one value changed, or left out where the value is None."""
    whole = copy.deepcopy(document())
    *way, last = path.split(".")
    place = whole
    for name in way:
        place = place[name]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return whole


@pytest.mark.parametrize("name", sorted(file.stem for file in POLICIES.glob("*.toml")))
def test_every_policy_that_is_shipped_makes_a_timetable(name: str) -> None:
    table = Policy.read(document(name)).timetable(START, 2026, CALENDAR)
    assert [window.step for window in table.windows] == list(OPEN_STEPS)
    for window in table.windows:
        climbs = [one.at for one in window.escalate]
        assert all(window.opens <= instant < window.end for instant in window.remind)
        assert window.opens <= window.due <= climbs[0] <= climbs[-1] <= window.end <= table.closes
        assert climbs == sorted(climbs)


SPANS = """
span             backwards  becomes              what it shows
1 working day    -          2026-01-06T16:00+07  the next day, at the close of the office
3 working days   -          2026-01-09T16:00+07  a holiday does not count
5 working days   -          2026-01-13T16:00+07  nor does a weekend
3 working days   yes        2025-12-31T16:00+07  backwards as well
PT20S            -          2026-01-05T07:30:20+07  durations are counted to the second
P1DT2H           -          2026-01-06T09:30+07  and run through the night
01-31            -          2026-01-31T16:00+07  a day of the year of the cycle
+1 01-20         -          2027-01-20T16:00+07  a day of the next
"""
ROWS = [[part.strip() for part in line.split("  ") if part.strip()] for line in SPANS.strip().splitlines()[1:]]


@pytest.mark.parametrize("row", ROWS, ids=[row[3] for row in ROWS])
def test_how_an_officer_writes_a_date(row: list[str]) -> None:
    span, backwards, becomes, _ = row
    found = after(span, START, CALENDAR, time(16), 2026, "due", -1 if backwards == "yes" else 1)
    assert found == datetime.fromisoformat(becomes)


def test_working_days_are_those_of_the_agencys_own_zone() -> None:
    late_in_london = datetime(2026, 1, 4, 20, tzinfo=UTC)
    assert late_in_london.astimezone(JAKARTA).date() == date(2026, 1, 5)
    assert after("1 working day", late_in_london, CALENDAR, time(16), 2026, "due").date() == date(2026, 1, 6)


@pytest.mark.parametrize(("span", "expected"), [("P3D", timedelta(days=3)), ("PT1H1M1S", timedelta(seconds=3661))])
def test_lengths_of_time(span: str, expected: timedelta) -> None:
    assert duration(span, "grace") == expected


NONSENSE = ["", "P", "PT", "3 days", "-P1D", "P1M", "1 working", "five working days", "02-30", "13-01", "1-1", "P1.5D"]


@pytest.mark.parametrize("span", [*NONSENSE, "PT20S\n", "٣ working days", "P9999999999999D"])
def test_a_span_that_says_nothing_is_refused_with_what_may_be_written(span: str) -> None:
    with pytest.raises(InvalidPolicy) as refused:
        after(span, START, CALENDAR, time(16), 2026, "steps.targets.due")
    assert refused.value.where == "steps.targets.due"
    assert "working days" in refused.value.remedy


UNREADABLE: list[tuple[str, str, Any, str]] = [
    ("a step is missing", "steps.review", None, "steps"),
    ("a step nobody knows", "steps.lunch", {}, "steps"),
    ("no steps at all", "steps", [], "steps"),
    ("a date is missing", "steps.review.due", None, "steps.review.due"),
    ("no grace", "grace", None, "grace"),
    ("no name", "name", None, "name"),
    ("an end rule nobody knows", "steps.review.end_rule", "forget", "steps.review.end_rule"),
    ("a review that may be skipped", "steps.review.end_rule", "go_on", "steps.review.end_rule"),
    ("a ladder with no end", "steps.review.end", None, "steps.review.end"),
    ("targets that somebody else writes", "steps.targets.end_rule", "take_over", "steps.targets.end_rule"),
    ("a group that is held", "steps.calibration.end_rule", "hold", "steps.calibration.end_rule"),
    ("reminders that are no list", "steps.review.remind", "P3D before", "steps.review.remind"),
    ("a rung without an audience", "steps.review.escalate", [{"after": "P3D"}], "steps.review.escalate.0"),
    (
        "a rung that HR of a unit cannot climb",
        "steps.calibration.escalate",
        [{"after": "P3D", "to": "unit_hr"}],
        "steps.calibration.escalate.0.to",
    ),
    ("a rung for nobody", "steps.review.escalate", [{"after": "P3D", "to": "mayor"}], "steps.review.escalate.0"),
    ("targets that may be skipped", "steps.targets.end_rule", "go_on", "steps.targets.end_rule"),
]


@pytest.mark.parametrize(
    ("path", "value", "where"), [row[1:] for row in UNREADABLE], ids=[row[0] for row in UNREADABLE]
)
def test_a_document_that_is_no_policy_names_the_key(path: str, value: Any, where: str) -> None:
    with pytest.raises(InvalidPolicy) as refused:
        Policy.read(changed(path, value))
    assert refused.value.where == where
    assert refused.value.remedy


RUNGS = [{"after": "P3D", "to": "superior"}, {"after": "P6D", "to": "hr"}]
CONTRADICTIONS: list[tuple[str, str, Any, str]] = [
    ("due before it opens", "steps.self_assessment.due", "11-01", "steps.self_assessment"),
    ("ends before it is due", "steps.targets.end", "01-15", "steps.targets"),
    ("ends before the step before", "steps.approval.end", "02-27", "steps.approval.end"),
    ("the cycle closes too early", "closes", "12-31", "closes"),
    ("a due date that is none", "steps.targets.due", "soon", "steps.targets.due"),
    ("a reminder that is none", "steps.review.remind", ["soon"], "steps.review.remind.0"),
    ("a reminder on a date", "steps.review.remind", ["01-02 before"], "steps.review.remind.0"),
    ("rungs out of order", "steps.review.escalate", RUNGS[::-1], "steps.review"),
    ("a grace that is none", "grace", "3 working days", "grace"),
]


@pytest.mark.parametrize(
    ("path", "value", "where"), [row[1:] for row in CONTRADICTIONS], ids=[row[0] for row in CONTRADICTIONS]
)
def test_dates_that_contradict_each_other_are_refused(path: str, value: Any, where: str) -> None:
    with pytest.raises(InvalidPolicy) as refused:
        Policy.read(changed(path, value)).timetable(START, 2026, CALENDAR)
    assert refused.value.where == where
    assert refused.value.remedy


def test_steps_come_in_the_order_of_the_process_however_the_file_lists_them() -> None:
    shuffled = document()
    shuffled["steps"] = dict(reversed(shuffled["steps"].items()))
    assert [step.step for step in Policy.read(shuffled).steps] == list(OPEN_STEPS)
    assert Policy.read(shuffled).steps[0].step is Step.TARGETS


def test_the_endorsement_is_the_one_step_that_a_policy_may_leave_out() -> None:
    looked_at = changed("steps.endorsement", document_of("endorsement"))
    found = Policy.read(looked_at)
    table = found.timetable(START, 2026, CALENDAR)
    assert tuple(window.step for window in table.windows) == tuple(step.step for step in found.steps) == STAGES
    assert Policy.read(found.document()) == found
    looked_at["steps"]["endorsement"]["end_rule"] = "close_unrated"
    with pytest.raises(InvalidPolicy) as unrated:
        Policy.read(looked_at)
    assert unrated.value.where == "steps.endorsement.end_rule"


def test_a_policy_from_before_numbers_were_shown_has_the_usual_size() -> None:
    assert Policy.read(changed("shown_from", None)).shown_from == SHOWN_FROM
    assert Policy.read(changed("shown_from", 12)).shown_from == 12
    assert Policy.read(changed("shown_from", 12)).document()["shown_from"] == 12


DAYS = {"opens": "11-01", "remind": ["P1D before", "when due"], "due": "11-27", "end": "12-11"}


@pytest.mark.parametrize("weight", [7, -1, "tiga"])
def test_an_agreed_need_weighs_from_nothing_to_as_much_as_the_worst_gap(weight: object) -> None:
    assert Policy.read(changed("agreed_need", None)).agreed_need == 0, "from before plans counted"
    assert Policy.read(changed("agreed_need", 6)).document()["agreed_need"] == 6
    with pytest.raises(InvalidPolicy) as found:
        Policy.read(changed("agreed_need", weight))
    assert found.value.where == "agreed_need"


VOICES: dict[str, Any] = {"peers": 5, "subordinates": 0, "shown_from": 3, "texts": True, **DAYS}
"""In November, until well before the annual review ends."""


def test_a_policy_without_voices_asks_nobody_and_one_with_them_has_their_dates() -> None:
    assert Policy.read(document()).timetable(START, 2026, CALENDAR).voices is None
    policy = Policy.read(changed("voices", VOICES))
    assert Policy.read(policy.document()) == policy
    assert policy.document()["voices"] == VOICES
    found = policy.timetable(START, 2026, CALENDAR).voices
    assert found is not None
    assert (found.opens.date(), found.due.date(), found.end.date()) == (
        date(2026, 11, 1),
        date(2026, 11, 27),
        date(2026, 12, 11),
    )
    assert found.remind == (found.due - timedelta(days=1), found.due)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"shown_from": 2}, "voices.shown_from"),
        ({"shown_from": True}, "voices.shown_from"),
        ({"peers": -1}, "voices.peers"),
        ({"peers": 0}, "voices.peers"),
        ({"peers": 2}, "voices.peers"),
        ({"subordinates": 21}, "voices.subordinates"),
        ({"texts": "yes"}, "voices.texts"),
        ({"names": True}, "voices.names"),
        ({"remind": ["soon"]}, "voices.remind.0"),
        ({"due": "10-01"}, "voices"),
        ({"due": "12-12"}, "voices"),
        ({"end": "+1 02-20"}, "voices.end"),
    ],
)
def test_voices_that_could_not_be_asked_or_shown_are_refused(change: dict[str, Any], where: str) -> None:
    with pytest.raises(InvalidPolicy) as refused:
        Policy.read(changed("voices", VOICES | change)).timetable(START, 2026, CALENDAR)
    assert refused.value.where == where
    assert refused.value.remedy
