"""Who acts for whom and for how long. Written by the process of each appointment and by nothing else."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from adapters.database.columns import Instant
from appraisal.people.acting import ActingKind


class Appointment(SQLModel, table=True):
    """A Plt or Plh of a position, or the delegate of a person: begins_at <= instant < ends_at.

    Whom a Plt or Plh represents is not kept here: it is whoever holds the position when somebody asks.
    """

    __table_args__ = (
        Index("ix_appointment_end", "ends_at", "id"),
        Index("ix_appointment_person", "person_id", "ends_at"),
        Index("ix_appointment_represented", "represented_id", "ends_at"),
    )

    id: str = Field(primary_key=True, max_length=12)
    kind: ActingKind = Field(max_length=12)
    person_id: str = Field(max_length=12, description="who acts")
    position_id: str | None = Field(default=None, max_length=12, description="of a Plt or Plh")
    represented_id: str | None = Field(default=None, max_length=12, description="of a delegate")
    signs: bool = True
    begins_at: datetime = Field(sa_type=Instant)
    ends_at: datetime = Field(sa_type=Instant)
    reason: str = ""
    appointed_by: str = Field(max_length=12)
    revision: int
