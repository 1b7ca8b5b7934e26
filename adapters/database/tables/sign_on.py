"""Single sign-on: which identity of the provider opens which account, and what a way there and back needs."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from adapters.database.columns import Instant

LINKED: dict[str, Any] = {"sqlite_where": text("ended_at IS NULL"), "postgresql_where": text("ended_at IS NULL")}


class Identity(SQLModel, table=True):
    """A link of a provider's identity with an account. It ends and stays on record; an account has one at a time per provider."""

    __table_args__ = (
        Index("ux_identity_subject", "issuer", "subject", unique=True, **LINKED),
        Index("ux_identity_account", "issuer", "account_id", unique=True, **LINKED),
        Index("ix_identity_linked", "linked_at", "id"),
    )

    id: str = Field(primary_key=True, max_length=12)
    issuer: str = Field(max_length=500)
    subject: str = Field(max_length=255, description="the provider's name for the identity, which never changes")
    account_id: str = Field(foreign_key="account.id", max_length=12)
    found_by: str = Field(max_length=5, description="what matched at the first sign-in: nip or email")
    linked_at: datetime = Field(sa_type=Instant)
    ended_at: datetime | None = Field(default=None, sa_type=Instant)
    ended_by: str | None = Field(default=None, max_length=12)


class SignOnWay(SQLModel, table=True):
    """Somebody who was sent to the provider and has not come back. It serves once, in the same browser, for minutes."""

    __tablename__ = "sign_on_way"

    state_hash: str = Field(primary_key=True, max_length=64)
    browser_hash: str = Field(max_length=64)
    nonce: str = Field(max_length=64)
    verifier: str = Field(max_length=128)
    wanted: str = Field(description="the page that somebody came for")
    language: str = Field(max_length=5)
    expires_at: datetime = Field(sa_type=Instant, index=True)


class SignOnSession(SQLModel, table=True):
    """A session that an identity opened. `hint` is the provider's token, sealed with the session's own secret."""

    __tablename__ = "sign_on_session"

    secret_hash: str = Field(primary_key=True, max_length=64)
    identity_id: str = Field(foreign_key="identity.id", max_length=12, index=True)
    hint: str
    expires_at: datetime = Field(sa_type=Instant, index=True)
