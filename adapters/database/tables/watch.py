"""What the watch finds, and how long steps took."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from adapters.database.columns import Instant


class Trouble(SQLModel, table=True):
    """A process that does not work, or does not agree with the record. One row for each kind; it opens again if need be."""

    __table_args__ = (Index("ix_trouble_open", "resolved_at", "kind", "subject"),)

    subject: str = Field(primary_key=True, max_length=64, description="the workflow id")
    kind: str = Field(primary_key=True, max_length=20)
    detail: str = Field(default="", max_length=500)
    attempts: int = 0
    first_seen: datetime = Field(sa_type=Instant)
    last_seen: datetime = Field(sa_type=Instant)
    resolved_at: datetime | None = Field(default=None, sa_type=Instant)
    repair: str | None = Field(default=None, max_length=12, description="what was done about it, if somebody had to")
    repaired_by: str | None = Field(default=None, max_length=64)
    changed_at: datetime = Field(sa_type=Instant, index=True, description="when found, resolved or mended")


class Passage(SQLModel, table=True):
    """One step of one case that is over: how long it took, and whether it was done by when it was due."""

    __table_args__ = (Index("ix_passage_cycle", "cycle_id", "step", "unit_id", "seconds", "in_time"),)

    case_id: str = Field(primary_key=True, max_length=64)
    revision: int = Field(primary_key=True, description="of the event that ended the step")
    cycle_id: str = Field(max_length=12)
    unit_id: str = Field(max_length=12, description="the calibration pool")
    step: str = Field(max_length=20)
    seconds: int
    in_time: bool
