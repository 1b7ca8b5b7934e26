"""Who has read the rules of a cycle, what was asked about them and answered. Rows are only added."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from adapters.database.columns import Instant


class RulesConfirmation(SQLModel, table=True):
    """Somebody who takes part has read these rules."""

    __tablename__ = "rules_confirmation"

    cycle_id: str = Field(primary_key=True, max_length=12)
    rules: str = Field(primary_key=True, max_length=60, description="policy and version, as in annual/2")
    person_id: str = Field(primary_key=True, max_length=12)
    confirmed_at: datetime = Field(sa_type=Instant)


class RulesQuestion(SQLModel, table=True):
    """A question about the rules. Everybody of the cycle reads it; who asks is for HR alone."""

    __tablename__ = "rules_question"
    __table_args__ = (Index("ix_rules_question", "cycle_id", "asked_at", "id"),)

    id: str = Field(primary_key=True, max_length=12)
    cycle_id: str = Field(max_length=12)
    person_id: str = Field(max_length=12)
    text: str
    asked_at: datetime = Field(sa_type=Instant)


class RulesAnswer(SQLModel, table=True):
    """HR's answer; a later one adds to it and takes nothing back."""

    __tablename__ = "rules_answer"
    __table_args__ = (Index("ix_rules_answer", "question_id", "answered_at", "id"),)

    id: str = Field(primary_key=True, max_length=12)
    question_id: str = Field(max_length=12)
    text: str
    answered_by: str = Field(max_length=12)
    answered_at: datetime = Field(sa_type=Instant)


class RulesReminder(SQLModel, table=True):
    """HR has reminded those who had not confirmed: once for these rules in each window."""

    __tablename__ = "rules_reminder"

    cycle_id: str = Field(primary_key=True, max_length=12)
    rules: str = Field(primary_key=True, max_length=60)
    stage: str = Field(primary_key=True, max_length=8)
    reminded_by: str = Field(max_length=12)
    reminded_at: datetime = Field(sa_type=Instant)
    people: int
