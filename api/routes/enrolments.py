"""Seats in trainings: own ones, those of the line, HR's list; answering, recording, looking back; letter and calendar file."""

from typing import Annotated, Any

from fastapi import Query, Response
from pydantic import BaseModel, Field

from adapters.database.reads import enrolment_rows
from adapters.database.reads.enrolment_rows import CourseFigures, EnrolmentRow
from api import enrolments
from api.enrolments import MOST_AT_ONCE, Attendance, Mine, Shown
from api.errors import problem_of
from api.paging import ByDay
from api.papers.issuing import Subject
from api.routes.appraisals import IdempotencyKey, Key
from api.routes.papers import AS_PDF, issued
from api.security import Officer, Signed
from api.services import Jenjang
from api.strict import CLOSED, json_router
from appraisal.commands import Receipt
from appraisal.papers.papers import PaperKind
from appraisal.training.enrolment import (
    AcceptSeat,
    Certificate,
    CorrectHours,
    DeclineSeat,
    Helped,
    LookBack,
    RecordAttendance,
    RecordCertificate,
    Stage,
    WithdrawSeat,
)

router = json_router("/enrolments", ("trainings",))
ICS = "text/calendar"
AS_ICS: dict[int | str, dict[str, Any]] = {200: {"content": {ICS: {}}, "description": "An iCalendar file."}}


class Why(BaseModel):
    """The reason."""

    reason: str = Field(max_length=4000)


class Present(BaseModel):
    """Whether the employee was there; the certificate may come with it or later."""

    attended: bool
    certificate: Certificate | None = None


class One(Present):
    """The same of one of many."""

    cycle: Annotated[str, Field(pattern="^[0-9a-z]{1,32}$")]
    employee: Annotated[str, Field(pattern="^[0-9a-z]{1,32}$")]


class Many(BaseModel):
    """Attendances of many at once."""

    attendances: tuple[One, ...] = Field(min_length=1, max_length=MOST_AT_ONCE)


class Outcome(BaseModel):
    """What was refused of many; everything else is on record."""

    recorded: int
    refused: tuple[dict[str, str], ...]


class Corrected(BaseModel):
    """So many hours of this course count, and why."""

    hours: int
    reason: str = Field(max_length=4000)


class View(BaseModel):
    """Whether the training helped, and in what."""

    helped: Helped
    words: str = Field(default="", max_length=4000)


@router.get("")
async def listed(
    _: Officer,
    jenjang: Jenjang,
    paging: ByDay,
    training: Annotated[str, Query(max_length=12)] = "",
    stage: Stage | None = None,
) -> tuple[EnrolmentRow, ...]:
    """All seats by the first day of the course."""
    async with jenjang.reading() as session:
        rows = await enrolment_rows.listed(session, training, stage or "", paging.after, paging.read)
    return paging.cut(rows, lambda row: row.key)


@router.get("/mine")
async def mine(visitor: Signed, jenjang: Jenjang) -> Mine:
    """The visitor's seats and hours, and the reasons where a nomination had no training for him."""
    return await enrolments.mine(jenjang, visitor)


@router.get("/line")
async def line(visitor: Signed, jenjang: Jenjang, paging: ByDay) -> tuple[EnrolmentRow, ...]:
    """The seats of those who answer to the visitor, by the first day of the course."""
    async with jenjang.reading() as session:
        rows = await enrolment_rows.of_line(session, visitor.id, jenjang.today(), paging.read, paging.after)
    return paging.cut(rows, lambda row: row.key)


@router.get("/courses")
async def courses(_: Officer, jenjang: Jenjang) -> tuple[CourseFigures, ...]:
    """Every course of which seats were given: what became of them, and whether it helped."""
    return await enrolments.courses(jenjang)


@router.post("/attendances")
async def attendances(
    many: Annotated[Many, CLOSED], visitor: Officer, jenjang: Jenjang, idempotency_key: IdempotencyKey = None
) -> Outcome:
    """Record the attendance of many. Each counts on its own: what is refused is listed with its reason."""
    orders = tuple(
        Attendance(one.cycle, one.employee, RecordAttendance(one.attended, one.certificate)) for one in many.attendances
    )
    refused = await enrolments.record(jenjang, visitor, orders, idempotency_key)
    told = tuple(_told(one) for one in refused)
    return Outcome(recorded=len(orders) - len(told), refused=told)


def _told(one: enrolments.Refused) -> dict[str, str]:
    problem = problem_of(one.refusal)
    found = {"cycle": one.cycle, "employee": one.employee, "code": problem.code, "what": problem.what}
    return {**found, "where": problem.where, "remedy": problem.remedy}


@router.get("/{cycle}/{employee}")
async def read(cycle: Key, employee: Key, visitor: Signed, jenjang: Jenjang) -> Shown:
    """One seat, for the employee, the superiors and HR, and what the visitor can do with it now."""
    return await enrolments.seen(jenjang, visitor, cycle, employee)


@router.post("/{cycle}/{employee}/acceptance")
async def accept(
    cycle: Key, employee: Key, visitor: Signed, jenjang: Jenjang, idempotency_key: IdempotencyKey = None
) -> Receipt:
    """The employee comes."""
    return await enrolments.give(jenjang, visitor, (cycle, employee), AcceptSeat(), idempotency_key)


@router.post("/{cycle}/{employee}/refusal")
async def decline(
    cycle: Key,
    employee: Key,
    why: Annotated[Why, CLOSED],
    visitor: Signed,
    jenjang: Jenjang,
    idempotency_key: IdempotencyKey = None,
) -> Receipt:
    """The employee does not come; the seat goes to the next who was left without and whom it helps."""
    return await enrolments.give(jenjang, visitor, (cycle, employee), DeclineSeat(why.reason), idempotency_key)


@router.post("/{cycle}/{employee}/withdrawal")
async def withdraw(
    cycle: Key,
    employee: Key,
    why: Annotated[Why, CLOSED],
    visitor: Signed,
    jenjang: Jenjang,
    idempotency_key: IdempotencyKey = None,
) -> Receipt:
    """HR takes the seat back, also after it was accepted; it goes on in the same way."""
    return await enrolments.give(jenjang, visitor, (cycle, employee), WithdrawSeat(why.reason), idempotency_key)


@router.post("/{cycle}/{employee}/attendance")
async def attend(
    cycle: Key,
    employee: Key,
    present: Annotated[Present, CLOSED],
    visitor: Signed,
    jenjang: Jenjang,
    idempotency_key: IdempotencyKey = None,
) -> Receipt:
    """HR records, once, whether the employee was there; then the hours of the course count."""
    command = RecordAttendance(present.attended, present.certificate)
    return await enrolments.give(jenjang, visitor, (cycle, employee), command, idempotency_key)


@router.post("/{cycle}/{employee}/certificate")
async def certify(
    cycle: Key,
    employee: Key,
    certificate: Annotated[Certificate, CLOSED],
    visitor: Signed,
    jenjang: Jenjang,
    idempotency_key: IdempotencyKey = None,
) -> Receipt:
    """HR records the certificate, or a better one."""
    return await enrolments.give(jenjang, visitor, (cycle, employee), RecordCertificate(certificate), idempotency_key)


@router.post("/{cycle}/{employee}/hours")
async def correct(
    cycle: Key,
    employee: Key,
    corrected: Annotated[Corrected, CLOSED],
    visitor: Signed,
    jenjang: Jenjang,
    idempotency_key: IdempotencyKey = None,
) -> Receipt:
    """HR corrects the hours of this course, none where the employee was not there: a counter-entry with its reason."""
    command = CorrectHours(corrected.hours, corrected.reason)
    return await enrolments.give(jenjang, visitor, (cycle, employee), command, idempotency_key)


@router.post("/{cycle}/{employee}/look-back")
async def look_back(
    cycle: Key,
    employee: Key,
    view: Annotated[View, CLOSED],
    visitor: Signed,
    jenjang: Jenjang,
    idempotency_key: IdempotencyKey = None,
) -> Receipt:
    """The employee, or the superior, says whether it helped."""
    command = LookBack(view.helped, view.words)
    return await enrolments.give(jenjang, visitor, (cycle, employee), command, idempotency_key)


@router.get("/{cycle}/{employee}/invitation.ics", response_class=Response, responses=AS_ICS)
async def invitation(cycle: Key, employee: Key, visitor: Signed, jenjang: Jenjang) -> Response:
    """The course for a calendar. Asked once the seat was given back, the same file takes it out again."""
    content = await enrolments.calendar_file(jenjang, visitor, cycle, employee)
    headers = {"content-disposition": 'attachment; filename="pelatihan.ics"'}
    return Response(content, media_type=f"{ICS}; charset=utf-8", headers=headers)


@router.get("/{cycle}/{employee}/letter.pdf", response_class=Response, responses=AS_PDF)
async def letter(cycle: Key, employee: Key, visitor: Signed, jenjang: Jenjang) -> Response:
    """The letter that calls the employee to the training; 409 `not_issued_yet` once the seat was given back."""
    await enrolments.seen(jenjang, visitor, cycle, employee)
    return await issued(jenjang, visitor, Subject(PaperKind.SUMMONS, cycle, employee))
