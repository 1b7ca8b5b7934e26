"""Who was in which course, from the rows of a file, against the seats that were given. Rules: hours_ledger, hours_pppk."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from appraisal.roster.cells import Cells, shown
from appraisal.roster.codes import ProblemCode
from appraisal.roster.columns import rows_of
from appraisal.roster.nip import became_number, plain_nip
from appraisal.roster.roster import AttendanceEntry, Difference, Problem, Sheet, in_order
from appraisal.text import SHORT
from appraisal.training.enrolment import GIVEN_BACK, RECORDED, Stage
from appraisal.training.training import HOURS
from appraisal.vocabulary import Employment

ATTENDANCE_COLUMNS = ("nipBaru", "tahun", "kode", "hadir")
ATTENDANCE_EXTRAS = ("nomorSertifikat",)


class Present(StrEnum):
    """Whether somebody was there, as a file says it."""

    YES = "ya"
    NO = "tidak"


@dataclass(frozen=True, slots=True)
class KnownSeat:
    """A seat on record, the last of this person in this course. `begun`: attendance may be recorded by now."""

    id: str
    name: str
    course: str
    hours: int
    starts_on: date
    stage: Stage
    certificate: str
    closed: bool
    begun: bool
    own: bool
    employment: Employment

    @property
    def attended(self) -> bool | None:
        """What is recorded; None where nothing is."""
        return self.stage is Stage.ATTENDED if self.stage in RECORDED else None


Seats = Mapping[tuple[str, int, str], KnownSeat]
"""By NIP, year and code of the course."""


@dataclass(frozen=True, slots=True)
class OnRecord:
    """People by NIP, courses by year and code, their seats, and the JP that people have by NIP and year: counted or granted.

    Somebody is not in `hours` who has none.
    """

    names: Collection[str]
    courses: Mapping[tuple[int, str], str]
    seats: Seats
    hours: Mapping[tuple[str, int], int]


def read_attendance(sheet: Sheet, known: OnRecord) -> tuple[tuple[AttendanceEntry, ...], tuple[Problem, ...]]:
    """What the file says of seats, and every problem in it."""
    rows, problems = rows_of(sheet, ATTENDANCE_COLUMNS, ATTENDANCE_EXTRAS)
    found = [_entry(Cells(number, values, problems), known) for number, values in rows]
    entries = tuple(entry for entry in found if entry is not None)
    first: dict[tuple[str, int, str], int] = {}
    for entry in entries:
        row = first.setdefault(entry.seat, entry.row)
        if row != entry.row:
            problems.append(Problem(entry.row, "nipBaru", ProblemCode.ATTENDANCE_REPEATED, {"first": str(row)}))
    problems += _above_ceiling(entries, known)
    return entries, in_order(problems)


def _entry(cells: Cells, known: OnRecord) -> AttendanceEntry | None:
    """The row, if it is about a seat; its problems are noted."""
    nip, code = plain_nip(cells.text("nipBaru")), cells.text("kode")
    year, present = (
        cells.whole("tahun", 2000, 2100),
        cells.word("hadir", {str(one): one for one in Present}, Present.NO),
    )
    entry = AttendanceEntry(
        nip, year, code, present is Present.YES, cells.optional("nomorSertifikat", SHORT) or "", cells.row
    )
    if became_number(nip):
        cells.refuse("nipBaru", ProblemCode.NIP_AS_NUMBER)
    elif nip and nip not in known.names:
        cells.refuse("nipBaru", ProblemCode.PERSON_UNKNOWN)
    course, seat = known.courses.get((year, code)), known.seats.get(entry.seat)
    if code and course is None:
        cells.refuse("kode", ProblemCode.COURSE_UNKNOWN, value=shown(code), year=str(year))
    elif nip in known.names and course is not None and seat is None:
        cells.refuse("nipBaru", ProblemCode.SEAT_UNKNOWN, course=course)
    if seat is None:
        return None
    _weigh(cells, entry, seat)
    return entry


def _weigh(cells: Cells, entry: AttendanceEntry, seat: KnownSeat) -> None:
    """What of this row the seat would refuse."""
    recorded = seat.attended
    if seat.own:
        cells.refuse("nipBaru", ProblemCode.OWN_SEAT)
    if seat.stage in GIVEN_BACK:
        cells.refuse("nipBaru", ProblemCode.SEAT_GIVEN_BACK, course=seat.course)
    elif recorded is None and not seat.begun:
        cells.refuse("hadir", ProblemCode.COURSE_NOT_BEGUN, course=seat.course, day=f"{seat.starts_on:%d-%m-%Y}")
    elif recorded is not None and recorded is not entry.attended:
        said = str(Present.YES if recorded else Present.NO)
        cells.refuse("hadir", ProblemCode.ATTENDANCE_RECORDED, recorded=said)
    elif seat.closed and certifies(entry, seat):
        cells.refuse("nomorSertifikat", ProblemCode.SEAT_OVER)
    if entry.certificate and not entry.attended:
        cells.refuse("nomorSertifikat", ProblemCode.CERTIFICATE_OF_ABSENT)


def certifies(entry: AttendanceEntry, seat: KnownSeat) -> bool:
    """Whether the row brings a certificate that is not on record. A row without one leaves what is there."""
    return entry.certificate not in ("", seat.certificate)


def _above_ceiling(entries: tuple[AttendanceEntry, ...], known: OnRecord) -> Iterator[Problem]:
    """Of each PPPK and year, the hours of seats that the file takes away no longer count. Rule: hours_pppk."""
    absent: dict[tuple[str, int], int] = {}
    fresh = [entry for entry in entries if known.seats[entry.seat].attended is None]
    for entry in fresh:
        if not entry.attended:
            place = (entry.nip, entry.year)
            absent[place] = absent.get(place, 0) + known.seats[entry.seat].hours
    for entry in fresh:
        place, most = (entry.nip, entry.year), HOURS[known.seats[entry.seat].employment].most
        total = known.hours.get(place, 0) - absent.get(place, 0)
        if entry.attended and most is not None and total > most:
            numbers = {"total": str(total), "year": str(entry.year), "most": str(most)}
            yield Problem(entry.row, "hadir", ProblemCode.HOURS_ABOVE_CEILING, numbers)


def changing(entries: tuple[AttendanceEntry, ...], seats: Seats) -> tuple[AttendanceEntry, ...]:
    """The rows that say something new, first who was not there: those hours are free then for others of the same person."""
    new = (entry for entry in entries if seats[entry.seat].attended is None or certifies(entry, seats[entry.seat]))
    return tuple(sorted(new, key=lambda entry: (entry.attended, entry.row)))


def attendance_differences(entries: tuple[AttendanceEntry, ...], seats: Seats) -> tuple[Difference, ...]:
    """What applying it records, in the order of the file."""
    found = []
    for entry in sorted(changing(entries, seats), key=lambda entry: entry.row):
        seat = seats[entry.seat]
        certificate = (("nomorSertifikat", seat.certificate, entry.certificate),) if certifies(entry, seat) else ()
        if seat.attended is not None:
            found.append(Difference("certificate_changed", entry.row, seat.name, seat.course, certificate))
            continue
        kind = "attendance_added" if entry.attended else "absence_added"
        detail = f"{seat.course}, {seat.hours} JP" if entry.attended else seat.course
        found.append(Difference(kind, entry.row, seat.name, detail, certificate))
    return tuple(found)
