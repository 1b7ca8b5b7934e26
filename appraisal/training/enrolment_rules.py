"""How a seat changes: what people order, what the clock does, and who must hear of it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from appraisal.access import CLOCK, Action, demand
from appraisal.errors import AlreadyClosed, InvalidNumber
from appraisal.notices import Notice
from appraisal.parties import HR, Parties
from appraisal.record import Change, Event
from appraisal.text import SHORT, checked, evidence_links, reason
from appraisal.training.enrolment import (
    GIVEN_BACK,
    RECORDED,
    AcceptSeat,
    Answer,
    Certificate,
    CorrectHours,
    DeclineSeat,
    Enrolment,
    EnrolmentCommand,
    EnrolmentOrder,
    LookBack,
    RecordAttendance,
    RecordCertificate,
    Stage,
    WithdrawSeat,
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
from appraisal.training.enrolment_policy import Silence
from appraisal.training.hours import HoursEntry

MOST_HOURS = 999
"""JP of one course; more is a mistyped number."""
RIGHTS = {
    "accept_seat": Action.ANSWER_SEAT,
    "decline_seat": Action.ANSWER_SEAT,
    "look_back": Action.LOOK_BACK,
}
"""What commands are called in the table of rights; every other one is for HR to record."""


def perform(before: Enrolment, order: EnrolmentOrder, parties: Parties, at: datetime, command_id: str) -> Enrolment:
    """The seat after this order, with one more event; or an AppraisalError, and it stays as it was.

    `parties` are the employee and the superiors as of today: a year later they may be others.
    """
    demand(order.actor, RIGHTS.get(order.command.kind, Action.RECORD_SEAT), parties)
    if before.stage in GIVEN_BACK:
        raise SeatGone("This seat was given back.", "", "It cannot be taken again.")
    if before.closed:
        raise AlreadyClosed("This training is over, and so is the look back on it.", "", "Nothing can be changed.")
    after = _changed(before, order, at)
    why = order.command.reason.strip() if isinstance(order.command, DeclineSeat | WithdrawSeat | CorrectHours) else ""
    return _recorded(before, after, Event(0, order.command.kind, order.actor.id, at, command_id, reason=why))


def _changed(before: Enrolment, order: EnrolmentOrder, at: datetime) -> Enrolment:
    """The new state, one line for each thing that can be asked. Rule: hours_ledger."""
    command: EnrolmentCommand = order.command
    match command:
        case AcceptSeat():
            return replace(_unanswered(before), stage=Stage.ACCEPTED, reminded=False)
        case DeclineSeat(why):
            reason(why)
            return replace(_unanswered(before), stage=Stage.DECLINED, closed=True)
        case WithdrawSeat(why):
            reason(why)
            return replace(_unrecorded(before), stage=Stage.WITHDRAWN, closed=True)
        case RecordAttendance(attended, certificate):
            known = _unrecorded(_begun(before, at))
            shown = _certificate(certificate, attended) if certificate else None
            stage, hours = (Stage.ATTENDED, before.course.hours) if attended else (Stage.ABSENT, 0)
            return replace(known, stage=stage, hours=hours, certificate=shown)
        case RecordCertificate(certificate):
            return replace(before, certificate=_certificate(certificate, before.stage is Stage.ATTENDED))
        case CorrectHours():
            return _corrected(before, command)
        case LookBack():
            return _looked_back(before, command, order.actor.id, at)


def _unanswered(enrolment: Enrolment) -> Enrolment:
    if enrolment.stage is not Stage.INVITED:
        raise SeatAnswered("This invitation is answered already.", "", "Ask HR if it must be another answer.")
    return enrolment


def _unrecorded(enrolment: Enrolment) -> Enrolment:
    if enrolment.stage in RECORDED:
        remedy = "Correct its hours, with a reason, if it is wrong."
        raise AttendanceRecorded("The attendance is recorded already.", "attended", remedy)
    return enrolment


def _begun(enrolment: Enrolment, at: datetime) -> Enrolment:
    if at < enrolment.dates.record_from:
        first = enrolment.course.starts_on.isoformat()
        raise CourseNotBegun(f"The course begins on {first}.", "attended", "Come back then.")
    return enrolment


def _certificate(certificate: Certificate, attended: bool) -> Certificate:
    if not attended:
        raise NotAttended("Whoever was not there has no certificate.", "certificate", "Record the attendance first.")
    number = checked(certificate.number, "certificate.number", SHORT)
    return Certificate(number, evidence_links(certificate.evidence, "certificate.evidence"))


def _corrected(before: Enrolment, command: CorrectHours) -> Enrolment:
    reason(command.reason)
    if before.stage not in RECORDED:
        raise NotAttended("No attendance is recorded yet.", "hours", "Record it first.")
    if not 0 <= command.hours <= MOST_HOURS:
        raise InvalidNumber(f"{command.hours} are no hours of a course.", "hours", f"Give 0 to {MOST_HOURS}.")
    if command.hours == before.hours:
        raise SameHours(f"{before.hours} JP count already.", "hours", "Give the hours that should count.")
    stage = Stage.ATTENDED if command.hours else Stage.ABSENT
    return replace(before, hours=command.hours, stage=stage, certificate=before.certificate if command.hours else None)


def _looked_back(before: Enrolment, command: LookBack, by: str, at: datetime) -> Enrolment:
    """Rule: look_back."""
    if before.stage is not Stage.ATTENDED:
        raise NotAttended("This training was not attended.", "helped", "There is nothing to look back on.")
    if not before.asked:
        when = before.dates.look_back_at.isoformat()
        raise NotAskedYet(f"You are asked from {when} on.", "helped", "Come back then.")
    own = by == before.seat.employee
    if before.own_view if own else before.superiors_view:
        raise LookedBack("You have said it already.", "helped", "There is nothing left to do.")
    said = Answer(command.helped, checked(command.words, "words", required=False), by, at)
    return replace(before, own_view=said) if own else replace(before, superiors_view=said)


def ring(before: Enrolment, at: datetime) -> Enrolment:
    """The seat once the clock has acted: it reminds, takes silence for an answer, asks whether it helped, and ends."""
    if before.stage is Stage.INVITED and before.reminded:
        accepted = before.silence is Silence.ACCEPTED
        stage = Stage.ACCEPTED if accepted else Stage.DECLINED
        after, kind = replace(before, stage=stage, reminded=False, closed=not accepted), "seat_unanswered"
    elif before.stage is Stage.INVITED:
        after, kind = replace(before, reminded=True), "seat_reminded"
    elif not before.asked:
        # Kept open also where nobody was there: until then, HR can correct what it has recorded.
        after, kind = replace(before, asked=True, reminded=False), "look_back_opened"
    elif not before.reminded:
        after, kind = replace(before, reminded=True), "look_back_reminded"
    else:
        after, kind = replace(before, closed=True), "look_back_closed"
    return _recorded(before, after, Event(0, kind, CLOCK.id, at, f"clock/{before.revision + 1}"))


def _recorded(before: Enrolment, after: Enrolment, event: Event) -> Enrolment:
    revision = before.revision + 1
    stored = replace(event, revision=revision, changes=_differences(before, after))
    return replace(after, revision=revision, events=(*before.events, stored))


def _differences(before: Enrolment, after: Enrolment) -> tuple[Change, ...]:
    pairs = ((name, was, now) for (name, was), (_, now) in zip(_shown(before), _shown(after), strict=True))
    return tuple(pair for pair in pairs if pair[1] != pair[2])


def _shown(one: Enrolment) -> tuple[tuple[str, str], ...]:
    """What every event shows the change of."""
    number = one.certificate.number if one.certificate else ""
    own, superiors = (str(view.helped) if view else "" for view in (one.own_view, one.superiors_view))
    plain = (("stage", str(one.stage)), ("hours", str(one.hours)), ("certificate", number))
    return (*plain, ("own_view", own), ("superiors_view", superiors))


def entry(enrolment: Enrolment) -> HoursEntry | None:
    """The line that the newest event adds to the ledger of hours, if it changes what counts. Rule: hours_ledger."""
    event, course = enrolment.events[-1], enrolment.course
    hours = next(((int(was), int(now)) for name, was, now in event.changes if name == "hours"), None)
    if hours is None:
        return None
    added = hours[1] - hours[0]
    return HoursEntry(enrolment.seat.training, course.year, added, event.reason, event.actor, event.at)


def freed(enrolment: Enrolment) -> bool:
    """Whether the newest event gives the seat back while somebody else can still come. Rule: seat_passed_on."""
    event = enrolment.events[-1]
    return enrolment.stage in GIVEN_BACK and event.at < enrolment.dates.begins


TOLD = {
    "seat_offered": "seat_offered",
    "seat_reminded": "seat_reminded",
    "withdraw_seat": "seat_withdrawn",
    "record_attendance": "attendance_recorded",
    "correct_hours": "hours_corrected",
}
"""Events of which the employee hears, and what the notice is called."""


def notices(enrolment: Enrolment, superior: str | None, nobody_left: bool) -> tuple[Notice, ...]:
    """Who must hear of the newest event. `nobody_left`: the seat is free again and nobody waits for it."""
    event = enrolment.events[-1]
    return tuple(Notice(who, kind, event.revision) for who, kind in _told(enrolment, superior, nobody_left))


def _told(enrolment: Enrolment, superior: str | None, nobody_left: bool) -> Iterable[tuple[str, str]]:
    kind, employee = enrolment.events[-1].kind, enrolment.seat.employee
    if kind in TOLD:
        yield employee, TOLD[kind]
    if kind == "seat_unanswered":
        yield employee, "seat_lapsed" if enrolment.stage is Stage.DECLINED else "seat_taken_as_accepted"
    if kind in ("look_back_opened", "look_back_reminded") and enrolment.wanted:
        asked = "look_back_wanted" if kind == "look_back_opened" else "look_back_reminded"
        if enrolment.own_view is None:
            yield employee, asked
        if enrolment.superiors_view is None and superior:
            yield superior, asked
    if nobody_left:
        yield HR, "seat_free"
