"""A seat in a training: offered, answered or not, recorded once, corrected by a counter-entry, looked back on a year later."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest

from appraisal.access import CLOCK, Actor
from appraisal.errors import (
    AlreadyClosed,
    AppraisalError,
    InvalidEvidence,
    InvalidNumber,
    MissingReason,
    NotAllowed,
)
from appraisal.parties import HR, Parties
from appraisal.policy.spans import Calendar
from appraisal.training.enrolment import (
    AcceptSeat,
    Certificate,
    CorrectHours,
    DeclineSeat,
    Enrolment,
    EnrolmentCommand,
    EnrolmentOrder,
    Helped,
    LookBack,
    RecordAttendance,
    RecordCertificate,
    Seat,
    Stage,
    Taught,
    WithdrawSeat,
    offered,
)
from appraisal.training.enrolment_errors import (
    AttendanceRecorded,
    CourseNotBegun,
    LookedBack,
    NotAskedYet,
    NotAttended,
    SameHours,
    SeatAnswered,
    SeatGone,
)
from appraisal.training.enrolment_policy import EnrolmentPolicy, Silence
from appraisal.training.enrolment_rules import entry, freed, notices, perform, ring

CALENDAR = Calendar("UTC", time(8), time(16), (date(2027, 3, 9),))
INVITED = datetime(2027, 3, 5, 10, tzinfo=UTC)  # a Friday
FIRST, LAST = date(2027, 6, 1), date(2027, 6, 3)
ANI, BUDI, CITRA, OFFICER = Actor("ani"), Actor("budi"), Actor("citra"), Actor("olga", hr=True)
PARTIES = Parties("ani", "p2p", ("budi", "citra"))
DURING, LATER = datetime(2027, 6, 2, tzinfo=UTC), datetime(2028, 6, 5, tzinfo=UTC)


def seat(silence: Silence = Silence.ACCEPTED, hours: int = 20, begins: date = FIRST) -> Enrolment:
    policy = EnrolmentPolicy(silence=silence)
    dates = policy.dates(begins, max(LAST, begins), INVITED, CALENDAR)
    course = Taught("Analisis data", hours, 2027, begins, max(LAST, begins), "Kotabumi")
    why = ("Target 1 tidak tercapai.", "olga", INVITED)
    return offered(Enrolment(Seat("c1", "ani", "t1", 1), course, *why, silence, dates), INVITED)


def after(one: Enrolment, command: EnrolmentCommand, actor: Actor, at: datetime = INVITED) -> Enrolment:
    return perform(one.stored(one.revision), EnrolmentOrder(command, actor), PARTIES, at, f"{actor.id}/{one.revision}")


def rung(one: Enrolment, times: int = 1) -> Enrolment:
    for _ in range(times):
        assert one.next_alarm is not None
        one = ring(one.stored(one.revision), one.next_alarm)
    return one


def attended(hours: int = 20) -> Enrolment:
    accepted = after(seat(hours=hours), AcceptSeat(), ANI)
    return after(accepted, RecordAttendance(True), OFFICER, DURING)


def told(one: Enrolment, nobody_left: bool = False) -> list[tuple[str, str]]:
    return [(notice.recipient, notice.kind) for notice in notices(one, "budi", nobody_left)]


def test_an_invitation_is_told_once_reminded_of_once_and_answered_once() -> None:
    offer = seat()
    assert told(offer) == [("ani", "seat_offered")]
    reminded = rung(offer)
    assert (told(reminded), reminded.next_alarm) == ([("ani", "seat_reminded")], offer.dates.respond_by)
    accepted = after(reminded, AcceptSeat(), ANI)
    assert (accepted.stage, accepted.next_alarm, told(accepted)) == (Stage.ACCEPTED, offer.dates.look_back_at, [])
    for command in (AcceptSeat(), DeclineSeat("Sakit.")):
        with pytest.raises(SeatAnswered):
            after(accepted, command, ANI)


@pytest.mark.parametrize(
    ("silence", "stage", "closed", "notice"),
    [
        (Silence.ACCEPTED, Stage.ACCEPTED, False, "seat_taken_as_accepted"),
        (Silence.DECLINED, Stage.DECLINED, True, "seat_lapsed"),
    ],
)
def test_silence_means_what_the_policy_says(silence: Silence, stage: Stage, closed: bool, notice: str) -> None:
    silent = rung(seat(silence), 2)
    assert (silent.stage, silent.closed, told(silent)) == (stage, closed, [("ani", notice)])
    assert silent.events[-1].actor == CLOCK.id
    assert freed(silent) is closed


def test_a_seat_that_is_given_back_is_free_while_somebody_can_still_come() -> None:
    declined = after(seat(), DeclineSeat("Ditugaskan ke Kotabumi."), ANI)
    assert (declined.stage, declined.closed, freed(declined)) == (Stage.DECLINED, True, True)
    assert declined.events[-1].reason == "Ditugaskan ke Kotabumi."
    assert told(declined, nobody_left=True) == [(HR, "seat_free")]
    withdrawn = after(after(seat(), AcceptSeat(), ANI), WithdrawSeat("Mutasi."), OFFICER)
    assert (freed(withdrawn), told(withdrawn)) == (True, [("ani", "seat_withdrawn")])
    late = after(seat(), WithdrawSeat("Tidak datang."), OFFICER, DURING)
    assert not freed(late), "nobody can come to a course that has begun"
    with pytest.raises(SeatGone):
        after(declined, AcceptSeat(), ANI)


def test_attendance_is_recorded_once_and_gives_the_hours_once() -> None:
    there = attended()
    found = entry(there)
    assert found is not None
    assert (found.hours, found.year, found.by, told(there)) == (20, 2027, "olga", [("ani", "attendance_recorded")])
    with pytest.raises(AttendanceRecorded):
        after(there, RecordAttendance(True), OFFICER, DURING)
    absent = after(seat(), RecordAttendance(False), OFFICER, DURING)
    assert (absent.stage, absent.hours, entry(absent)) == (Stage.ABSENT, 0, None)
    certified = after(there, RecordCertificate(Certificate("SR/12", ("https://bukti.example/1",))), OFFICER, DURING)
    assert certified.certificate == Certificate("SR/12", ("https://bukti.example/1",))
    assert entry(certified) is None


def test_a_correction_is_a_counter_entry_with_a_reason() -> None:
    corrected = after(attended(), CorrectHours(16, "Hanya hadir dua hari."), OFFICER, DURING)
    found = entry(corrected)
    assert found is not None
    assert (found.hours, found.reason, corrected.hours) == (-4, "Hanya hadir dua hari.", 16)
    none = after(corrected, CorrectHours(0, "Tidak hadir."), OFFICER, DURING)
    assert (none.stage, none.hours) == (Stage.ABSENT, 0)
    there = after(none, CorrectHours(20, "Hadir menurut daftar hadir."), OFFICER, DURING)
    assert (there.stage, there.hours) == (Stage.ATTENDED, 20)


def test_a_year_later_both_say_whether_it_helped_and_silence_ends_it() -> None:
    asked = rung(attended())
    assert told(asked) == [("ani", "look_back_wanted"), ("budi", "look_back_wanted")]
    said = after(asked, LookBack(Helped.PARTLY, "Lebih cepat."), ANI, LATER)
    reminded = rung(said)
    assert told(reminded) == [("budi", "look_back_reminded")], "whoever has said it is not reminded"
    both = after(reminded, LookBack(Helped.YES), BUDI, LATER)
    assert both.own_view is not None
    assert both.superiors_view is not None
    assert (both.own_view.helped, both.superiors_view.by) == (Helped.PARTLY, "budi")
    over = rung(both)
    assert (over.closed, over.next_alarm) == (True, None)
    absent = rung(after(seat(), RecordAttendance(False), OFFICER, DURING))
    assert told(absent) == [], "nobody is asked about a course that he has not seen"


@pytest.mark.parametrize(
    ("state", "command", "actor", "at", "refusal", "where"),
    [
        (seat, DeclineSeat(" "), ANI, INVITED, MissingReason, "reason"),
        (seat, AcceptSeat(), BUDI, INVITED, NotAllowed, ""),
        (seat, AcceptSeat(), OFFICER, INVITED, NotAllowed, ""),
        (seat, WithdrawSeat("Mutasi."), BUDI, INVITED, NotAllowed, ""),
        (seat, WithdrawSeat(""), OFFICER, INVITED, MissingReason, "reason"),
        (seat, RecordAttendance(True), ANI, DURING, NotAllowed, ""),
        (seat, RecordAttendance(True), Actor("ani", hr=True), DURING, NotAllowed, ""),
        (seat, RecordAttendance(True), OFFICER, INVITED, CourseNotBegun, "attended"),
        (seat, RecordCertificate(Certificate("1")), OFFICER, DURING, NotAttended, "certificate"),
        (seat, RecordAttendance(False, Certificate("1")), OFFICER, DURING, NotAttended, "certificate"),
        (
            attended,
            RecordCertificate(Certificate("1", ("javascript:alert(1)",))),
            OFFICER,
            DURING,
            InvalidEvidence,
            "certificate.evidence[0]",
        ),
        (seat, CorrectHours(5, "Salah."), OFFICER, DURING, NotAttended, "hours"),
        (attended, CorrectHours(20, "Salah."), OFFICER, DURING, SameHours, "hours"),
        (attended, CorrectHours(-1, "Salah."), OFFICER, DURING, InvalidNumber, "hours"),
        (attended, CorrectHours(5, ""), OFFICER, DURING, MissingReason, "reason"),
        (attended, WithdrawSeat("Salah."), OFFICER, DURING, AttendanceRecorded, "attended"),
        (attended, LookBack(Helped.YES), ANI, DURING, NotAskedYet, "helped"),
        (lambda: rung(attended()), LookBack(Helped.YES), CITRA, LATER, NotAllowed, ""),
        (lambda: rung(attended()), LookBack(Helped.YES), OFFICER, LATER, NotAllowed, ""),
        (
            lambda: after(rung(attended()), LookBack(Helped.NO), ANI, LATER),
            LookBack(Helped.YES),
            ANI,
            LATER,
            LookedBack,
            "helped",
        ),
        (lambda: rung(attended(), 3), CorrectHours(1, "Salah."), OFFICER, LATER, AlreadyClosed, ""),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(
    state: Callable[[], Enrolment],
    command: EnrolmentCommand,
    actor: Actor,
    at: datetime,
    refusal: type[AppraisalError],
    where: str,
) -> None:
    with pytest.raises(refusal) as found:
        after(state(), command, actor, at)
    assert found.value.where == where
    assert found.value.remedy


def test_an_alarm_always_lies_ahead_until_it_is_over() -> None:
    one, seen = attended(), list[timedelta]()
    while one.next_alarm:
        seen.append(one.next_alarm - INVITED)
        one = ring(one.stored(one.revision), one.next_alarm)
    assert seen == sorted(seen)
    assert len(seen) == 3
