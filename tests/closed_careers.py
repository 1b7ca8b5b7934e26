"""Courses that were attended and boxes that were confirmed, as on record: what goes out to SIASN beside ratings."""

from dataclasses import replace
from datetime import UTC, date, datetime

from sqlalchemy import insert

from adapters.database.columns import table_of
from adapters.database.engine import Sessions
from adapters.database.tables import career
from adapters.database.writes.enrolments import SqlEnrolments
from appraisal.access import Actor
from appraisal.parties import Parties
from appraisal.policy.spans import Calendar
from appraisal.training.enrolment import (
    AcceptSeat,
    Certificate,
    CorrectHours,
    Enrolment,
    EnrolmentCommand,
    EnrolmentOrder,
    RecordAttendance,
    RecordCertificate,
    Seat,
    Taught,
    offered,
)
from appraisal.training.enrolment_policy import EnrolmentPolicy, Silence
from appraisal.training.enrolment_rules import perform
from tests.workflows.grouping import OFFICE

AT, DURING = datetime(2026, 9, 1, 3, tzinfo=UTC), datetime(2026, 10, 6, 3, tzinfo=UTC)
FIRST, LAST = date(2026, 10, 5), date(2026, 10, 7)
OFFICER = Actor("olga", hr=True)
GROUNDS = [
    ["performance", [["year", "2026"], ["predicate", "BAIK"], ["third", "middle"]]],
    ["potential", [["score", "84.5"], ["on", "2026-03-31"], ["source", "BKPSDM"]]],
]


async def attended(sessions: Sessions, cycle: str, who: str, certificate: str = "", training: str = "t1") -> Enrolment:
    """This person took part in the course, and has this certificate if there is one."""
    dates = EnrolmentPolicy().dates(FIRST, LAST, AT, Calendar("UTC", OFFICE.opens, OFFICE.closes, ()))
    course = Taught("Analisis data", 20, 2026, FIRST, LAST, "Liwa")
    seat = Enrolment(Seat(cycle, who, training, 1), course, "Target 1.", "olga", AT, Silence.ACCEPTED, dates)
    proof = Certificate(certificate) if certificate else None
    accepted = _after(offered(seat, AT), AcceptSeat(), Actor(who), AT)
    return await _kept(sessions, _after(accepted, RecordAttendance(True, proof), OFFICER, DURING))


async def was_not_there(sessions: Sessions, enrolment: Enrolment) -> None:
    """HR takes the attendance back."""
    await _kept(sessions, _after(enrolment, CorrectHours(0, "Tidak hadir."), OFFICER, DURING))


async def certified(sessions: Sessions, enrolment: Enrolment, number: str) -> None:
    """HR records the certificate."""
    await _kept(sessions, _after(enrolment, RecordCertificate(Certificate(number)), OFFICER, DURING))


async def boxed(sessions: Sessions, *boxes: tuple[str, int], year: int = 2026, number: int = 1) -> None:
    """A member of the committee has decided on these boxes, for the `number`th time."""
    said = {"kind": "box", "about": str(year), "verdict": "confirmed", "number": number, "proposed": "8", "mark": "m"}
    by = {"decided_by": "hr", "member_id": "dewi", "decided_at": AT, "grounds": GROUNDS, "reason": "", "order_id": "o"}
    rows = [{"id": f"{who}{number}", "person_id": who, "value": str(box), **said, **by} for who, box in boxes]
    async with sessions.begin() as session:
        await session.execute(insert(table_of(career.CareerDecision)), rows)


def _after(one: Enrolment, command: EnrolmentCommand, actor: Actor, at: datetime) -> Enrolment:
    employee = one.seat.employee
    order = EnrolmentOrder(command, actor)
    return perform(one, order, Parties(employee, "dinkes", ("budi",)), at, f"{actor.id}/{one.revision}")


async def _kept(sessions: Sessions, enrolment: Enrolment) -> Enrolment:
    await SqlEnrolments(sessions, lambda: LAST, OFFICE).keep(enrolment)
    return replace(enrolment, events=())
