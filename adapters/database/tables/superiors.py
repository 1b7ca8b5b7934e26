"""Who was given another superior, and why. Written by the processes that do it and by nothing else."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from adapters.database.columns import Instant


class SuperiorChange(SQLModel, table=True):
    """One person of one order. The periods themselves stand in `assignment`; here is who changed them."""

    __tablename__ = "superior_change"
    __table_args__ = (Index("ix_superior_change_person", "person_id", "ordered_at"),)

    order_id: str = Field(primary_key=True, max_length=12)
    person_id: str = Field(primary_key=True, max_length=12)
    before_id: str | None = Field(default=None, max_length=12)
    superior_id: str = Field(max_length=12)
    effective_on: date
    reason: str = ""
    ordered_by: str = Field(max_length=12)
    ordered_at: datetime = Field(sa_type=Instant)
