"""Results on their way to SIASN. Written by the orders' processes alone."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from adapters.database.columns import Instant


class Push(SQLModel, table=True):
    """One result of one person: what was sent, for whom, and what came back. No content and no NIP, the digest alone."""

    __tablename__ = "siasn_push"
    __table_args__ = (
        UniqueConstraint("cycle_id", "person_id", "matter", "period", "course_id", "year", name="uq_siasn_push_result"),
        Index("ix_siasn_push_order", "order_id", "stand", "tries", "id"),
        Index("ix_siasn_push_stand", "cycle_id", "stand", "failure"),
        Index("ix_siasn_push_waiting", "stand", "order_id"),
    )

    id: str = Field(primary_key=True, max_length=64, description="what appraisal.siasn.push.push_id says")
    year: int
    person_id: str = Field(max_length=12)
    period: int = Field(description="0 is the year itself")
    matter: str = Field(max_length=8, sa_column_kwargs={"server_default": "rating"}, description="what it is about")
    course_id: str = Field(
        max_length=12, sa_column_kwargs={"server_default": ""}, description="the training, if it is one"
    )
    cycle_id: str = Field(max_length=12)
    order_id: str = Field(max_length=12)
    asked_by: str = Field(max_length=12)
    asked_at: datetime = Field(sa_type=Instant)
    stand: str = Field(max_length=8)
    failure: str = Field(default="", max_length=24, description="of the last try; empty once it has arrived")
    tries: int = 0
    tried_at: datetime | None = Field(default=None, sa_type=Instant)
    sent_at: datetime | None = Field(default=None, sa_type=Instant, description="when it arrived the last time")
    digest: str = Field(default="", max_length=64, description="of what was sent")
    answer: str = Field(default="", max_length=300, description="SIASN's id of the record, or its words")
    touched_at: datetime = Field(sa_type=Instant, description="by its order")
    revision: int
