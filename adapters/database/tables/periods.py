"""The evaluations of a cycle's periods, written by their processes; and feedback, written by whoever gives it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from adapters.database.columns import Document, Instant


class Evaluation(SQLModel, table=True):
    """One employee's evaluation of one period as lists read it; `document` is the whole state."""

    __table_args__ = (
        UniqueConstraint("cycle_id", "employee_id", "number"),
        Index("ix_evaluation_holder", "holder_id", "due_at", "id"),
        Index("ix_evaluation_stage", "stage", "last_day"),
        Index("ix_evaluation_period", "cycle_id", "number", "stage"),
    )

    id: str = Field(primary_key=True, max_length=64, description="the workflow id")
    cycle_id: str = Field(max_length=12)
    employee_id: str = Field(max_length=12)
    number: int
    stage: str = Field(max_length=12)
    unit_id: str = Field(max_length=12, description="the calibration pool")
    supervisor_id: str | None = Field(default=None, max_length=12)
    superior_id: str | None = Field(default=None, max_length=12)
    acting: list[Any] = Field(default_factory=list, sa_type=Document, description="who acts: represented, by, signs")
    holder_id: str | None = Field(default=None, max_length=12)
    begins_at: datetime = Field(sa_type=Instant)
    ends_at: datetime = Field(sa_type=Instant)
    last_day: date
    due_at: datetime | None = Field(default=None, sa_type=Instant)
    reported: bool = False
    results_rating: str | None = Field(default=None, max_length=12)
    behaviour_rating: str | None = Field(default=None, max_length=12)
    predicate: str | None = Field(default=None, max_length=20)
    revision: int
    document: dict[str, Any] = Field(sa_type=Document)


class Feedback(SQLModel, table=True):
    """What somebody above said of the work or of the behaviour, or noted of a talk about it. Rows are only added."""

    __table_args__ = (Index("ix_feedback_case", "case_id", "given_at", "id"),)

    id: str = Field(primary_key=True, max_length=12)
    case_id: str = Field(max_length=64, description="the workflow id of the annual case")
    kind: str = Field(max_length=12, description="feedback or coaching")
    about: str = Field(max_length=12, description="target/{number} or behaviour/{value}; empty for the work as a whole")
    text: str
    given_by: str = Field(max_length=12)
    given_at: datetime = Field(sa_type=Instant)
