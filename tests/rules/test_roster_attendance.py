"""Files of attendance: every row that a seat would refuse is told with its cell, and the same file again changes nothing."""

from dataclasses import replace
from datetime import date

import pytest

from appraisal.roster.attendance import (
    ATTENDANCE_COLUMNS,
    KnownSeat,
    OnRecord,
    attendance_differences,
    changing,
    read_attendance,
)
from appraisal.roster.codes import ProblemCode
from appraisal.roster.roster import Problem
from appraisal.training.enrolment import Stage
from appraisal.vocabulary import Employment

HEADING = [*ATTENDANCE_COLUMNS, "nomorSertifikat"]
ANI, EKO, GITA = "197202261998041006", "198609262015051001", "199103142022212003"
SEAT = KnownSeat(
    *(
        "enrolment/c1/ani/1",
        "Ani Contoh",
        "Analisis Data",
        20,
        date(2027, 2, 9),
        Stage.ACCEPTED,
        "",
        False,
        True,
        False,
    ),
    Employment.PNS,
)
OTHER = replace(SEAT, id="enrolment/c1/gita/1", name="Gita Contoh", employment=Employment.PPPK)
KNOWN = OnRecord(
    names=(ANI, EKO, GITA),
    courses={(2027, "AD-27"): "Analisis Data", (2027, "MW-27"): "Manajemen Waktu"},
    seats={(ANI, 2027, "AD-27"): SEAT, (GITA, 2027, "AD-27"): OTHER},
    hours={(ANI, 2027): 20, (GITA, 2027): 20},
)


def row(
    nip: str = ANI, code: str = "AD-27", present: str = "ya", certificate: str = "", year: str = "2027"
) -> list[str]:
    return [nip, year, code, present, certificate]


def wrong(*rows: list[str], known: OnRecord = KNOWN) -> list[tuple[int, str, ProblemCode]]:
    _, problems = read_attendance([HEADING, *rows], known)
    return [(one.row, one.column, one.code) for one in problems]


def seen(seat: KnownSeat) -> OnRecord:
    """The record where ani's seat is this one."""
    return replace(KNOWN, seats={**KNOWN.seats, (ANI, 2027, "AD-27"): seat})


def test_a_row_records_who_was_there_and_the_same_file_again_changes_nothing() -> None:
    sheet = [HEADING, row(certificate="SR/1"), row(GITA, present="TIDAK")]
    entries, problems = read_attendance(sheet, KNOWN)
    assert problems == ()
    told = [(one.kind, one.row, one.label, one.detail) for one in attendance_differences(entries, KNOWN.seats)]
    assert told == [
        ("attendance_added", 2, "Ani Contoh", "Analisis Data, 20 JP"),
        ("absence_added", 3, "Gita Contoh", "Analisis Data"),
    ]
    assert [entry.nip for entry in changing(entries, KNOWN.seats)] == [GITA, ANI], "absences free hours first"
    seats = {
        (ANI, 2027, "AD-27"): replace(SEAT, stage=Stage.ATTENDED, certificate="SR/1"),
        (GITA, 2027, "AD-27"): replace(OTHER, stage=Stage.ABSENT),
    }
    entries, problems = read_attendance(sheet, replace(KNOWN, seats=seats))
    assert (problems, attendance_differences(entries, seats), changing(entries, seats)) == ((), (), ())


def test_a_certificate_can_follow_and_a_row_without_one_takes_none_away() -> None:
    attended = replace(SEAT, stage=Stage.ATTENDED, certificate="SR/1")
    known = seen(attended)
    entries, problems = read_attendance([HEADING, row(certificate="SR/2")], known)
    (change,) = attendance_differences(entries, known.seats)
    assert problems == ()
    assert (change.kind, change.changes) == ("certificate_changed", (("nomorSertifikat", "SR/1", "SR/2"),))
    entries, _ = read_attendance([HEADING, row()], known)
    assert attendance_differences(entries, known.seats) == ()


@pytest.mark.parametrize(
    ("cells", "seat", "found"),
    [
        (row(present="mungkin"), SEAT, ("hadir", ProblemCode.UNKNOWN_WORD)),
        (row(year="27"), SEAT, ("tahun", ProblemCode.OUT_OF_RANGE)),
        (row(nip="197202261998041007"), SEAT, ("nipBaru", ProblemCode.PERSON_UNKNOWN)),
        (row(nip="1.97202E+17"), SEAT, ("nipBaru", ProblemCode.NIP_AS_NUMBER)),
        (row(code="ZZ"), SEAT, ("kode", ProblemCode.COURSE_UNKNOWN)),
        (row(code="MW-27"), SEAT, ("nipBaru", ProblemCode.SEAT_UNKNOWN)),
        (row(), replace(SEAT, stage=Stage.DECLINED), ("nipBaru", ProblemCode.SEAT_GIVEN_BACK)),
        (row(), replace(SEAT, begun=False), ("hadir", ProblemCode.COURSE_NOT_BEGUN)),
        (row(), replace(SEAT, own=True), ("nipBaru", ProblemCode.OWN_SEAT)),
        (row(), replace(SEAT, stage=Stage.ABSENT), ("hadir", ProblemCode.ATTENDANCE_RECORDED)),
        (row(present="tidak", certificate="SR/1"), SEAT, ("nomorSertifikat", ProblemCode.CERTIFICATE_OF_ABSENT)),
        (
            row(certificate="SR/1"),
            replace(SEAT, stage=Stage.ATTENDED, closed=True),
            ("nomorSertifikat", ProblemCode.SEAT_OVER),
        ),
    ],
)
def test_what_a_seat_would_refuse_is_told_by_row_and_column(
    cells: list[str], seat: KnownSeat, found: tuple[str, ProblemCode]
) -> None:
    assert (2, *found) in wrong(cells, known=seen(seat))


def test_the_same_person_and_course_twice_names_the_first_row() -> None:
    assert wrong(row(), row(GITA), row(present="tidak")) == [(4, "nipBaru", ProblemCode.ATTENDANCE_REPEATED)]


def test_hours_above_the_ceiling_of_a_pppk_are_told_with_the_numbers_and_24_are_not_too_many() -> None:
    def hours(had: int) -> OnRecord:
        return replace(KNOWN, hours={(GITA, 2027): had, (ANI, 2027): 90})

    assert wrong(row(), row(GITA), known=hours(24)) == [], "a PNS has a floor and no ceiling"
    _, (problem,) = read_attendance([HEADING, row(GITA)], hours(25))
    assert problem == Problem(
        2, "hadir", ProblemCode.HOURS_ABOVE_CEILING, {"total": "25", "year": "2027", "most": "24"}
    )
    assert wrong(row(GITA, present="tidak"), known=hours(25)) == [], "who was not there has fewer"
    second = replace(OTHER, id="enrolment/c1/gita/2", course="Manajemen Waktu", hours=10)
    both = replace(hours(30), seats={**KNOWN.seats, (GITA, 2027, "MW-27"): second})
    assert wrong(row(GITA), known=both) == [(2, "hadir", ProblemCode.HOURS_ABOVE_CEILING)]
    assert wrong(row(GITA), row(GITA, code="MW-27", present="tidak"), known=both) == []
