"""What may be erased, what stays on which ground, and what the record says of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from appraisal import errors
from appraisal.access import Actor
from appraisal.notices import Notice
from appraisal.privacy import errors as data_errors
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
)
from appraisal.privacy.erasing import USUAL, Ground, Part, Standing, read_parts, staying
from tests.builders import START
from tests.rules.test_data_request import refusal

GONE = Standing(serves=False, open_case=False, names_others=False)
WORKS = replace(GONE, serves=True, open_case=True)
EVERYTHING = tuple(part for part in Part if part is not Part.RECORD)
SAID = (Area.OTHER, "Saya pensiun.", "", "", "PT72H")
ERASE = AskAboutData("q1", DataKind.ERASURE, "ani", Actor("ani"), *SAID, (Part.DRAFTS, Part.IDENTITY, Part.RECORD))
DONE = DataAnswer(Actor("olga", hr=True), DataPhase.DONE, "Sudah dihapus.")


@pytest.mark.parametrize(
    ("parts", "allowed", "standing", "expected"),
    [
        (tuple(Part), EVERYTHING, GONE, {Part.RECORD: Ground.LAW}),
        (USUAL, USUAL, WORKS, {}),
        ((Part.FEEDBACK,), USUAL, GONE, {Part.FEEDBACK: Ground.AGENCY}),
        ((Part.FEEDBACK,), EVERYTHING, WORKS, {Part.FEEDBACK: Ground.OPEN}),
        ((Part.CONTACT,), EVERYTHING, WORKS, {Part.CONTACT: Ground.SERVING}),
        ((Part.IDENTITY,), EVERYTHING, replace(GONE, open_case=True), {Part.IDENTITY: Ground.OPEN}),
        ((Part.IDENTITY,), EVERYTHING, replace(GONE, names_others=True), {Part.IDENTITY: Ground.OTHERS}),
        ((Part.CONTACT,), EVERYTHING, replace(GONE, names_others=True), {}),
        ((Part.RECORD,), (*EVERYTHING, Part.RECORD), GONE, {Part.RECORD: Ground.LAW}),
    ],
)
def test_what_stays_and_why(
    parts: tuple[Part, ...], allowed: tuple[Part, ...], standing: Standing, expected: dict[Part, Ground]
) -> None:
    assert dict(staying(parts, allowed, standing)) == expected


def test_the_agency_says_what_may_go_and_the_record_is_none_of_it() -> None:
    assert read_parts(" notices , drafts,") == (Part.DRAFTS, Part.NOTICES)
    assert read_parts("") == ()
    for text in ("record", "drafts, ratings"):
        assert refusal(read_parts, text) is errors.InvalidPolicy


def test_a_request_names_what_should_go_each_once() -> None:
    assert refusal(check, replace(ERASE, parts=())) is data_errors.NothingNamed
    twice = check(replace(ERASE, parts=(Part.RECORD, Part.DRAFTS, Part.DRAFTS)))
    assert twice.parts == (Part.DRAFTS, Part.RECORD)
    assert check(replace(ERASE, kind=DataKind.ACCESS)).parts == (), "nothing is erased of what is only looked at"


def opened() -> DataRequest:
    return asked(ERASE, START, Office("dinkes")).stored(0)


def test_what_goes_and_what_stays_is_on_record() -> None:
    assert ("parts", "", "drafts, identity, record") in asked(ERASE, START, Office()).events[0].changes
    stays = ((Part.IDENTITY, Ground.SERVING), (Part.RECORD, Ground.LAW))
    done = opened().answered(DONE, START + timedelta(hours=1), "d1", stays)
    assert (done.id, done.erases) == ("erasure/q1", (Part.DRAFTS,))
    assert done.events[-1].changes[2:] == (
        ("erased", "", "drafts"),
        ("stays", "", "identity (serving), record (law)"),
    )
    assert done.notices() == (Notice("ani", "data_request_done", 1),)


def test_nothing_goes_with_a_refusal_and_a_request_of_which_all_stays_can_only_be_refused() -> None:
    all_stay = tuple((part, Ground.AGENCY) for part in ERASE.parts)
    assert refusal(opened().answered, DONE, START, "d1", all_stay) is data_errors.NothingToErase
    for said in (DataPhase.REFUSED, DataPhase.FORWARDED):
        answered = opened().answered(replace(DONE, phase=said, ground="Jadwal retensi."), START, "d1")
        assert (answered.erases, len(answered.events[-1].changes)) == ((), 2)
