"""What people ask about the data that is held about them, and what was erased. Written by the process of each request alone."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from adapters.database.columns import Document, Instant

NOTHING: dict[str, Any] = {"server_default": "[]"}


class DataRequest(SQLModel, table=True):
    """One request to see data, to have them put right or erased, and HR's answer."""

    __tablename__ = "data_request"
    __table_args__ = (
        Index("ix_data_request_due", "phase", "due_at", "id"),
        Index("ix_data_request_unit", "unit_id", "phase", "due_at", "id"),
        Index("ix_data_request_person", "person_id", "asked_at"),
    )

    id: str = Field(primary_key=True, max_length=12)
    subject: str = Field(unique=True, max_length=64, description="the workflow id")
    kind: str = Field(max_length=12)
    person_id: str = Field(max_length=12)
    area: str = Field(max_length=12)
    words: str
    should_be: str = ""
    evidence: str = ""
    unit_id: str = Field(default="", max_length=12, description="the pool of the person; empty: none")
    holder_id: str = Field(max_length=24, description="'hr' or 'hr/{unit}'")
    phase: str = Field(max_length=12)
    asked_at: datetime = Field(sa_type=Instant)
    due_at: datetime = Field(sa_type=Instant)
    reminded: bool = False
    escalated: bool = False
    reason: str = ""
    ground: str = ""
    answered_by: str | None = Field(default=None, max_length=12)
    answered_at: datetime | None = Field(default=None, sa_type=Instant)
    revision: int
    parts: list[Any] = Field(sa_type=Document, sa_column_kwargs=NOTHING, description="of an erasure: what should go")
    stays: list[Any] = Field(sa_type=Document, sa_column_kwargs=NOTHING, description="pairs of part and ground")


class Erasure(SQLModel, table=True):
    """What was erased of whom: a restored backup erases it again. Rows are only added; they name nobody."""

    __table_args__ = (Index("ix_erasure_person", "person_id"),)

    request_id: str = Field(primary_key=True, max_length=12)
    person_id: str = Field(max_length=12)
    parts: list[Any] = Field(sa_type=Document)
    erased_at: datetime = Field(sa_type=Instant)
