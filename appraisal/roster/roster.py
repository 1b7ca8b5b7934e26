"""What a file of people, indicators, trainings, days off or working weeks says, and what is found out about it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from appraisal.roster.codes import ProblemCode
from appraisal.roster.messages import MESSAGES
from appraisal.training.course import CourseKind
from appraisal.vocabulary import Direction, Employment, EvidenceNeed, Level, PositionKind

Sheet = Sequence[Sequence[str]]
"""All rows of a file as text, the heading first and blank rows included: sheet[0] is row 1 of the spreadsheet."""


class ImportKind(StrEnum):
    """What an import brings."""

    PEOPLE = "people"
    INDICATORS = "indicators"
    TRAININGS = "trainings"
    HOLIDAYS = "holidays"
    SCHEDULES = "schedules"
    ASSESSMENTS = "assessments"
    ATTENDANCE = "attendance"


class Severity(StrEnum):
    """An error blocks the whole import; a warning is for the officer to weigh."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in which cell. Row 0 or an empty column stand for the whole file or the whole row."""

    row: int
    column: str
    code: ProblemCode
    args: Mapping[str, str] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        return Severity.WARNING if MESSAGES[self.code].warning else Severity.ERROR

    @property
    def what(self) -> str:
        """What is wrong, in English; pages translate the template of MESSAGES and fill in `args` themselves."""
        return MESSAGES[self.code].what.format(**self.args)

    @property
    def remedy(self) -> str:
        return MESSAGES[self.code].remedy.format(**self.args)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems from top to bottom."""
    return tuple(sorted(problems, key=lambda problem: (problem.row, problem.column, problem.code)))


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """A unit by its code in the personnel system; row 0 means that it is not from the file."""

    code: str
    name: str
    parent: str | None
    row: int = 0


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """A person with the position held; `unit` is a unit's code, `superior` a NIP. A file may leave `level` as it is (None)."""

    nip: str
    name: str
    email: str | None
    employment: Employment
    grade: str | None
    unit: str
    title: str
    kind: PositionKind
    echelon: str | None
    superior: str | None
    row: int = 0
    level: Level | None = None


@dataclass(frozen=True, slots=True)
class Roster:
    """People and their units: what a file says, or what is on record for a day."""

    units: tuple[UnitEntry, ...] = ()
    people: tuple[PersonEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class IndicatorEntry:
    """A unit's performance indicator for a year. What a file leaves open (None) stays as it is on record."""

    unit: str
    year: int
    code: str
    name: str
    unit_of_measure: str
    baseline: Decimal | None
    target: Decimal
    direction: Direction | None = None
    evidence: EvidenceNeed | None = None
    row: int = 0


@dataclass(frozen=True, slots=True)
class TrainingEntry:
    """A course of the catalogue; `topics` are words separated by ';', `hours` are jam pelajaran (JP), `price` is rupiah.

    Whom it is for are words separated by ';', none of them for everybody. What a file leaves open (None) stays on record.
    """

    year: int
    code: str
    name: str
    topics: str
    hours: int
    seats: int
    starts_on: date
    ends_on: date
    place: str
    kind: CourseKind | None = None
    price: Decimal | None = None
    provider: str | None = None
    employments: str | None = None
    positions: str | None = None
    lowest_grades: str | None = None
    row: int = 0


@dataclass(frozen=True, slots=True)
class AssessmentEntry:
    """What an assessment of somebody's potential found; `source` says by whom or how."""

    nip: str
    on: date
    score: Decimal
    source: str
    row: int = 0


@dataclass(frozen=True, slots=True)
class AttendanceEntry:
    """Whether somebody was in a course of the catalogue, and the number of the certificate, if there is one."""

    nip: str
    year: int
    code: str
    attended: bool
    certificate: str
    row: int = 0

    @property
    def seat(self) -> tuple[str, int, str]:
        """Whose seat in which course."""
        return self.nip, self.year, self.code


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that applying would do: `kind` as `person_added`, changes as (column, before, after)."""

    kind: str
    row: int
    label: str
    detail: str = ""
    changes: tuple[tuple[str, str, str], ...] = ()
