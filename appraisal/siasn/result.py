"""A result as SIASN's record: which fields, which codes, and whether what is read back is what was sent. Nothing is guessed.

The service's fields are those that public code uses; BKN's own documents were not found. Rules: siasn_record, siasn_codes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from appraisal.papers.people import Official
from appraisal.periods.periods import Every
from appraisal.predicates import predicate
from appraisal.siasn.course import Attended, CourseForm, course_record
from appraisal.siasn.push import Failure
from appraisal.siasn.record import Form, Record
from appraisal.siasn.talent import Mapped, TalentForm, talent_record
from appraisal.vocabulary import Predicate, Rating

RATING_CODES: dict[Rating, int] = {Rating.DI_ATAS: 1, Rating.SESUAI: 2, Rating.DI_BAWAH: 3}
"""Rule: siasn_ratings."""
CIVIL_SERVANT = "ASN"
"""statusPenilai of a supervisor who has a NIP. Rule: siasn_record."""


@dataclass(frozen=True, slots=True)
class Codes:
    """SIASN's codes as BKN has told them to the agency; none has a default. `others`: statusPenilai of a supervisor who is
    no civil servant. `coefficient`: koefisienId of a period. Rules: siasn_codes, siasn_forms."""

    quadrants: Mapping[Predicate, int] = field(default_factory=dict)
    grades: Mapping[str, str] = field(default_factory=dict)
    periods: Mapping[Every, str] = field(default_factory=dict)
    coefficient: str = ""
    others: str = ""
    course: CourseForm | None = None
    talent: TalentForm | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """A period as SIASN knows it: its kind, and the months of the year from the first to the last."""

    every: Every
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Result:
    """What one push tells: ratings of a year, or of a `period` in it, given by the supervisor as he stood that day.

    `number` is the employee's NIP.
    """

    year: int
    number: str = field(repr=False)
    results: Rating
    behaviour: Rating
    supervisor: Official | None = field(repr=False)
    period: Period | None = None


READ: dict[str, str] = {
    "hasilKinerjaNilai": "hasilKinerjaNilai",
    "perilakuKerjaNilai": "PerilakuKerjaNilai",
    "kuadranKinerjaNilai": "KuadranKinerjaNilai",
    "penilaiNipNrp": "nipNrpPenilai",
    "penilaiNama": "namaPenilai",
    "penilaiJabatan": "penilaiJabatanNm",
    "penilaiGolongan": "penilaiGolonganId",
    "penilaiUnorNama": "penilaiUnorNm",
}
"""What SIASN calls when read what it calls otherwise when written; it mixes capitals besides. Rule: siasn_record."""
PLACE = ("tahun", "bulanMulaiPenilaian", "bulanSelesaiPenilaian")
"""Which year or period a record is of; a record of a year has the first of them alone."""
PROOF = ("hasilKinerjaNilai", "perilakuKerjaNilai", "kuadranKinerjaNilai", "penilaiNipNrp")
"""What must be read back as it was sent. Names and titles SIASN may write in its own way."""
ANNUAL = Form("annual", "skp22/save", "pns/rw-skp22", "pnsDinilaiOrang", PLACE, PROOF, READ)
PERIODIC = Form("periodic", "kinerjaperiodik/save", "pns/rw-kinerjaperiodik", "pnsDinilaiId", PLACE, PROOF, READ)
"""The histories of the years and of the periods. Rule: siasn_record."""


def months(every: Every, last_day: date) -> Period:
    """The months of a period that ends on this day."""
    length = {Every.QUARTER: 3, Every.MONTH: 1}[every]
    return Period(every, max(last_day.month - length + 1, 1), last_day.month)


Told = Result | Attended | Mapped
"""What a push tells."""


def record(told: Told, codes: Codes) -> Record | Failure:
    """The record that tells this; or why there is none."""
    match told:
        case Result():
            return rating_record(told, codes)
        case Attended():
            return course_record(told, codes.course)
        case Mapped():
            return talent_record(told, codes.talent)


def rating_record(result: Result, codes: Codes) -> Record | Failure:
    """The record of these ratings. Rules: siasn_record, siasn_codes."""
    quadrant = codes.quadrants.get(predicate(result.results, result.behaviour))
    if quadrant is None:
        return Failure.QUADRANT_CODE
    supervisor = _supervisor(result.supervisor, codes)
    if isinstance(supervisor, Failure):
        return supervisor
    period = _period(result, codes)
    if isinstance(period, Failure):
        return period
    ratings = {
        "hasilKinerjaNilai": RATING_CODES[result.results],
        "perilakuKerjaNilai": RATING_CODES[result.behaviour],
        "kuadranKinerjaNilai": quadrant,
    }
    form = PERIODIC if result.period else ANNUAL
    return Record(form, result.number, {"tahun": result.year, **period, **ratings, **supervisor})


def _supervisor(official: Official | None, codes: Codes) -> dict[str, str] | Failure:
    """The fields of the pejabat penilai. Without a NIP he is no civil servant, as the Bupati."""
    if official is None:
        return Failure.NO_SUPERVISOR
    if not official.number and not codes.others:
        return Failure.SUPERVISOR_OUTSIDE
    if not (official.title and official.unit and (official.grade or not official.number)):
        return Failure.SUPERVISOR_INCOMPLETE
    grade = codes.grades.get(official.grade, "") if official.number else ""
    if official.number and not grade:
        return Failure.GRADE_CODE
    return {
        "penilaiNipNrp": official.number,
        "penilaiNama": official.name,
        "penilaiJabatan": official.title,
        "penilaiGolongan": grade,
        "penilaiUnorNama": official.unit,
        "statusPenilai": CIVIL_SERVANT if official.number else codes.others,
    }


def _period(result: Result, codes: Codes) -> dict[str, Any] | Failure:
    if result.period is None:
        return {}
    kind = codes.periods.get(result.period.every)
    if not (kind and codes.coefficient):
        return Failure.PERIOD_CODE
    return {
        "periodikId": kind,
        "koefisienId": codes.coefficient,
        "bulanMulaiPenilaian": str(result.period.first),
        "bulanSelesaiPenilaian": str(result.period.last),
        "tahunMulaiPenilaian": result.year,
        "tahunSelesaiPenilaian": result.year,
    }
