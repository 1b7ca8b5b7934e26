"""The two plans for the seats of a nomination, side by side; of each cycle the last ones that were made."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from adapters.database.columns import Document, Instant


class SeatPlan(SQLModel, table=True):
    """Both plans in numbers. They count for the nomination whose `plans` is this `revision`."""

    __tablename__ = "seat_plan"

    cycle_id: str = Field(primary_key=True, max_length=12)
    revision: int
    made_at: datetime = Field(sa_type=Instant)
    document: dict[str, Any] = Field(sa_type=Document, description="appraisal.seat_figures.Comparison")


class PlannedSeat(SQLModel, table=True):
    """What each plan has for one person: a training or none, and why (code, parameters, sentence)."""

    __tablename__ = "planned_seat"
    __table_args__ = (Index("ix_planned_seat_differs", "cycle_id", "differs", "rank", "employee_id"),)

    cycle_id: str = Field(primary_key=True, max_length=12)
    employee_id: str = Field(primary_key=True, max_length=12)
    rank: int
    differs: bool = Field(description="whether the plans have another training for this person")
    rule: dict[str, Any] = Field(sa_type=Document, description="appraisal.seat_market.Proposal")
    optimum: dict[str, Any] = Field(sa_type=Document, description="the same")
