"""Development plans: what people have made of the needs that the record proposes."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from adapters.database.columns import Document, Instant


class DevelopmentEntry(SQLModel, table=True):
    """One deed on the plan of a year, the `number`th. Rows are only added; the plan is what follows from them in order."""

    __tablename__ = "development_entry"
    __table_args__ = (UniqueConstraint("person_id", "year", "number"),)

    id: str = Field(primary_key=True, max_length=12, description="of the order, so that one sent twice counts once")
    person_id: str = Field(max_length=12)
    year: int
    number: int
    deed: str = Field(max_length=12)
    items: list[Any] = Field(sa_type=Document, description="the needs as they are after it, complete")
    reason: str
    side: str = Field(max_length=12, description="employee, superior or hr")
    done_by: str = Field(max_length=12, description="a person, or an officer's account")
    done_at: datetime = Field(sa_type=Instant)
