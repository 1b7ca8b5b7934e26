"""What HR has made of the policies. A version is written once and never changed: cycles name the one they were launched with."""

from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel

from adapters.database.columns import Document, Instant


class Policy(SQLModel, table=True):
    """One version of a policy, complete. Which one holds is said by nothing but its number: the newest."""

    name: str = Field(primary_key=True, max_length=40)
    version: int = Field(primary_key=True)
    document: dict[str, Any] = Field(sa_type=Document, description="what appraisal.policy.policy.Policy.read reads")
    author: str = Field(max_length=12, description="a person, or an officer's account")
    reason: str
    created_at: datetime = Field(sa_type=Instant)
