"""One seat in a training: the invitation with its answer, what HR records, and whether it helped."""

from collections.abc import Callable
from typing import Any

from fastapi import Response

from adapters.database.reads import case_rows, directory
from api import enrolments
from api.enrolments import Shown
from api.errors import NOT_FOUND, Problem, problem_of
from api.pages import enrolment_words, refusals
from api.pages.forms import Fields, Reader, Sent, key_of, next_key
from api.pages.render import MyPage, Page
from api.pages.routing import page_router
from api.pages.words import N_
from api.routes.appraisals import Key
from appraisal.errors import AppraisalError
from appraisal.training.enrolment import (
    AcceptSeat,
    Certificate,
    CorrectHours,
    DeclineSeat,
    EnrolmentCommand,
    Helped,
    LookBack,
    RecordAttendance,
    RecordCertificate,
    WithdrawSeat,
)

router = page_router()
PLACE = "/enrolments/{cycle}/{employee}"
DONE = {
    "accept_seat": N_("You have accepted. The course is in the calendar file below."),
    "decline_seat": N_("You have declined. The seat goes to the next."),
    "withdraw_seat": N_("The seat is taken back, and goes to the next."),
    "record_attendance": N_("The attendance is recorded."),
    "record_certificate": N_("The certificate is recorded."),
    "correct_hours": N_("The hours are corrected."),
    "look_back": N_("Thank you. HR reads it with what others say about this course."),
}
FIELDS = {"certificate.number": "number", "certificate": "number", "attended": "attended"}
"""Places of the rules whose field has another name; of its links, all stand in one field."""


@router.get(PLACE)
async def show(cycle: Key, employee: Key, page: MyPage) -> Response:
    """The seat, with what this visitor can do now."""
    found = await enrolments.seen(page.jenjang, page.person, cycle, employee)
    return await _whole(page, found, "", {}, {})


@router.post(PLACE)
async def send(cycle: Key, employee: Key, page: MyPage, fields: Sent) -> Response:
    """Do what the form says. A second click is the same order."""
    found, kind = await enrolments.seen(page.jenjang, page.person, cycle, employee), fields.get("action", "")
    if kind not in COMMANDS:
        return page.go(_url(found), page.gettext("There is nothing for you to do here now."), "warning")
    reader = Reader(fields, page.words)
    command = COMMANDS[kind](reader)
    if not reader.errors:
        try:
            await enrolments.give(page.jenjang, page.person, (cycle, employee), command, key_of(fields))
        except (AppraisalError, Problem) as refusal:
            problem = problem_of(refusal)
            if problem is NOT_FOUND:
                raise
            reader.errors[_field(problem.where)] = refusals.sentence(page.words, problem)
        else:
            return page.go(_url(found), page.gettext(DONE[kind]))
    return await _whole(page, found, kind, fields, reader.errors, 422)


def _reason(reader: Reader) -> str:
    return reader.reason("reason", reader.words.gettext("Reason"))


def _attendance(reader: Reader) -> EnrolmentCommand:
    attended = reader.fields.get("attended", "")
    if attended not in ("yes", "no"):
        reader.errors["attended"] = reader.words.gettext("Choose whether the employee was there.")
    shown = reader.fields.get("number", "").strip() or reader.fields.get("evidence", "").strip()
    return RecordAttendance(attended == "yes", _certificate(reader) if shown else None)


def _certificate(reader: Reader) -> Certificate:
    _ = reader.words.gettext
    number = reader.text("number", _("Number of the certificate"), 300)
    return Certificate(number, reader.links("evidence", _("Links to it")))


def _hours(reader: Reader) -> EnrolmentCommand:
    return CorrectHours(reader.whole("hours", reader.words.gettext("Hours (JP) that count")), _reason(reader))


def _look_back(reader: Reader) -> EnrolmentCommand:
    _ = reader.words.gettext
    helped = reader.one_of("helped", _("Did it help?"), Helped, Helped.PARTLY)
    return LookBack(helped, reader.text("words", _("In a sentence (optional)"), required=False))


COMMANDS: dict[str, Callable[[Reader], EnrolmentCommand]] = {
    "accept_seat": lambda _: AcceptSeat(),
    "decline_seat": lambda reader: DeclineSeat(_reason(reader)),
    "withdraw_seat": lambda reader: WithdrawSeat(_reason(reader)),
    "record_attendance": _attendance,
    "record_certificate": lambda reader: RecordCertificate(_certificate(reader)),
    "correct_hours": _hours,
    "look_back": _look_back,
}
"""What each form asks for; whether it is usable stands in the reader's errors."""


def _field(where: str) -> str:
    if where.startswith("certificate.evidence"):
        return "evidence"
    return FIELDS.get(where, where if where in ("reason", "hours", "helped", "words") else "")


async def _whole(
    page: Page, found: Shown, kind: str, fields: Fields, errors: dict[str, str], status: int = 200
) -> Response:
    one = found.enrolment
    async with page.jenjang.reading() as session:
        events = await case_rows.events(session, one.id)
        people = {str(event["actor"]) for event in events}
        names = await directory.person_names(session, (*sorted(people), one.seat.follows or ""))
        cycle = await directory.cycle(session, one.seat.cycle)
    context: dict[str, Any] = {
        "found": found,
        "one": one,
        "own": page.person.id == one.seat.employee,
        "cycle": cycle or {},
        "events": events,
        "names": names,
        "url": _url(found),
        "kind": kind,
        "fields": fields,
        "errors": errors,
        "key": next_key(fields, errors),
        "enrolment_words": enrolment_words,
        "helped": [(str(answer), page.gettext(text), "") for answer, text in enrolment_words.HELPED.items()],
    }
    return await page.show("enrolment.html", status, **context)


def _url(found: Shown) -> str:
    seat = found.enrolment.seat
    return f"/enrolments/{seat.cycle}/{seat.employee}"
