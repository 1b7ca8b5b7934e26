"""Requests about own data: what can be asked, the clock of the law, who answers how, and who hears of what."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from appraisal import errors
from appraisal.access import Actor
from appraisal.notices import Notice
from appraisal.parties import HR, unit_hr
from appraisal.privacy.data_request import (
    Area,
    AskAboutData,
    DataAnswer,
    DataKind,
    DataPhase,
    DataRequest,
    Office,
    asked,
    check,
    checked_term,
    office_of,
)
from tests.builders import START

HOUR = timedelta(hours=1)
OFFICER, OF_UNIT, ANI = Actor("olga", hr=True), Actor("umi", units=("dinkes",)), Actor("ani")
WRONG = AskAboutData("q1", DataKind.CORRECTION, "ani", ANI, Area.IDENTITY, "Nama salah eja.", "Ani Contoh")
SEE = replace(WRONG, kind=DataKind.ACCESS, should_be="")
UNIT = Office("dinkes", unit_hr("dinkes"))
DONE = DataAnswer(OFFICER, DataPhase.DONE, "Sudah diperbaiki.")
REFUSED = DataAnswer(OFFICER, DataPhase.REFUSED, "Sudah benar.", "Akta kelahiran.")


def opened(office: Office = UNIT) -> DataRequest:
    return asked(WRONG, START, office).stored(0)


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
        (WRONG, None),
        (SEE, None),
        (replace(WRONG, evidence="https://bukti.example/akta"), None),
        (replace(WRONG, actor=OFFICER), errors.NotAllowed),
        (replace(WRONG, words=" "), errors.InvalidText),
        (replace(WRONG, should_be=" "), errors.InvalidText),
        (replace(WRONG, evidence="javascript:alert(1)"), errors.InvalidEvidence),
    ],
)
def test_what_can_be_asked(order: AskAboutData, expected: type[Exception] | None) -> None:
    assert refusal(check, order) is expected


def test_the_law_gives_three_times_24_hours_on_the_clock_and_the_agency_may_promise_less() -> None:
    saturday = START.replace(day=3)
    assert asked(WRONG, saturday, UNIT).due == saturday + 72 * HOUR, "nights and Sundays count"
    assert asked(replace(WRONG, within="PT24H"), START, UNIT).due == START + 24 * HOUR
    assert checked_term("PT72H", "x") == "PT72H"
    for span in ("PT73H", "P4D", "PT0S", "3 working days"):
        assert refusal(checked_term, span, "x") is errors.InvalidPolicy


@pytest.mark.parametrize(
    ("unit", "officers", "expected"),
    [
        ("dinkes", {"dinkes": ("umi",)}, UNIT),
        ("dinkes", {"dinkes": ("ani",)}, Office("dinkes", HR)),
        ("dinkes", {"dinsos": ("usman",)}, Office("dinkes", HR)),
        (None, {"dinkes": ("umi",)}, Office("", HR)),
    ],
)
def test_it_goes_to_hr_of_the_unit_and_to_the_agency_where_there_is_none(
    unit: str | None, officers: dict[str, tuple[str, ...]], expected: Office
) -> None:
    assert office_of("ani", unit, officers) == expected


def test_the_holder_is_reminded_once_and_then_the_agency_called_in_once() -> None:
    first = asked(WRONG, START, UNIT)
    assert (first.id, first.alarm_at) == ("correction/q1", START + 48 * HOUR)
    assert first.notices() == (Notice(unit_hr("dinkes"), "data_requested", 0),)
    reminded = opened().late(START + 48 * HOUR, UNIT)
    assert (reminded.alarm_at, reminded.office) == (START + 72 * HOUR, UNIT)
    assert reminded.notices() == (Notice(unit_hr("dinkes"), "data_request_reminded", 1),)
    escalated = reminded.stored(1).late(START + 72 * HOUR, UNIT)
    assert (escalated.alarm_at, escalated.office, escalated.open) == (None, Office("dinkes", HR), True)
    assert escalated.notices() == (Notice(HR, "data_request_escalated", 2),)
    assert escalated.due == START + 72 * HOUR, "late is late"


def test_a_unit_that_has_lost_its_officer_hands_it_to_the_agency_at_the_next_alarm() -> None:
    reminded = opened().late(START + 48 * HOUR, Office("dinkes", HR))
    assert reminded.notices() == (Notice(HR, "data_request_reminded", 1),)
    assert reminded.events[-1].changes == (("holder", unit_hr("dinkes"), HR),)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (DONE, None),
        (REFUSED, None),
        (replace(DONE, actor=OF_UNIT), None),
        (replace(DONE, phase=DataPhase.FORWARDED), None),
        (replace(DONE, actor=Actor("usman", units=("dinsos",))), errors.NotAllowed),
        (replace(DONE, actor=Actor("budi")), errors.NotAllowed),
        (replace(DONE, actor=Actor("ani", hr=True)), errors.NotAllowed),
        (replace(DONE, reason=" "), errors.MissingReason),
        (replace(REFUSED, ground=""), errors.MissingReason),
    ],
)
def test_who_answers_and_how(answer: DataAnswer, expected: type[Exception] | None) -> None:
    assert refusal(opened().answered, answer, START, "d1") is expected


@pytest.mark.parametrize("answer", [DONE, REFUSED])
def test_it_is_answered_once_and_the_person_is_told(answer: DataAnswer) -> None:
    answered = opened().answered(answer, START + HOUR, "d1")
    assert (answered.phase, answered.answered_at, answered.revision) == (answer.phase, START + HOUR, 1)
    assert answered.notices() == (Notice("ani", f"data_request_{answer.phase}", 1),)
    assert refusal(answered.answered, DONE, START + HOUR, "d2") is errors.AlreadyClosed
