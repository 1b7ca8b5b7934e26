"""Who was given another superior, and who says that the superior is wrong. Written by the processes of both alone."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from adapters.database.columns import Instant


class SuperiorChange(SQLModel, table=True):
    """One person of one order. The periods themselves stand in `assignment`; here is who changed them."""

    __tablename__ = "superior_change"
    __table_args__ = (Index("ix_superior_change_person", "person_id", "ordered_at"),)

    order_id: str = Field(primary_key=True, max_length=12, description="the order's, or the report's that was accepted")
    person_id: str = Field(primary_key=True, max_length=12)
    before_id: str | None = Field(default=None, max_length=12)
    superior_id: str = Field(max_length=12)
    effective_on: date
    reason: str = ""
    ordered_by: str = Field(max_length=12)
    ordered_at: datetime = Field(sa_type=Instant)


class SuperiorReport(SQLModel, table=True):
    """One report of an employee that the superior is wrong, and HR's answer."""

    __tablename__ = "superior_report"
    __table_args__ = (
        Index("ix_superior_report_due", "phase", "due_at", "id"),
        Index("ix_superior_report_person", "person_id", "reported_at"),
    )

    id: str = Field(primary_key=True, max_length=12)
    subject: str = Field(unique=True, max_length=64, description="the workflow id")
    person_id: str = Field(max_length=12)
    before_id: str | None = Field(
        default=None, max_length=12, description="the superior on record when it was reported"
    )
    proposed_id: str | None = Field(default=None, max_length=12)
    words: str = ""
    phase: str = Field(max_length=12)
    reported_at: datetime = Field(sa_type=Instant)
    due_at: datetime = Field(sa_type=Instant)
    reminded: int = 0
    superior_id: str | None = Field(default=None, max_length=12, description="as accepted")
    reason: str = ""
    decided_by: str | None = Field(default=None, max_length=12)
    decided_at: datetime | None = Field(default=None, sa_type=Instant)
    revision: int
