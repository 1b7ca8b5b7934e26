"""Seats in trainings, for the JSON and for the pages: who may see which, what can be done now, letter and calendar file."""

from dataclasses import dataclass, replace
from datetime import datetime

from adapters.database.desk.accounts import Visitor
from adapters.database.reads import directory, enrolment_rows, hours
from adapters.database.reads.enrolment_rows import CourseFigures, EnrolmentRow, WithoutTraining
from adapters.database.reads.enrolments import enrolment, parties_today
from adapters.database.reads.hours import LedgerLine
from adapters.ics import Invitation, as_ics
from api import orders
from api.errors import NOT_FOUND, Problem
from api.security import actor
from api.services import Services
from appraisal.access import Action, can
from appraisal.commands import Receipt
from appraisal.errors import AppraisalError
from appraisal.parties import Parties
from appraisal.training.enrolment import GIVEN_BACK, RECORDED, Enrolment, EnrolmentCommand, EnrolmentOrder, Stage
from appraisal.training.hours import YearOfHours
from workflows.enrolment import EnrolmentWorkflow

MOST_AT_ONCE = 200
"""Attendances in one request."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A seat as this visitor may know it, and the commands that he may give now. Of a look back, everybody sees the own view,
    HR both."""

    employee: str
    enrolment: Enrolment
    allowed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mine:
    """Everything of one person: seats, the nominations that left him without a training, and the hours."""

    seats: tuple[EnrolmentRow, ...]
    without: tuple[WithoutTraining, ...]
    years: tuple[YearOfHours, ...]
    ledger: tuple[LedgerLine, ...]


@dataclass(frozen=True, slots=True)
class Attendance:
    """What is recorded of one seat of many."""

    cycle: str
    employee: str
    command: EnrolmentCommand


@dataclass(frozen=True, slots=True)
class Refused:
    """One of many that was refused, and why."""

    cycle: str
    employee: str
    refusal: AppraisalError | Problem


async def seen(jenjang: Services, visitor: Visitor, cycle: str, employee: str) -> Shown:
    """The seat, for the employee, the superiors and HR; NOT_FOUND for everybody else."""
    async with jenjang.reading() as session:
        found = await enrolment(session, cycle, employee)
        parties = await parties_today(session, employee, jenjang.today())
        names = await directory.person_names(session, (employee,))
    if found is None or not can(actor(visitor), Action.VIEW_SEAT, parties).allowed:
        raise NOT_FOUND
    allowed = possible(found, visitor, parties, jenjang.now())
    return Shown(names.get(employee, ""), _as_known(found, visitor, parties), allowed)


def possible(one: Enrolment, visitor: Visitor, parties: Parties, now: datetime) -> tuple[str, ...]:
    """The commands that this visitor may give to the seat now."""
    held, recorded = one.stage in (Stage.INVITED, Stage.ACCEPTED), one.stage in RECORDED
    unsaid = one.own_view if visitor.id == parties.employee else one.superiors_view
    now_and_whose = {
        "accept_seat": (one.stage is Stage.INVITED, Action.ANSWER_SEAT),
        "decline_seat": (one.stage is Stage.INVITED, Action.ANSWER_SEAT),
        "withdraw_seat": (held, Action.RECORD_SEAT),
        "record_attendance": (held and now >= one.dates.record_from, Action.RECORD_SEAT),
        "record_certificate": (one.stage is Stage.ATTENDED, Action.RECORD_SEAT),
        "correct_hours": (recorded, Action.RECORD_SEAT),
        "look_back": (one.wanted and unsaid is None, Action.LOOK_BACK),
    }
    return tuple(
        kind
        for kind, (fits, action) in now_and_whose.items()
        if fits and not one.closed and can(actor(visitor), action, parties).allowed
    )


def _as_known(one: Enrolment, visitor: Visitor, parties: Parties) -> Enrolment:
    """What somebody else said about a training is for HR alone: then it is said freely."""
    if visitor.reads_as(parties.employee):
        one = replace(one, superiors_view=None)
    hears = visitor.id == parties.employee or can(actor(visitor), Action.OVERSEE, parties).allowed
    return one if hears else replace(one, own_view=None)


async def give(
    jenjang: Services, visitor: Visitor, seat: tuple[str, str], command: EnrolmentCommand, key: str | None
) -> Receipt:
    """Give the seat (cycle, employee) this command. The same key again gets the same answer and changes nothing."""
    found = await seen(jenjang, visitor, *seat)
    order = EnrolmentOrder(command, actor(visitor))
    return await orders.tell(jenjang, visitor, found.enrolment.id, EnrolmentWorkflow.perform, order, key)


async def record(
    jenjang: Services, visitor: Visitor, many: tuple[Attendance, ...], key: str | None
) -> tuple[Refused, ...]:
    """Record what is said of each of these seats; those that are refused, with the reason. The others are on record."""
    refused = []
    for one in many:
        mine = f"{key}-{one.cycle}-{one.employee}" if key else None
        try:
            await give(jenjang, visitor, (one.cycle, one.employee), one.command, mine)
        except (AppraisalError, Problem) as refusal:
            refused.append(Refused(one.cycle, one.employee, refusal))
    return tuple(refused)


async def mine(jenjang: Services, visitor: Visitor) -> Mine:
    """What the visitor has had, has and does not have."""
    async with jenjang.reading() as session:
        return Mine(
            await enrolment_rows.own(session, visitor.id),
            await enrolment_rows.without_training(session, visitor.id),
            await hours.years_of(session, visitor.id, *((jenjang.today().year,) if visitor.person else ())),
            await hours.ledger_of(session, visitor.id),
        )


async def line(jenjang: Services, visitor: Visitor) -> tuple[EnrolmentRow, ...]:
    """The seats of those who answer to the visitor."""
    async with jenjang.reading() as session:
        return await enrolment_rows.of_line(session, visitor.id, jenjang.today())


async def courses(jenjang: Services) -> tuple[CourseFigures, ...]:
    """What became of each course."""
    async with jenjang.reading() as session:
        return await enrolment_rows.courses(session)


async def calendar_file(jenjang: Services, visitor: Visitor, cycle: str, employee: str) -> bytes:
    """The course as a calendar takes it; once the seat was given back, what takes it out of the calendar again."""
    one = (await seen(jenjang, visitor, cycle, employee)).enrolment
    async with jenjang.reading() as session:
        taught = await enrolment_rows.taught_now(session, one.seat.training) or one.course
        guest = await enrolment_rows.address_of(session, employee)
    gone, site = one.stage in GIVEN_BACK, jenjang.settings.site
    return as_ics(
        Invitation(
            f"{one.id.replace('/', '-')}@{site}",
            # A later version counts for a calendar: the course was moved, or the seat is somebody else's by now.
            int(taught != one.course) + int(gone),
            gone,
            taught.name,
            one.reason,
            taught.place,
            taught.starts_on,
            taught.ends_on,
            f"{jenjang.settings.public_url}/enrolments/{cycle}/{employee}",
            ("Jenjang", jenjang.settings.mail_from or f"jenjang@{site}"),
            guest,
        ),
        jenjang.now(),
    )
