"""When a notice leaves the inbox for somebody's mail, and in which company: one digest per person and working day, and at
once, in office hours, what is urgent. All of it is this project's own policy; no regulation speaks of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from appraisal.parties import HR
from appraisal.policy.spans import Calendar

URGENT: tuple[str, ...] = (
    *("became_due", "still_late", "nudge", "escalated_to_you", "taken_over_by_you"),
    *("calibration_due", "calibration_escalated_to_you", "calibration_undo_failed"),
    *("nomination_due", "nomination_escalated_to_you"),
    *("superior_report_due", "departure_undone", "data_request_reminded", "data_request_escalated"),
)
"""Kinds of notices that do not wait for the next digest: a step is late, or was handed on."""

ASKS: tuple[str, ...] = (
    *("step_opened", "reminded", "became_due", "still_late", "nudge", "escalated_to_you"),
    *("holder_changed", "targets_returned", "review_returned", "sent_back", "reopened"),
    *("targets_waits", "approval_waits", "self_assessment_waits", "review_waits", "acknowledgement_waits"),
    *("endorsement_waits", "hearing_waits", "objection_waits"),
    *("superior_reported", "superior_report_due"),
)
"""Kinds that ask for the present step of a case, or a report, to be done: once it is, or is somebody else's, no mail needs to go.

A kind that stands nowhere here is never taken for overtaken: better one mail too many than news that is lost.
"""


class Kind(StrEnum):
    """In which company a notice travels: with the day's others, with other urgent ones, or as an event to a program.

    A test carries none: HR asks whether a program hears.
    """

    DIGEST = "digest"
    URGENT = "urgent"
    EVENT = "event"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class Hours:
    """When people may be written to, and when the digest goes, as clock times in this zone; `week` has so many days."""

    zone: str
    opens: time
    closes: time
    digest: time
    week: int = 5


@dataclass(frozen=True, slots=True)
class Office:
    """The agency's working time. `digest` lies between the opening and the closing of the calendar."""

    calendar: Calendar
    digest: time

    def open_at(self, at: datetime) -> bool:
        """Whether people may be written to."""
        local = at.astimezone(ZoneInfo(self.calendar.zone))
        return self.calendar.works(local.date()) and self.calendar.opens <= local.time() < self.calendar.closes

    def day(self, at: datetime) -> date:
        """The agency's day at this instant."""
        return at.astimezone(ZoneInfo(self.calendar.zone)).date()

    def last_digest(self, at: datetime) -> datetime:
        """The newest instant, up to `at`, at which a digest was due."""
        day = self.day(at)
        if self.calendar.works(day) and self.calendar.moment(day, self.digest) <= at:
            return self.calendar.moment(day, self.digest)
        return self.calendar.moment(self.calendar.add_working_days(day, -1), self.digest)

    def next_opening(self, at: datetime) -> datetime:
        """The first instant after `at` at which a working day opens."""
        local = self.day(at)
        today = self.calendar.moment(local, self.calendar.opens)
        if self.calendar.works(local) and at < today:
            return today
        return self.calendar.moment(self.calendar.add_working_days(local, 1), self.calendar.opens)


@dataclass(frozen=True, slots=True)
class Unsent:
    """A notice for which nothing was decided. `since` and `asked` tell of the present step of its case, if it has one.

    Of a report that a superior is wrong, `since` is when it was decided.
    """

    id: str
    recipient: str
    kind: str
    created_at: datetime
    read: bool = False
    since: datetime | None = None
    asked: tuple[str, ...] = ()

    @property
    def overtaken(self) -> bool:
        """Whether it asks for what has been done, or is somebody else's by now."""
        if self.kind not in ASKS or self.since is None:
            return False
        return self.since > self.created_at or self.recipient not in self.asked


@dataclass(frozen=True, slots=True)
class Planned:
    """One mail to one person. At most one of a kind, and of a `slot`, exists for a person: of a digest, that is the day."""

    recipient: str
    kind: Kind
    slot: str
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to send, and the notices for which all is decided with it, whether they are mailed or not."""

    deliveries: tuple[Planned, ...] = ()
    settled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Round:
    """How many mails and messages to programs wait to be sent now. `watched` says that news must be looked for at short
    intervals: it is office time, or programs listen; `opening` is when the next office day begins."""

    mails: int
    events: int
    watched: bool
    opening: datetime


def plan(
    unsent: tuple[Unsent, ...],
    readers: Mapping[str, tuple[str, ...]],
    digested: frozenset[str],
    office: Office,
    at: datetime,
) -> Plan:
    """What goes into whose mail now. `readers` are the people with an address behind each recipient; `digested` had
    their digest of this day, so that what turns up late waits for the next."""
    if not office.open_at(at):
        return Plan()
    last = office.last_digest(at)
    digests: dict[str, list[str]] = {}
    urgent: dict[str, list[str]] = {}
    settled = []
    for notice in unsent:
        people = () if notice.read or notice.overtaken else readers.get(notice.recipient, ())
        if notice.kind in URGENT:
            box = urgent
        elif notice.created_at < last and digested.isdisjoint(people):
            box = digests
        elif people:
            continue
        else:
            box = {}
        settled.append(notice.id)
        for person in people:
            box.setdefault(person, []).append(notice.id)
    today, now = last.date().isoformat(), at.isoformat()
    # Whoever gets a digest now reads the urgent news first in it, instead of in two mails.
    mails = [Planned(who, Kind.DIGEST, today, (*urgent.pop(who, ()), *found)) for who, found in sorted(digests.items())]
    mails += [Planned(who, Kind.URGENT, now, tuple(found)) for who, found in sorted(urgent.items())]
    return Plan(tuple(mails), tuple(settled))


def asked(holder: str | None, escalated_to: str | None, called: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Whom a case asks now: its holder, HR where it has none, whoever stands in, and the HR that was called in as well."""
    return (holder or HR, *((escalated_to,) if escalated_to else ()), *called)
