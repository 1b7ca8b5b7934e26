"""What a calibration session is worked on with before anything is decided: its board and the silent first votes.

No process state: the decision alone is, and it takes from here what it needs.
"""

from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel

from adapters.database.columns import Document, Instant


class SessionBoard(SQLModel, table=True):
    """One board for each calibration; `revision` counts its changes. Whoever writes there or votes holds this row."""

    __tablename__ = "session_board"

    calibration_id: str = Field(primary_key=True, max_length=64)
    revision: int


class SessionProposal(SQLModel, table=True):
    """What stands on the board for a member, or, without a member, for the whole unit."""

    __tablename__ = "session_proposal"

    calibration_id: str = Field(primary_key=True, max_length=64)
    employee_id: str = Field(primary_key=True, max_length=12, description="empty: the justification of the unit")
    results: str | None = Field(default=None, max_length=12)
    behaviour: str | None = Field(default=None, max_length=12)
    reason: str = ""
    discussed: bool = False
    revision: int
    changed_by: str = Field(max_length=12)
    changed_at: datetime = Field(sa_type=Instant)


class SessionBallot(SQLModel, table=True):
    """Everything that one reviewer has said of the members."""

    __tablename__ = "session_ballot"

    calibration_id: str = Field(primary_key=True, max_length=64)
    voter_id: str = Field(primary_key=True, max_length=12)
    votes: list[Any] = Field(sa_type=Document, description="triples of employee, results and behaviour")
    given_at: datetime = Field(sa_type=Instant)
