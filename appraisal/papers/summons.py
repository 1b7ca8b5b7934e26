"""The letter that calls somebody to a training (surat pemanggilan peserta): who, to what, why, and who decided it.

No form of it was found in a regulation: its lines are Jenjang's own.
"""

from dataclasses import dataclass
from datetime import date, datetime

from appraisal.errors import NotIssuedYet
from appraisal.papers.contents import Setting
from appraisal.papers.people import Official, Signed
from appraisal.training.enrolment import GIVEN_BACK, Enrolment
from appraisal.training.enrolment_policy import Silence


@dataclass(frozen=True, slots=True)
class Summons:
    """What the letter says."""

    setting: Setting
    employee: Official
    superior: Official | None
    course: str
    hours: int
    starts_on: date
    ends_on: date
    place: str
    reason: str
    respond_by: datetime
    silence: Silence
    decided: Signed


def summons(
    enrolment: Enrolment, setting: Setting, employee: Official, superior: Official | None, decided: Signed
) -> Summons:
    """The letter of this seat; NotIssuedYet once it was given back: nobody is called to it any more."""
    if enrolment.stage in GIVEN_BACK:
        raise NotIssuedYet("This seat was given back: there is no letter.", "", "Ask HR whether another one is free.")
    course = enrolment.course
    return Summons(
        setting,
        employee,
        superior,
        course.name,
        course.hours,
        course.starts_on,
        course.ends_on,
        course.place,
        enrolment.reason,
        enrolment.dates.respond_by,
        enrolment.silence,
        decided,
    )
