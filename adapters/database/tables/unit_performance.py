"""What the indicators of units have reached. Rows are only added."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import Numeric, UniqueConstraint
from sqlmodel import Field, SQLModel

from adapters.database.columns import Instant


class IndicatorActual(SQLModel, table=True):
    """The value at the end of a quarter. A correction is the next `number`, and what it corrects stays."""

    __tablename__ = "indicator_actual"
    __table_args__ = (UniqueConstraint("indicator_id", "quarter", "number"),)

    id: str = Field(primary_key=True, max_length=12)
    indicator_id: str = Field(max_length=12)
    quarter: int
    number: int
    value: Decimal = Field(sa_type=Numeric(18, 4))
    evidence: str = Field(max_length=1000)
    remark: str
    entered_by: str = Field(max_length=12)
    entered_at: datetime = Field(sa_type=Instant)
