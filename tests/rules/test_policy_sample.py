"""What a policy would do to a sample case, and that a policy survives being written down."""

import copy
import tomllib
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from appraisal.errors import AppraisalError, InvalidPolicy, InvalidText
from appraisal.policy.policy import Policy
from appraisal.policy.sample import SampleStep, sample, sample_start
from appraisal.policy.spans import Calendar
from appraisal.vocabulary import OPEN_STEPS, Alarm, Audience, Step

POLICIES = Path(__file__).parents[2] / "policies"
NAMES = sorted(file.stem for file in POLICIES.glob("*.toml"))
HOLIDAYS = (date(2027, 1, 1), date(2027, 1, 4))


def document(name: str = "annual") -> dict[str, Any]:
    return tomllib.loads((POLICIES / f"{name}.toml").read_text())


def changed(path: str, value: Any) -> dict[str, Any]:
    """The annual policy with one value changed."""
    whole = copy.deepcopy(document())
    *way, last = path.split(".")
    place = whole
    for name in way:
        place = place[name]
    place[last] = value
    return whole


def sampled(document: dict[str, Any]) -> dict[Step, SampleStep]:
    policy = Policy.read(document)
    start = sample_start(policy, 2027, HOLIDAYS)
    calendar = Calendar(policy.zone, time(7, 30), time(16), HOLIDAYS)
    return {one.step: one for one in sample(policy.timetable(start, 2027, calendar), start)}


@pytest.mark.parametrize("name", NAMES)
def test_a_policy_that_is_written_down_is_read_as_the_same(name: str) -> None:
    policy = Policy.read(document(name))
    assert policy.document() == document(name)
    assert Policy.read(policy.document()) == policy


def test_the_sample_year_starts_on_its_first_working_day() -> None:
    assert sample_start(Policy.read(document()), 2027, HOLIDAYS) == datetime(
        2027, 1, 5, 7, 30, tzinfo=ZoneInfo("Asia/Jakarta")
    )


@pytest.mark.parametrize("name", NAMES)
def test_the_sample_case_passes_every_step_and_each_has_an_end(name: str) -> None:
    found = sampled(document(name))
    assert tuple(found) == OPEN_STEPS
    for one in found.values():
        instants = [ring.at for ring in one.rings]
        assert instants == sorted(instants)
        assert one.rings[-1].alarm in (Alarm.END, Alarm.CLOSE)
        assert Alarm.DUE in [ring.alarm for ring in one.rings]


def test_it_shows_to_whom_each_rung_hands_a_late_step_and_what_the_end_does() -> None:
    approval = sampled(document())[Step.APPROVAL].rings
    assert [ring.to for ring in approval if ring.alarm is Alarm.ESCALATE] == [Audience.SUPERIOR, Audience.HR]
    assert [ring.alarm for ring in approval][-2:] == [Alarm.END, Alarm.CLOSE], (
        "the superior has it until the cycle closes"
    )
    assert sampled(document())[Step.TARGETS].rings[-1].alarm is Alarm.END


def test_a_case_that_comes_late_in_the_window_has_the_grace() -> None:
    """Approval is due the day after targets are: nobody could do it in that time."""
    found = sampled(changed("steps.approval.due", "02-01"))[Step.APPROVAL]
    assert found.arrives.date() == date(2027, 1, 31)
    assert found.window.due.date() == date(2027, 2, 3)
    assert next(ring.at for ring in found.rings if ring.alarm is Alarm.DUE) == found.window.due


def test_a_reminder_before_the_case_has_come_does_not_ring() -> None:
    found = sampled(changed("steps.approval.remind", ["30 working days before", "1 working day before"]))
    assert [ring.alarm for ring in found[Step.APPROVAL].rings].count(Alarm.REMIND) == 1


LADDER = "steps.review.escalate"
WRONG: list[tuple[str, str, Any, type[AppraisalError], str]] = [
    ("a key nobody knows", "lunch", "12:00", InvalidPolicy, "lunch"),
    ("a key nobody knows in a step", "steps.review.ends", "P3D", InvalidPolicy, "steps.review.ends"),
    ("a step that is no table", "steps.review", "P3D", InvalidPolicy, "steps.review"),
    ("a number for a text", "steps.review.due", 3, InvalidPolicy, "steps.review.due"),
    ("an over-long text", "steps.review.due", "x" * 61, InvalidText, "steps.review.due"),
    ("an over-long reminder", "steps.review.remind", ["when due", "x" * 61], InvalidText, "steps.review.remind.1"),
    ("an empty text", "grace", " ", InvalidText, "grace"),
    ("a name with a path", "name", "../open", InvalidPolicy, "name"),
    ("a version that is no number", "version", "2", InvalidPolicy, "version"),
    ("a version that is true", "version", True, InvalidPolicy, "version"),
    ("a zone that is none", "zone", "Asia/Nowhere", InvalidPolicy, "zone"),
    ("a zone that is a folder", "zone", "../zoneinfo/Asia", InvalidPolicy, "zone"),
    ("an hour that is none", "day_opens", "25:00", InvalidPolicy, "day_opens"),
    ("an hour with a zone", "day_opens", "07:30+07:00", InvalidPolicy, "day_opens"),
    ("an office that closes first", "day_closes", "07:00", InvalidPolicy, "day_closes"),
    ("numbers shown of nobody", "shown_from", 0, InvalidPolicy, "shown_from"),
    ("numbers shown of a word", "shown_from", "lima", InvalidPolicy, "shown_from"),
    ("an organisation compared all the time", "follow_every", "PT0S", InvalidPolicy, "follow_every"),
    ("a grace of centuries", "grace", "P99999D", InvalidPolicy, "grace"),
    ("too many reminders", "steps.review.remind", ["when due"] * 11, InvalidPolicy, "steps.review.remind"),
    ("too many rungs", LADDER, [{"after": "P1D", "to": "hr"}] * 6, InvalidPolicy, LADDER),
    ("a rung that is no text", LADDER, [{"after": 3, "to": "hr"}], InvalidPolicy, f"{LADDER}.0.after"),
    ("a rung for a list", LADDER, [{"after": "P1D", "to": ["hr"]}], InvalidPolicy, f"{LADDER}.0"),
]


@pytest.mark.parametrize(("path", "value", "kind", "where"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_what_anybody_may_send_is_refused_by_its_key(
    path: str, value: Any, kind: type[AppraisalError], where: str
) -> None:
    with pytest.raises(kind) as refused:
        Policy.read(changed(path, value))
    assert (type(refused.value), refused.value.where) == (kind, where)
    assert refused.value.remedy


@pytest.mark.parametrize(("path", "value"), [("closes", "P9999D"), ("steps.review.remind", ["P999999D before"])])
def test_dates_of_another_age_are_refused(path: str, value: Any) -> None:
    with pytest.raises(InvalidPolicy) as refused:
        sampled(changed(path, value))
    assert refused.value.where.startswith(path)
