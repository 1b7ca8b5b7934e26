"""One employee's seat in a training, from the invitation to the look back a year later. How it changes: enrolment_rules.py.

It follows from HR's approval and lives on its own: neither the appraisal nor the nomination of the cycle waits for it.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from appraisal.access import Actor
from appraisal.record import Event
from appraisal.training.enrolment_policy import EnrolmentDates, Silence


class Stage(StrEnum):
    """How far a seat is."""

    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    ATTENDED = "attended"
    ABSENT = "absent"


GIVEN_BACK = (Stage.DECLINED, Stage.WITHDRAWN)
"""The seat is free again."""
RECORDED = (Stage.ATTENDED, Stage.ABSENT)
"""Whether the employee was there is known: what counts of the hours stands in the ledger."""


class Helped(StrEnum):
    """Whether a training helped, as somebody sees it a year later. Rule: look_back."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Seat:
    """What a process begins with: what HR decided about somebody in this round of a cycle's nomination.

    `follows` is whose seat it was before, where somebody gave it back.
    """

    cycle: str
    employee: str
    training: str
    round: int
    follows: str | None = None

    @property
    def id(self) -> str:
        """The id of the process. A case that is opened again is nominated anew, in a later round."""
        return f"enrolment/{self.cycle}/{self.employee}/{self.round}"


@dataclass(frozen=True, slots=True)
class Taught:
    """The course as it was when the employee was invited."""

    name: str
    hours: int
    year: int
    starts_on: date
    ends_on: date
    place: str


@dataclass(frozen=True, slots=True)
class Certificate:
    """What proves that somebody was there: its number, and links to it."""

    number: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody says a year later."""

    helped: Helped
    words: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AcceptSeat:
    """The employee comes."""

    kind: Literal["accept_seat"] = "accept_seat"


@dataclass(frozen=True, slots=True)
class DeclineSeat:
    """The employee does not come."""

    reason: str
    kind: Literal["decline_seat"] = "decline_seat"


@dataclass(frozen=True, slots=True)
class WithdrawSeat:
    """HR takes the seat back: the employee cannot come, or must not."""

    reason: str
    kind: Literal["withdraw_seat"] = "withdraw_seat"


@dataclass(frozen=True, slots=True)
class RecordAttendance:
    """HR says whether the employee was there; the certificate may come with it or later."""

    attended: bool
    certificate: Certificate | None = None
    kind: Literal["record_attendance"] = "record_attendance"


@dataclass(frozen=True, slots=True)
class RecordCertificate:
    """The certificate of a course that was attended; it takes the place of one that was wrong."""

    certificate: Certificate
    kind: Literal["record_certificate"] = "record_certificate"


@dataclass(frozen=True, slots=True)
class CorrectHours:
    """So many hours of this course count, and not what was recorded; none where the employee was not there after all."""

    hours: int
    reason: str
    kind: Literal["correct_hours"] = "correct_hours"


@dataclass(frozen=True, slots=True)
class LookBack:
    """Whether it helped, in the eyes of the employee or of the superior."""

    helped: Helped
    words: str = ""
    kind: Literal["look_back"] = "look_back"


EnrolmentCommand = (
    AcceptSeat | DeclineSeat | WithdrawSeat | RecordAttendance | RecordCertificate | CorrectHours | LookBack
)


@dataclass(frozen=True, slots=True)
class EnrolmentOrder:
    """A command to a seat, and who gives it."""

    command: EnrolmentCommand
    actor: Actor


@dataclass(frozen=True, slots=True)
class Enrolment:
    """The state of the process. `reason` says why this course, `decided_by` which officer approved it. `hours` count by now.

    `asked`: the look back has begun. `reminded`: the one reminder of what is waited for now is over. `events` holds what is
    not yet stored.
    """

    seat: Seat
    course: Taught
    reason: str
    decided_by: str
    decided_at: datetime
    silence: Silence
    dates: EnrolmentDates
    stage: Stage = Stage.INVITED
    asked: bool = False
    reminded: bool = False
    closed: bool = False
    hours: int = 0
    certificate: Certificate | None = None
    own_view: Answer | None = None
    superiors_view: Answer | None = None
    revision: int = 0
    events: tuple[Event, ...] = ()

    @property
    def id(self) -> str:
        return self.seat.id

    @property
    def next_alarm(self) -> datetime | None:
        """When the clock acts next: a reminder and an end of the answer, the same of the look back. None once it is over."""
        if self.closed:
            return None
        if self.stage is Stage.INVITED:
            return self.dates.respond_by if self.reminded else self.dates.remind
        if not self.asked:
            return self.dates.look_back_at
        return self.dates.answers_by if self.reminded else self.dates.remind_look_back

    @property
    def wanted(self) -> bool:
        """Whether it is time to say whether the training helped."""
        return self.asked and not self.closed and self.stage is Stage.ATTENDED

    def stored(self, revision: int) -> "Enrolment":
        """This seat once its events up to this revision are on record."""
        return replace(self, events=tuple(event for event in self.events if event.revision > revision))


def offered(offer: Enrolment, at: datetime) -> Enrolment:
    """A seat as it is offered, with its first event."""
    changes = (("stage", "", str(Stage.INVITED)), ("training", "", offer.seat.training))
    return replace(offer, events=(Event(0, "seat_offered", "nomination", at, "offered", changes=changes),))
