"""Recognition and career: what assessments found, what was decided of whom, and the rules that the agency has set."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Numeric, UniqueConstraint
from sqlmodel import Field, SQLModel

from adapters.database.columns import Document, Instant


class Assessment(SQLModel, table=True):
    """A score of somebody's potential, 0 to 100. A file that names it again corrects the score."""

    __table_args__ = (UniqueConstraint("person_id", "assessed_on", "source"),)

    id: str = Field(primary_key=True, max_length=12)
    person_id: str = Field(max_length=12)
    assessed_on: date
    score: Decimal = Field(sa_type=Numeric(18, 4))
    source: str = Field(max_length=200)
    import_id: str = Field(max_length=12)


class CareerDecision(SQLModel, table=True):
    """What was decided about one proposal. Rows are only added: the greatest `number` counts, and those before it stay."""

    __tablename__ = "career_decision"
    __table_args__ = (UniqueConstraint("person_id", "kind", "about", "number"),)

    id: str = Field(primary_key=True, max_length=12)
    order_id: str = Field(max_length=12, index=True, description="decided together")
    person_id: str = Field(max_length=12)
    kind: str = Field(max_length=12)
    about: str = Field(max_length=40)
    number: int
    verdict: str = Field(max_length=12)
    value: str = Field(max_length=40)
    level: str | None = Field(default=None, max_length=20, description="jenjang at which a credit was earned")
    proposed: str = Field(max_length=40)
    mark: str = Field(max_length=16, description="of the proposal that was seen")
    grounds: list[Any] = Field(sa_type=Document, description="the reasons of the proposal: why, parameters")
    reason: str
    decided_by: str = Field(max_length=12, description="a person, or an officer's account")
    member_id: str | None = Field(default=None, max_length=12, description="the member of the committee who decided")
    decided_at: datetime = Field(sa_type=Instant)


class CareerRules(SQLModel, table=True):
    """One version of the agency's rules; the newest holds."""

    __tablename__ = "career_rules"

    version: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    document: dict[str, Any] = Field(sa_type=Document, description="what appraisal.career.policy.read reads")
    author: str = Field(max_length=12, description="a person, or an officer's account")
    reason: str
    created_at: datetime = Field(sa_type=Instant)
