"""The second step of signing in, and the record of everything that opens or shuts an account."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from adapters.database.columns import Instant


class SecondStep(SQLModel, table=True):
    """The secret that an account shares with an authenticator app, sealed. It counts once a code has confirmed it."""

    __tablename__ = "second_step"

    account_id: str = Field(primary_key=True, foreign_key="account.id", max_length=12)
    sealed: str = Field(max_length=200)
    used_step: int = Field(default=0, description="the last step whose code was used: no code opens twice")
    made_at: datetime = Field(sa_type=Instant)


class RecoveryCode(SQLModel, table=True):
    """A code that stands in for the app, once. Only its SHA-256 is kept."""

    __tablename__ = "recovery_code"

    code_hash: str = Field(primary_key=True, max_length=64)
    account_id: str = Field(foreign_key="account.id", max_length=12, index=True)
    used_at: datetime | None = Field(default=None, sa_type=Instant)


class SecurityEvent(SQLModel, table=True):
    """One sign-in, refusal, ending or change of what opens an account. Rows are only ever added."""

    __tablename__ = "security_event"
    __table_args__ = (
        Index("ix_security_event_at", "at", "id"),
        Index("ix_security_event_account", "account_id", "at"),
    )

    id: str = Field(primary_key=True, max_length=12)
    at: datetime = Field(sa_type=Instant)
    deed: str = Field(max_length=24)
    account_id: str | None = Field(default=None, max_length=12, description="empty where no account is known")
    by_id: str | None = Field(default=None, max_length=12, description="who did it, if another")
    address: str = Field(default="", max_length=45)
    about: str = Field(default="", max_length=60, description="by which way, or the id of a credential; never a secret")
