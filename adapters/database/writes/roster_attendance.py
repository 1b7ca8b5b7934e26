"""Attendance from files: examined against the seats, noted with the import, and told to the seats' processes afterwards."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert, select, update

from adapters.database.columns import table_of
from adapters.database.engine import Session, Sessions
from adapters.database.reads.hours import ENROLMENT, PERSON, TRAINING
from adapters.database.reads.seats import granted_hours
from adapters.database.tables import desk, enrolments
from adapters.database.writes.roster_examined import Examined
from appraisal.access import Actor
from appraisal.roster.attendance import KnownSeat, OnRecord, attendance_differences, changing, read_attendance
from appraisal.roster.importing import Import, ImportOrder
from appraisal.roster.roster import Sheet
from appraisal.training.enrolment import Certificate, EnrolmentOrder, RecordAttendance, RecordCertificate, Stage
from appraisal.vocabulary import Employment

NOTE, ACCOUNT = table_of(enrolments.AttendanceNote), table_of(desk.Account)


class SqlAttendance:
    """Implements activities.enrolment_ports.NotedAttendance."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def noted(self, batch: str, after: int, size: int) -> tuple[tuple[int, str, EnrolmentOrder], ...]:
        query = select(NOTE).where(NOTE.c.import_id == batch, NOTE.c.place > after)
        async with self._sessions() as session:
            rows = await session.execute(query.order_by(NOTE.c.place).limit(size))
            return tuple((row.place, row.seat_id, _order(row)) for row in rows)

    async def refused(self, batch: str, refusals: tuple[tuple[str, str], ...]) -> None:
        async with self._sessions.begin() as session:
            for seat, code in refusals:
                this = (NOTE.c.import_id == batch, NOTE.c.seat_id == seat)
                await session.execute(update(NOTE).where(*this).values(refusal=code))


async def examine_attendance(session: Session, order: ImportOrder, sheet: Sheet) -> Examined:
    """Rows against the seats of everybody; who uploads the file does not record the own attendance."""
    known = await _known(session, order)
    entries, problems = read_attendance(sheet, known)

    async def write(state: Import) -> None:
        assert state.event is not None, "a decision is an event"
        notes = [
            {
                "import_id": order.batch,
                "seat_id": known.seats[entry.seat].id,
                "place": place,
                "attended": entry.attended,
                "certificate": entry.certificate,
                "certified_only": known.seats[entry.seat].attended is not None,
                "noted_by": state.event.actor,
            }
            for place, entry in enumerate(changing(entries, known.seats), start=1)
        ]
        if notes:
            await session.execute(insert(NOTE), notes)

    return Examined(problems, attendance_differences(entries, known.seats), write)


async def _known(session: Session, order: ImportOrder) -> OnRecord:
    uploader = await session.scalar(select(ACCOUNT.c.person_id).where(ACCOUNT.c.id == order.uploaded_by))
    people = {row.nip: row for row in await session.execute(select(PERSON.c.nip, PERSON.c.id))}
    courses = await session.execute(select(TRAINING.c.year, TRAINING.c.code, TRAINING.c.name))
    columns = (ENROLMENT.c.id, ENROLMENT.c.stage, ENROLMENT.c.closed, ENROLMENT.c.certificate, ENROLMENT.c.record_from)
    whose = (PERSON.c.nip, PERSON.c.name, PERSON.c.employment, ENROLMENT.c.employee_id)
    course = (TRAINING.c.name.label("course"), TRAINING.c.hours, TRAINING.c.year, TRAINING.c.code, TRAINING.c.starts_on)
    query = select(*columns, *whose, *course).select_from(ENROLMENT)
    query = query.join(PERSON, PERSON.c.id == ENROLMENT.c.employee_id)
    query = query.join(TRAINING, TRAINING.c.id == ENROLMENT.c.training_id).order_by(ENROLMENT.c.round)
    rows, now = (await session.execute(query)).all(), datetime.now(UTC)
    seats = {
        (row.nip, row.year, row.code): KnownSeat(
            *(row.id, row.name, row.course, row.hours, row.starts_on, Stage(row.stage), row.certificate, row.closed),
            *(row.record_from <= now, row.employee_id == uploader, Employment(row.employment)),
        )
        for row in rows
    }
    granted = await granted_hours(session, select(ENROLMENT.c.employee_id))
    nips = {row.employee_id: row.nip for row in rows}
    hours = {(nips[who], year): had for who, years in granted.items() for year, had in years}
    return OnRecord(people.keys(), {(year, code): name for year, code, name in courses}, seats, hours)


def _order(row: Any) -> EnrolmentOrder:
    certificate, officer = Certificate(row.certificate) if row.certificate else None, Actor(row.noted_by, hr=True)
    if row.certified_only and certificate:
        return EnrolmentOrder(RecordCertificate(certificate), officer)
    return EnrolmentOrder(RecordAttendance(row.attended, certificate), officer)
