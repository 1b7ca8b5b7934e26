"""Who is no longer there, for good or for a time, and what became of it. Written by the orders' processes and by imports."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from adapters.database.columns import Instant


class Departure(SQLModel, table=True):
    """One person of one order. For good, the person's assignments end; for a time, this row says from when to when."""

    __table_args__ = (
        Index("ix_departure_person", "person_id", "effective_on"),
        Index("ix_departure_end", "returns_on"),
    )

    order_id: str = Field(primary_key=True, max_length=12, description="the order's, or that of the import")
    person_id: str = Field(primary_key=True, max_length=12)
    cause: str = Field(max_length=12)
    effective_on: date
    begins_at: datetime = Field(sa_type=Instant, description="that day in the agency's zone")
    returns_on: date | None = None
    returns_at: datetime | None = Field(default=None, sa_type=Instant)
    own_cases: str = Field(max_length=8)
    reason: str = ""
    ordered_by: str = Field(max_length=12)
    ordered_at: datetime = Field(sa_type=Instant)
    settled_at: datetime | None = Field(
        default=None, sa_type=Instant, description="when all that follows had been tried"
    )


class DepartureResult(SQLModel, table=True):
    """What one order did to one process: an own case, or an appointment to act. `refused` is the code, empty where done."""

    __tablename__ = "departure_result"

    order_id: str = Field(primary_key=True, max_length=12)
    subject: str = Field(primary_key=True, max_length=64, description="the workflow id")
    person_id: str = Field(max_length=12)
    treatment: str = Field(max_length=12)
    refused: str = Field(default="", max_length=60)
