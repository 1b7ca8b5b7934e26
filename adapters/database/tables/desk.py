"""What is no process state and what the API may therefore write itself: accounts, sessions, tokens, links, drafts, uploads."""

from datetime import datetime
from typing import Any

from sqlalchemy import false
from sqlmodel import Field, SQLModel

from adapters.database.columns import Document, Instant


class Account(SQLModel, table=True):
    """Who may sign in. `hr` gives the officers' rights over the whole agency, `hr_unit_id` those over a unit and all below."""

    id: str = Field(primary_key=True, max_length=12)
    person_id: str | None = Field(default=None, foreign_key="person.id", max_length=12, unique=True)
    login: str | None = Field(default=None, unique=True, max_length=254, description="for accounts without a person")
    hr: bool = False
    hr_unit_id: str | None = Field(default=None, max_length=12, index=True)
    password_hash: str | None = Field(default=None, max_length=200)
    disabled: bool = False
    language: str = Field(default="id", max_length=5)
    created_at: datetime = Field(sa_type=Instant)
    second_step_at: datetime | None = Field(default=None, sa_type=Instant, description="since when a code is asked for")
    support: bool = Field(default=False, sa_column_kwargs={"server_default": false()}, description="may look on")


class Credential(SQLModel, table=True):
    """A secret that opens an account: session cookie, API token or key, one-time link. Only its SHA-256 is kept.

    `used_at` is when it was last used, roughly; for a link, when it was used up.
    """

    secret_hash: str = Field(primary_key=True, max_length=64)
    id: str = Field(unique=True, max_length=12, description="names it in lists, says nothing about the secret")
    account_id: str = Field(foreign_key="account.id", max_length=12, index=True)
    kind: str = Field(
        max_length=10, description="session, token, key, link, feed, or pending until the second step is done"
    )
    name: str = Field(default="", max_length=100, description="what it is for; of a session, the device")
    created_at: datetime = Field(sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant)
    used_at: datetime | None = Field(default=None, sa_type=Instant)
    scopes: str | None = Field(
        default=None, max_length=100, description="what a key may do; empty: all that its owner may"
    )
    address: str = Field(default="", max_length=45, sa_column_kwargs={"server_default": ""})
    look_reason: str | None = Field(default=None, max_length=200, description="why support looks on with it")
    look_until: datetime | None = Field(default=None, sa_type=Instant)


class Draft(SQLModel, table=True):
    """What somebody is typing into a form of a case, saved as it is typed."""

    person_id: str = Field(primary_key=True, max_length=12, description="the author: a person, or an officer's account")
    subject: str = Field(primary_key=True, max_length=64, description="workflow id of the case")
    form: str = Field(primary_key=True, max_length=32)
    body: dict[str, Any] = Field(sa_type=Document)
    saved_at: datetime = Field(sa_type=Instant)


class Upload(SQLModel, table=True):
    """A file as it came, until its import has ended."""

    id: str = Field(primary_key=True, max_length=12)
    account_id: str = Field(foreign_key="account.id", max_length=12)
    filename: str = Field(max_length=200)
    content: bytes
    uploaded_at: datetime = Field(sa_type=Instant)
