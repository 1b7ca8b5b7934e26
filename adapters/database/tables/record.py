"""What is only ever added: the entries of the record, its anchors, and who read whose case.

On PostgreSQL the role that serves may insert here and read, no more; on SQLite triggers refuse the rest (migration 0034).
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from adapters.database.columns import Document, Instant

FOREVER = ("event", "anchor", "anchored_head", "reading")
"""The tables whose rows nobody changes and nobody takes away."""
AGAIN = text("attempt > 0")


class Written(SQLModel):
    """The columns of an event, in the record and in what is read of it. `subject` is the workflow id."""

    subject: str = Field(primary_key=True, max_length=64)
    revision: int = Field(primary_key=True)
    command_id: str = Field(max_length=100)
    kind: str = Field(max_length=40, index=True)
    actor: str = Field(max_length=64)
    on_behalf_of: str | None = Field(default=None, max_length=64)
    at: datetime = Field(sa_type=Instant)
    reason: str = ""
    changes: list[Any] = Field(sa_type=Document)
    previous_hash: str = Field(max_length=64)
    hash: str = Field(max_length=64)


class Entry(Written, table=True):
    """Everything that was ever written of a process, chained by hash in the order of attempt and revision."""

    __tablename__ = "event"
    __table_args__ = (
        UniqueConstraint("subject", "command_id", "attempt"),
        Index("ix_event_again", "subject", "attempt", "revision", sqlite_where=AGAIN, postgresql_where=AGAIN),
    )

    attempt: int = Field(default=0, primary_key=True, sa_column_kwargs={"server_default": "0"})


class Anchor(SQLModel, table=True):
    """One day's anchor (appraisal.chain.Anchor)."""

    day: date = Field(primary_key=True)
    made_at: datetime = Field(sa_type=Instant)
    heads: int
    root: str = Field(max_length=64)
    previous_hash: str = Field(unique=True, max_length=64, description="two anchors never follow the same one")
    hash: str = Field(max_length=64)


class AnchoredHead(SQLModel, table=True):
    """Where one chain ended on a day on which it had moved."""

    __tablename__ = "anchored_head"

    subject: str = Field(primary_key=True, max_length=64)
    day: date = Field(primary_key=True, index=True)
    attempt: int
    revision: int
    hash: str = Field(max_length=64)


class Reading(SQLModel, table=True):
    """Somebody looked at a case or a list, first at `at`; once for each day and reason, whatever was looked at again."""

    __table_args__ = (
        Index("ix_reading_at", "at"),
        Index("ix_reading_employee", "employee_id", "at"),
        Index("ix_reading_reader", "reader", "at"),
    )

    day: date = Field(primary_key=True, description="in the agency's zone")
    reader: str = Field(primary_key=True, max_length=64, description="a person's id, or an account's without a person")
    subject: str = Field(primary_key=True, max_length=100, description="a case, or the address of a list")
    ground: str = Field(primary_key=True, max_length=12)
    employee_id: str | None = Field(default=None, max_length=12, description="whose case it is")
    at: datetime = Field(sa_type=Instant)
    reason: str = Field(
        default="",
        primary_key=True,
        max_length=200,
        sa_column_kwargs={"server_default": ""},
        description="what support staff gave as theirs",
    )
