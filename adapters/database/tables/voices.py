"""Other voices: who is asked about whom, and, apart from that and without names or times, what was said.

An invitation tells that somebody has answered, never when; a tally holds all answers of one kind of people as one document.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from adapters.database.columns import Document, Instant


class VoiceRound(SQLModel, table=True):
    """One employee in one cycle about whom others are asked. Written by the round's process alone."""

    __tablename__ = "voice_round"

    id: str = Field(primary_key=True, max_length=64, description="the workflow id")
    cycle_id: str = Field(max_length=12)
    employee_id: str = Field(max_length=12)
    closed: bool = False
    due_at: datetime = Field(sa_type=Instant)
    ends_at: datetime = Field(sa_type=Instant)
    document: dict[str, Any] = Field(sa_type=Document, description="the policy and the dates it began with")
    revision: int


class VoiceInvitation(SQLModel, table=True):
    """Somebody who is proposed or asked; 'answered' is written by the API, all else by the round's process."""

    __tablename__ = "voice_invitation"
    __table_args__ = (Index("ix_voice_invitation_person", "person_id", "standing"),)

    round_id: str = Field(primary_key=True, max_length=64)
    person_id: str = Field(primary_key=True, max_length=12)
    kind: str = Field(max_length=12)
    standing: str = Field(max_length=12)


class VoiceTally(SQLModel, table=True):
    """Everything that peers, or subordinates, have answered about one employee, counted together."""

    __tablename__ = "voice_tally"

    round_id: str = Field(primary_key=True, max_length=64)
    kind: str = Field(primary_key=True, max_length=12)
    document: dict[str, Any] = Field(sa_type=Document)
