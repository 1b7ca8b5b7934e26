"""'My superior is wrong': what can be reported, when HR is late, who decides how, and who hears of what."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from appraisal import errors
from appraisal.access import Actor
from appraisal.notices import Notice
from appraisal.parties import HR
from appraisal.people import errors as people_errors
from appraisal.people.superior_report import (
    Decision,
    Report,
    ReportPhase,
    ReportSuperior,
    allow,
    check,
    deadline,
    moves,
    reported,
)
from appraisal.people.superiors import Ground, Move
from appraisal.policy.spans import Calendar, checked_length
from tests.builders import START

DAY = timedelta(days=1)
OFFICER, ANI = Actor("olga", hr=True), Actor("ani")
ORDER = ReportSuperior("r1", "ani", ANI, "citra", "Saya pindah bidang.")
GROUND = Ground(True, ("dewi", "bupati"), {"ani": "budi"})
ACCEPT, DECLINE = Decision(OFFICER, "citra"), Decision(OFFICER, reason="Atasan sudah benar.")
AGAINST: list[tuple[str, ReportSuperior, Ground, bool, type[errors.AppraisalError] | None]] = [
    ("nothing", ORDER, GROUND, False, None),
    ("left open", replace(ORDER, proposed=None), Ground(False, None, {"ani": "budi"}), False, None),
    ("one waits", ORDER, GROUND, True, people_errors.AlreadyReported),
    ("no position", ORDER, replace(GROUND, before={}), False, errors.HasLeft),
    ("nobody known", ORDER, replace(GROUND, known=False), False, errors.UnknownPerson),
    ("has left", ORDER, replace(GROUND, line=None), False, errors.HasLeft),
    ("a loop", ORDER, replace(GROUND, line=("ani",)), False, people_errors.ReportingLoop),
    ("the same", ORDER, replace(GROUND, before={"ani": "citra"}), False, people_errors.AnswersAlready),
    ("later, which HR sorts out", ORDER, replace(GROUND, later=("ani",)), False, None),
]


def opened() -> Report:
    return reported(ORDER, START, START + 5 * DAY).stored(0)


def refusal(rule: Callable[..., object], *given: object) -> type[Exception] | None:
    """The type of the refusal, which says what to do; None where there is none."""
    try:
        rule(*given)
    except errors.AppraisalError as refused:
        return type(refused) if refused.remedy else None
    return None


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (ORDER, None),
        (replace(ORDER, proposed=None, words=""), None),
        (replace(ORDER, actor=OFFICER), errors.NotAllowed),
        (replace(ORDER, proposed="ani"), people_errors.AnswersToHimself),
        (replace(ORDER, words="x" * 5000), errors.InvalidText),
    ],
)
def test_what_can_be_reported(order: ReportSuperior, expected: type[Exception] | None) -> None:
    assert refusal(check, order) is expected


@pytest.mark.parametrize(
    ("order", "ground", "waiting", "expected"), [row[1:] for row in AGAINST], ids=[row[0] for row in AGAINST]
)
def test_what_the_record_has_against_it(
    order: ReportSuperior, ground: Ground, waiting: bool, expected: type[Exception] | None
) -> None:
    assert refusal(allow, order, ground, waiting) is expected


def test_hr_hears_of_it_and_is_reminded_as_long_as_it_waits() -> None:
    first = reported(ORDER, START, START + 5 * DAY)
    assert (first.due, first.remind_at, first.id) == (START + 5 * DAY, START + 5 * DAY, "superior-report/ani/r1")
    assert first.notices() == (Notice(HR, "superior_reported", 0),)
    late = opened().late(START + 5 * DAY, START + 10 * DAY)
    assert (late.due, late.remind_at, late.reminded, late.open) == (START + 5 * DAY, START + 10 * DAY, 1, True)
    assert late.notices() == (Notice(HR, "superior_report_due", 1),)
    again = late.stored(1).late(START + 10 * DAY, START + 15 * DAY)
    assert [event.command_id for event in (*late.events, *again.events)] == ["remind/1", "remind/2"]


@pytest.mark.parametrize(
    ("decision", "expected"),
    [
        (ACCEPT, None),
        (DECLINE, None),
        (replace(ACCEPT, actor=Actor("budi")), errors.NotAllowed),
        (replace(ACCEPT, actor=Actor("ani", hr=True)), errors.NotAllowed),
        (replace(ACCEPT, superior="ani"), people_errors.AnswersToHimself),
        (replace(DECLINE, reason=" "), errors.MissingReason),
    ],
)
def test_who_decides_and_how(decision: Decision, expected: type[Exception] | None) -> None:
    assert refusal(opened().decided, decision, START, "d1") is expected


@pytest.mark.parametrize("first", [ACCEPT, DECLINE])
def test_it_is_decided_once(first: Decision) -> None:
    decided = opened().decided(first, START + DAY, "d1")
    assert decided.phase is (ReportPhase.ACCEPTED if first.superior else ReportPhase.DECLINED)
    assert (decided.revision, decided.superior, decided.decided_at) == (1, first.superior, START + DAY)
    assert refusal(decided.decided, ACCEPT, START + DAY, "d2") is errors.AlreadyClosed


def test_the_employee_hears_the_answer_either_way_and_superiors_what_changes_for_them() -> None:
    declined = opened().decided(DECLINE, START, "d1")
    assert declined.notices() == (Notice("ani", "superior_report_declined", 1),)
    accepted = opened().decided(ACCEPT, START, "d1")
    assert accepted.notices((Move("ani", "budi"),)) == (
        Notice("ani", "superior_report_accepted", 1),
        Notice("citra", "reports_gained", 1),
        Notice("budi", "reports_lost", 1),
    )
    assert accepted.notices() == (Notice("ani", "superior_report_accepted", 1),)


def test_what_is_accepted_moves_the_person_unless_somebody_has_done_so_or_it_cannot_be() -> None:
    accepted = opened().decided(ACCEPT, START, "d1")
    assert moves(accepted, GROUND) == (Move("ani", "budi"),)
    assert moves(accepted, replace(GROUND, before={"ani": "citra"})) == ()
    for against, expected in (
        (replace(GROUND, line=None), errors.HasLeft),
        (replace(GROUND, line=("ani",)), people_errors.ReportingLoop),
        (replace(GROUND, later=("ani",)), people_errors.LaterChange),
    ):
        assert refusal(moves, accepted, against) is expected


def test_working_days_end_when_the_office_closes() -> None:
    calendar = Calendar("Asia/Jakarta", time(7, 30), time(16), (date(2026, 1, 8),))
    monday = datetime(2026, 1, 5, 3, 0, tzinfo=UTC)
    assert deadline("5 working days", monday, calendar) == datetime(2026, 1, 13, 9, 0, tzinfo=UTC)
    assert deadline("PT2S", monday, calendar) == monday + timedelta(seconds=2)


@pytest.mark.parametrize("span", ["0 working days", "PT0S", "01-31", "soon", ""])
def test_the_time_for_it_is_a_length_of_time(span: str) -> None:
    assert checked_length("5 working days", "x") == "5 working days"
    with pytest.raises(errors.InvalidPolicy):
        checked_length(span, "x")
