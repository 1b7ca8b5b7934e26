"""A course that somebody attended as SIASN's record. What SIASN calls its parts, BKN tells the agency.

Rules: siasn_courses, siasn_forms.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from appraisal.siasn.push import Failure
from appraisal.siasn.record import Form, Record

SAVE = "kursus/save"


class Part(StrEnum):
    """A part of a course that a record can name, as an installation's file calls it."""

    NAME = "nama"
    BEGINS = "mulai"
    HOURS = "jam"
    NUMBER = "nomor"
    ENDS = "selesai"
    YEAR = "tahun"
    PROVIDER = "penyelenggara"
    PLACE = "tempat"


WHERE = (Part.NAME, Part.BEGINS)
"""What tells one course of a person from another."""
NEEDED = (*WHERE, Part.HOURS, Part.NUMBER)
"""Without these a record would tell nothing of the course."""


@dataclass(frozen=True, slots=True)
class CourseForm:
    """What SIASN calls each part, and what stands in every record as it is (`fixed`: codes of the agency and of its kinds)."""

    history: str
    person: str
    names: Mapping[Part, str]
    read: Mapping[Part, str] = field(default_factory=dict)
    fixed: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def form(self) -> Form:
        place, proof = (tuple(self.names[part] for part in parts) for parts in (WHERE, NEEDED))
        read = {name: self.read.get(part, name) for part, name in self.names.items()}
        return Form("course", SAVE, self.history, self.person, place, proof, read)


@dataclass(frozen=True, slots=True)
class Attended:
    """A course that somebody attended, as it was when the seat was given. `hours` count in the ledger; `number`: the NIP."""

    number: str = field(repr=False)
    name: str
    begins: date
    ends: date
    hours: int
    year: int
    place: str
    provider: str
    certificate: str = field(repr=False)


def course_record(attended: Attended, form: CourseForm | None) -> Record | Failure:
    """The record of this course; or why there is none."""
    if form is None:
        return Failure.COURSE_FORM
    if not attended.certificate:
        return Failure.NO_CERTIFICATE
    parts: dict[Part, Any] = {
        Part.NAME: attended.name,
        Part.BEGINS: f"{attended.begins:%d-%m-%Y}",
        Part.HOURS: attended.hours,
        Part.NUMBER: attended.certificate,
        Part.ENDS: f"{attended.ends:%d-%m-%Y}",
        Part.YEAR: attended.year,
        Part.PROVIDER: attended.provider,
        Part.PLACE: attended.place,
    }
    told = {name: parts[part] for part, name in form.names.items() if parts[part] != ""}
    return Record(form.form, attended.number, {**form.fixed, **told})
