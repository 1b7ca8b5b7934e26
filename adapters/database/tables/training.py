"""What HR sets about the trainings of a year. Who set it, when and why stands in the record, under `training-limits/{year}`."""

from decimal import Decimal
from typing import Any

from sqlalchemy import Numeric
from sqlmodel import Field, SQLModel

from adapters.database.columns import Document


class TrainingLimits(SQLModel, table=True):
    """The limits of one year. No row, and no budget, mean no limit."""

    __tablename__ = "training_limits"

    year: int = Field(primary_key=True)
    budget: Decimal | None = Field(default=None, sa_type=Numeric(15, 0), description="whole rupiah")
    quotas: dict[str, Any] = Field(sa_type=Document, description="seats by unit id")
    revision: int
