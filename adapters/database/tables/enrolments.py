"""Seats in trainings once they are approved, each written by its own process; and the ledger of hours that follows from them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from adapters.database.columns import Document, Instant


class Enrolment(SQLModel, table=True):
    """One employee's seat as lists read it; `document` is the whole state."""

    __table_args__ = (
        Index("ix_enrolment_employee", "employee_id", "cycle_id", "round"),
        Index("ix_enrolment_training", "training_id", "stage"),
        Index("ix_enrolment_list", "starts_on", "id"),
    )

    id: str = Field(primary_key=True, max_length=64, description="the workflow id")
    cycle_id: str = Field(max_length=12)
    employee_id: str = Field(max_length=12)
    round: int = Field(description="of the nomination in which it was decided")
    training_id: str = Field(max_length=12)
    stage: str = Field(max_length=12)
    closed: bool = False
    asked: bool = Field(default=False, description="whether the training helped is asked, or was")
    starts_on: date
    record_from: datetime = Field(sa_type=Instant)
    respond_by: datetime = Field(sa_type=Instant)
    answers_by: datetime = Field(sa_type=Instant)
    hours: int = Field(description="JP that count by now")
    certificate: str = Field(default="", max_length=300, description="its number")
    own_view: str | None = Field(default=None, max_length=12)
    superiors_view: str | None = Field(default=None, max_length=12)
    follows_id: str | None = Field(default=None, max_length=12, description="whose seat it was before")
    successor_id: str | None = Field(default=None, max_length=12, description="who got it when it was given back")
    successor_round: int | None = Field(default=None)
    nobody_left: bool = Field(default=False, description="it was given back, and nobody waited for it")
    revision: int
    document: dict[str, Any] = Field(sa_type=Document)


class HoursEntry(SQLModel, table=True):
    """One line of the ledger of hours (JP). Rows are only added: an event of a seat adds one at most, once."""

    __tablename__ = "hours_entry"
    __table_args__ = (Index("ix_hours_entry_person", "person_id", "year"),)

    enrolment_id: str = Field(primary_key=True, max_length=64)
    revision: int = Field(primary_key=True, description="the event that it follows from")
    person_id: str = Field(max_length=12)
    training_id: str = Field(max_length=12)
    year: int
    hours: int = Field(description="fewer than none where hours are taken back")
    reason: str
    entered_by: str = Field(max_length=12)
    entered_at: datetime = Field(sa_type=Instant)


class AttendanceNote(SQLModel, table=True):
    """What a file that was applied says of one seat, until the seat's process has heard of it; `refusal` if it refused."""

    __tablename__ = "attendance_note"

    import_id: str = Field(primary_key=True, max_length=32)
    seat_id: str = Field(primary_key=True, max_length=64)
    place: int = Field(description="in the order in which seats are told")
    attended: bool
    certificate: str = Field(max_length=300, description="its number, empty for none")
    certified_only: bool = Field(description="the attendance is on record already")
    noted_by: str = Field(max_length=64)
    refusal: str | None = Field(default=None, max_length=40)
