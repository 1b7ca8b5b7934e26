"""A course of the catalogue: what it is, what it costs, and whom it is for.

Rule: course_eligibility.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from appraisal.people.grades import below, ladder_of
from appraisal.vocabulary import Employment, PositionKind


class CourseKind(StrEnum):
    """How a course is held: klasikal; nonklasikal on the job or by e-learning; or study leave. Rule: course_kinds."""

    CLASSROOM = "klasikal"
    ON_THE_JOB = "di_tempat_kerja"
    E_LEARNING = "e_learning"
    STUDY_LEAVE = "tugas_belajar"


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Whom a course is for. What is empty excludes nobody; `lowest` is a golongan of PNS, one of PPPK, or both."""

    employments: tuple[Employment, ...] = ()
    positions: tuple[PositionKind, ...] = ()
    lowest: tuple[str, ...] = ()


EVERYBODY = Eligibility()


def rupiah(amount: Decimal) -> str:
    """'Rp1.500.000'."""
    return f"Rp{amount:,.0f}".replace(",", ".")


@dataclass(frozen=True, slots=True)
class Course:
    """A training of the catalogue; `topics` are aspects, behaviours or PENGEMBANGAN, `hours` in JP, `price` rupiah a seat.

    Nobody is given one that is `withdrawn`. It lasts from the first day to the last, both included; without days it meets
    no other.
    """

    id: str
    name: str
    topics: tuple[str, ...]
    hours: int
    seats: int
    year: int
    starts_on: date | None = None
    ends_on: date | None = None
    kind: CourseKind | None = None
    price: Decimal = Decimal(0)
    provider: str = ""
    eligibility: Eligibility = EVERYBODY
    withdrawn: bool = False

    def overlaps(self, other: "Course") -> bool:
        """Whether there is a day on which both are held."""
        if self.starts_on is None or self.ends_on is None or other.starts_on is None or other.ends_on is None:
            return False
        return self.starts_on <= other.ends_on and other.starts_on <= self.ends_on


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody as a catalogue asks: the kind of position and the golongan on record, and the courses already given."""

    position: PositionKind | None = None
    grade: str | None = None
    given: tuple[Course, ...] = ()


ANYBODY = Attendee()
"""Somebody of whom nothing is on record."""


class Excluded(StrEnum):
    """Why somebody cannot be given a course, whatever the need."""

    OTHER_EMPLOYMENT = "other_employment"
    OTHER_POSITION = "other_position"
    LOWER_GRADE = "lower_grade"
    GRADE_MISSING = "grade_missing"
    DATES_OVERLAP = "dates_overlap"


EXCLUDED: dict[str, str] = {
    Excluded.OTHER_EMPLOYMENT: "{course} hanya untuk {only}.",
    Excluded.OTHER_POSITION: "{course} hanya untuk jabatan {only}.",
    Excluded.LOWER_GRADE: "{course} mulai golongan {lowest}; golongan yang tercatat {grade}.",
    Excluded.GRADE_MISSING: "{course} mulai golongan {lowest}; golongan pegawai ini tidak tercatat.",
    Excluded.DATES_OVERLAP: "{course} bertepatan waktunya dengan {other}, yang sudah diberikan.",
}
"""What people read, in Indonesian; the code and the parameters serve every other language."""

Parameters = tuple[tuple[str, str], ...]


def excluded(course: Course, employment: Employment, who: Attendee) -> tuple[Excluded, Parameters] | None:
    """Why this course is not for somebody of this employment, with what the sentence names; None where it is."""
    asked, name = course.eligibility, ("course", course.name)
    if asked.employments and employment not in asked.employments:
        return Excluded.OTHER_EMPLOYMENT, (name, ("only", ", ".join(asked.employments)))
    if asked.positions and who.position not in asked.positions:
        return Excluded.OTHER_POSITION, (name, ("only", ", ".join(one.capitalize() for one in asked.positions)))
    lowest = next((grade for grade in asked.lowest if ladder_of(grade) is employment), None)
    if lowest and not who.grade:
        return Excluded.GRADE_MISSING, (name, ("lowest", lowest))
    if lowest and below(who.grade or "", lowest, employment):
        return Excluded.LOWER_GRADE, (name, ("lowest", lowest), ("grade", who.grade or ""))
    other = next((other for other in who.given if course.overlaps(other)), None)
    if other is not None:
        return Excluded.DATES_OVERLAP, (name, ("other", other.name))
    return None
